import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { Password } from '../platform/validation/account-fields.js';
import { check } from '../platform/validation/fields.js';

const MOMENT_PATTERN =
  '^20\\d\\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,6})?)?Z$';
const MOMENT = new RegExp(MOMENT_PATTERN);

function Moment(description: string): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_object, value) => value !== undefined),
    check(
      'moment.malformed',
      'A moment in UTC, such as 2026-12-24T18:00:00Z.',
      (value) => typeof value === 'string' && MOMENT.test(value) && !Number.isNaN(Date.parse(value)),
    ),
    ApiProperty({
      type: 'string',
      format: 'date-time',
      pattern: MOMENT_PATTERN,
      required: false,
      description,
      example: '2026-12-24T18:00:00Z',
    }),
  );
}

export class DuressPasswordBody {
  @check('password.malformed', 'This must be text.', (value) => typeof value === 'string' && value.length <= 512)
  @ApiProperty({ type: 'string', maxLength: 512, description: 'The password of every day.' })
  present!: string;

  @Password()
  duress!: string;
}

export class TravelBody {
  @Moment('When the scope comes back by itself; without it two colleagues give it back.')
  until?: string;
}

export class RestorationView {
  @ApiProperty({ type: 'boolean', description: 'Whether the scope is back.' }) restored!: boolean;
  @ApiProperty({ type: 'integer', description: 'How many colleagues have said so; two are needed.' }) words!: number;
}

export class AlertView {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'string', example: 'duress.sign-in' }) kind!: string;
  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'Whom it is about; of `audit.finding` the verification.',
  })
  subjectId!: string | null;
  @ApiProperty({ type: 'string', format: 'date-time' }) raisedAt!: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true }) seenAt!: string | null;
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true }) seenBy!: string | null;
}
