/** The house decorators of accounts: an address to sign in with, and a password. */
import { ApiProperty } from '@nestjs/swagger';
import { PASSWORD_MAX, PASSWORD_MIN, passwordForm } from '#lib/access';
import { check } from './fields.js';

const lengthOf = (password: string): number => [...passwordForm(password)].length;

/** An address as people type it: one @, no spaces, at most 254 characters; nothing cleverer holds in practice. */
const EMAIL_PATTERN =
  '^[^@\\s"<>(),:;\\[\\]\\\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?)+$';
const EMAIL = new RegExp(EMAIL_PATTERN);
const isEmail = (value: unknown): boolean => typeof value === 'string' && value.length <= 254 && EMAIL.test(value);

export function EmailAddress(): PropertyDecorator {
  return (target, name) => {
    check('email.malformed', 'This is not an e-mail address.', isEmail)(target, name);
    ApiProperty({ type: 'string', maxLength: 254, pattern: EMAIL_PATTERN, example: 'ana@example.org' })(target, name);
  };
}

export function Password(): PropertyDecorator {
  return (target, name) => {
    check(
      'password.malformed',
      `A password has ${PASSWORD_MIN} to ${PASSWORD_MAX} characters.`,
      (value) =>
        typeof value === 'string' &&
        value.length <= 4 * PASSWORD_MAX &&
        lengthOf(value) >= PASSWORD_MIN &&
        lengthOf(value) <= PASSWORD_MAX,
    )(target, name);
    ApiProperty({
      type: 'string',
      minLength: PASSWORD_MIN,
      maxLength: PASSWORD_MAX,
      example: 'four words make a sentence',
    })(target, name);
  };
}

/** Address and account are compared in lower case and composed form. */
export const foldEmail = (email: string): string => email.normalize('NFC').trim().toLowerCase();
