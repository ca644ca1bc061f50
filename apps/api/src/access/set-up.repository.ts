/** What an installation begins with: a code, an organisation with an office, an administrator. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Role } from '#lib/access';
import { Database, type Tx } from '#lib/database';

export interface NewOrganisation {
  readonly name: string;
  readonly acronym: string;
  readonly country: string;
  readonly office: string;
}

export interface NewAccount {
  readonly id: string;
  readonly organisationId: string;
  readonly officeId: string;
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly passwordHash: string;
}

@Injectable()
export class SetUpRepository {
  constructor(private readonly database: Database) {}

  async hasUsers(): Promise<boolean> {
    return (await this.database.prisma.appUser.count()) > 0;
  }

  async hasUsersIn(tx: Tx): Promise<boolean> {
    return (await tx.prisma.appUser.count()) > 0;
  }

  /** Whether a country has a pack, so that its cases can be recorded. The core is a pack of no country. */
  async hasPack(tx: Tx, country: string): Promise<boolean> {
    return country !== 'CORE' && (await tx.prisma.country.count({ where: { code: country } })) > 0;
  }

  /** Puts a new code in the place of those that nobody used. */
  async replaceCode(tx: Tx, hash: Buffer, expiresAt: Date): Promise<void> {
    await tx.prisma.setupCode.deleteMany({ where: { usedAt: null } });
    await tx.prisma.setupCode.create({ data: { hash: new Uint8Array(hash), expiresAt } });
  }

  /** Uses a code up; whether it was good. */
  async useCode(tx: Tx, hash: Buffer, now: Date): Promise<boolean> {
    const used = await tx.prisma.setupCode.updateMany({
      where: { hash: new Uint8Array(hash), usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    });
    return used.count === 1;
  }

  /** An organisation with its first office. */
  async insertOrganisation(
    tx: Tx,
    { name, acronym, country, office }: NewOrganisation,
  ): Promise<{ readonly id: string; readonly officeId: string }> {
    const [id, officeId] = [randomUUID(), randomUUID()];
    await tx.prisma.organisation.create({ data: { id, name, acronym, country } });
    await tx.prisma.office.create({ data: { id: officeId, organisationId: id, name: office, country } });
    return { id, officeId };
  }

  async insertAccount(tx: Tx, account: NewAccount): Promise<void> {
    await tx.prisma.appUser.create({ data: { ...account, roles: [...account.roles] } });
  }
}
