import { ApiProperty } from '@nestjs/swagger';
import { PageQuery, QueryWord } from '../platform/paging.js';

/** What a second person must learn of. */
export const NOTICE_KINDS = [
  'BREAK_GLASS',
  'READING_BUDGET',
  'READING_STOPPED',
  'CONSENT_OVERRIDDEN',
  'CONSENT_WITHDRAWN',
  'HOLD_RELEASE_ASKED',
  'ERASURE_DUE',
  'ERASURE_ASKED',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

const UUID = { type: 'string', format: 'uuid' } as const;
const MOMENT = { type: 'string', format: 'date-time' } as const;

export class NoticesQuery extends PageQuery {
  @QueryWord(['true', 'false'], '`true`: only what nobody has taken note of yet.')
  open?: 'true' | 'false';
}

export class NoticeView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty({ type: 'string', enum: [...NOTICE_KINDS] }) kind!: string;
  @ApiProperty({ ...UUID, nullable: true, description: 'The case it is about.' }) caseId!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Its number.' }) number!: string | null;
  @ApiProperty({ ...UUID, nullable: true, description: 'Whose act it tells of.' }) userId!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) displayName!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'The reason that was given, from the audit trail.' })
  reason!: string | null;
  @ApiProperty(MOMENT) raisedAt!: string;
  @ApiProperty({ ...MOMENT, nullable: true }) acknowledgedAt!: string | null;
  @ApiProperty({ ...UUID, nullable: true }) acknowledgedBy!: string | null;
}

export class AcknowledgedView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty(MOMENT) acknowledgedAt!: string;
}
