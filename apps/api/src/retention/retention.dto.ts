import { ApiProperty } from '@nestjs/swagger';
import { RETENTION_CLASSES } from '#lib/consent';
import { PageQuery, QueryWord } from '../platform/paging.js';
import { CalendarDay, Code, Flag, FreeText, Id, NameText, OneOf } from '../platform/validation/fields.js';
import { CaseParams } from '../record/case.dto.js';

const CLASSES = Object.keys(RETENTION_CLASSES);
const STATES = ['OPEN', 'KEPT', 'ERASED'] as const;
const REQUEST_STATES = ['OPEN', 'CONFIRMED', 'WITHDRAWN', 'EXPIRED'] as const;
const TEXT = { type: 'string' } as const;
const UUID = { type: 'string', format: 'uuid' } as const;
const MOMENT = { type: 'string', format: 'date-time' } as const;
const DAY = { type: 'string', format: 'date' } as const;

export class HoldParams extends CaseParams {
  @Id()
  holdId!: string;
}

export class ProposalParams {
  @Id()
  proposalId!: string;
}

export class SetRetentionBody {
  @OneOf(CLASSES)
  class!: string;

  @FreeText({ max: 500 })
  reason!: string;
}

export class PlaceHoldBody {
  @FreeText({ max: 500, description: 'Which proceeding needs the case, and why.' })
  reason!: string;

  @Id({ required: false, description: 'Who answers for the hold; the caller when left out.' })
  ownerId?: string;
}

export class ReleaseHoldBody {
  @FreeText({ max: 500 })
  reason!: string;
}

export class RequestParams {
  @Id()
  requestId!: string;
}

export class EraseCaseBody {
  @NameText({
    max: 40,
    example: 'CDD-7K3M-Q2XF',
    description: 'The number of the case, typed once more: this cannot be undone.',
  })
  number!: string;

  @FreeText({ max: 500 })
  reason!: string;
}

export class WithdrawErasureBody {
  @FreeText({ max: 500 })
  reason!: string;
}

export class DecideErasureBody {
  @Flag({
    description:
      'True asks that the keys of names and testimony are destroyed for ever, which another coordinator confirms; false keeps the case for now.',
  })
  erase!: boolean;

  @FreeText({ max: 500 })
  reason!: string;
}

export class ReviewRiskBody {
  @Code('RISK_LEVEL')
  level!: string;

  @CalendarDay({ description: 'The day on which somebody looks again.' })
  reviewOn!: string;
}

export class ProposalsQuery extends PageQuery {
  @QueryWord(STATES, 'Only proposals in this state; `OPEN` when left out.')
  state?: (typeof STATES)[number];
}

export class RequestsQuery extends PageQuery {
  @QueryWord(REQUEST_STATES, 'Only requests in this state; `OPEN` when left out.')
  state?: (typeof REQUEST_STATES)[number];
}

export class HoldView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty(UUID) ownerId!: string;
  @ApiProperty(MOMENT) placedAt!: string;
  @ApiProperty(UUID) placedBy!: string;
  @ApiProperty({ ...UUID, nullable: true, description: 'Who asked for its release.' }) releaseAskedBy!: string | null;
  @ApiProperty({ ...MOMENT, nullable: true }) releasedAt!: string | null;
}

export class RetentionView {
  @ApiProperty({ type: 'string', enum: CLASSES }) class!: string;
  @ApiProperty({ ...DAY, nullable: true, description: 'Null while the case is open.' }) closedOn!: string | null;
  @ApiProperty({ ...DAY, nullable: true, description: 'From when erasure is proposed.' }) dueOn!: string | null;
  @ApiProperty({ type: [HoldView] }) holds!: HoldView[];
}

export class ProposalView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty(UUID) caseId!: string;
  @ApiProperty(TEXT) number!: string;
  @ApiProperty({ type: 'string', enum: CLASSES }) class!: string;
  @ApiProperty(DAY) closedOn!: string;
  @ApiProperty(DAY) dueOn!: string;
  @ApiProperty({ type: 'string', enum: [...STATES] }) state!: string;
  @ApiProperty(MOMENT) proposedAt!: string;
  @ApiProperty({ ...UUID, nullable: true }) decidedBy!: string | null;
}

export class ErasureDecisionView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty({ type: 'string', enum: [...STATES] }) state!: string;
  @ApiProperty({ ...UUID, nullable: true, description: 'The request that another coordinator confirms.' })
  requestId!: string | null;
}

/** The proof of an erasure. */
export class ErasureView {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'string', format: 'uuid' }) caseId!: string;
  @ApiProperty({ type: 'string', format: 'date-time' }) erasedAt!: string;
  @ApiProperty({ type: 'integer', description: 'Files of the person whose keys were destroyed.' }) files!: number;
  @ApiProperty({ type: 'integer', description: 'Data keys that were destroyed.' }) keys!: number;
  @ApiProperty({
    type: 'string',
    description: 'SHA-256 over the identifiers of the keys that were destroyed, in hexadecimal.',
  })
  digest!: string;
}

/** Somebody wants the keys of a person destroyed. */
export class ErasureRequestView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty(UUID) caseId!: string;
  @ApiProperty(TEXT) number!: string;
  @ApiProperty({ type: 'integer', description: 'Files of the person: all of them are erased.' }) files!: number;
  @ApiProperty({ ...UUID, nullable: true, description: 'The proposal of the service that it answers.' })
  proposalId!: string | null;
  @ApiProperty(MOMENT) askedAt!: string;
  @ApiProperty(UUID) askedBy!: string;
  @ApiProperty({ ...MOMENT, description: 'Until when another coordinator can confirm it.' }) expiresAt!: string;
  @ApiProperty({ type: 'string', enum: [...REQUEST_STATES] }) state!: string;
  @ApiProperty({ ...MOMENT, nullable: true }) decidedAt!: string | null;
  @ApiProperty({ ...UUID, nullable: true }) decidedBy!: string | null;
}

export class ReviewView {
  @ApiProperty(UUID) caseId!: string;
  @ApiProperty(TEXT) number!: string;
  @ApiProperty(TEXT) riskLevel!: string;
  @ApiProperty({ ...DAY, description: 'The day on which somebody was to look again.' }) reviewOn!: string;
}
