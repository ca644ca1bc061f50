/**
 * From events to accounts. What one source once told is one account, however often it was corrected: a correction is
 * a new event that names the one it corrects, nothing is overwritten (design §3).
 */
import type { TimelineEvent } from './types.js';

/** What one source told about one fact, in its current wording. */
export interface Account<E extends TimelineEvent = TimelineEvent> {
  /** The wording in force. */
  readonly event: E;
  /** The id of the first wording: it stays the same through corrections. */
  readonly identity: string;
  /** The ids of all wordings; any of them may be named by other events and by a choice. */
  readonly ids: ReadonlySet<string>;
  /** The file in which it was first told. */
  readonly fileId: string;
  /** When it was first told; a correction does not make an account younger. */
  readonly firstRecordedAt: string;
}

/** Orders by time of recording, then by id, so that the order of a list never matters. */
export function compareRecorded(a: TimelineEvent, b: TimelineEvent): number {
  return Date.parse(a.recordedAt) - Date.parse(b.recordedAt) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** The wordings an event goes back through, itself first, and the first of all: its root. */
function lineage(event: TimelineEvent, byId: ReadonlyMap<string, TimelineEvent>): readonly [readonly string[], string] {
  const path = [event.id];
  for (let id = event.corrects; id !== null; id = byId.get(id)?.corrects ?? null) {
    const seen = path.indexOf(id);
    // A circle of corrections cannot come from the service; if one is imported, its smallest id stands for all.
    if (seen >= 0) return [path, path.slice(seen).sort()[0] ?? id];
    path.push(id);
  }
  return [path, path.at(-1) ?? event.id];
}

/**
 * Groups events into accounts, each with the wording in force: the last recorded one that is not withdrawn and that no
 * other standing one corrects. A withdrawn correction gives way to what it corrected; a withdrawn first wording does
 * not take its corrections with it. An account whose wordings are all withdrawn is no account.
 */
export function accountsIn(events: readonly TimelineEvent[]): readonly Account[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  const strands = new Map<string, TimelineEvent[]>();
  const replaced = new Set<string>();
  for (const event of byId.values()) {
    const [[, ...earlier], root] = lineage(event, byId);
    strands.set(root, [...(strands.get(root) ?? []), event]);
    if (!event.withdrawn) earlier.forEach((id) => replaced.add(id));
  }
  return [...strands].flatMap(([identity, strand]) => accountOf(identity, strand, replaced));
}

function accountOf(identity: string, strand: TimelineEvent[], replaced: ReadonlySet<string>): readonly Account[] {
  const wordings = [...strand].sort(compareRecorded);
  const standing = wordings.filter(({ withdrawn }) => !withdrawn);
  const event = standing.findLast(({ id }) => !replaced.has(id)) ?? standing.at(-1);
  if (event === undefined) return [];
  const first = wordings.find(({ id }) => id === identity) ?? wordings[0] ?? event;
  const ids = new Set([identity, ...wordings.map(({ id }) => id)]);
  return [{ event, identity, ids, fileId: first.caseId, firstRecordedAt: first.recordedAt }];
}
