import { ApiProperty } from '@nestjs/swagger';
import { PageQuery } from '../platform/paging.js';
import { check, FreeText, Id, Whole } from '../platform/validation/fields.js';

const UUID = { type: 'string', format: 'uuid' } as const;
const MOMENT = { type: 'string', format: 'date-time' } as const;
const REFERENCE = '^[\\x21-\\x7e]([\\x20-\\x7e]{0,198}[\\x21-\\x7e])?$';

/** A case as people name it to each other: its number, the id another system gave it, or its own id. */
export class CaseReferenceParams {
  @check(
    'reference.malformed',
    'One to 200 printable ASCII characters.',
    (value) => typeof value === 'string' && new RegExp(REFERENCE).test(value),
  )
  @ApiProperty({
    type: 'string',
    pattern: REFERENCE,
    maxLength: 200,
    description: 'Its number, its external id or its id.',
    example: 'CDD-7K3M-Q2XF',
  })
  caseId!: string;
}

export class BreakGlassBody {
  @FreeText({ max: 500, description: 'Why it cannot wait. A second person reads it.' })
  reason!: string;
}

export class BreakGlassView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty(UUID) caseId!: string;
  @ApiProperty({ type: 'string' }) number!: string;
  @ApiProperty({ ...MOMENT, description: 'Until when the case is open to you.' }) expiresAt!: string;
}

/** A case that stands open by broken glass. */
export class OpenGlassView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty(UUID) caseId!: string;
  @ApiProperty({ type: 'string' }) number!: string;
  @ApiProperty(MOMENT) openedAt!: string;
  @ApiProperty({ ...MOMENT, description: 'Until when the case is open.' }) expiresAt!: string;
}

/** The same, with who opened it. */
export class SomebodysGlassView extends OpenGlassView {
  @ApiProperty(UUID) userId!: string;
  @ApiProperty({ type: 'string', nullable: true }) displayName!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Why, from the audit trail.' }) reason!: string | null;
}

export class ReadersQuery extends PageQuery {}

export class ReaderView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty(MOMENT) at!: string;
  @ApiProperty({ ...UUID, nullable: true }) userId!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) displayName!: string | null;
  @ApiProperty({
    type: 'string',
    enum: ['identity', 'facts', 'opened', 'export'],
    description: 'Names and testimony, what happened without them, the case broken open, or a file that left.',
  })
  class!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'The reason that was given.' }) reason!: string | null;
  @ApiProperty({ ...UUID, description: 'The file; a person may have several.' }) caseId!: string;
}

export class GlassParams {
  @Id()
  glassId!: string;
}

export class ReaderParams {
  @Id()
  userId!: string;
}

export class AllowanceBody {
  @Whole({ min: 1, max: 5_000 }, { description: 'So many readings more, today.' })
  readings!: number;

  @FreeText({ max: 500 })
  reason!: string;
}

export class AllowanceView {
  @ApiProperty(UUID) userId!: string;
  @ApiProperty({ type: 'string', format: 'date' }) day!: string;
  @ApiProperty({ type: 'integer' }) readings!: number;
  @ApiProperty({ type: 'integer' }) allowance!: number;
}
