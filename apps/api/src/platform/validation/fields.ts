/**
 * The house decorators of request bodies. Each says what we mean (`@EventDate()`, `@Code('SEX')`), checks the form,
 * describes itself in the OpenAPI document, and leaves a note of what the field is, from which codes are checked
 * against the vocabularies and rows are made. A DTO says what is well formed; `libs/` says what is true.
 *
 * class-validator's own decorators have holes that matter here (security/design.md §10): `@IsOptional()` lets null
 * through, nested arrays accept arrays inside arrays, `@IsUUID()` and `@IsInt()` say nothing of ranges. These do not.
 */
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateBy, ValidateIf, ValidateNested, type ValidationArguments } from 'class-validator';
import { parseEventDate } from '#lib/time';

export type FieldKind =
  | 'date'
  | 'day'
  | 'code'
  | 'codes'
  | 'yesNo'
  | 'whole'
  | 'flag'
  | 'text'
  | 'name'
  | 'id'
  | 'area'
  | 'place'
  | 'nested'
  | 'nestedList'
  | 'other';

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  readonly vocabulary?: string;
  readonly of?: () => new () => object;
  readonly required: boolean;
  /** What an absent code is recorded as: UNKNOWN, so that it is counted; null where the question may make no sense. */
  readonly absent: 'UNKNOWN' | null;
}

const registry = new Map<object, Field[]>();

/** What the decorators of a body class said about its fields, inherited ones first. */
export function fieldsOf(type: new () => object): readonly Field[] {
  const own: Field[] = [];
  for (
    let proto = type.prototype as object;
    proto && proto !== Object.prototype;
    proto = Object.getPrototypeOf(proto) as object
  ) {
    own.unshift(...(registry.get(proto) ?? []));
  }
  return own;
}

export interface FieldOptions {
  /** False lets the field be absent. Null is never the same as absent. */
  readonly required?: boolean;
  readonly description?: string;
  readonly example?: unknown;
  /** Null records nothing for an absent code; otherwise it is UNKNOWN. */
  readonly absent?: null;
  /** Null is a value of its own here: in a merge patch it removes. */
  readonly nullable?: boolean;
}

/** What a field says of itself in the OpenAPI document; `x-vocabulary` becomes a list of codes (platform/openapi.ts). */
type Described = ApiPropertyOptions & { 'x-vocabulary'?: string };

function field(
  kind: FieldKind,
  options: FieldOptions,
  checks: PropertyDecorator[],
  api: Described,
  note: Partial<Field> = {},
): PropertyDecorator {
  const required = options.required ?? true;
  return applyDecorators(
    (target: object, name: string | symbol): void => {
      const known = registry.get(target) ?? [];
      registry.set(target, [
        ...known,
        { name: String(name), kind, required, absent: options.absent === null ? null : 'UNKNOWN', ...note },
      ]);
    },
    ...(required ? [] : [ValidateIf((_object, value) => value !== undefined)]),
    ...(options.nullable ? [ValidateIf((_object, value) => value !== null)] : []),
    ...checks,
    ApiProperty({
      ...api,
      required,
      ...(options.nullable ? { nullable: true } : {}),
      ...(options.description ? { description: options.description } : {}),
      ...(options.example !== undefined ? { example: options.example } : {}),
    } as ApiPropertyOptions),
  );
}

/** One check: a stable code, a sentence without the value, and whether a value passes. */
export function check(
  code: string,
  sentence: string,
  passes: (value: unknown, args?: ValidationArguments) => boolean,
): PropertyDecorator {
  return ValidateBy({
    name: code,
    validator: { validate: (value, args) => passes(value, args), defaultMessage: () => sentence },
  });
}

/** The form of an EDTF date that this service reads (libs/time/src/event-date.ts). */
const SIMPLE_DATE =
  '(19\\d\\d|20[01]\\d|20[2-9]\\d)(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01])(T([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?)?)?)?~?';
const MASKED_DATE = '(19|20)\\d\\d-((0[1-9]|1[0-2])-XX|XX-XX|XX)';
export const EDTF_PATTERN = `^(${SIMPLE_DATE}|${MASKED_DATE}|${SIMPLE_DATE.replace('~?', '')}/${SIMPLE_DATE.replace('~?', '')}|\\.\\./${SIMPLE_DATE}|${SIMPLE_DATE}/\\.\\.|XXXX)$`;
const EDTF = new RegExp(EDTF_PATTERN);

