/** The one pipe: unknown fields are refused, nothing is converted silently, every fault has a JSON Pointer and a code. */
import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { pointerTo, problem, type Fault } from '#lib/problem';
import { fieldsOf, isId } from './fields.js';

export const requestProblems = {
  invalid: problem('request.invalid', 'invalid', () => 'The request does not have the form this route reads.'),
};

const UNKNOWN_FIELD = 'whitelistValidation';

/** Faults of class-validator's tree, in reading order, without any value. */
export function faultsOf(errors: readonly ValidationError[], path: readonly (string | number)[] = []): Fault[] {
  return errors.flatMap((error) => {
    const here = [...path, /^\d+$/.test(error.property) ? Number(error.property) : error.property];
    const own = Object.entries(error.constraints ?? {}).map(([code, detail]) =>
      code === UNKNOWN_FIELD
        ? { pointer: pointerTo(...here), code: 'field.unknown', detail: 'There is no such field.' }
        : {
            pointer: pointerTo(...here),
            code: code.includes('.') ? code : 'field.malformed',
            detail: code.includes('.') ? detail : 'This does not have the form expected here.',
          },
    );
    return [...firstOnly(own), ...faultsOf(error.children ?? [], here)];
  });
}

/** A value of the wrong type fails every check; the first one says it. */
function firstOnly(faults: readonly Fault[]): Fault[] {
  const shape = faults.find((fault) => fault.code.endsWith('.malformed'));
  return shape ? [shape] : [...faults];
}

type ParameterClass = new () => object;
const idsOfClass = new WeakMap<ParameterClass, readonly string[] | null>();

/** The names of a class of parameters that holds nothing but ids; null for any other. */
function idsOf(type: ParameterClass): readonly string[] | null {
  const known = idsOfClass.get(type);
  if (known !== undefined) return known;
  const fields = fieldsOf(type);
  const ids = fields.length > 0 && fields.every(({ kind }) => kind === 'id') ? fields.map(({ name }) => name) : null;
  idsOfClass.set(type, ids);
  return ids;
}

/** Whether a value is just these ids: then there is nothing to say of it, and no reason to take it apart. */
function isJustIds(value: unknown, names: readonly string[]): value is Record<string, string> {
  if (typeof value !== 'object' || value === null) return false;
  return (
    Object.keys(value).length === names.length && names.every((name) => isId((value as Record<string, unknown>)[name]))
  );
}

/** The pipe, with a short way for addresses of rows, which are most of what is asked. */
class RequestPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'param' && metadata.metatype) {
      const type = metadata.metatype as ParameterClass;
      const ids = idsOf(type);
      if (ids !== null && isJustIds(value, ids)) return Object.assign(new type(), value);
    }
    return super.transform(value, metadata);
  }
}

export const bodyPipe = new RequestPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: false,
  validateCustomDecorators: false,
  transformOptions: { enableImplicitConversion: false, exposeDefaultValues: true },
  exceptionFactory: (errors: ValidationError[]) => requestProblems.invalid({}, faultsOf(errors).slice(0, 100)),
});
