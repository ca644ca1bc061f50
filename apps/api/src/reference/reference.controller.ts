import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { Caller, Permit } from '../access/decorators.js';
import { ApiPage } from '../platform/openapi-types.js';
import { check, CODE_PATTERN } from '../platform/validation/fields.js';
import {
  AreaQuery,
  AreaView,
  CapacityView,
  CountryQuery,
  CountryView,
  EmergencyPeriodView,
  FigureQuery,
  PlaceView,
  PopulationView,
  PublishedFigureView,
  VocabularyHeadView,
  VocabularyQuery,
  VocabularyView,
} from './reference.dto.js';
import { ReferenceService } from './reference.service.js';

class VocabularyParams {
  @check(
    'code.malformed',
    'This is not the code of a vocabulary.',
    (value) => typeof value === 'string' && new RegExp(CODE_PATTERN).test(value),
  )
  @ApiProperty({ type: 'string', pattern: CODE_PATTERN, maxLength: 60, example: 'ARREST_BASIS' })
  vocabulary!: string;
}

interface Whole<T> {
  readonly items: T[];
  readonly next: null;
}
const whole = async <T>(items: Promise<T[]> | T[]): Promise<Whole<T>> => ({ items: await items, next: null });

@ApiTags('Vocabularies and reference data')
@Controller('v1')
export class ReferenceController {
  constructor(private readonly reference: ReferenceService) {}

  @Get('vocabularies')
  @Permit('reference:read')
  @ApiOperation({ operationId: 'listVocabularies', summary: 'The lists of codes' })
  @ApiPage(VocabularyHeadView)
  vocabularies(): Promise<Whole<VocabularyHeadView>> {
    return whole(this.reference.vocabularies());
  }

  @Get('vocabularies/:vocabulary')
  @Permit('reference:read')
  @ApiOperation({ operationId: 'readVocabulary', summary: 'One list with its terms, in English and Spanish' })
  @ApiOkResponse({ type: VocabularyView })
  vocabulary(@Param() { vocabulary }: VocabularyParams, @Query() query: VocabularyQuery): Promise<VocabularyView> {
    return this.reference.vocabulary(vocabulary, query.country);
  }

  @Get('reference/countries')
  @Permit('reference:read')
  @ApiOperation({ operationId: 'listCountries', summary: 'Country packs that are loaded' })
  @ApiPage(CountryView)
  countries(): Promise<Whole<CountryView>> {
    return whole(this.reference.countries());
  }

  @Get('reference/areas')
  @Permit('reference:read')
  @ApiOperation({ operationId: 'listAreas', summary: 'Areas, with what they were called and belonged to by date' })
  @ApiPage(AreaView)
  areas(@Caller() caller: CallerType, @Query() query: AreaQuery): Promise<Whole<AreaView>> {
    return whole(this.reference.areas(caller, query));
  }

  @Get('reference/places')
  @Permit('reference:read')
  @ApiOperation({ operationId: 'listPlaces', summary: 'Places of detention' })
  @ApiPage(PlaceView)
  places(@Caller() caller: CallerType, @Query() query: CountryQuery): Promise<Whole<PlaceView>> {
    return whole(this.reference.places(caller, query));
  }

  @Get('reference/emergency-periods')
  @Permit('reference:read')
  @ApiOperation({
    operationId: 'listEmergencyPeriods',
    summary: 'Periods of a state of emergency, with how well their dates are known',
  })
  @ApiPage(EmergencyPeriodView)
  emergencyPeriods(@Caller() caller: CallerType, @Query() query: CountryQuery): Promise<Whole<EmergencyPeriodView>> {
    return whole(this.reference.emergencyPeriods(query.country ?? caller.country));
  }

  @Get('reference/capacities')
  @Permit('reference:read')
  @ApiOperation({ operationId: 'listCapacities', summary: 'Capacities of places, each with its day and source' })
  @ApiPage(CapacityView)
  capacities(@Caller() caller: CallerType, @Query() query: CountryQuery): Promise<Whole<CapacityView>> {
    return whole(this.reference.capacities(query.country ?? caller.country));
  }

  @Get('reference/population')
  @Permit('reference:read')
  @ApiOperation({ operationId: 'listPopulation', summary: 'Population, each value with its day and source' })
  @ApiPage(PopulationView)
  population(@Caller() caller: CallerType, @Query() query: CountryQuery): Promise<Whole<PopulationView>> {
    return whole(this.reference.population(query.country ?? caller.country));
  }

  @Get('reference/published-figures')
  @Permit('reference:read')
  @ApiOperation({
    operationId: 'listPublishedFigures',
    summary: 'Figures that others published; lists overlap and are never added',
  })
  @ApiPage(PublishedFigureView)
  publishedFigures(@Caller() caller: CallerType, @Query() query: FigureQuery): Promise<Whole<PublishedFigureView>> {
    return whole(this.reference.publishedFigures(query.country ?? caller.country, query));
  }
}