const DATE_SENTENCES: Readonly<Record<string, string>> = {
  'date.malformed':
    'This is not a date as ISO 8601-2 writes it (2022-04-03, 2022-04, 2022-04-10~, 2022-04-10/2022-04-15).',
  'date.impossible': 'The calendar has no such day.',
  'date.reversed': 'The range ends before it begins.',
  'date.out-of-range': 'The year is outside 1900 to 2099.',
};

function dateFault(value: unknown): string | null {
  if (typeof value !== 'string') return 'date.malformed';
  const parsed = parseEventDate(value);
  if (!parsed.ok) return parsed.fault;
  return EDTF.test(value) ? null : 'date.out-of-range';
}

/** A date as people know it: EDTF, uncertain ones included. */
export function EventDate(options: FieldOptions = {}): PropertyDecorator {
  const checks = Object.entries(DATE_SENTENCES).map(([code, sentence]) =>
    check(code, sentence, (value) => dateFault(value) !== code),
  );
  return field('date', options, checks, {
    type: 'string',
    pattern: EDTF_PATTERN,
    maxLength: 40,
    example: '2022-04-03',
    description: 'ISO 8601-2 (EDTF) date in local time; uncertain dates are intervals.',
  });
}

/** A calendar day that is known: `YYYY-MM-DD`. */
export function CalendarDay(options: FieldOptions = {}): PropertyDecorator {
  const passes = (value: unknown): boolean =>
    typeof value === 'string' && /^(19|20)\d{2}-\d{2}-\d{2}$/.test(value) && parseEventDate(value).ok;
  return field(
    'day',
    options,
    [check('date.malformed', 'This must be a day of the calendar, written YYYY-MM-DD.', passes)],
    {
      type: 'string',
      format: 'date',
      pattern: '^(19|20)\\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
    },
  );
}

export const CODE_PATTERN = '^[A-Z0-9][A-Z0-9_]{0,59}$';
const CODE = new RegExp(CODE_PATTERN);

/** One code of a vocabulary. Whether it exists is checked against the case’s country (reference/code-check.ts). */
export function Code(vocabulary: string, options: FieldOptions = {}): PropertyDecorator {
  return field(
    'code',
    options,
    [check('code.malformed', 'This is not a code.', (value) => typeof value === 'string' && CODE.test(value))],
    {
      type: 'string',
      pattern: CODE_PATTERN,
      maxLength: 60,
      description: `A code of ${vocabulary}.`,
      'x-vocabulary': vocabulary,
    },
    { vocabulary },
  );
}

/** Several codes of a vocabulary, each once. */
export function Codes(vocabulary: string, options: FieldOptions & { readonly max?: number } = {}): PropertyDecorator {
  const max = options.max ?? 40;
  return field(
    'codes',
    options,
    [
      check('list.malformed', 'This must be a list of codes.', (value) => Array.isArray(value)),
      check('list.too-long', `At most ${max} codes.`, (value) => !Array.isArray(value) || value.length <= max),
      check(
        'code.malformed',
        'The list holds something that is not a code.',
        (value) => !Array.isArray(value) || value.every((item) => typeof item === 'string' && CODE.test(item)),
      ),
      check(
        'list.repeats',
        'A code stands in the list twice.',
        (value) => !Array.isArray(value) || new Set(value).size === value.length,
      ),
    ],
    {
      type: 'array',
      maxItems: max,
      uniqueItems: true,
      items: { type: 'string', pattern: CODE_PATTERN, maxLength: 60, 'x-vocabulary': vocabulary } as never,
      description: `Codes of ${vocabulary}.`,
    },
    { vocabulary },
  );
}

/** YES, NO or a kind of unknown. */
export function YesNo(options: FieldOptions = {}): PropertyDecorator {
  const known = ['YES', 'NO', 'UNKNOWN', 'REFUSED', 'NOT_ASKED', 'NOT_APPLICABLE'];
  return field(
    'yesNo',
    options,
    [
      check('code.unknown', 'This must be YES, NO, UNKNOWN, REFUSED, NOT_ASKED or NOT_APPLICABLE.', (value) =>
        known.includes(value as string),
      ),
    ],
    {
      type: 'string',
      enum: known,
    },
  );
}

