import { ApiProperty } from '@nestjs/swagger';
import { QueryDay, QueryText } from '../platform/paging.js';

const TEXT = { type: 'string' } as const;
const TEXT_OR_NULL = { type: 'string', nullable: true } as const;
const DAY_OR_NULL = { type: 'string', format: 'date', nullable: true } as const;
const COUNTRY = '^[A-Z]{2}(-[A-Z]{2})?$';
const AREA = '^[A-Z]{2}(-[A-Z0-9]+){1,4}$';

export class DefinitionView {
  @ApiProperty(TEXT) en!: string;
  @ApiProperty(TEXT) es!: string;
}

export class TermView {
  @ApiProperty(TEXT) code!: string;
  @ApiProperty({ ...TEXT, description: 'Country whose pack brought it; empty for the core.' }) country!: string;
  @ApiProperty(TEXT_OR_NULL) parent!: string | null;
  @ApiProperty(TEXT) en!: string;
  @ApiProperty(TEXT) es!: string;
  @ApiProperty({ type: DefinitionView, nullable: true }) definition!: DefinitionView | null;
  @ApiProperty({
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description: 'E.g. codes of other vocabularies.',
  })
  attributes!: Readonly<Record<string, unknown>> | null;
  @ApiProperty({ type: 'boolean', description: 'Whether it may appear in an aggregate.' }) public!: boolean;
  @ApiProperty(DAY_OR_NULL) validFrom!: string | null;
  @ApiProperty(DAY_OR_NULL) validTo!: string | null;
}

export class VocabularyHeadView {
  @ApiProperty(TEXT) code!: string;
  @ApiProperty(TEXT) en!: string;
  @ApiProperty(TEXT) es!: string;
  @ApiProperty({ type: 'boolean', description: 'Whether a case may have several terms of it.' }) multi!: boolean;
}

export class VocabularyView extends VocabularyHeadView {
  @ApiProperty({ type: [TermView] }) terms!: TermView[];
}

export class VocabularyQuery {
  @QueryText(COUNTRY, { description: 'Only the core and this country.', example: 'SV' })
  country?: string;
}

export class CountryQuery {
  @QueryText(COUNTRY, { description: 'The organisation’s own country when left out.', example: 'SV' })
  country?: string;
}

export class AreaQuery extends CountryQuery {
  @QueryText('^[1-4]$', { description: 'Level, 1 the largest.', example: '1' })
  level?: string;

  @QueryText(AREA, { description: 'Only what lies directly in this area.', example: 'SV-SS' })
  parent?: string;

  @QueryDay({
    description: 'Read the areas as of this day; today when left out.',
    example: '2022-04-03',
  })
  on?: string;
}

export class FigureQuery extends CountryQuery {
  @QueryText('^[a-zA-Z0-9_:(), -]{1,120}$', {
    max: 120,
    description: 'Only this indicator.',
    example: 'arrests_cumulative',
  })
  indicator?: string;
}

export class CountryView {
  @ApiProperty(TEXT) code!: string;
  @ApiProperty(TEXT) en!: string;
  @ApiProperty(TEXT) es!: string;
  @ApiProperty({ ...TEXT, description: 'IANA time zone.' }) zone!: string;
  @ApiProperty({ ...TEXT, description: 'BCP 47.' }) locale!: string;
  @ApiProperty({ type: 'object', additionalProperties: true }) settings!: Readonly<Record<string, unknown>>;
}

export class AreaReadingView {
  @ApiProperty(DAY_OR_NULL) validFrom!: string | null;
  @ApiProperty(DAY_OR_NULL) validTo!: string | null;
  @ApiProperty(TEXT) levelNameEn!: string;
  @ApiProperty(TEXT) levelNameEs!: string;
  @ApiProperty(TEXT_OR_NULL) parent!: string | null;
}

