/**
 * Seals the trail: every second one process takes the entries that have no leaf, appends them to the tree and signs a
 * checkpoint over it. Nobody who writes waits for it. A process that dies in between leaves nothing half: entries that
 * have no leaf are found again (docs/adr/2026-11-26-seal-behind-the-trail.md).
 */
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { canonicalEntry, Frontier, hasItsMac, leafDigest, leafOf, openCheckpoint, signedCheckpoint } from '#lib/trail';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { log } from '../platform/log.js';
import { CONFIG } from '../platform/provided.js';
import { CheckpointFiles } from './checkpoint-files.js';
import { SealRepository, type LastCheckpoint, type UnsealedEntry } from './seal.repository.js';
import { TrailKeysService } from './trail-keys.service.js';

const SEAL_MS = 1_000;
/** A checkpoint goes outside at most this often. */
const EXPORT_MS = 60_000;
const MOST_ENTRIES = 5_000;
/** A snapshot from before the first transaction. */
const NOTHING_SEEN = '1:1:';

/** The stored edge of the tree is not the one that was signed: nothing may be signed on top of it. */
export class TrailDamaged extends Error {}

@Injectable()
export class SealService implements OnApplicationBootstrap, OnApplicationShutdown {
  private stopping = false;
  private loop: Promise<void> | null = null;
  private wake: (() => void) | null = null;
  private unexported: string | null = null;
  private exportedAt = 0;
  private complained = 0;

  constructor(
    private readonly stored: SealRepository,
    private readonly keys: TrailKeysService,
    private readonly files: CheckpointFiles,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.worker) this.loop = this.run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake?.();
    if (this.loop === null) return;
    await this.loop;
    await this.turn(0);
  }

  /** Seals everything that waits; answers how many entries that were. */
  async seal(): Promise<number> {
    let sealed = 0;
    for (let more = MOST_ENTRIES; more === MOST_ENTRIES; sealed += more) more = await this.sealSome();
    return sealed;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      await this.turn(EXPORT_MS);
      if (this.stopping) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, SEAL_MS);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  private async turn(exportMs: number): Promise<void> {
    try {
      await this.seal();
      const now = this.clock.now().getTime();
      if (this.unexported !== null && now - this.exportedAt >= exportMs) {
        await this.files.put(this.unexported, this.clock.now());
        this.unexported = null;
        this.exportedAt = now;
      }
    } catch (error) {
      this.complain(error);
    }
  }

  private async sealSome(): Promise<number> {
    const last = await this.stored.last();
    const seen = last?.seen ?? NOTHING_SEEN;
    const entries = await this.stored.unsealed(MOST_ENTRIES, seen);
    const [first] = entries;
    if (first === undefined) return 0;
    const tree = this.edgeOf(last);
    const leaves = entries.map((entry) => this.leaf(entry));
    const nodes = leaves.flatMap((leaf) => tree.append(leaf));
    const note = signedCheckpoint(this.keys.signer(), tree.size, tree.root(), this.clock.now());
    const isAll = entries.length < MOST_ENTRIES;
    const done = await this.stored.append({
      before: last?.size ?? 0,
      entries: entries.map((entry) => entry.id),
      leaves,
      nodes,
      size: tree.size,
      note,
      frontier: tree.bytes(),
      // With entries left over the next seal must look from where this one did.
      seen: isAll ? first.seen : seen,
      server: first.server,
    });
    if (!done) return 0;
    this.unexported = note;
    return entries.length;
  }

  private leaf(entry: UnsealedEntry): Buffer {
    const canonical = canonicalEntry(entry);
    // It is sealed all the same: verification names it, and what was done to the table stays to be seen.
    if (!hasItsMac(this.keys.keys().mac, canonical, entry.mac))
      log.error({ entryId: entry.id }, 'an audit entry was not written by this service');
    return leafDigest(leafOf(canonical, entry.mac));
  }

  private edgeOf(last: LastCheckpoint | null): Frontier {
    if (last === null) return Frontier.empty();
    const signed = openCheckpoint(last.note, this.keys.signer());
    const edge = Frontier.read(last.size, last.frontier);
    if (signed?.size !== last.size || !edge?.root().equals(signed.root))
      throw new TrailDamaged('The last audit checkpoint is not one that this installation signed: run `audit verify`.');
    return edge;
  }

  /** Once a minute is enough to be seen. */
  private complain(error: unknown): void {
    const now = this.clock.now().getTime();
    if (now - this.complained < EXPORT_MS) return;
    this.complained = now;
    const says = error instanceof TrailDamaged ? error.message : 'the audit trail could not be sealed';
    log.error({ kind: (error as Error).constructor.name, code: (error as { code?: string }).code ?? null }, says);
  }
}
