/** Unwrapped keys for a few minutes: enough to read a case several times, and not a copy of every key there is. */

const KEEP_MS = 5 * 60_000;
const MOST = 1_000;

interface Kept {
  readonly key: Buffer;
  readonly until: number;
}

export class KeyCache {
  /** Oldest first, because a map keeps the order in which its entries were set. */
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly now: () => number,
    private readonly most = MOST,
    private readonly keepMs = KEEP_MS,
  ) {}

  get(name: string): Buffer | undefined {
    const found = this.kept.get(name);
    if (!found) return undefined;
    if (found.until > this.now()) return found.key;
    this.drop(name);
    return undefined;
  }

  set(name: string, key: Buffer): void {
    this.drop(name);
    this.kept.set(name, { key, until: this.now() + this.keepMs });
    for (const [oldest, { until }] of this.kept) {
      if (this.kept.size <= this.most && until > this.now()) break;
      this.drop(oldest);
    }
  }

  /** Overwrites a key and forgets it. The engine may have copied it meanwhile; no more than this can be done here. */
  drop(name: string): void {
    this.kept.get(name)?.key.fill(0);
    this.kept.delete(name);
  }

  /** Forgets everything, at once. */
  clear(): void {
    for (const name of [...this.kept.keys()]) this.drop(name);
  }

  get size(): number {
    return this.kept.size;
  }
}
