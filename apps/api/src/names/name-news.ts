/**
 * What processes tell each other of names: that those of some cases are others now. Ids only. It is told after the act
 * and gathered for a moment, because a NOTIFY inside an act makes every other act wait while it commits. Whoever stops in
 * between tells nobody, so that the others look as well, from time to time.
 */
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database, type Listening } from '#lib/database';

const CHANNEL = 'amparo_names';
const GATHERED_MS = 20;
/** An announcement has room for eight thousand bytes. */
const IDS_AT_ONCE = 200;

@Injectable()
export class NameNews implements OnApplicationShutdown {
  private readonly self = randomUUID();
  private readonly waiting = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private listening: Listening | null = null;

  constructor(private readonly database: Database) {}

  /** How many times this process has begun to hear the others; 0 while it does not. */
  get epoch(): number {
    return this.listening?.epoch ?? 0;
  }

  /** Hears of cases that other processes changed. */
  hear(changed: (caseIds: readonly string[]) => void): void {
    this.listening ??= this.database.listen(CHANNEL, (payload) => {
      const [from, ids = ''] = payload.split('|');
      if (from !== this.self) changed(ids.split(','));
    });
  }

  tell(caseIds: readonly string[]): void {
    for (const id of caseIds) this.waiting.add(id);
    if (this.waiting.size > 0) this.timer ??= setTimeout(() => void this.send(), GATHERED_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.send();
  }

  private async send(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const ids = [...this.waiting];
    this.waiting.clear();
    for (let at = 0; at < ids.length; at += IDS_AT_ONCE) {
      const payload = `${this.self}|${ids.slice(at, at + IDS_AT_ONCE).join(',')}`;
      // Whoever is not told looks within half a minute.
      await this.database.announce(CHANNEL, payload).catch(() => undefined);
    }
  }
}
