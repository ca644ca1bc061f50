/**
 * Alerts: what coordinators and auditors must learn of, without anybody else noticing that they were told. Administrators
 * are told of damage to the trail only.
 */
import { Injectable } from '@nestjs/common';
import { mayHearOfDuress, type Caller } from '#lib/access';
import { Database, type Tx, servedBy } from '#lib/database';
import { Clock } from '../platform/clock.js';
import { Cursors, type Page } from '../platform/cursor.js';
import { PAGE_DEFAULT, type PageQuery } from '../platform/paging.js';
import { AlertsRepository } from './alerts.repository.js';
import type { AlertView } from './duress.dto.js';
import { duressProblems } from './duress.problems.js';

/** What those are told who look after accounts and not after people. */
const OF_THE_TRAIL = ['audit.finding'];

@Injectable()
export class AlertsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cursors: Cursors,
    private readonly alerts: AlertsRepository,
  ) {}

  /** Raises an alert inside somebody's transaction. */
  raise(tx: Tx, organisationId: string, kind: string, subjectId: string): Promise<void> {
    return this.alerts.insert(tx, organisationId, kind, subjectId, this.clock.now());
  }

  /** Raises an alert in every organisation where nobody has one of this kind before them that they have not seen. */
  async raiseEverywhere(kind: string, subjectId: string): Promise<void> {
    await this.database.write(null, async (tx) => {
      const organisations = await this.alerts.withoutOpen(tx, kind);
      for (const id of organisations) await this.raise(tx, id, kind, subjectId);
      await tx.audit('alert.raised', { subjectId, details: { kind, organisations: organisations.length } });
    });
  }

  async list(caller: Caller, query: PageQuery): Promise<Page<AlertView>> {
    const limit = query.limit ?? PAGE_DEFAULT;
    const scope = `alerts|${caller.organisationId}|${String(mayHearOfDuress(caller))}`;
    const after = query.cursor === undefined ? null : this.cursors.open(scope, query.cursor);
    const position = after && { at: String(after[0]), id: String(after[1]) };
    const found = await this.alerts.alertsOf(caller.organisationId, kindsFor(caller), position, limit + 1);
    return this.cursors.page(
      scope,
      found,
      limit,
      (alert) => [alert.raisedAt, alert.id],
      (alert) => alert,
    );
  }

  /** Notes that somebody has seen an alert. */
  async see(caller: Caller, id: string): Promise<void> {
    await this.database.write(servedBy(caller), async (tx) => {
      const whose = { organisationId: caller.organisationId, kinds: kindsFor(caller) };
      if (!(await this.alerts.see(tx, whose, id, caller.userId, this.clock.now()))) throw duressProblems.noAlert({});
      await tx.audit('alert.seen', { subjectId: id });
    });
  }
}

/** Kinds of alerts that somebody is shown; null is all of them. */
const kindsFor = (caller: Caller): readonly string[] | null => (mayHearOfDuress(caller) ? null : OF_THE_TRAIL);