export class AreaView {
  @ApiProperty(TEXT) code!: string;
  @ApiProperty({ type: 'integer' }) level!: number;
  @ApiProperty(TEXT) name!: string;
  @ApiProperty({ type: 'array', items: TEXT }) aliases!: string[];
  @ApiProperty(TEXT_OR_NULL) parent!: string | null;
  @ApiProperty(DAY_OR_NULL) validFrom!: string | null;
  @ApiProperty(DAY_OR_NULL) validTo!: string | null;
  @ApiProperty({
    type: AreaReadingView,
    nullable: true,
    description: 'What it was called and belonged to on the day asked for.',
  })
  reading!: AreaReadingView | null;
  @ApiProperty({ type: [AreaReadingView], description: 'All readings, by date.' }) readings!: AreaReadingView[];
}

export class PlaceView {
  @ApiProperty(TEXT) code!: string;
  @ApiProperty(TEXT) name!: string;
  @ApiProperty({ type: 'array', items: TEXT }) aliases!: string[];
  @ApiProperty(TEXT) type!: string;
  @ApiProperty(TEXT_OR_NULL) area!: string | null;
  @ApiProperty(TEXT_OR_NULL) sex!: string | null;
  @ApiProperty({ ...TEXT_OR_NULL, description: 'EDTF.' }) validFrom!: string | null;
  @ApiProperty({ ...TEXT_OR_NULL, description: 'EDTF.' }) validTo!: string | null;
  @ApiProperty(TEXT_OR_NULL) noteEn!: string | null;
  @ApiProperty(TEXT_OR_NULL) noteEs!: string | null;
  @ApiProperty(TEXT_OR_NULL) source!: string | null;
}

export class EmergencyPeriodView {
  @ApiProperty({ type: 'integer' }) number!: number;
  @ApiProperty({ ...TEXT, description: 'EDTF.' }) from!: string;
  @ApiProperty({ ...TEXT, description: 'EDTF.' }) to!: string;
  @ApiProperty({ ...TEXT, description: 'published, approved or computed: how well the dates are known.' })
  evidence!: string;
  @ApiProperty(TEXT_OR_NULL) source!: string | null;
  @ApiProperty(TEXT_OR_NULL) noteEn!: string | null;
  @ApiProperty(TEXT_OR_NULL) noteEs!: string | null;
}

export class CapacityView {
  @ApiProperty({ ...TEXT, description: 'Code of a place, or SYSTEM.' }) place!: string;
  @ApiProperty({ type: 'integer' }) value!: number;
  @ApiProperty(TEXT) asOf!: string;
  @ApiProperty(TEXT_OR_NULL) hedge!: string | null;
  @ApiProperty(TEXT) source!: string;
  @ApiProperty(TEXT_OR_NULL) address!: string | null;
}

export class PopulationView {
  @ApiProperty(TEXT) area!: string;
  @ApiProperty(TEXT_OR_NULL) sex!: string | null;
  @ApiProperty(TEXT_OR_NULL) ageBand!: string | null;
  @ApiProperty({ type: 'integer' }) value!: number;
  @ApiProperty(TEXT) asOf!: string;
  @ApiProperty(TEXT) source!: string;
  @ApiProperty(TEXT_OR_NULL) address!: string | null;
  @ApiProperty(TEXT_OR_NULL) note!: string | null;
}

export class PublishedFigureView {
  @ApiProperty(TEXT) id!: string;
  @ApiProperty(TEXT) indicator!: string;
  @ApiProperty({ ...TEXT, description: 'As printed.' }) value!: string;
  @ApiProperty(TEXT) unit!: string;
  @ApiProperty(TEXT) asOf!: string;
  @ApiProperty(TEXT) place!: string;
  @ApiProperty(TEXT) population!: string;
  @ApiProperty(TEXT) hedge!: string;
  @ApiProperty(TEXT_OR_NULL) qualifier!: string | null;
  @ApiProperty(TEXT) owner!: string;
  @ApiProperty(TEXT) source!: string;
  @ApiProperty(TEXT_OR_NULL) address!: string | null;
  @ApiProperty(TEXT_OR_NULL) note!: string | null;
}
