/**
 * The reading of a file: everything recorded about one person, with corrections applied, accounts of one fact brought
 * together and every fact given to its arrest. A reading is computed, never stored: un-merging files or withdrawing an
 * event gives the earlier reading back, exactly.
 */
import type { Day } from '#lib/time';
import { arrestOf, inOrder } from './attribution.js';
import { accountsIn, type Account } from './corrections.js';
import { endsCustody } from './leaving-custody.js';
import { byDate, byPreference, groupAccounts, isOneArrest, isOneFact } from './same-fact.js';
import type {
  AccountChoice,
  Arrest,
  CaseFile,
  Charge,
  Contact,
  Counsel,
  CustodySpell,
  Death,
  Hearing,
  Measure,
  Release,
  Remedy,
  TimelineEvent,
  TimelineKind,
  Violation,
} from './types.js';

/** One arrest and what belongs to it: of every fact the account in use, in order of date. */
export interface ArrestReading {
  readonly arrest: Arrest;
  /** Every id that names this arrest: all wordings of all its accounts. */
  readonly ids: ReadonlySet<string>;
  /** The arrest that came next; this custody must have ended by then, even if nobody recorded how. */
  readonly next: Arrest | null;
  readonly spells: readonly CustodySpell[];
  readonly hearings: readonly Hearing[];
  readonly measures: readonly Measure[];
  readonly charges: readonly Charge[];
  readonly counsel: readonly Counsel[];
  readonly contacts: readonly Contact[];
  readonly remedies: readonly Remedy[];
  readonly violations: readonly Violation[];
  /** The person leaving custody; null when nobody recorded it. */
  readonly release: Release | null;
  /** Recorded outcomes that are no leaving: a release order not carried out, a conviction. */
  readonly outcomes: readonly Release[];
}

/** What the accounts of one fact say, side by side (design §3). */
export interface FactAccounts {
  readonly kind: TimelineKind;
  /** Place of the arrest in `Reading.arrests`; null when the fact belongs to none. */
  readonly arrest: number | null;
  readonly used: TimelineEvent;
  /** The accounts not in use, in order of preference. */
  readonly others: readonly TimelineEvent[];
  /** Whether somebody decided which is used; else the kept file, then the first recorded, decides. */
  readonly decided: boolean;
}

export interface Reading {
  /** In the order they happened; a place in this list is the arrest's number, beginning with 0. */
  readonly arrests: readonly ArrestReading[];
  readonly death: Death | null;
  /** The number of the arrest in whose custody, or after which, the person died. */
  readonly deathArrest: number | null;
  /** Every fact, also those of which there is one account. */
  readonly accounts: readonly FactAccounts[];
  /** Facts in use that belong to no arrest, because they certainly came before the first. */
  readonly unattributed: readonly TimelineEvent[];
  /** As in `CaseFile.knownOn`. */
  readonly knownOn: Day | null;
}

/**
 * Reads a file (design §3, "Events, not status columns" and "Contradictory accounts live side by side"). The order of
 * `file.events` and `file.choices` does not matter; the order of `file.caseIds` does: the kept file is the first.
 *
 * @example readCaseFile({ caseIds: ['a'], events: [], choices: [], knownOn: null }).arrests // []
 */
