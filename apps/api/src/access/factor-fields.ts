/** The house decorators of proofs: a challenge, a code, a passkey's answer. Form only; whether they are right is not said here. */
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { check, NameText } from '../platform/validation/fields.js';

interface Options {
  readonly required?: boolean;
  readonly description?: string;
}

function text(code: string, sentence: string, max: number, example: string, options: Options): PropertyDecorator {
  const required = options.required ?? true;
  return applyDecorators(
    ...(required ? [] : [ValidateIf((_object, value) => value !== undefined)]),
    check(code, sentence, (value) => typeof value === 'string' && value.length <= max),
    ApiProperty({
      type: 'string',
      required,
      maxLength: max,
      example,
      ...(options.description ? { description: options.description } : {}),
    }),
  );
}

export const ChallengeText = (options: Options = {}): PropertyDecorator =>
  text('challenge.malformed', 'This is not a challenge of this service.', 100, 'k3Jw…', options);

export const TotpText = (options: Options = {}): PropertyDecorator =>
  text('code.malformed', 'This must be text.', 20, '123456', {
    description: 'A code of the authenticator app.',
    ...options,
  });

export const RecoveryCodeText = (options: Options = {}): PropertyDecorator =>
  text('code.malformed', 'This must be text.', 60, '3GZQK-7M2WD-…', options);

export const PasswordText = (options: Options = {}): PropertyDecorator =>
  text('password.malformed', 'This must be text.', 512, 'four words make a sentence', options);

/** What the device is called in the list of sessions. */
export const DeviceName = (): PropertyDecorator =>
  NameText({ max: 60, required: false, description: 'What to call this device.', example: 'Office laptop' });

/** A credential as WebAuthn's JSON form has it. */
export function PasskeyAnswerField(options: Options = {}): PropertyDecorator {
  const required = options.required ?? true;
  return applyDecorators(
    ...(required ? [] : [ValidateIf((_object, value) => value !== undefined)]),
    check(
      'passkey.malformed',
      'This must be the credential that the browser gave, in JSON form.',
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    ),
    ApiProperty({
      type: 'object',
      required,
      additionalProperties: true,
      description: 'The credential in WebAuthn JSON form.',
    } as unknown as ApiPropertyOptions),
  );
}
