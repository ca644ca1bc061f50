/**
 * Orders to end sessions that hold even while the database is down: empty files in one folder, looked at before anything
 * else at every request. Each file is an order, `everybody`, `user.<id>` or `office.<id>`; making one is a single atomic
 * step that a person can also do by hand (`touch var/denied/everybody`). Once the database has been told, the file goes.
 */
import { Inject, Injectable } from '@nestjs/common';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config } from '../platform/config.js';
import { CONFIG } from '../platform/provided.js';

/** Whose sessions are to end. */
export type DenyOrder = 'everybody' | `user.${string}` | `office.${string}`;

const ORDER = /^(everybody|(user|office)\.[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/;

/** Writes an order; for commands that run without the service. */
export function orderDenial(folder: string, order: DenyOrder): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, order), '', { mode: 0o600 });
}

@Injectable()
export class DenyList {
  private seen: bigint | null = null;
  private orders: ReadonlySet<DenyOrder> = new Set();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** The orders that the database has not been told of yet. A folder that cannot be read denies everybody. */
  pending(): ReadonlySet<DenyOrder> {
    try {
      const found = statSync(this.config.denyFolder, { throwIfNoEntry: false, bigint: true });
      if (!found) return new Set();
      if (found.mtimeNs !== this.seen || this.orders.size > 0) {
        this.orders = new Set(
          readdirSync(this.config.denyFolder).filter((name): name is DenyOrder => ORDER.test(name)),
        );
        this.seen = found.mtimeNs;
      }
      return this.orders;
    } catch {
      return new Set(['everybody']);
    }
  }

  /** Whether an order is about somebody. */
  denies(who: { readonly userId: string; readonly officeId?: string | null }): boolean {
    const orders = this.pending();
    if (orders.size === 0) return false;
    if (orders.has('everybody') || orders.has(`user.${who.userId}`)) return true;
    return typeof who.officeId === 'string' && orders.has(`office.${who.officeId}`);
  }

  order(order: DenyOrder): void {
    orderDenial(this.config.denyFolder, order);
  }

  /** The database knows: the order is done. */
  done(order: DenyOrder): void {
    rmSync(join(this.config.denyFolder, order), { force: true });
  }
}
