/**
 * When do two accounts tell of one fact? Rules of identity, kind by kind, and the grouping they lead to. Counting a
 * fact twice inflates a figure, and merging two facts hides one; where a rule cannot tell, two accounts of different
 * files are one fact (that is what the merge said) and two entries of one file are two.
 */
import { compareEventDates, daysBetween, earliestDay, isDayKnown, type EventDate } from '#lib/time';
import { compareRecorded, type Account } from './corrections.js';
import { mayShareDay, unlikeness } from './day-distance.js';
import { endsCustody } from './leaving-custody.js';
import type { Arrest, TimelineEvent } from './types.js';

/** Two families seldom name a day more than this far apart for one arrest (house rule). */
export const ARREST_TOLERANCE_DAYS = 3;

function lieNear(a: EventDate, b: EventDate): boolean {
  const [dayA, dayB] = [earliestDay(a), earliestDay(b)];
  const known = isDayKnown(a) && isDayKnown(b) && dayA !== null && dayB !== null;
  return known && Math.abs(daysBetween(dayA, dayB)) <= ARREST_TOLERANCE_DAYS;
}

const namesAsPrevious = (a: Account<Arrest>, b: Account<Arrest>): boolean =>
  a.event.previousArrestId !== null && b.ids.has(a.event.previousArrestId);

/**
 * Whether two accounts tell of one arrest: their days may be the same, or (in different files) are known and at most
 * three apart, and neither names the other as the arrest before. In one file two certainly different days are two
 * arrests; two clock times on one day are not, unless the second names the first (law.md, design consequence 10).
 */
export function isOneArrest(a: Account<Arrest>, b: Account<Arrest>): boolean {
  if (namesAsPrevious(a, b) || namesAsPrevious(b, a)) return false;
  return mayShareDay(a.event.at, b.event.at) || (a.fileId !== b.fileId && lieNear(a.event.at, b.event.at));
}

/** The code that two accounts must share to be of one fact; null where the kind alone decides. */
function sharedCode(event: TimelineEvent): string | null {
  switch (event.kind) {
    case 'arrest':
    case 'death':
      return null;
    case 'release':
      // A person leaves custody once per arrest, however its kind is told; orders and sentences are facts of their own.
      return endsCustody(event.release) ? null : event.release;
    case 'custodySpell':
      return event.place;
    case 'hearing':
      return event.stage;
    case 'counsel':
      return event.legalAid;
    case 'measure':
      return event.measure;
    case 'charge':
      return event.charge;
    case 'contact':
      return event.contact;
    case 'remedy':
      return event.remedy;
    case 'violation':
      return event.violation;
  }
}

/**
 * Whether two accounts that belong to the same arrest tell of one fact. Death is single per person and leaving custody
 * single per arrest; hearings of one stage are one when their days may be the same; everything else needs the same
 * code, days that may be the same and two files (two petitions of one day recorded in one file are two).
 */
export function isOneFact(a: Account, b: Account): boolean {
  if (a.event.kind !== b.event.kind || sharedCode(a.event) !== sharedCode(b.event)) return false;
  if (a.event.kind === 'death') return true;
  if (a.event.kind === 'release' && sharedCode(a.event) === null) return true;
  const oneFileIsEnough = a.event.kind === 'hearing';
  return mayShareDay(a.event.at, b.event.at) && (oneFileIsEnough || a.fileId !== b.fileId);
}

/**
 * Groups accounts so that any two of one group are one fact, the most alike dates first: an account that says only
 * "April" joins a group and never ties two certain days together. Given in order of preference; each group keeps it.
 */
export function groupAccounts<E extends TimelineEvent>(
  accounts: readonly Account<E>[],
  isSame: (a: Account<E>, b: Account<E>) => boolean,
): readonly (readonly Account<E>[])[] {
  const groups: number[][] = accounts.map((_, i) => [i]);
  const same = (i: number, j: number): boolean => {
    const [a, b] = [accounts[i], accounts[j]];
    return a !== undefined && b !== undefined && isSame(a, b);
  };
  for (const [i, j] of alikePairs(accounts, same)) {
    const [left, right] = [groups[i], groups[j]];
    if (!left || !right || left === right) continue;
    if (!left.every((x) => right.every((y) => same(x, y)))) continue;
    left.push(...right);
    right.forEach((member) => (groups[member] = left));
  }
  return [...new Set(groups)].map((group) => group.sort((x, y) => x - y).flatMap((index) => accounts[index] ?? []));
}

function alikePairs(
  accounts: readonly Account[],
  same: (i: number, j: number) => boolean,
): readonly [number, number][] {
  const pairs: { readonly pair: [number, number]; readonly far: number }[] = [];
  accounts.forEach((a, i) =>
    accounts.slice(i + 1).forEach((b, offset) => {
      const j = i + 1 + offset;
      if (same(i, j)) pairs.push({ pair: [i, j], far: unlikeness(a.event.at, b.event.at) });
    }),
  );
  return pairs.sort((p, q) => p.far - q.far).map(({ pair }) => pair);
}

/**
 * Orders accounts by preference: the kept file first, then the files in the order they were absorbed; within a file by
 * the moment the account was first recorded.
 */
export function byPreference(caseIds: readonly string[]): (a: Account, b: Account) => number {
  const rank = new Map(caseIds.map((id, index) => [id, index]));
  const rankOf = ({ fileId }: Account): number => rank.get(fileId) ?? caseIds.length;
  return (a, b) =>
    rankOf(a) - rankOf(b) ||
    Date.parse(a.firstRecordedAt) - Date.parse(b.firstRecordedAt) ||
    (a.identity < b.identity ? -1 : a.identity > b.identity ? 1 : 0);
}

/** Orders facts by date (unknown last), then by recording. */
export function byDate(a: TimelineEvent, b: TimelineEvent): number {
  return compareEventDates(a.at, b.at) || compareRecorded(a, b);
}
