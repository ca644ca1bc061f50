/** One row of a form's export into one case with its events, by a mapping; or the faults of the row, each with column. */
import {
  addDays,
  eventDate,
  latestDay,
  parseEventDate,
  parseLocalDate,
  type DateSpelling,
  type EventDate,
} from '#lib/time';
import type { RowFault } from './faults.js';
import type { Condition, EventMapping, Mapping, Reading } from './mapping.js';
import { CASE_TARGETS } from './targets.js';

/** What the reader asks of vocabularies and territory. */
export interface IntakeLists {
  /** Whether a list of the mapping's country has the code (PLACE for places). */
  hasCode(list: string, code: string): boolean;
  hasArea(code: string): boolean;
  /** Whether an area is, or lies in, another one, by any reading. */
  liesWithin(area: string, container: string): boolean;
}

/** A case as the HTTP contract describes it, and its events. */
export interface IntakeCase {
  readonly externalId: string;
  readonly knownOn: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly consents: readonly Readonly<Record<string, string>>[];
  readonly events: readonly {
    readonly path: string;
    readonly body: Readonly<Record<string, unknown>>;
    readonly columns: Readonly<Record<string, string>>;
  }[];
  /** Column of each target of the case, for faults found later. */
  readonly columns: Readonly<Record<string, string>>;
}

export type RowReading =
  | { readonly ok: true; readonly value: IntakeCase }
  | { readonly ok: false; readonly externalId: string | null; readonly faults: readonly RowFault[] };

export type Cells = Readonly<Record<string, string>>;

const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFDD0-\uFDEF\uFFFE\uFFFF]/;
const BIDI = /[\u202A-\u202E\u2066-\u2069]/;
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;
const EXTERNAL_ID = /^[\x21-\x7e]([\x20-\x7e]{0,198}[\x21-\x7e])?$/;

const LINE = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/;

class RowRefused extends Error {
  constructor(readonly fault: RowFault) {
    super(fault.code);
  }
}

function refuse(reading: Pick<Reading, 'reportedAt'>, code: string): never {
  throw new RowRefused({ column: reading.reportedAt, code });
}

const cellOf = (cells: Cells, column: string): string =>
  Object.hasOwn(cells, column) ? (cells[column] ?? '').trim() : '';

function holds(condition: Condition | null, cells: Cells): boolean {
  if (condition === null) return true;
  const cell = cellOf(cells, condition.column);
  if (condition.in !== null && !condition.in.includes(cell)) return false;
  if (condition.not !== null && condition.not.includes(cell)) return false;
  return condition.in !== null || condition.not !== null || cell !== '';
}

/** The raw text of a reading; null when it is missing. */
function rawText(reading: Reading, cells: Cells): string | null {
  const { origin } = reading;
  if (origin.kind === 'column') {
    const cell = cellOf(cells, origin.column);
    return cell === '' || reading.unknown.has(cell) ? null : cell;
  }
  if (origin.kind !== 'columns') return null;
  const parts = origin.columns.map((column) => cellOf(cells, column));
  const joined = parts.join(origin.join);
  return parts.includes('') || reading.unknown.has(joined) ? null : joined;
}

function readText(reading: Reading, text: string): string {
  if (CONTROL.test(text) || !text.isWellFormed()) refuse(reading, 'text.control-character');
  if ([...text].length > (reading.spec.max ?? 200)) refuse(reading, 'text.too-long');
  if (reading.spec.kind !== 'name') return text;
  if (LINE.test(text)) refuse(reading, 'text.control-character');
  if (BIDI.test(text)) refuse(reading, 'text.bidirectional-control');
  if (FORMULA.test(text)) refuse(reading, 'text.formula');
  return text;
}

function readDate(reading: Reading, text: string, cells: Cells): string {
  if (reading.takeDay) {
    const parsed = parseEventDate(text.slice(0, 10));
    return parsed.ok && parsed.date.precision === 'DAY' ? parsed.date.edtf : refuse(reading, 'date.malformed');
  }
  const clock = reading.time === null ? '' : cellOf(cells, reading.time);
  const parsed = parseLocalDate(text, reading.dates ?? [], clock === '' ? undefined : clock);
  if (parsed.ok) return parsed.date.edtf;
  const month =
    parsed.fault === 'date.impossible' && reading.impossible === 'month' ? monthOf(text, reading.dates ?? []) : null;
  return month ?? refuse(reading, parsed.fault);
}

