import { ApiProperty } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import { ValidateIf } from 'class-validator';
import { PERMISSIONS } from '#lib/access';
import { check, NameText, Whole } from '../platform/validation/fields.js';
import { isNetwork } from './networks.js';

const NAMES = Object.keys(PERMISSIONS);
const isSet = (value: unknown, max: number, each: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length <= max && new Set(value).size === value.length && value.every(each);

function Scopes(): PropertyDecorator {
  return applyDecorators(
    check(
      'scopes.malformed',
      'One or more permissions, each once.',
      (value) => isSet(value, NAMES.length, (item) => NAMES.includes(item as string)) && (value as []).length > 0,
    ),
    ApiProperty({ type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string', enum: NAMES } }),
  );
}

function Networks(): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_object, value) => value !== undefined),
    check('addresses.malformed', 'Up to 20 addresses or networks, such as 192.0.2.0/24.', (value) =>
      isSet(value, 20, isNetwork),
    ),
    ApiProperty({
      type: 'array',
      required: false,
      maxItems: 20,
      uniqueItems: true,
      items: { type: 'string', maxLength: 50, pattern: '^[0-9A-Fa-f:.]{2,45}(/\\d{1,3})?$', example: '192.0.2.0/24' },
      description: 'Addresses or networks it may come from; none is any.',
    }),
  );
}

export class CreateServiceTokenBody {
  @NameText({ max: 80, description: 'What it is for.', example: 'Nightly import' })
  name!: string;

  @Scopes()
  scopes!: string[];

  @Whole({ min: 1, max: 365 }, { description: 'Days until it expires.' })
  days!: number;

  @Networks()
  addresses?: string[];
}

export class ServiceTokenView {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'string', format: 'uuid' }) ownerId!: string;
  @ApiProperty({ type: 'string' }) name!: string;
  @ApiProperty({ type: 'array', items: { type: 'string' } }) scopes!: readonly string[];
  @ApiProperty({ type: 'array', items: { type: 'string' } }) addresses!: readonly string[];
  @ApiProperty({ type: 'string', format: 'date-time' }) createdAt!: string;
  @ApiProperty({ type: 'string', format: 'date-time' }) expiresAt!: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true }) lastUsedAt!: string | null;
}

export class CreatedServiceTokenView extends ServiceTokenView {
  @ApiProperty({ type: 'string', description: 'Shown once. Send it as `Authorization: Bearer …`.' }) token!: string;
}
