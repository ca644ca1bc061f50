import { ApiProperty } from '@nestjs/swagger';
import { JobView } from '../jobs/job.view.js';
import { PageQuery, QueryText, QueryWord } from '../platform/paging.js';

export class ImportQuery {
  @QueryText('^[a-z0-9-]{1,60}$', {
    required: true,
    max: 60,
    description: 'Code of the mapping profile.',
    example: 'kobo-intake-sv',
  })
  mapping!: string;

  @QueryWord(['true', 'false'], 'Do everything and leave nothing behind.')
  dryRun?: string;
}

export class ImportErrorsQuery extends PageQuery {
  @QueryWord(['json', 'csv'], '`csv` gives the whole list as a file.')
  format?: string;

  @QueryWord(['en', 'es'], 'Language of the messages; English when left out.')
  language?: 'en' | 'es';
}

export class ImportResultView {
  @ApiProperty({ type: 'integer', description: 'Rows recorded as new cases.' }) accepted!: number;
  @ApiProperty({ type: 'integer', description: 'Rows refused; the errors say where and why.' }) refused!: number;
  @ApiProperty({ type: 'integer', description: 'Rows that were on record already.' }) unchanged!: number;
  @ApiProperty({ type: 'integer', description: 'Pairs of files that may be about one person, found by this import.' })
  duplicateCandidates!: number;
}

export class ImportView extends JobView {
  @ApiProperty({ type: 'string' }) mapping!: string;
  @ApiProperty({ type: 'boolean' }) dryRun!: boolean;
  @ApiProperty({
    type: ImportResultView,
    nullable: true,
    description: 'What came of it so far; final when the status is.',
  })
  result!: ImportResultView | null;
}

export class ImportErrorView {
  @ApiProperty({ type: 'integer', description: 'Row of the file; 1 is the first below the header.' }) row!: number;
  @ApiProperty({ type: 'string', description: 'Column at fault; empty when the row as a whole is.' }) column!: string;
  @ApiProperty({ type: 'string' }) code!: string;
  @ApiProperty({ type: 'string' }) message!: string;
  @ApiProperty({ type: 'string', nullable: true }) externalId!: string | null;
}

export class MappingView {
  @ApiProperty({ type: 'string' }) code!: string;
  @ApiProperty({ type: 'string' }) en!: string;
  @ApiProperty({ type: 'string' }) es!: string;
  @ApiProperty({ type: 'string' }) country!: string;
  @ApiProperty({ type: 'array', items: { type: 'string' }, description: 'The columns that the file must have.' })
  columns!: string[];
}
