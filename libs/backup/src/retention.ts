/**
 * Which backups are kept: the newest of each of the last days, weeks and months that have one. Key artefacts live
 * shorter, because an erased person is gone only when the last copy of their key is.
 */
import type { StoredBackup } from './names.js';

export interface Retention {
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
  /** Days after which the keys of a backup go, the newest backup's excepted. */
  readonly keysDays: number;
}

const DAY_MS = 86_400_000;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const monthOf = (at: Date): string => at.toISOString().slice(0, 7);
/** Weeks begin on Monday; 1970-01-01 was a Thursday. */
const weekOf = (at: Date): string => String(Math.floor((Math.floor(at.getTime() / DAY_MS) + 3) / 7));

/** The newest backup of each of the last `count` periods that have one. */
function newestOf(backups: readonly StoredBackup[], count: number, periodOf: (at: Date) => string): StoredBackup[] {
  const kept = new Map<string, StoredBackup>();
  for (const backup of backups) {
    const period = periodOf(backup.at);
    if (!kept.has(period) && kept.size < count) kept.set(period, backup);
  }
  return [...kept.values()];
}

/**
 * Names of the artefacts that may go.
 * @param backups newest first; halves (an artefact without its other) keep nothing and go when a whole one is newer
 */
export function toPrune(backups: readonly StoredBackup[], retention: Retention, now: Date): string[] {
  // Data whose keys were pruned in their time is still one that stands for its day: it can be read while other keys live.
  const standing = backups.filter(({ data }) => data !== null);
  const newest = standing.find(({ keys }) => keys !== null);
  const kept = new Set(
    [
      ...newestOf(standing, retention.daily, dayOf),
      ...newestOf(standing, retention.weekly, weekOf),
      ...newestOf(standing, retention.monthly, monthOf),
      ...(newest ? [newest] : []),
    ].map(({ stem }) => stem),
  );
  const oldKeys = now.getTime() - retention.keysDays * DAY_MS;
  return backups.flatMap((backup) => {
    const isOlder = newest !== undefined && backup.at.getTime() < newest.at.getTime();
    if (backup.data === null) return isOlder && backup.keys !== null ? [backup.keys] : [];
    if (!kept.has(backup.stem)) return [backup.data, backup.keys].flatMap((name) => name ?? []);
    const keysGo = backup.keys !== null && isOlder && backup.at.getTime() < oldKeys;
    return keysGo && backup.keys !== null ? [backup.keys] : [];
  });
}