/** A whole number in a range. */
export function Whole(
  range: { readonly min: number; readonly max: number },
  options: FieldOptions = {},
): PropertyDecorator {
  const passes = (value: unknown): boolean =>
    Number.isSafeInteger(value) && (value as number) >= range.min && (value as number) <= range.max;
  return field(
    'whole',
    options,
    [check('number.out-of-range', `This must be a whole number from ${range.min} to ${range.max}.`, passes)],
    {
      type: 'integer',
      minimum: range.min,
      maximum: range.max,
    },
  );
}

/** True or false, and nothing that looks like it. */
export function Flag(options: FieldOptions = {}): PropertyDecorator {
  return field(
    'flag',
    options,
    [check('flag.malformed', 'This must be true or false.', (value) => typeof value === 'boolean')],
    { type: 'boolean' },
  );
}

/** Overrides and isolates turn the order of what is read; names may need the plain marks of right-to-left script. */
const TURNING = '\\u202A-\\u202E\\u2066-\\u2069';
const BIDI = new RegExp(`[${TURNING}]`);
/** Starts that a spreadsheet takes for a formula, full-width forms included. */
const FORMULA_START = '\\s*[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20]';
const FORMULA = new RegExp(`^${FORMULA_START}|^[\\t\\r]`);

const LINE_BREAKS_AND_CONTROLS = '\\u0000-\\u001F\\u007F-\\u009F\\u2028\\u2029';
const LINE_OR_CONTROL = new RegExp(`[${LINE_BREAKS_AND_CONTROLS}]`);

/** What no text may hold, and what the text gate stops before anybody looks at a field (platform/text-gate.ts). */
const NOT_IN_TEXT = `\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F\\uFDD0-\\uFDEF\\uFFFE\\uFFFF${TURNING}`;
const NOT_IN_A_LINE = `${LINE_BREAKS_AND_CONTROLS}\\uFDD0-\\uFDEF\\uFFFE\\uFFFF${TURNING}`;

/** The checks below as patterns, for the document: whoever makes requests from it makes none that is refused for its form. */
const TEXT_PATTERN = `^[^${NOT_IN_TEXT}]*$`;
const FILLED_TEXT_PATTERN = `^(?=[\\s\\S]*\\S)[^${NOT_IN_TEXT}]*$`;
const LINE = `(?!${FORMULA_START})(?=.*\\S)[^${NOT_IN_A_LINE}]*$`;

const codePoints = (text: string): number => [...text].length;
const isText = (value: unknown): value is string => typeof value === 'string';

/** Free text as told: line breaks are welcome, characters that turn the reading order are not. */
export function FreeText(
  options: FieldOptions & { readonly max: number; readonly blank?: boolean },
): PropertyDecorator {
  return field(
    'text',
    options,
    [
      check('text.malformed', 'This must be text.', isText),
      check(
        'text.too-long',
        `At most ${options.max} characters.`,
        (value) => !isText(value) || codePoints(value) <= options.max,
      ),
      check(
        'text.blank',
        'This must not be empty.',
        (value) => !isText(value) || options.blank === true || value.trim() !== '',
      ),
      check(
        'text.bidirectional-control',
        'The text holds characters that turn the reading order.',
        (value) => !isText(value) || !BIDI.test(value),
      ),
    ],
    {
      type: 'string',
      maxLength: options.max,
      ...(options.blank ? { pattern: TEXT_PATTERN } : { minLength: 1, pattern: FILLED_TEXT_PATTERN }),
    },
  );
}

/** What makes a single line of text safe to show and to put into a cell. */
function lineChecks(max: number, isFormula: (text: string) => boolean): PropertyDecorator[] {
  return [
    check('text.malformed', 'This must be text.', isText),
    check('text.too-long', `At most ${max} characters.`, (value) => !isText(value) || codePoints(value) <= max),
    check('text.blank', 'This must not be empty.', (value) => !isText(value) || value.trim() !== ''),
    check(
      'text.control-character',
      'This must be a single line of text.',
      (value) => !isText(value) || !LINE_OR_CONTROL.test(value),
    ),
    check(
      'text.bidirectional-control',
      'The text holds characters that turn the reading order.',
      (value) => !isText(value) || !BIDI.test(value),
    ),
    check('text.formula', 'This begins like a spreadsheet formula.', (value) => !isText(value) || !isFormula(value)),
  ];
}

/** A name or another single line: no line breaks, controls, reading-order tricks or formula starts. */
export function NameText(options: FieldOptions & { readonly max: number }): PropertyDecorator {
  return field(
    'name',
    options,
    lineChecks(options.max, (text) => FORMULA.test(text)),
    {
      type: 'string',
      minLength: 1,
      maxLength: options.max,
      pattern: `^${LINE}`,
    },
  );
}

