import { ApiProperty } from '@nestjs/swagger';
import type { FindingKind } from '#lib/trail';
import { PageQuery, QueryText } from '../platform/paging.js';
import { Id } from '../platform/validation/fields.js';

const ID = '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';

export class AuditQuery extends PageQuery {
  @QueryText('^[a-z][a-z-]*(\\.[a-z][a-z-]*)+$', {
    max: 80,
    description: 'Only this action, e.g. `identity.read`.',
    example: 'identity.read',
  })
  action?: string;

  @QueryText(ID, { description: 'Only entries about this case.' })
  caseId?: string;

  @QueryText(ID, { description: 'Only acts of this user.' })
  actorId?: string;
}

export class AuditEntryParams {
  @Id()
  entryId!: string;
}

export class AuditEntryView {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'string', format: 'date-time' }) at!: string;
  @ApiProperty({ type: 'string' }) action!: string;
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true }) actorId!: string | null;
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true }) sessionId!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) requestId!: string | null;
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true }) caseId!: string | null;
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true }) subjectId!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'The reason the caller gave.' }) reason!: string | null;
  @ApiProperty({
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description: 'Identifiers and codes only.',
  })
  details!: Readonly<Record<string, unknown>> | null;
  @ApiProperty({
    type: 'boolean',
    description:
      'Reason and details cannot be read: their key was destroyed when the person was erased, or they were damaged.',
  })
  contentUnreadable!: boolean;
}

export class AuditFindingView {
  @ApiProperty({
    type: 'string',
    enum: [
      'edited',
      'forged',
      'removed',
      'moved',
      'altered',
      'inserted',
      'truncated',
      'leaf',
      'checkpoint',
      'forked',
      'outside',
    ],
  })
  kind!: FindingKind;
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true }) entryId!: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'First place in the tree, counted from 0.' })
  from!: number | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Last place in the tree.' }) to!: number | null;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true }) at!: string | null;
  @ApiProperty({ type: 'string' }) says!: string;
}

/** What the last verification found. */
export class AuditVerificationView {
  @ApiProperty({ type: 'string', format: 'date-time' }) at!: string;
  @ApiProperty({ type: 'boolean', description: 'Nothing was found.' }) intact!: boolean;
  @ApiProperty({ type: 'integer', description: 'Sealed entries that were read.' }) entries!: number;
  @ApiProperty({ type: 'integer' }) checkpoints!: number;
  @ApiProperty({ type: 'integer', description: 'Entries that waited for their seal.' }) pending!: number;
  @ApiProperty({ type: 'integer', description: 'Entries whose content was erased with the person.' }) stubs!: number;
  @ApiProperty({ type: 'integer', description: 'Checkpoints from outside that were compared.' }) outside!: number;
  @ApiProperty({ type: 'integer' }) findings!: number;
  @ApiProperty({ type: [AuditFindingView], description: 'The first findings.' }) found!: readonly AuditFindingView[];
}

export class AuditReceiptEntryView {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'string', format: 'date-time' }) at!: string;
  @ApiProperty({ type: 'string', nullable: true }) organisationId!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) actorId!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) sessionId!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) requestId!: string | null;
  @ApiProperty({ type: 'string' }) action!: string;
  @ApiProperty({ type: 'string', nullable: true }) caseId!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) subjectId!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'SHA-256 of the sealed content, base64.' })
  contentDigest!: string | null;
  @ApiProperty({ type: 'string' }) mac!: string;
}

/** A receipt as `audit check-receipt` reads it. */
export class AuditReceiptView {
  @ApiProperty({ type: 'string', enum: ['amparo audit receipt 1'] }) format!: 'amparo audit receipt 1';
  @ApiProperty({ type: AuditReceiptEntryView }) entry!: AuditReceiptEntryView;
  @ApiProperty({ type: 'integer', description: 'Place in the tree, counted from 0.' }) position!: number;
  @ApiProperty({ type: [String], description: 'Digests from the leaf up, base64.' }) proof!: readonly string[];
  @ApiProperty({ type: 'string', description: 'Signed note: origin, size, root, time, signature.' })
  checkpoint!: string;
  @ApiProperty({ type: 'string', description: 'Public key; compare it with the one the organisation gave you.' })
  key!: string;
}
