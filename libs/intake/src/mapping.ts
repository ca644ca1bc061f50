/**
 * Mapping profiles: data that say how the columns of a form's export become a case and its events. The format is
 * defined in samples/README.md; this file reads it and refuses a profile that names anything the format does not have,
 * so that a profile that loads can only produce well-formed cases.
 */
import { DATE_SPELLINGS, type DateSpelling } from '#lib/time';
import { fail } from './mapping-faults.js';
import {
  constant,
  entry,
  flag,
  inRange,
  list,
  object,
  onlyKeys,
  text,
  textMap,
  texts,
  type Plain,
} from './mapping-values.js';
import { CASE_TARGETS, EVENT_FIELDS, type Target } from './targets.js';

export interface Condition {
  readonly column: string;
  readonly in: readonly string[] | null;
  readonly not: readonly string[] | null;
}

export type Origin =
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'columns'; readonly columns: readonly string[]; readonly join: string }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'date'; readonly relation: 'same' | 'before' | 'after'; readonly of: string };

/** One value of a case or event: where it comes from, how it is read, what holds when it is missing. */
export interface Reading {
  readonly target: string;
  readonly spec: Target;
  readonly origin: Origin;
  readonly list: string | null;
  readonly area: { readonly within: string | null } | null;
  readonly dates: readonly DateSpelling[] | null;
  readonly time: string | null;
  /** Fewer columns that are read instead when the calendar has no such day. */
  readonly impossible: 'refuse' | 'month';
  readonly integer: { readonly min: number; readonly max: number } | null;
  readonly ageOn: string | null;
  readonly takeDay: boolean;
  readonly split: string | null;
  readonly map: ReadonlyMap<string, string> | null;
  readonly objects: { readonly key: string; readonly with: Readonly<Record<string, string>> } | null;
  readonly unknown: ReadonlySet<string>;
  readonly empty: string | 'skip' | null;
  readonly required: boolean;
  readonly when: Condition | null;
  /** Where an error of this reading is reported. */
  readonly reportedAt: string;
}

export interface EventMapping {
  readonly kind: string;
  readonly when: Condition;
  readonly fields: readonly Reading[];
}

export interface Mapping {
  readonly code: string;
  readonly en: string;
  readonly es: string;
  readonly country: string;
  readonly delimiter: 'auto' | ',' | ';' | '\t';
  readonly externalId: Reading;
  readonly knownOn: Reading;
  readonly constants: Readonly<Record<string, unknown>>;
  readonly fields: readonly Reading[];
  readonly events: readonly EventMapping[];
  /** Every column that the profile uses or sets aside. */
  readonly columns: ReadonlySet<string>;
}

const READING_KEYS = new Set(
  'column columns join value same before after codes area date time impossible integer min max ageOn take split map objects unknown empty required when'.split(
    ' ',
  ),
);
const MAPPING_KEYS = new Set('code en es country csv externalId knownOn constants case events ignored'.split(' '));
const ORIGINS = ['column', 'columns', 'value', 'same', 'before', 'after'] as const;
const DELIMITERS = new Set(['auto', ',', ';', '\t']);
const SPECIAL_VALUES = new Set(['skip', 'UNKNOWN', 'REFUSED', 'NOT_ASKED', 'NOT_APPLICABLE', 'OTHER']);
/** What an object made of a code is called by, and what else it may say. */
const OBJECT_KEYS: Readonly<Record<string, { readonly key: string; readonly more: ReadonlySet<string> }>> = {
  CONSENT_USE: { key: 'use', more: new Set(['state', 'giver', 'form']) },
  SIGN: { key: 'sign', more: new Set(['observer']) },
};

function condition(value: unknown, where: string): Condition {
  if (typeof value === 'string' && value !== '') return { column: value, in: null, not: null };
  const plain = object(value, where);
  onlyKeys(plain, new Set(['column', 'in', 'not']), where);
  return {
    column: text(plain['column'], where),
    in: plain['in'] === undefined ? null : texts(plain['in'], where),
    not: plain['not'] === undefined ? null : texts(plain['not'], where),
  };
}

function origin(plain: Plain, spec: Target, where: string): Origin {
  const [kind, ...others] = ORIGINS.filter((key) => plain[key] !== undefined);
  if (kind === undefined || others.length > 0) fail(where, 'origin');
  switch (kind) {
    case 'column':
      return { kind, column: text(plain['column'], where) };
    case 'columns': {
      const columns = texts(plain['columns'], where);
      if (columns.length === 0) fail(where, 'columns');
      const join = plain['join'] ?? '';
      return { kind, columns, join: typeof join === 'string' ? join : fail(`${where}.join`, 'text') };
    }
    case 'value':
      return { kind, value: constant(spec, plain['value'], where) };
    default:
      return { kind: 'date', relation: kind, of: text(plain[kind], where) };
  }
}

function spellings(value: unknown, where: string): DateSpelling[] {
  return texts(value, where).map((word) =>
    DATE_SPELLINGS.includes(word as DateSpelling) ? (word as DateSpelling) : fail(where, 'spelling', word),
  );
}

