/** Who an identity provider says somebody is, as rows. */
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#lib/database';

interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

@Injectable()
export class OidcRepository {
  constructor(private readonly database: Database) {}

  async userOf({ issuer, subject }: Identity): Promise<string | null> {
    const row = await this.database.prisma.oidcIdentity.findFirst({ where: { issuer, subject } });
    return row?.userId ?? null;
  }

  /** Links an identity to a user; whether it was nobody else's. */
  async link(tx: Tx, { issuer, subject }: Identity, userId: string, linkedAt: Date): Promise<boolean> {
    await tx.prisma.oidcIdentity.createMany({ data: [{ issuer, subject, userId, linkedAt }], skipDuplicates: true });
    return (await tx.prisma.oidcIdentity.count({ where: { issuer, subject, userId } })) === 1;
  }

  async unlink(tx: Tx, userId: string): Promise<void> {
    await tx.prisma.oidcIdentity.deleteMany({ where: { userId } });
  }
}
