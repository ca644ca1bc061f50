/** The plain values that a profile is made of, each refused by its key when it is something else. */
import { parseEventDate } from '#lib/time';
import { fail } from './mapping-faults.js';
import type { Target } from './targets.js';

export type Plain = Readonly<Record<string, unknown>>;

const CODE = /^[A-Z0-9][A-Z0-9_-]{0,80}$/;

export function object(value: unknown, key: string): Plain {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(key, 'map');
  return value as Plain;
}

export function list(value: unknown, key: string): readonly unknown[] {
  return Array.isArray(value) ? value : fail(key, 'list');
}

export function texts(value: unknown, key: string): string[] {
  return list(value, key).map((item) =>
    typeof item === 'string' || typeof item === 'number' ? String(item) : fail(key, 'texts'),
  );
}

export function text(value: unknown, key: string): string {
  return typeof value === 'string' && value !== '' ? value : fail(key, 'text');
}

/** A map of texts to texts; what is left out is empty. */
export function textMap(value: unknown, key: string): ReadonlyMap<string, string> {
  return new Map(Object.entries(object(value ?? {}, key)).map(([name, one]) => [name, text(one, key)]));
}

export function flag(value: unknown, key: string): boolean {
  if (value === undefined) return false;
  return typeof value === 'boolean' ? value : fail(key, 'flag');
}

export function onlyKeys(value: Plain, known: ReadonlySet<string>, key: string): void {
  for (const name of Object.keys(value)) if (!known.has(name)) fail(key, 'key', name);
}

/** Entry of a table by a name from a profile; what every object inherits is no entry. */
export function entry<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** A value that stands in the profile itself, as its target takes it: codes of a list come as a list. */
export function constant(spec: Target, value: unknown, key: string): unknown {
  const refuse = (): never => fail(key, 'value', spec.kind);
  const code = (one: unknown): string => (typeof one === 'string' && CODE.test(one) ? one : refuse());
  switch (spec.kind) {
    case 'text':
    case 'name':
      return typeof value === 'string' && value !== '' && [...value].length <= (spec.max ?? 200) ? value : refuse();
    case 'date':
      return typeof value === 'string' && parseEventDate(value).ok ? value : refuse();
    case 'day': {
      const parsed = typeof value === 'string' ? parseEventDate(value) : null;
      return parsed?.ok && parsed.date.precision === 'DAY' ? value : refuse();
    }
    case 'integer':
      return inRange(spec, value) ? value : refuse();
    case 'code':
    case 'area':
    case 'place':
      return code(value);
    case 'codes':
    case 'objects':
      return Array.isArray(value) ? value.map(code) : [code(value)];
  }
}

/** Whether a bound or value of a whole number is one that its target can take. */
export function inRange(spec: Target, value: unknown): value is number {
  const { min, max } = spec.range ?? { min: 0, max: Number.MAX_SAFE_INTEGER };
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}
