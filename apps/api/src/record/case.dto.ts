/** The case as it is opened: over HTTP, and row by row from a form’s export. */
import { ApiProperty } from '@nestjs/swagger';
import {
  check,
  Code,
  Codes,
  EventDate,
  FreeText,
  Id,
  NameText,
  Nested,
  PhoneText,
  Whole,
} from '../platform/validation/fields.js';
import { ArrestBody } from './events.dto.js';
import { RecordSourceBody } from './source.dto.js';

const OPTIONAL = { required: false } as const;
export const NARRATIVE_MAX = 50_000;

export class CaseParams {
  @Id()
  caseId!: string;
}

/** The id that a field form or another system gave the case: printable ASCII, so that it can stand in an address. */
export function ExternalIdText(options: { readonly nullable?: boolean } = {}): PropertyDecorator {
  const form = /^[\x21-\x7e]([\x20-\x7e]{0,198}[\x21-\x7e])?$/;
  return (target, name) => {
    check(
      'external-id.malformed',
      'One to 200 printable ASCII characters.',
      (value) =>
        value === undefined ||
        (options.nullable === true && value === null) ||
        (typeof value === 'string' && form.test(value)),
    )(target, name);
    ApiProperty({
      type: 'string',
      required: false,
      minLength: 1,
      maxLength: 200,
      pattern: '^[\\x21-\\x7e]([\\x20-\\x7e]{0,198}[\\x21-\\x7e])?$',
      example: 'bb4d4905-14d9-4ebc-8b20-015c0f36e4e8',
      ...(options.nullable ? { nullable: true } : {}),
    })(target, name);
  };
}

export class IdentityBody {
  @NameText({ ...OPTIONAL, max: 200, example: 'María Elena' })
  givenNames?: string;

  @NameText({ ...OPTIONAL, max: 200, example: 'Ejemplo Sintético' })
  familyNames?: string;

  @NameText({ ...OPTIONAL, max: 200, description: 'Nicknames and other names.' })
  aliases?: string;

  @NameText({ ...OPTIONAL, max: 40, description: 'Kind of document, e.g. DUI.' })
  documentType?: string;

  @NameText({ ...OPTIONAL, max: 60 })
  documentNumber?: string;

  @FreeText({ ...OPTIONAL, max: 500 })
  address?: string;

  @PhoneText({ ...OPTIONAL, max: 60 })
  phone?: string;
}

export class PersonBody {
  @Code('SEX')
  sex!: string;

  @Code('GENDER_SELF', { ...OPTIONAL, absent: null })
  genderSelf?: string;

  @EventDate({ ...OPTIONAL, description: 'Date of birth, as far as known.' })
  born?: string;

  @Whole({ min: 0, max: 120 }, OPTIONAL)
  ageAtArrest?: number;

  @Whole({ min: 0, max: 20 }, { ...OPTIONAL, description: 'Years by which the age may be off.' })
  ageMargin?: number;

  @Code('OCCUPATION', OPTIONAL)
  occupation?: string;

  @Codes('VULNERABILITY', OPTIONAL)
  vulnerabilities?: string[];

  @Nested(() => IdentityBody, OPTIONAL)
  identity?: IdentityBody;
}

export class OpenCaseBody {
  @ExternalIdText()
  externalId?: string;

  @Nested(() => PersonBody)
  person!: PersonBody;

  @Nested(() => ArrestBody)
  arrest!: ArrestBody;

  @Codes('CONSENT_USE', { description: 'Uses that were consented to.' })
  consents!: string[];

  @Nested(() => RecordSourceBody)
  source!: RecordSourceBody;

  @FreeText({ ...OPTIONAL, max: NARRATIVE_MAX, blank: true })
  narrative?: string;
}
