/**
 * What leaves of a file. It is made by taking over what is named here, so that a field that the record gets tomorrow does
 * not leave by itself. Never: who recorded it, who told it, notes, consents, allegations of an authority, addresses and
 * telephones, and ids of this installation.
 */
import type { Purpose } from './purposes.js';

type Values = Readonly<Record<string, unknown>>;

export interface FileToDisclose {
  readonly number: string;
  readonly country: string;
  readonly person: Values & { readonly identity?: Values | null };
  readonly narrative?: string | null;
  readonly verification: string;
  readonly events: readonly {
    readonly kind: string;
    readonly at: string | null;
    readonly until: string | null;
    readonly used: boolean;
    readonly details: Values;
  }[];
}

export interface DisclosedEvent {
  readonly kind: string;
  readonly at: string | null;
  readonly until: string | null;
  readonly details: Values;
}

export interface DisclosedFile {
  /** Absent where the file must not lead back to the case. */
  readonly number?: string;
  readonly country: string;
  readonly person: Values;
  readonly identity?: Values;
  readonly narrative?: string;
  readonly verification: string;
  readonly events: readonly DisclosedEvent[];
}

const EVENTS = new Set([
  'arrest',
  'custodySpell',
  'hearing',
  'measure',
  'charge',
  'counsel',
  'contact',
  'remedy',
  'remedyStep',
  'violation',
  'death',
  'release',
]);
const NAMES = ['givenNames', 'familyNames', 'aliases', 'documentType', 'documentNumber'];
const PERSON = ['sex', 'ageAtArrest', 'occupation', 'vulnerabilities'];
const NEVER = new Set(['gangAlleged', 'remedyId']);

const TERM = /^[A-Z][A-Z0-9_]*$/;
/** The code of an area or a place: a country, then what lies in it. */
const PLACE = /^[A-Z]{2}(-[A-Z0-9]+)+$/;

const isKnown = (value: unknown): boolean => value !== null && value !== undefined;

const picked = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(names.filter((name) => isKnown(values[name])).map((name) => [name, values[name]]));

type Detail = 'named' | 'exact' | 'coarse';

/** A value as it may leave: text as written only with names; without, codes and numbers; coarse, places by their first level. */
function value(given: unknown, detail: Detail): unknown {
  if (Array.isArray(given)) {
    const kept = given.map((one) => value(one, detail)).filter((one) => one !== undefined);
    return kept.length > 0 ? kept : undefined;
  }
  if (typeof given === 'number' || typeof given === 'boolean') return given;
  if (typeof given === 'object' && given !== null) return Object.fromEntries(kept(given as Values, detail));
  if (typeof given !== 'string') return undefined;
  if (PLACE.test(given)) return detail === 'coarse' ? given.split('-').slice(0, 2).join('-') : given;
  return detail === 'named' || TERM.test(given) ? given : undefined;
}

function kept(values: Values, detail: Detail): [string, unknown][] {
  return Object.entries(values)
    .filter(([name]) => !NEVER.has(name))
    .map(([name, given]): [string, unknown] => [name, value(given, detail)])
    .filter(([, given]) => given !== undefined);
}

/** An EDTF date as it may leave: coarse is the year, of a range the one in which it begins. */
const date = (edtf: string | null, detail: Detail): string | null =>
  detail === 'coarse' ? (/\d{4}/.exec(edtf ?? '')?.[0] ?? null) : edtf;

/** The file for a purpose, with names and testimony or without. Whether it may leave at all is decided before (`decide`). */
export function disclosedFile(file: FileToDisclose, purpose: Purpose, identity: boolean): DisclosedFile {
  const detail: Detail = identity ? 'named' : purpose.without;
  const events = file.events
    .filter((event) => event.used && EVENTS.has(event.kind))
    .map(({ kind, at, until, details }) => ({
      kind,
      at: date(at, detail),
      until: date(until, detail),
      details: Object.fromEntries(kept(details, detail)),
    }));
  const person = picked(file.person, detail === 'coarse' ? ['sex', 'occupation'] : PERSON);
  return {
    ...(detail === 'coarse' ? {} : { number: file.number }),
    country: file.country,
    person: identity && isKnown(file.person['born']) ? { ...person, born: file.person['born'] } : person,
    ...(identity ? { identity: picked(file.person.identity ?? {}, NAMES) } : {}),
    ...(identity && file.narrative ? { narrative: file.narrative } : {}),
    verification: file.verification,
    events,
  };
}