/** The number that stands for the day in each spelling of a single day. */
const DAY_IN: Partial<Readonly<Record<DateSpelling, RegExp>>> = {
  ISO: /(?<=^\d{4}-\d{2}-)\d{2}$/,
  'D/M/Y': /^\d{1,2}(?=[/.-])/,
  'M/D/Y': /(?<=^\d{1,2}[/.-])\d{1,2}/,
  MONTH_NAME_ES: /^\d{1,2}(?= )/,
  MONTH_NAME_EN: /^\d{1,2}(?= )/,
};

/**
 * The month of a day that no calendar has: a form with a separate cell for the day can name the thirtieth of February,
 * and the month is still known. Null when even the month is impossible.
 */
function monthOf(text: string, spellings: readonly DateSpelling[]): string | null {
  for (const spelling of spellings) {
    const first = parseLocalDate(text.replace(DAY_IN[spelling] ?? /$^/, '01'), [spelling]);
    if (first.ok && first.date.precision === 'DAY') return first.date.edtf.slice(0, 7);
  }
  return null;
}

function readInteger(reading: Reading, text: string): number {
  const range = reading.integer ?? { min: 0, max: 0 };
  if (!/^\d{1,9}$/.test(text)) refuse(reading, 'integer.malformed');
  const value = Number(text);
  return value >= range.min && value <= range.max ? value : refuse(reading, 'integer.out-of-range');
}

function readCode(reading: Reading, text: string, lists: IntakeLists): string {
  const mapped = reading.map === null ? text : (reading.map.get(text) ?? refuse(reading, 'code.unknown'));
  return lists.hasCode(reading.list ?? '', mapped) ? mapped : refuse(reading, 'code.unknown');
}

function readCodes(reading: Reading, text: string, lists: IntakeLists): unknown {
  const parts = reading.split === null ? [text] : text.split(reading.split).map((part) => part.trim());
  const filled = parts.filter((part) => part !== '');
  // A cell with nothing but separators says as little as an empty one.
  if (filled.length === 0) return missing(reading);
  return [...new Set(filled.map((part) => readCode(reading, part, lists)))];
}

function readArea(reading: Reading, text: string, cells: Cells, lists: IntakeLists): string {
  const code = reading.map === null ? text : (reading.map.get(text) ?? refuse(reading, 'area.unknown'));
  if (code === 'UNKNOWN') return code;
  if (!lists.hasArea(code)) refuse(reading, 'area.unknown');
  const container = reading.area?.within ? cellOf(cells, reading.area.within) : '';
  return container === '' || lists.liesWithin(code, container) ? code : refuse(reading, 'area.not-within');
}

/** What stands for a missing value; undefined leaves the target out. */
function missing(reading: Reading): unknown {
  if (reading.required) refuse(reading, 'required');
  const { kind } = reading.spec;
  if (reading.empty === 'skip') return kind === 'codes' || kind === 'objects' ? [] : undefined;
  if (kind === 'codes') return [reading.empty ?? 'UNKNOWN'];
  if (kind === 'objects') return reading.target === 'consents' || reading.empty === null ? [] : [reading.empty];
  if (kind === 'code' || kind === 'place' || kind === 'area') return reading.empty ?? 'UNKNOWN';
  return kind === 'date' && (reading.target === 'at' || reading.target === 'arrest.at') ? 'XXXX' : undefined;
}

/** Dates that others refer to: `knownOn`, `arrest.at`, `<kind>.at`. */
type Dates = ReadonlyMap<string, string>;

function relatedDate(
  reading: Reading,
  relation: 'same' | 'before' | 'after',
  of: string,
  dates: Dates,
): string | undefined {
  const edtf = dates.get(of);
  if (edtf === undefined || edtf === 'XXXX') return reading.target.endsWith('at') ? 'XXXX' : undefined;
  if (relation === 'same') return edtf;
  const date = eventDate(edtf);
  const plain = edtf.includes('/') || edtf.includes('~') ? null : edtf;
  if (relation === 'before') return date.latest === null ? 'XXXX' : `../${plain ?? date.latest.slice(0, 10)}`;
  return date.earliest === null ? 'XXXX' : `${plain ?? date.earliest.slice(0, 10)}/..`;
}

