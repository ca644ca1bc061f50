/** The query of a figure: an indicator, dimensions, filters, a period, a cut-off. */
import { ApiProperty } from '@nestjs/swagger';
import { DIMENSIONS } from '#lib/statistics';
import { check } from '../platform/validation/fields.js';
import { QueryDay, QueryText, QueryWord } from '../platform/paging.js';
import { INDICATORS } from '#lib/statistics';

const CODES = '^[A-Z0-9][A-Za-z0-9_ -]{0,80}(,[A-Z0-9][A-Za-z0-9_ -]{0,80}){0,39}$';
const NAMES = DIMENSIONS.map((dimension) => dimension.code);

/** Figures have said `date.malformed` since the first; a list says `query.malformed` of any parameter. */
const day = (description: string): PropertyDecorator =>
  QueryDay({ description, example: '2023-03-27', code: 'date.malformed' });

export class FiguresQuery {
  @check('indicator.unknown', 'There is no such indicator; GET /v1/indicators lists them.', (value) =>
    INDICATORS.some((indicator) => indicator.code === value),
  )
  @ApiProperty({ type: 'string', enum: INDICATORS.map((indicator) => indicator.code) })
  indicator!: string;

  @QueryText('^[A-Za-z0-9]{2,30}(,[A-Za-z0-9]{2,30}){0,2}$', {
    description: `Up to three dimensions, comma separated: ${NAMES.join(', ')}.`,
    example: 'legalGround,sex',
    shown: `^(${NAMES.join('|')})(,(${NAMES.join('|')})){0,2}$`,
  })
  by?: string;

  @day('First day of the period.')
  from?: string;

  @day('Last day of the period.')
  to?: string;

  @day('Cut-off: what happened later is not known. Today when left out.')
  asOf?: string;

  @QueryWord(
    ['PT24H', 'PT48H', 'PT72H', 'P1D', 'P2D', 'P3D', 'P15D', 'P30D'],
    'The limit, for `over_limit`; P3D when left out.',
  )
  limit?: string;

  @QueryText('^[A-Z]{2}(-[A-Z]{2})?$', {
    description: 'Country of the cases; the organisation’s own when left out.',
    example: 'SV',
  })
  country?: string;
}

// One filter a dimension, so that the document names each and a misspelt one is refused.
for (const dimension of DIMENSIONS) {
  QueryText(CODES, { max: 2_000, description: `Only these codes of: ${dimension.en}.`, example: 'UNKNOWN' })(
    FiguresQuery.prototype,
    `where.${dimension.code}`,
  );
}