function area(value: unknown, where: string): Reading['area'] {
  if (value === undefined) return null;
  if (value === true) return { within: null };
  const plain = object(value, where);
  onlyKeys(plain, new Set(['within']), where);
  return { within: text(plain['within'], where) };
}

function integer(plain: Plain, spec: Target, where: string): Reading['integer'] {
  if (!flag(plain['integer'], where)) return null;
  const { min, max } = spec.range ?? { min: 0, max: Number.MAX_SAFE_INTEGER };
  const bound = (key: string, otherwise: number): number =>
    plain[key] === undefined ? otherwise : inRange(spec, plain[key]) ? plain[key] : fail(`${where}.${key}`, 'number');
  const bounds = { min: bound('min', min), max: bound('max', max) };
  return bounds.min <= bounds.max ? bounds : fail(where, 'range');
}

function objects(value: unknown, spec: Target, where: string): Reading['objects'] {
  if (value === undefined) return null;
  const plain = object(value, where);
  onlyKeys(plain, new Set(['key', 'with']), where);
  const known = OBJECT_KEYS[spec.list ?? ''] ?? fail(where, 'kind', spec.kind);
  if (text(plain['key'], where) !== known.key) fail(`${where}.key`, 'word', known.key);
  const more = textMap(plain['with'], where);
  onlyKeys(Object.fromEntries(more), known.more, where);
  return { key: known.key, with: Object.fromEntries(more) };
}

/** One word of a few, or nothing. */
function word(value: unknown, words: readonly string[], where: string): string | null {
  if (value === undefined) return null;
  return words.includes(value as string) ? (value as string) : fail(where, 'word', words.join(', '));
}

function empty(value: unknown, spec: Target, where: string): string | null {
  if (value === undefined) return null;
  const coded = ['code', 'codes', 'objects', 'area', 'place'].includes(spec.kind);
  const known = typeof value === 'string' && SPECIAL_VALUES.has(value);
  return known && (coded || value === 'skip') ? value : fail(where, 'special');
}

function reading(target: string, spec: Target, value: unknown, where: string): Reading {
  const plain = object(value, where);
  onlyKeys(plain, READING_KEYS, where);
  const from = origin(plain, spec, where);
  const result: Reading = {
    target,
    spec,
    origin: from,
    list: plain['codes'] === undefined ? null : text(plain['codes'], where),
    area: area(plain['area'], where),
    dates: plain['date'] === undefined ? null : spellings(plain['date'], where),
    time: plain['time'] === undefined ? null : text(plain['time'], where),
    impossible: word(plain['impossible'], ['refuse', 'month'], where) === 'month' ? 'month' : 'refuse',
    integer: integer(plain, spec, where),
    ageOn: plain['ageOn'] === undefined ? null : text(plain['ageOn'], where),
    takeDay: word(plain['take'], ['day'], where) === 'day',
    split: plain['split'] === undefined ? null : text(plain['split'], where),
    map: plain['map'] === undefined ? null : textMap(plain['map'], where),
    objects: objects(plain['objects'], spec, where),
    unknown: new Set(plain['unknown'] === undefined ? [] : texts(plain['unknown'], where)),
    empty: empty(plain['empty'], spec, where),
    required: flag(plain['required'], where),
    when: plain['when'] === undefined ? null : condition(plain['when'], where),
    reportedAt: from.kind === 'column' ? from.column : from.kind === 'columns' ? (from.columns[0] ?? '') : '',
  };
  checkKind(result, where);
  checkEffect(result, plain, where);
  return result;
}

/** A key that changes nothing is a mistake of whoever wrote it: it looks like a rule and is none. */
function checkEffect(one: Reading, plain: Plain, where: string): void {
  const idle: Readonly<Record<string, boolean>> = {
    join: one.origin.kind !== 'columns',
    time: one.dates === null,
    impossible: one.dates === null,
    min: one.integer === null,
    max: one.integer === null,
    ageOn: one.integer === null,
    split: one.spec.kind !== 'codes' && one.spec.kind !== 'objects',
    map: one.list === null && one.area === null,
  };
  for (const [key, isIdle] of Object.entries(idle)) if (isIdle && plain[key] !== undefined) fail(where, 'idle', key);
}

/** A reading must produce what its target takes. */
function checkKind(one: Reading, where: string): void {
  const { spec } = one;
  const isDate =
    one.dates !== null || one.takeDay || one.origin.kind === 'date' || (one.ageOn !== null && one.integer !== null);
  const kinds = [one.list !== null, one.area !== null, one.dates !== null, one.integer !== null, one.takeDay].filter(
    Boolean,
  ).length;
  if (kinds > 1) fail(where, 'ways');
  if (one.origin.kind === 'value') return;
  const fits = {
    text: kinds === 0 && one.origin.kind !== 'date',
    name: kinds === 0 && one.origin.kind !== 'date',
    date: isDate,
    day: one.takeDay || one.dates !== null,
    integer: one.integer !== null && one.ageOn === null,
    area: one.area !== null,
    code: one.list === spec.list,
    place: one.list === 'PLACE',
    codes: one.list === spec.list,
    objects: one.list === spec.list && one.objects !== null,
  }[spec.kind];
  if (!fits) fail(where, 'kind', `${spec.kind}${spec.list ? ` (${spec.list})` : ''}`);
}

