import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '#lib/access';
import { EmailAddress, Password } from '../platform/validation/account-fields.js';
import { check, NameText } from '../platform/validation/fields.js';
import {
  ChallengeText,
  DeviceName,
  PasskeyAnswerField,
  PasswordText,
  RecoveryCodeText,
  TotpText,
} from './factor-fields.js';

export class SignInBody {
  @check('email.malformed', 'This must be text.', (value) => typeof value === 'string' && value.length <= 254)
  @ApiProperty({ type: 'string', maxLength: 254, example: 'ana@example.org' })
  email!: string;

  @check('password.malformed', 'This must be text.', (value) => typeof value === 'string' && value.length <= 512)
  @ApiProperty({ type: 'string', maxLength: 512, example: 'four words make a sentence' })
  password!: string;

  @RecoveryCodeText({
    required: false,
    description: 'Instead of a second factor, also where too many failures closed the password.',
  })
  recoveryCode?: string;

  @DeviceName()
  deviceName?: string;
}

export class PasskeyAnswerBody {
  @ChallengeText()
  challenge!: string;

  @PasskeyAnswerField()
  passkey!: Record<string, unknown>;

  @DeviceName()
  deviceName?: string;
}

export class SecondFactorBody {
  @ChallengeText()
  challenge!: string;

  @TotpText({ required: false })
  totp?: string;

  @RecoveryCodeText({ required: false })
  recoveryCode?: string;

  @PasskeyAnswerField({ required: false })
  passkey?: Record<string, unknown>;

  @DeviceName()
  deviceName?: string;
}

export class StepUpBody {
  @PasswordText({ required: false })
  password?: string;

  @TotpText({ required: false })
  totp?: string;

  @RecoveryCodeText({ required: false })
  recoveryCode?: string;

  @ChallengeText({ required: false })
  challenge?: string;

  @PasskeyAnswerField({ required: false })
  passkey?: Record<string, unknown>;
}

export class PasskeyQuestionView {
  @ApiProperty({ type: 'string', description: 'Comes back with the answer, once, within five minutes.' })
  challenge!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What the browser is asked (WebAuthn JSON).',
  })
  options!: object;
}

export class RefreshBody {
  @check('token.malformed', 'This is not a refresh token.', (value) => typeof value === 'string' && value.length <= 200)
  @ApiProperty({ type: 'string', maxLength: 200 })
  refreshToken!: string;
}

export class SetUpBody {
  @check('code.malformed', 'This is not a setup code.', (value) => typeof value === 'string' && value.length <= 100)
  @ApiProperty({
    type: 'string',
    maxLength: 100,
    description: 'The one-time code printed on the console of the service.',
  })
  code!: string;

  @NameText({ max: 120, description: 'Name of the organisation.', example: 'Casa de los Derechos' })
  organisation!: string;

  @check(
    'acronym.malformed',
    'Two to eight capital letters.',
    (value) => typeof value === 'string' && /^[A-Z]{2,8}$/.test(value),
  )
  @ApiProperty({ type: 'string', pattern: '^[A-Z]{2,8}$', example: 'CDD' })
  acronym!: string;

  @check(
    'country.malformed',
    'A country pack, e.g. SV.',
    (value) => typeof value === 'string' && /^[A-Z]{2}(-[A-Z]{2})?$/.test(value),
  )
  @ApiProperty({
    type: 'string',
    pattern: '^[A-Z]{2}(-[A-Z]{2})?$',
    example: 'SV',
    description: 'The country pack the organisation works with by default.',
  })
  country!: string;

  @NameText({ max: 120, description: 'Name of the first office.', example: 'Oficina central' })
  office!: string;

  @NameText({ max: 120, description: 'Name of the administrator.' })
  displayName!: string;

  @EmailAddress()
  email!: string;

  @Password()
  password!: string;
}

export class SessionUserView {
  @ApiProperty({ type: 'string', format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'array', items: { type: 'string', enum: [...ROLES] } })
  roles!: readonly Role[];
}

export class SessionView {
  @ApiProperty({ type: 'string', description: 'Send it as `Authorization: Bearer …`.' })
  accessToken!: string;

  @ApiProperty({ type: 'integer', description: 'Seconds until the access token runs out.' })
  expiresIn!: number;

  @ApiProperty({ type: 'string', description: 'Good for one refresh; using it a second time ends the session.' })
  refreshToken!: string;

  @ApiProperty({ type: SessionUserView })
  user!: SessionUserView;
}

export class DeviceView {
  @ApiProperty({ type: 'string', format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'What its owner calls it, or what kind it is.' })
  name!: string | null;

  @ApiProperty({ type: 'string', format: 'date-time' })
  startedAt!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  lastUsedAt!: string;

  @ApiProperty({ type: 'boolean', description: 'Whether it is the session that asks.' })
  current!: boolean;
}

export class MeView {
  @ApiProperty({ type: 'string', format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'string' })
  displayName!: string;

  @ApiProperty({ type: 'array', items: { type: 'string', enum: [...ROLES] } })
  roles!: readonly Role[];

  @ApiProperty({ type: 'array', items: { type: 'string' } })
  permissions!: readonly string[];

  @ApiProperty({ type: 'string', format: 'uuid' })
  organisationId!: string;

  @ApiProperty({ type: 'string' })
  organisation!: string;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true })
  officeId!: string | null;

  @ApiProperty({ type: 'string', description: 'The country pack the organisation works with by default.' })
  country!: string;
}
