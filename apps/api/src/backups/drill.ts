/**
 * The drill: the newest backup comes back in a scratch database, every table is compared with what the backup says, and
 * the application is put together on it, which opens the keys. A backup that was never restored is a hope.
 */
import { BackupRefusal, sequenceDifferences, type Difference, type PartEnd } from '#lib/backup';
import { Snapshot } from '#lib/database';
import type { ChosenBackup } from './chosen-backup.js';
import { TABLES_BESIDE } from './copied-parts.js';
import type { DrillProof, DrillService } from './drill.service.js';
import { restore, type Restored, type RestoreRequest } from './restore.js';

/** A check on the restored application; what it answers stands in the proof, what it throws fails the drill. */
export type DrillCheck = (scratchUrl: string) => Promise<Readonly<Record<string, string>>>;

export interface DrillRequest {
  readonly chosen: ChosenBackup;
  readonly openers: RestoreRequest['openers'];
  readonly scratchUrl: string;
  readonly root: string;
  readonly check: DrillCheck;
  readonly log: (line: string) => void;
}

/** Restores, compares, checks, and keeps the proof, whatever came of it. */
export async function drill(service: DrillService, request: DrillRequest): Promise<DrillProof> {
  const began = service.now();
  const secondsSince = (moment: Date): number => (service.now().getTime() - moment.getTime()) / 1000;
  let restored: Restored | null = null;
  let restoreSeconds = 0;
  let differences: readonly Difference[] = [];
  let checks: Readonly<Record<string, string>> = {};
  try {
    restored = await restore({
      ...{ data: request.chosen.data, keys: request.chosen.keys, later: [], openers: request.openers },
      ...{ databaseUrl: request.scratchUrl, root: request.root, overLivingData: true, keyFiles: null },
      log: request.log,
    });
    restoreSeconds = secondsSince(began);
    differences = await recounted(request.scratchUrl, restored);
    checks = await request.check(request.scratchUrl);
  } catch (error) {
    checks = {
      failed: error instanceof BackupRefusal ? error.message : `${(error as Error).name}: ${(error as Error).message}`,
    };
  }
  const proof: DrillProof = {
    at: began.toISOString(),
    passed: differences.length === 0 && checks['failed'] === undefined,
    ...{ backup: request.chosen.stem, from: request.chosen.where, madeAt: restored?.at ?? '' },
    ...{ tables: restored?.tables ?? 0, rows: restored?.rows ?? 0, bytes: restored?.bytes ?? 0 },
    ...{ restoreSeconds, totalSeconds: secondsSince(began), differences, checks },
    counts: Object.fromEntries(tablesOf(restored?.parts ?? []).map(({ name, rows }) => [name, rows])),
  };
  return proof;
}

const tablesOf = (parts: readonly PartEnd[]): readonly PartEnd[] => parts.filter(({ kind }) => kind === 'table');

/** Counts again from outside, over another connection: what the restore compared within its transaction must have stayed. */
async function recounted(url: string, restored: Restored): Promise<Difference[]> {
  const snapshot = await Snapshot.open(url, TABLES_BESIDE);
  try {
    const there = new Map((await snapshot.counts()).map(({ name, rows }) => [name, rows]));
    const counted = tablesOf(restored.parts)
      .filter(({ name, rows }) => there.get(name) !== rows)
      .map(({ name, rows }): Difference => ({
        part: name,
        what: 'rows',
        expected: String(rows),
        found: String(there.get(name) ?? 'no table'),
      }));
    return [...counted, ...sequenceDifferences(restored.sequences, await snapshot.sequences())];
  } finally {
    await snapshot.close();
  }
}