export function readCaseFile(file: CaseFile): Reading {
  const accounts = [...accountsIn(file.events)].sort(byPreference(file.caseIds));
  const choose = chooser(file.choices);

  const arrests = inOrder(
    groupAccounts(accounts.filter(isOfArrest), isOneArrest).map((group) => {
      const chosen = choose(group);
      return { ...chosen, used: chosen.account.event, ids: new Set(group.flatMap(({ ids }) => [...ids])), group };
    }),
  );
  const rest = accounts.filter(({ event }) => event.kind !== 'arrest');
  const places = new Map(rest.map(({ event }) => [event.id, arrestOf(event, arrests)]));
  const placeOf = ({ event }: Account): number | null => places.get(event.id) ?? null;
  const facts = byKindAndArrest(rest, placeOf).flatMap((bucket) =>
    groupAccounts(bucket, isOneFact).map((group) => {
      const { account, decided } = choose(group);
      return factOf(account, group, decided, placeOf(account));
    }),
  );

  const used = (place: number | null): readonly TimelineEvent[] =>
    facts
      .filter(({ arrest }) => arrest === place)
      .map((fact) => fact.used)
      .sort(byDate);
  const death = facts.find(({ kind }) => kind === 'death');
  return {
    arrests: arrests.map(({ used: arrest, ids }, place) => {
      return arrestReading(arrest, ids, arrests[place + 1]?.used ?? null, used(place));
    }),
    death: death?.used.kind === 'death' ? death.used : null,
    deathArrest: death?.arrest ?? null,
    accounts: [
      ...arrests.map(({ account, group, decided }, place) => factOf(account, group, decided, place)),
      ...facts,
    ],
    unattributed: used(null).filter(({ kind }) => kind !== 'death'),
    knownOn: file.knownOn,
  };
}

const isOfArrest = (account: Account): account is Account<Arrest> => account.event.kind === 'arrest';

/** Accounts that can be of one fact: of one kind, and of one arrest. A person dies once, whichever arrest is named. */
function byKindAndArrest(
  accounts: readonly Account[],
  placeOf: (account: Account) => number | null,
): readonly (readonly Account[])[] {
  const buckets = new Map<string, Account[]>();
  for (const account of accounts) {
    const { kind } = account.event;
    const key = kind === 'death' ? kind : `${kind} ${placeOf(account)}`;
    buckets.set(key, [...(buckets.get(key) ?? []), account]);
  }
  return [...buckets.values()];
}

function factOf(account: Account, group: readonly Account[], decided: boolean, arrest: number | null): FactAccounts {
  const others = group.filter((other) => other !== account).map(({ event }) => event);
  return { kind: account.event.kind, arrest, used: account.event, others, decided };
}

interface Chosen<E extends TimelineEvent> {
  readonly account: Account<E>;
  readonly decided: boolean;
}

/** The account to use: the latest decision among them, else the first in order of preference. */
function chooser(choices: readonly AccountChoice[]) {
  const decidedAt = new Map<string, number>();
  for (const { eventId, decidedAt: at } of choices) {
    decidedAt.set(eventId, Math.max(Date.parse(at), decidedAt.get(eventId) ?? -Infinity));
  }
  return <E extends TimelineEvent>(group: readonly Account<E>[]): Chosen<E> => {
    const [first] = group;
    if (first === undefined) throw new RangeError('a fact has at least one account');
    // A choice may name any wording of the account: it chose the source, and the source has since been corrected.
    const latest = ({ ids }: Account): number => Math.max(...[...ids].map((id) => decidedAt.get(id) ?? -Infinity));
    const best = group.reduce((a, b) => (latest(b) > latest(a) ? b : a), first);
    return { account: best, decided: latest(best) > -Infinity };
  };
}

function arrestReading(
  arrest: Arrest,
  ids: ReadonlySet<string>,
  next: Arrest | null,
  used: readonly TimelineEvent[],
): ArrestReading {
  const of = <K extends TimelineKind>(kind: K): readonly Extract<TimelineEvent, { readonly kind: K }>[] =>
    used.filter((event): event is Extract<TimelineEvent, { readonly kind: K }> => event.kind === kind);
  const releases = of('release');
  return {
    arrest,
    ids,
    next,
    spells: of('custodySpell'),
    hearings: of('hearing'),
    measures: of('measure'),
    charges: of('charge'),
    counsel: of('counsel'),
    contacts: of('contact'),
    remedies: of('remedy'),
    violations: of('violation'),
    release: releases.find(({ release }) => endsCustody(release)) ?? null,
    outcomes: releases.filter(({ release }) => !endsCustody(release)),
  };
}
