/**
 * Tells the database of orders to end sessions (deny-list.service.ts) as soon as it answers, and then takes the orders
 * away. Until then every request they are about is refused without it.
 */
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '#lib/database';
import { log } from '../platform/log.js';
import { DenyList, type DenyOrder } from './deny-list.service.js';
import { RevocationService, type Whose } from './revocation.service.js';

const EVERY_MS = 1_000;

const whoseOf = (order: DenyOrder): Whose => {
  if (order === 'everybody') return 'all';
  const [kind, id = ''] = order.split('.');
  return kind === 'user' ? { userId: id } : { officeId: id };
};

@Injectable()
export class DenyOrders implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly denied: DenyList,
    private readonly revocation: RevocationService,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      if (this.denied.pending().size > 0) this.running ??= this.tell().finally(() => (this.running = undefined));
    }, EVERY_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Carries out what is pending; what the database does not take now is tried again. */
  async tell(): Promise<void> {
    for (const order of this.denied.pending()) {
      try {
        await this.carryOut(order);
      } catch (error) {
        log.warn({ kind: (error as Error).constructor.name }, 'an order to end sessions waits for the database');
      }
    }
  }

  private async carryOut(order: DenyOrder): Promise<void> {
    const whose = whoseOf(order);
    await this.database.write(null, async (tx) => {
      const ended = await this.revocation.endFor(tx, whose, 'ended by an order of the operator');
      const subjectId = whose === 'all' ? undefined : Object.values(whose)[0];
      await tx.audit('session.denial-carried-out', {
        ...(subjectId === undefined ? {} : { subjectId }),
        details: { scope: order.split('.')[0], ...ended },
      });
    });
    this.denied.done(order);
  }
}
