import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { INDICATORS, type FigureRequest } from '#lib/statistics';
import { dayInZone } from '#lib/time';
import { Caller, Permit } from '../access/decorators.js';
import { Clock } from '../platform/clock.js';
import { ApiPage } from '../platform/openapi-types.js';
import { Catalogue } from '../reference/catalogue.js';
import { FiguresQuery } from './figure-query.js';
import { FiguresView, IndicatorView } from './figures.dto.js';
import { FiguresService } from './figures.service.js';
import { toFiguresView, toIndicatorView } from './figures.view.js';

/** The filters of a query: `where.<dimension>` to the codes that are let through. */
function filtersOf(query: FiguresQuery): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(query)
      .filter(([name, value]) => name.startsWith('where.') && typeof value === 'string')
      .map(([name, value]) => [name.slice('where.'.length), (value as string).split(',')]),
  );
}

@ApiTags('Figures')
@Controller('v1')
export class FiguresController {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly figures: FiguresService,
  ) {}

  @Get('indicators')
  @Permit('indicator:read')
  @ApiOperation({ operationId: 'listIndicators', summary: 'What each figure means, in English and Spanish' })
  @ApiPage(IndicatorView)
  indicators(): { items: IndicatorView[]; next: null } {
    return { items: INDICATORS.map(toIndicatorView), next: null };
  }

  @Get('figures')
  @Permit('figure:read')
  @ApiOperation({ operationId: 'readFigures', summary: 'Exact figures for the organisation’s own coordination' })
  @ApiOkResponse({ type: FiguresView })
  async read(@Caller() caller: CallerType, @Query() query: FiguresQuery): Promise<FiguresView> {
    const country = query.country ?? caller.country;
    const request: FigureRequest = {
      indicator: query.indicator,
      by: query.by?.split(',') ?? [],
      where: filtersOf(query),
      from: query.from ?? null,
      to: query.to ?? null,
      asOf: query.asOf ?? dayInZone(this.clock.now().getTime(), this.catalogue.zoneOf(country)),
      limit: query.limit ?? null,
    };
    return toFiguresView(await this.figures.answer(caller, request, country));
  }
}
