/** Organisations and their offices, as rows. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import { Database, given, type Tx } from '#lib/database';

export interface Office {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly closed: boolean;
  readonly version: number;
}

/** What is changed of an office; absent leaves it as it is. */
export interface OfficeChanges {
  readonly name?: string;
  readonly closedAt?: Date | null;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly closedAt: Date | null;
  readonly version: number;
}

const toOffice = ({ id, name, country, closedAt, version }: Row): Office => ({
  id,
  name,
  country,
  closed: closedAt !== null,
  version,
});

@Injectable()
export class OfficesRepository {
  constructor(private readonly database: Database) {}

  /** Offices of the caller's organisation, by name. */
  async officesOf(caller: Caller, afterName: string | null, limit: number): Promise<Office[]> {
    const rows = await this.database.read(caller, ({ office }) =>
      office.findMany({
        where: { organisationId: caller.organisationId, ...(afterName === null ? {} : { name: { gt: afterName } }) },
        orderBy: { name: 'asc' },
        take: limit,
      }),
    );
    return rows.map(toOffice);
  }

  async officeOf(caller: Caller, id: string): Promise<Office | null> {
    const row = await this.database.read(caller, ({ office }) =>
      office.findFirst({ where: { id, organisationId: caller.organisationId } }),
    );
    return row && toOffice(row);
  }

  async officeToChange(tx: Tx, caller: Caller, id: string): Promise<Office | null> {
    const row = await tx.prisma.office.findFirst({ where: { id, organisationId: caller.organisationId } });
    return row && toOffice(row);
  }

  /** Closes an office, if it is open. */
  async close(tx: Tx, id: string, now: Date): Promise<void> {
    await tx.prisma.office.updateMany({
      where: { id, closedAt: null },
      data: { closedAt: now, version: { increment: 1 } },
    });
  }

  /** The offices that an operator means: by id, or by name in any organisation. */
  async officesMeant(tx: Tx, idOrName: string): Promise<readonly { readonly id: string; readonly name: string }[]> {
    const isId = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(idOrName);
    return tx.prisma.office.findMany({
      where: { ...(isId ? { id: idOrName } : { name: idOrName }), organisation: { standsInFor: null } },
      select: { id: true, name: true },
    });
  }

  async isOpen(tx: Tx, caller: Caller, id: string): Promise<boolean> {
    return (await tx.prisma.office.count({ where: { id, organisationId: caller.organisationId, closedAt: null } })) > 0;
  }

  async insertOffice(tx: Tx, caller: Caller, name: string): Promise<Office> {
    const data = { id: randomUUID(), organisationId: caller.organisationId, name, country: caller.country };
    return toOffice(await tx.prisma.office.create({ data }));
  }

  /** Changes an office of this version, and answers it as it is now: of a later version when somebody was quicker. */
  async amendOffice(
    tx: Tx,
    id: string,
    version: number,
    changes: OfficeChanges,
  ): Promise<Office & { readonly changed: boolean }> {
    const { count } = await tx.prisma.office.updateMany({
      where: { id, version },
      data: { ...given(changes), version: { increment: 1 } },
    });
    return { ...toOffice(await tx.prisma.office.findFirstOrThrow({ where: { id } })), changed: count > 0 };
  }

  /** An organisation by its acronym, with its oldest office. */
  async organisationNamed(
    acronym: string,
  ): Promise<{ readonly organisationId: string; readonly officeId: string } | null> {
    const found = await this.database.prisma.organisation.findFirst({
      where: { acronym, standsInFor: null },
      include: { offices: { orderBy: { createdAt: 'asc' }, take: 1 } },
    });
    const office = found?.offices[0];
    return found && office ? { organisationId: found.id, officeId: office.id } : null;
  }
}
