import { ApiProperty } from '@nestjs/swagger';
import { UNITS } from '#lib/statistics';

const NUMBER_OR_NULL = { type: 'number', nullable: true } as const;
const TEXT = { type: 'string' } as const;

export class BilingualView {
  @ApiProperty(TEXT) en!: string;
  @ApiProperty(TEXT) es!: string;
}

export class DimensionView {
  @ApiProperty(TEXT) code!: string;
  @ApiProperty(TEXT) en!: string;
  @ApiProperty(TEXT) es!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'The list its codes come from.' }) vocabulary!:
    string | null;
  @ApiProperty({ type: 'boolean', description: 'Whether one unit may be counted under several codes.' })
  multiValued!: boolean;
}

export class IndicatorView {
  @ApiProperty(TEXT) code!: string;
  @ApiProperty({ type: 'string', enum: [...UNITS] }) unit!: string;
  @ApiProperty(TEXT) en!: string;
  @ApiProperty(TEXT) es!: string;
  @ApiProperty({ type: BilingualView }) numerator!: BilingualView;
  @ApiProperty({ type: BilingualView, nullable: true }) denominator!: BilingualView | null;
  @ApiProperty({ type: 'string', enum: ['at-least', 'documented', 'estimate'] }) hedge!: string;
  @ApiProperty(TEXT) source!: string;
  @ApiProperty({ type: [DimensionView] }) dimensions!: DimensionView[];
}

export class NoteView {
  @ApiProperty(TEXT) code!: string;
  @ApiProperty(TEXT) en!: string;
  @ApiProperty(TEXT) es!: string;
}

/** A cell: its codes by dimension, its value, and what the indicator adds. */
const CELL = {
  type: 'object',
  required: ['value'],
  properties: {
    value: NUMBER_OR_NULL,
    base: { type: 'integer', description: 'Denominator of a share.' },
    share: { type: 'object', additionalProperties: true, description: 'Estimate with its interval.' },
    n: { type: 'integer' },
    events: { type: 'integer' },
    censored: { type: 'integer' },
    excludedImprecise: { type: 'integer' },
    medianDays: NUMBER_OR_NULL,
    medianInterval: { type: 'array', items: NUMBER_OR_NULL },
    quartiles: { type: 'array', items: NUMBER_OR_NULL },
    survivalAt: { type: 'object', additionalProperties: NUMBER_OR_NULL },
    curve: { type: 'array', items: { type: 'object', additionalProperties: true } },
    exceeds: { type: 'integer' },
    within: { type: 'integer' },
    undetermined: { type: 'integer' },
    notYet: { type: 'integer' },
    endedWithoutJudge: { type: 'integer' },
    deaths: { type: 'integer' },
    personDays: { type: 'number' },
    rate: NUMBER_OR_NULL,
    interval: { type: 'array', items: NUMBER_OR_NULL },
  },
  additionalProperties: { type: 'string' },
} as const;

export class FiguresView {
  @ApiProperty(TEXT) indicator!: string;
  @ApiProperty({ type: 'string', enum: [...UNITS] }) unit!: string;
  @ApiProperty({ type: 'string', format: 'date' }) asOf!: string;
  @ApiProperty({ ...TEXT, description: 'Names the state of the data: the same version, the same figures.' })
  dataVersion!: string;
  @ApiProperty({ type: 'array', items: TEXT }) by!: string[];
  @ApiProperty({
    type: 'array',
    items: TEXT,
    description:
      'Dimensions in which one unit may be counted under several codes: their cells do not add up to the total.',
  })
  multiValued!: string[];
  @ApiProperty({ type: 'array', items: CELL } as never) cells!: Readonly<Record<string, unknown>>[];
  @ApiProperty({ ...CELL, description: 'Each unit once.' } as never) total!: Readonly<Record<string, unknown>>;
  @ApiProperty({ type: 'integer', description: 'Units with an unknown code in at least one dimension asked for.' })
  unknown!: number;
  @ApiProperty({ type: [NoteView] }) notes!: NoteView[];
}
