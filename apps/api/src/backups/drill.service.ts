/** What a drill proves, and the proof it leaves: a file with a date, and an entry on the trail. */
import { Inject, Injectable } from '@nestjs/common';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Difference } from '#lib/backup';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { CONFIG } from '../platform/provided.js';
import { BackupsRepository } from './backups.repository.js';

export interface DrillProof {
  readonly at: string;
  readonly passed: boolean;
  readonly backup: string;
  readonly from: string;
  readonly madeAt: string;
  readonly tables: number;
  readonly rows: number;
  readonly bytes: number;
  readonly restoreSeconds: number;
  readonly totalSeconds: number;
  /** Rows of every table, as they were in the backup and came out of it. */
  readonly counts: Readonly<Record<string, number>>;
  readonly differences: readonly Difference[];
  /** What was tried beside the comparison, and what came of it. */
  readonly checks: Readonly<Record<string, string>>;
}

@Injectable()
export class DrillService {
  constructor(
    private readonly stored: BackupsRepository,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  /** Keeps the proof; answers the file. */
  async keep(proof: DrillProof): Promise<string> {
    const folder = join(dirname(this.config.secretFile), 'drills');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${proof.at.replace(/[:.]/g, '-')}.json`);
    await writeFile(file, `${JSON.stringify(proof, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    const { at: _at, counts: _counts, from: _from, ...details } = proof;
    await this.stored.drilled({ ...details, differences: proof.differences.length });
    return file;
  }
}