function columnsOf(one: Reading): string[] {
  const from =
    one.origin.kind === 'column' ? [one.origin.column] : one.origin.kind === 'columns' ? [...one.origin.columns] : [];
  return [
    ...from,
    ...(one.time ? [one.time] : []),
    ...(one.area?.within ? [one.area.within] : []),
    ...(one.when ? [one.when.column] : []),
  ];
}

const TEXT: Target = { kind: 'text', max: 200 };
const DAY: Target = { kind: 'day' };

/** Reads a profile. Throws a `MappingError` that names the key at fault. */
export function readMapping(source: unknown): Mapping {
  const plain = object(source, 'mapping');
  onlyKeys(plain, MAPPING_KEYS, 'mapping');
  const fields = Object.entries(object(plain['case'] ?? {}, 'case')).map(([target, value]) => {
    const spec = entry(CASE_TARGETS, target) ?? fail(`case.${target}`, 'target');
    return reading(target, spec, value, `case.${target}`);
  });
  const events = list(plain['events'] ?? [], 'events').map((value, index) => eventMapping(value, `events[${index}]`));
  const externalId = reading('externalId', TEXT, plain['externalId'], 'externalId');
  const knownOn = reading('knownOn', DAY, plain['knownOn'], 'knownOn');
  checkReferences(fields, events);
  const columns = new Set(
    [externalId, knownOn, ...fields, ...events.flatMap((event) => event.fields)].flatMap(columnsOf),
  );
  for (const event of events) columns.add(event.when.column);
  for (const column of Object.keys(object(plain['ignored'] ?? {}, 'ignored'))) columns.add(column);
  const code = text(plain['code'], 'code');
  if (!/^[a-z0-9-]{1,60}$/.test(code)) fail('code', 'code');
  return {
    code,
    en: text(plain['en'], 'en'),
    es: text(plain['es'], 'es'),
    country: text(plain['country'], 'country'),
    delimiter: delimiterOf(plain['csv']),
    externalId,
    knownOn,
    constants: constants(plain['constants']),
    fields,
    events,
    columns,
  };
}

function delimiterOf(value: unknown): Mapping['delimiter'] {
  const csv = object(value ?? {}, 'csv');
  onlyKeys(csv, new Set(['delimiter', 'encoding']), 'csv');
  if ((csv['encoding'] ?? 'utf-8') !== 'utf-8') fail('csv.encoding', 'encoding');
  const delimiter = csv['delimiter'] ?? 'auto';
  return DELIMITERS.has(delimiter as string) ? (delimiter as Mapping['delimiter']) : fail('csv.delimiter', 'delimiter');
}

function constants(value: unknown): Mapping['constants'] {
  return Object.fromEntries(
    Object.entries(object(value ?? {}, 'constants')).map(([target, one]) => {
      const key = `constants.${target}`;
      return [target, constant(entry(CASE_TARGETS, target) ?? fail(key, 'target'), one, key)];
    }),
  );
}

function eventMapping(value: unknown, where: string): EventMapping {
  const plain = object(value, where);
  onlyKeys(plain, new Set(['kind', 'when', 'fields']), where);
  const kind = text(plain['kind'], where);
  const known = entry(EVENT_FIELDS, kind) ?? fail(where, 'event', kind);
  const fields = Object.entries(object(plain['fields'], where)).map(([name, one]) => {
    const spec = entry(known, name) ?? fail(`${where}.${name}`, 'field');
    return reading(name, spec, one, `${where}.${name}`);
  });
  if (!fields.some((field) => field.target === 'at')) fail(where, 'at');
  return { kind, when: condition(plain['when'], where), fields };
}

/** A date made from another one names a date that this mapping has, and in the end one that is read from a cell. */
function checkReferences(fields: readonly Reading[], events: readonly EventMapping[]): void {
  const at = new Map<string, Reading | null>([
    ['knownOn', null],
    ['arrest.at', fields.find((field) => field.target === 'arrest.at') ?? null],
  ]);
  for (const event of events) {
    const name = `${event.kind}.at`;
    if (!at.has(name)) at.set(name, event.fields.find((field) => field.target === 'at') ?? null);
  }
  const next = (one: Reading | null | undefined): string | null =>
    one?.origin.kind === 'date' ? one.origin.of : (one?.ageOn ?? null);
  const all = [
    ...fields.map((one) => [`case.${one.target}`, one] as const),
    ...events.flatMap((event, index) => event.fields.map((one) => [`events[${index}].${one.target}`, one] as const)),
  ];
  for (const [key, one] of all) {
    const seen = new Set<string>();
    for (let name = next(one); name !== null; name = next(at.get(name))) {
      if (!at.has(name)) fail(key, 'reference', name);
      if (seen.has(name)) fail(key, 'circle');
      seen.add(name);
    }
  }
}
