import { ApiProperty } from '@nestjs/swagger';
import { FreeText, Id } from '../platform/validation/fields.js';
import { PageQuery, QueryWord } from '../platform/paging.js';

export const CANDIDATE_STATES = ['open', 'merged', 'different'] as const;

export class DuplicatesQuery extends PageQuery {
  @QueryWord(CANDIDATE_STATES, 'Which suggestions; `open` when left out.')
  state?: (typeof CANDIDATE_STATES)[number];
}

export class DuplicateFileView {
  @ApiProperty({ type: 'string', format: 'uuid' }) caseId!: string;
  @ApiProperty({ type: 'string', nullable: true }) externalId!: string | null;
  @ApiProperty({ type: 'string' }) number!: string;
}

export class ReasonView {
  @ApiProperty({ type: 'string' }) code!: string;
  @ApiProperty({ type: 'string' }) en!: string;
  @ApiProperty({ type: 'string' }) es!: string;
}

export class DuplicateView {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({ type: DuplicateFileView, description: 'The file recorded first.' }) a!: DuplicateFileView;
  @ApiProperty({ type: DuplicateFileView }) b!: DuplicateFileView;
  @ApiProperty({
    type: 'number',
    minimum: 0,
    maximum: 1,
    description: 'Probability that both files are of one person.',
  })
  score!: number;
  @ApiProperty({ type: 'array', items: { type: 'string' } }) reasons!: string[];
  @ApiProperty({ type: [ReasonView] }) explanations!: ReasonView[];
  @ApiProperty({ type: 'string', enum: [...CANDIDATE_STATES] }) state!: string;
}

export class DismissBody {
  @FreeText({ max: 2_000, description: 'Why the two files are of different people.' })
  reason!: string;
}

export class DismissedView {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'string', enum: ['different'] }) state!: string;
}

export class MergeBody {
  @Id({ description: 'The file that is kept.' })
  keep!: string;

  @Id({ description: 'The file that is absorbed; nothing of it is moved or lost.' })
  absorb!: string;

  @FreeText({ max: 2_000 })
  reason!: string;
}

export class MergeView {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'string', format: 'uuid' }) keep!: string;
  @ApiProperty({ type: 'string', format: 'uuid' }) absorb!: string;
  @ApiProperty({ type: 'string', format: 'date-time' }) mergedAt!: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true }) endedAt!: string | null;
}
