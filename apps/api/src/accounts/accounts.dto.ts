import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '#lib/access';
import { EmailAddress, Password } from '../platform/validation/account-fields.js';
import { check, Flag, Id, NameText } from '../platform/validation/fields.js';

function Roles(required: boolean): PropertyDecorator {
  return (target, name) => {
    check(
      'roles.malformed',
      'One to six roles, each once.',
      (value) =>
        (!required && value === undefined) ||
        (Array.isArray(value) &&
          value.length > 0 &&
          value.length <= ROLES.length &&
          new Set(value).size === value.length &&
          value.every((role) => ROLES.includes(role as Role))),
    )(target, name);
    ApiProperty({
      type: 'array',
      required,
      minItems: 1,
      maxItems: ROLES.length,
      uniqueItems: true,
      items: { type: 'string', enum: [...ROLES] },
    })(target, name);
  };
}

export class CreateOfficeBody {
  @NameText({ max: 120, example: 'Oficina occidente' })
  name!: string;
}

export class AmendOfficeBody {
  @NameText({ max: 120, required: false })
  name?: string;

  @Flag({ required: false, description: 'True closes the office: its people are signed out and cannot sign in.' })
  closed?: boolean;
}

export class OfficeView {
  @ApiProperty({ type: 'string', format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'string' })
  name!: string;

  @ApiProperty({ type: 'string' })
  country!: string;

  @ApiProperty({ type: 'boolean' })
  closed!: boolean;

  @ApiProperty({ type: 'integer' })
  version!: number;
}

export class CreateUserBody {
  @EmailAddress()
  email!: string;

  @NameText({ max: 120, example: 'Ana Pérez' })
  displayName!: string;

  @Password()
  password!: string;

  @Roles(true)
  roles!: Role[];

  @Id({ required: false, description: 'The office the person works in; without one a caseworker sees no case.' })
  officeId?: string;
}

export class AmendUserBody {
  @NameText({ max: 120, required: false })
  displayName?: string;

  @Roles(false)
  roles?: Role[];

  @Id({ required: false, nullable: true })
  officeId?: string | null;

  @Flag({ required: false, description: 'True signs the person out at once and for good.' })
  disabled?: boolean;
}

export class UserView {
  @ApiProperty({ type: 'string', format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'string' })
  email!: string;

  @ApiProperty({ type: 'string' })
  displayName!: string;

  @ApiProperty({ type: 'array', items: { type: 'string', enum: [...ROLES] } })
  roles!: readonly Role[];

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true })
  officeId!: string | null;

  @ApiProperty({ type: 'boolean' })
  disabled!: boolean;

  @ApiProperty({ type: 'integer' })
  version!: number;
}

export class EndedView {
  @ApiProperty({ type: 'integer', description: 'Sessions that were ended.' })
  sessions!: number;

  @ApiProperty({ type: 'integer', description: 'Tokens of programs that were revoked.' })
  tokens!: number;
}
