import { ApiProperty } from '@nestjs/swagger';
import { REPORT_PURPOSES, type ReportPurpose } from '#lib/consent';
import { JobView } from '../jobs/job.view.js';
import { CalendarDay, NameText, OneOf } from '../platform/validation/fields.js';
import { check } from '../platform/validation/fields.js';

/** Genres that can be prepared so far (report-forms.md §1). */
export const GENRES = ['G5'] as const;
export const LANGUAGES = ['en', 'es'] as const;
export const FORMATS = ['html', 'md', 'json'] as const;

export class PrepareReportBody {
  @OneOf(GENRES, { description: 'G5: periodic bulletin.' })
  genre!: (typeof GENRES)[number];

  @OneOf(LANGUAGES)
  language!: (typeof LANGUAGES)[number];

  @CalendarDay({ description: 'First day of the period.', example: '2022-03-27' })
  from!: string;

  @CalendarDay({ description: 'Last day of the period.', example: '2023-03-27' })
  to!: string;

  @CalendarDay({
    required: false,
    description: 'Cut-off: what happened later is not known. The last day of the period when left out.',
    example: '2023-03-27',
  })
  asOf?: string;

  @OneOf(Object.keys(REPORT_PURPOSES), {
    required: false,
    description: 'What it is for; `INTERNAL` when left out. Reports for publication are not made yet and are refused.',
  })
  purpose?: ReportPurpose;

  @NameText({ required: false, max: 200, description: 'Title; the genre has one of its own when left out.' })
  title?: string;

  @NameText({
    required: false,
    max: 10,
    description: 'Country of the cases; the organisation’s own when left out.',
    example: 'SV',
  })
  country?: string;
}

export class AuditFindingView {
  @ApiProperty({ type: 'string' }) code!: string;
  @ApiProperty({ type: 'string' }) message!: string;
}

export class ReportView extends JobView {
  @ApiProperty({ type: 'string', description: 'Document number.' }) number!: string;
  @ApiProperty({ type: 'string', enum: [...GENRES] }) genre!: string;
  @ApiProperty({ type: 'string', enum: [...LANGUAGES] }) language!: string;
  @ApiProperty({ type: 'string', nullable: true }) title!: string | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'What must stand on every page, e.g. that the figures are internal.',
  })
  marking!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'State of the data it was made from.' }) dataVersion!:
    string | null;
  @ApiProperty({ type: [AuditFindingView], description: 'Arithmetic checks that failed; the document shows them too.' })
  findings!: AuditFindingView[];
}

export class DocumentParams {
  @check(
    'id.malformed',
    'This is not an id of this service.',
    (value) =>
      typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(value),
  )
  @ApiProperty({ type: 'string', format: 'uuid' })
  reportId!: string;

  @check('format.unknown', 'A document is asked for as document.html, document.md or document.json.', (value) =>
    FORMATS.some((format) => value === `document.${format}`),
  )
  @ApiProperty({ type: 'string', enum: FORMATS.map((format) => `document.${format}`) })
  document!: string;
}