/** Aged n completed years on a day: born after that day minus n+1 years, on that day minus n years or before. */
function birthRange(reading: Reading, age: number, dates: Dates): string | undefined {
  const on = dates.get(reading.ageOn ?? '');
  if (on === undefined || on === 'XXXX') return undefined;
  const date: EventDate = eventDate(on);
  if (date.earliest === null || date.latest === null) return undefined;
  const back = (day: string, years: number): string => {
    const text = `${String(Number(day.slice(0, 4)) - years).padStart(4, '0')}${day.slice(4)}`;
    const parsed = parseEventDate(text);
    if (parsed.ok) return text;
    return parsed.fault === 'date.impossible' ? `${text.slice(0, 8)}28` : refuse(reading, parsed.fault);
  };
  return `${addDays(back(date.earliest.slice(0, 10), age + 1), 1)}/${back(date.latest.slice(0, 10), age)}`;
}

function valueOf(reading: Reading, cells: Cells, lists: IntakeLists, dates: Dates): unknown {
  const { origin, spec } = reading;
  if (!holds(reading.when, cells)) return missing(reading);
  if (origin.kind === 'value') return origin.value;
  if (origin.kind === 'date') return relatedDate(reading, origin.relation, origin.of, dates);
  const text = rawText(reading, cells);
  if (text === null) return missing(reading);
  switch (spec.kind) {
    case 'text':
    case 'name':
      return readText(reading, text);
    case 'date':
    case 'day':
      return reading.ageOn === null
        ? readDate(reading, text, cells)
        : birthRange(reading, readInteger(reading, text), dates);
    case 'integer':
      return readInteger(reading, text);
    case 'area':
      return readArea(reading, text, cells, lists);
    case 'code':
    case 'place':
      return readCode(reading, text, lists);
    case 'codes':
    case 'objects':
      return readCodes(reading, text, lists);
  }
}

function put(into: Record<string, unknown>, target: string, value: unknown): void {
  const keys = target.split('.');
  const last = keys.pop() ?? '';
  let node = into;
  for (const key of keys) node = (node[key] ??= {}) as Record<string, unknown>;
  node[last] = value;
}

/** A mapping made ready: read rows with it one after the other. */
export class RowReader {
  constructor(
    private readonly mapping: Mapping,
    private readonly lists: IntakeLists,
  ) {}

  read(cells: Cells): RowReading {
    const faults: RowFault[] = [];
    const attempt = <T>(act: () => T): T | undefined => {
      try {
        return act();
      } catch (error) {
        if (!(error instanceof RowRefused)) throw error;
        faults.push(error.fault);
        return undefined;
      }
    };
    const dates = new Map<string, string>();
    const externalId = attempt(() => this.externalId(cells, dates)) ?? null;
    const knownOn = attempt(() => this.knownOn(cells, dates)) ?? null;
    if (knownOn !== null) dates.set('knownOn', knownOn);
    const present = this.mapping.events.filter((event) => holds(event.when, cells));
    this.collectDates(cells, present, dates);
    const body = this.caseBody(cells, dates, attempt);
    const events = present.map((event) => this.eventBody(event, cells, dates, attempt));
    if (faults.length > 0 || externalId === null || knownOn === null) {
      return { ok: false, externalId, faults: uniqueFaults(faults) };
    }
    const consents = (body['consents'] ?? []) as string[];
    const columns = Object.fromEntries(this.mapping.fields.map((reading) => [reading.target, reading.reportedAt]));
    return {
      ok: true,
      value: {
        externalId,
        knownOn,
        body: { ...body, externalId, consents },
        consents: this.consentObjects(consents),
        events,
        columns,
      },
    };
  }

