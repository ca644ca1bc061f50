import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database, sqlFile, type Tx } from '#lib/database';

const listAlerts = sqlFile(import.meta.url, './sql/list-alerts.sql');

export interface Alert {
  readonly id: string;
  readonly kind: string;
  readonly subjectId: string | null;
  readonly raisedAt: string;
  readonly seenAt: string | null;
  readonly seenBy: string | null;
}

@Injectable()
export class AlertsRepository {
  constructor(private readonly database: Database) {}

  async insert(tx: Tx, organisationId: string, kind: string, subjectId: string, raisedAt: Date): Promise<void> {
    await tx.prisma.alert.create({ data: { id: randomUUID(), organisationId, kind, subjectId, raisedAt } });
  }

  /** Alerts of an organisation, newest first. */
  alertsOf(
    organisation: string,
    kinds: readonly string[] | null,
    after: { readonly at: string; readonly id: string } | null,
    limit: number,
  ): Promise<Alert[]> {
    const position = after === null ? {} : { afterMoment: after.at, afterId: after.id };
    return this.database.statement<Alert>(null, listAlerts, {
      organisation,
      limit,
      ...(kinds === null ? {} : { kinds }),
      ...position,
    });
  }

  /** Notes who has seen an alert, the first time; whether there is such an alert. */
  async see(
    tx: Tx,
    whose: { readonly organisationId: string; readonly kinds: readonly string[] | null },
    id: string,
    seenBy: string,
    seenAt: Date,
  ): Promise<boolean> {
    const { organisationId, kinds } = whose;
    const where = { id, organisationId, ...(kinds === null ? {} : { kind: { in: [...kinds] } }) };
    await tx.prisma.alert.updateMany({ where: { ...where, seenAt: null }, data: { seenAt, seenBy } });
    return (await tx.prisma.alert.count({ where })) > 0;
  }

  /** Organisations of people, not those that stand in for them, without an alert of a kind that nobody has seen. */
  async withoutOpen(tx: Tx, kind: string): Promise<string[]> {
    const open = await tx.prisma.alert.findMany({ where: { kind, seenAt: null }, select: { organisationId: true } });
    const organisations = await tx.prisma.organisation.findMany({
      where: { standsInFor: null, id: { notIn: open.map(({ organisationId }) => organisationId) } },
      select: { id: true },
    });
    return organisations.map(({ id }) => id);
  }
}
