/** Query parameters of a page, and how they are read: text in, numbers out, unknown names refused. */
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateIf } from 'class-validator';
import { parseEventDate } from '#lib/time';
import { check } from './validation/fields.js';

export const PAGE_DEFAULT = 50;
export const PAGE_MAX = 100;

/** A query parameter that is text of a certain form; absent is fine, empty is not. */
export function QueryText(
  pattern: string,
  api: {
    readonly description?: string;
    readonly example?: string;
    readonly max?: number;
    readonly vocabulary?: string;
    readonly required?: boolean;
    readonly code?: string;
    /** What the document says instead, where the act itself says better what is wrong with the rest. */
    readonly shown?: string;
  } = {},
): PropertyDecorator {
  const form = new RegExp(pattern, 'u');
  const max = api.max ?? 200;
  return applyDecorators(
    ...(api.required ? [] : [ValidateIf((_object, value) => value !== undefined)]),
    check(
      api.code ?? 'query.malformed',
      'This parameter does not have the form expected here.',
      (value) => typeof value === 'string' && value.length <= max && form.test(value),
    ),
    ApiProperty({
      type: 'string',
      required: api.required ?? false,
      pattern: api.shown ?? pattern,
      maxLength: max,
      ...(api.description ? { description: api.description } : {}),
      ...(api.example ? { example: api.example } : {}),
      ...(api.vocabulary ? { 'x-vocabulary': api.vocabulary } : {}),
    } as never),
  );
}

const DAY = '^(19|20)\\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$';

/** A query parameter that is a day of the calendar; a day that no calendar has is told apart from what is no date. */
export function QueryDay(api: {
  readonly description: string;
  readonly example: string;
  readonly code?: string;
}): PropertyDecorator {
  return applyDecorators(
    QueryText(DAY, { ...api, max: 10 }),
    check(
      'date.impossible',
      'The calendar has no such day.',
      (value) => typeof value === 'string' && parseEventDate(value).ok,
    ),
  );
}

/** A query parameter that is one of a few words. */
export function QueryWord(words: readonly string[], description?: string): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_object, value) => value !== undefined),
    check('query.malformed', `This must be one of: ${words.join(', ')}.`, (value) => words.includes(value as string)),
    ApiProperty({ type: 'string', required: false, enum: [...words], ...(description ? { description } : {}) }),
  );
}

export class PageQuery {
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value,
  )
  @ValidateIf((_object, value) => value !== undefined)
  @check(
    'query.malformed',
    `A whole number from 1 to ${PAGE_MAX}.`,
    (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= PAGE_MAX,
  )
  @ApiProperty({ type: 'integer', minimum: 1, maximum: PAGE_MAX, default: PAGE_DEFAULT, required: false })
  limit?: number;

  @QueryText('^[A-Za-z0-9_-]{22,2000}$', {
    max: 2000,
    description: 'Where the page begins: `next` of the page before.',
  })
  cursor?: string;
}
