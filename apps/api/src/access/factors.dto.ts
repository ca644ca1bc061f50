import { ApiProperty } from '@nestjs/swagger';
import { Password } from '../platform/validation/account-fields.js';
import { NameText } from '../platform/validation/fields.js';
import { ChallengeText, PasskeyAnswerField, PasswordText, TotpText } from './factor-fields.js';

export class TotpCodeBody {
  @TotpText()
  code!: string;
}

export class AddPasskeyBody {
  @ChallengeText()
  challenge!: string;

  @NameText({ max: 60, description: 'What to call it.', example: 'Blue key' })
  name!: string;

  @PasskeyAnswerField()
  passkey!: Record<string, unknown>;
}

export class ChangePasswordBody {
  @PasswordText({ description: 'The password as it is.' })
  present!: string;

  @Password()
  next!: string;
}

export class PasskeyView {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'string' }) name!: string;
  @ApiProperty({ type: 'string', format: 'date-time' }) createdAt!: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true }) lastUsedAt!: string | null;
}

export class FactorsView {
  @ApiProperty({ type: 'boolean', description: 'Whether an authenticator app is enrolled.' }) totp!: boolean;
  @ApiProperty({ type: [PasskeyView] }) passkeys!: PasskeyView[];
  @ApiProperty({ type: 'integer' }) recoveryCodesLeft!: number;
}

export class TotpEnrolmentView {
  @ApiProperty({ type: 'string', description: 'The secret in base 32, shown once.' }) secret!: string;
  @ApiProperty({ type: 'string', description: 'The same for a QR code.' }) uri!: string;
}

export class RecoveryCodesView {
  @ApiProperty({
    type: 'array',
    items: { type: 'string' },
    nullable: true,
    description: 'Ten codes for paper, shown once, each good once; null when there are some already.',
  })
  recoveryCodes!: readonly string[] | null;
}

export class AddedPasskeyView extends RecoveryCodesView {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
}