  private externalId(cells: Cells, dates: Dates): string {
    const value = valueOf(this.mapping.externalId, cells, this.lists, dates);
    if (typeof value !== 'string') return refuse(this.mapping.externalId, 'required');
    return EXTERNAL_ID.test(value) ? value : refuse(this.mapping.externalId, 'external-id.malformed');
  }

  /** Without that day nobody can say how long somebody is known to have waited, so no row goes without. */
  private knownOn(cells: Cells, dates: Dates): string {
    const value = valueOf(this.mapping.knownOn, cells, this.lists, dates);
    return typeof value === 'string' ? value : refuse(this.mapping.knownOn, 'required');
  }

  /**
   * Dates that others refer to, silently: their faults are reported where they are read for good. First those that are
   * read from cells; then those made from them, until none can be added.
   */
  private collectDates(cells: Cells, present: readonly EventMapping[], dates: Map<string, string>): void {
    const named: [string, Reading][] = [
      ...this.mapping.fields
        .filter(({ target }) => target === 'arrest.at')
        .map((one): [string, Reading] => ['arrest.at', one]),
      ...present.flatMap(({ kind, fields }) =>
        fields.filter(({ target }) => target === 'at').map((one): [string, Reading] => [`${kind}.at`, one]),
      ),
    ];
    const take = ([name, reading]: readonly [string, Reading]): void => {
      if (dates.has(name)) return;
      try {
        const value = valueOf(reading, cells, this.lists, dates);
        if (typeof value === 'string') dates.set(name, value);
      } catch (error) {
        if (!(error instanceof RowRefused)) throw error;
      }
    };
    const madeFrom = ([, { origin, ageOn }]: readonly [string, Reading]): string | null =>
      origin.kind === 'date' ? origin.of : ageOn;
    named.filter((one) => madeFrom(one) === null).forEach(take);
    for (let before = -1; before < dates.size;) {
      before = dates.size;
      named.filter((one) => dates.has(madeFrom(one) ?? '')).forEach(take);
    }
  }

  private caseBody(cells: Cells, dates: Dates, attempt: <T>(act: () => T) => T | undefined): Record<string, unknown> {
    const body: Record<string, unknown> = {};
    for (const [target, { absent }] of Object.entries(CASE_TARGETS))
      if (absent !== undefined) put(body, target, absent);
    for (const target of ['arrest.bases', 'arrest.forces']) put(body, target, ['UNKNOWN']);
    put(body, 'consents', []);
    for (const [target, value] of Object.entries(this.mapping.constants)) put(body, target, value);
    for (const reading of this.mapping.fields) {
      const value = attempt(() => valueOf(reading, cells, this.lists, dates));
      if (value !== undefined) put(body, reading.target, value);
    }
    return body;
  }

  private eventBody(
    event: EventMapping,
    cells: Cells,
    dates: Dates,
    attempt: <T>(act: () => T) => T | undefined,
  ): IntakeCase['events'][number] {
    const body: Record<string, unknown> = {};
    for (const reading of event.fields) {
      const value = attempt(() => valueOf(reading, cells, this.lists, dates));
      if (value === undefined) continue;
      const { objects } = reading;
      body[reading.target] =
        objects === null ? value : (value as string[]).map((one) => ({ [objects.key]: one, ...objects.with }));
    }
    return {
      path: event.kind,
      body,
      columns: Object.fromEntries(event.fields.map((field) => [field.target, field.reportedAt])),
    };
  }

  private consentObjects(consents: readonly string[]): Record<string, string>[] {
    const objects = this.mapping.fields.find((field) => field.target === 'consents')?.objects;
    return consents.map((use) => ({ use, ...objects?.with }));
  }
}

function uniqueFaults(faults: readonly RowFault[]): RowFault[] {
  return faults.filter(
    (fault, index) => faults.findIndex((other) => other.column === fault.column && other.code === fault.code) === index,
  );
}

/** Whether the arrest is certainly after the last day on which the state of the case was known. */
export function arrestAfterKnownOn(arrestAt: string, knownOn: string): boolean {
  const [arrest, known] = [eventDate(arrestAt), eventDate(knownOn)];
  const last = latestDay(known);
  return arrest.earliest !== null && last !== null && arrest.earliest.slice(0, 10) > last;
}
