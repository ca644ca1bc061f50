/**
 * What protects somebody who is made to sign in. Under duress they give a second password, or travel with a suspended
 * scope: either way the session begins as their stand-in, in an empty organisation, in the same statements, form and time.
 * A stand-in that asks for any of this gets the same answers.
 */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { Database, type Tx, servedBy } from '#lib/database';
import { OwnPasswordService } from '../access/own-password.service.js';
import { RevocationService } from '../access/revocation.service.js';
import { AlertsService } from './alerts.service.js';
import { Clock } from '../platform/clock.js';
import { duressProblems } from './duress.problems.js';
import { StandInsRepository, WITHOUT_END } from './stand-ins.repository.js';

const YEAR_MS = 366 * 86_400_000;
/** Colleagues who must say so before a scope comes back. */
const WORDS_NEEDED = 2;

@Injectable()
export class DuressService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly alerts: AlertsService,
    private readonly passwords: OwnPasswordService,
    private readonly revocation: RevocationService,
    private readonly standIns: StandInsRepository,
  ) {}

  /** Sets the password under duress, or another one. Nothing ever says whether there is one. */
  async setPassword(caller: Caller, present: string, duress: string): Promise<void> {
    const { account, record, same } = await this.passwords.withDuress(caller, present, duress);
    if (same) throw duressProblems.samePassword({});
    await this.database.write(servedBy(caller), async (tx) => {
      if (account.userId === caller.userId) await this.standIns.ensure(tx, account.userId);
      await this.passwords.keep(tx, account, record);
      await tx.audit('duress.password-set', { subjectId: caller.userId });
    });
  }

  async removePassword(caller: Caller): Promise<void> {
    const { account, record } = await this.passwords.withoutDuress(caller);
    await this.database.write(servedBy(caller), async (tx) => {
      if (account.userId === caller.userId) await this.passwords.keep(tx, account, record);
      await tx.audit('duress.password-removed', { subjectId: caller.userId });
    });
  }

  /** Suspends one's own scope until a moment, or until two colleagues give it back, and signs out everywhere. */
  async travel(caller: Caller, until: string | undefined): Promise<void> {
    const now = this.clock.now();
    const end = until === undefined ? WITHOUT_END : new Date(until);
    if (until !== undefined && (end <= now || end.getTime() > now.getTime() + YEAR_MS))
      throw duressProblems.untilPassed({}, [
        { pointer: '/until', code: 'scope.until-passed', detail: 'A moment to come, within a year.' },
      ]);
    const standsIn = await this.standIns.isStandIn(caller.userId);
    await this.database.write(servedBy(caller), async (tx) => {
      if (!standsIn) await this.suspend(tx, caller, end);
      await this.revocation.endFor(tx, { userId: caller.userId }, 'scope suspended');
      await tx.audit('scope.suspended', { subjectId: caller.userId, details: { until: end.toISOString() } });
    });
  }

  /** One colleague's word for giving a scope back; the second one does. */
  async restore(caller: Caller, userId: string): Promise<{ readonly restored: boolean; readonly words: number }> {
    if (userId === caller.userId) throw duressProblems.ownScope({});
    const now = this.clock.now();
    return this.database.write(servedBy(caller), async (tx) => {
      const until = await this.standIns.suspensionOf(tx, userId, caller.organisationId);
      if (until === undefined) throw duressProblems.noUser({});
      if (until === null || until <= now) throw duressProblems.notSuspended({});
      const words = await this.standIns.speakFor(tx, userId, caller.userId, now);
      const restored = words >= WORDS_NEEDED;
      if (restored) await this.giveBack(tx, caller, userId);
      await tx.audit(restored ? 'scope.restored' : 'scope.restoration-supported', { subjectId: userId });
      return { restored, words };
    });
  }

  private async suspend(tx: Tx, caller: Caller, until: Date): Promise<void> {
    await this.standIns.ensure(tx, caller.userId);
    await this.standIns.suspend(tx, caller.userId, until);
    await this.alerts.raise(tx, caller.organisationId, 'scope.suspended', caller.userId);
  }

  private async giveBack(tx: Tx, caller: Caller, userId: string): Promise<void> {
    await this.standIns.restore(tx, userId);
    const standIn = await this.standIns.standInOf(tx, userId);
    if (standIn) await this.revocation.endFor(tx, { userId: standIn }, 'scope restored');
    await this.alerts.raise(tx, caller.organisationId, 'scope.restored', userId);
  }
}
