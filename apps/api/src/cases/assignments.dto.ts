import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '#lib/access';
import { Id } from '../platform/validation/fields.js';

export class AssignBody {
  @Id({ description: 'Whom to assign.' })
  userId!: string;
}

/** Somebody who can be assigned: no address, no office. */
export class AssigneeView {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'string' }) displayName!: string;
  @ApiProperty({ type: 'array', items: { type: 'string', enum: [...ROLES] } }) roles!: readonly Role[];
}