/** A plus sign and then a number only: a spreadsheet makes of it a number at most, and nothing runs. */
const NUMBER_ABROAD_PATTERN = '\\+\\d[\\d ().-]*';
const NUMBER_ABROAD = new RegExp(`^${NUMBER_ABROAD_PATTERN}$`);

/** A telephone number or what stands for one: a single line that may begin with the plus sign of a number abroad. */
export function PhoneText(options: FieldOptions & { readonly max: number }): PropertyDecorator {
  const isFormula = (text: string): boolean => FORMULA.test(text) && !NUMBER_ABROAD.test(text);
  return field('name', options, lineChecks(options.max, isFormula), {
    type: 'string',
    minLength: 1,
    maxLength: options.max,
    pattern: `^(${NUMBER_ABROAD_PATTERN}$|${LINE})`,
    example: '+503 0000 0000',
  });
}

const UUID_PATTERN = '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';
const UUID = new RegExp(UUID_PATTERN);

export const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

/** The id of a row: a random UUID (version 4), lower case. */
export function Id(options: FieldOptions = {}): PropertyDecorator {
  return field('id', options, [check('id.malformed', 'This is not an id of this service.', isId)], {
    type: 'string',
    format: 'uuid',
    pattern: UUID_PATTERN,
  });
}

/** Why there is no answer (countries/core/special-values.yaml), in the order of that file. */
export const SPECIAL_VALUES: readonly string[] = ['UNKNOWN', 'REFUSED', 'NOT_ASKED', 'NOT_APPLICABLE', 'OTHER'];

export const AREA_PATTERN = '^[A-Z]{2}(-[A-Z0-9]+){1,4}$';
const AREA = new RegExp(AREA_PATTERN);

/** The code of an area or place of a country pack. */
export function AreaCode(options: FieldOptions = {}): PropertyDecorator {
  return field(
    'area',
    options,
    [
      check(
        'code.malformed',
        'This is not the code of an area.',
        (value) => value === 'UNKNOWN' || (isText(value) && AREA.test(value) && value.length <= 60),
      ),
    ],
    {
      type: 'string',
      maxLength: 60,
      description: 'The code of an area of a country pack, as fine as known, or UNKNOWN.',
      'x-vocabulary': 'AREA',
    },
  );
}

export function PlaceCode(options: FieldOptions = {}): PropertyDecorator {
  return field(
    'place',
    options,
    [
      check(
        'code.malformed',
        'This is not the code of a place.',
        (value) => isText(value) && (SPECIAL_VALUES.includes(value) || (AREA.test(value) && value.length <= 60)),
      ),
    ],
    {
      type: 'string',
      maxLength: 60,
      description: 'The code of a place of detention of a country pack, or a special value: UNKNOWN, OTHER and so on.',
      'x-vocabulary': 'PLACE',
    },
  );
}

/** An object of its own class. */
export function Nested(type: () => new () => object, options: FieldOptions = {}): PropertyDecorator {
  return field(
    'nested',
    options,
    [
      check(
        'object.malformed',
        'This must be an object.',
        (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      ),
      ValidateNested() as PropertyDecorator,
      Type(type) as PropertyDecorator,
    ],
    // @nestjs/swagger takes a function for a lazy type only if it is called `type`; a passed one has no name.
    { type: () => type() },
    { of: type },
  );
}

/** A list of objects of one class; arrays inside the array are refused. */
export function NestedList(
  type: () => new () => object,
  options: FieldOptions & { readonly max: number },
): PropertyDecorator {
  return field(
    'nestedList',
    options,
    [
      check(
        'list.malformed',
        'This must be a list of objects.',
        (value) =>
          Array.isArray(value) &&
          value.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item)),
      ),
      check(
        'list.too-long',
        `At most ${options.max} entries.`,
        (value) => !Array.isArray(value) || value.length <= options.max,
      ),
      ValidateNested({ each: true }) as PropertyDecorator,
      Type(type) as PropertyDecorator,
    ],
    { type: () => [type()], maxItems: options.max } as unknown as ApiPropertyOptions,
    { of: type },
  );
}

/** One of a few words. */
export function OneOf(words: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(
    'other',
    options,
    [check('word.unknown', `This must be one of: ${words.join(', ')}.`, (value) => words.includes(value as string))],
    { type: 'string', enum: [...words] },
  );
}
