/** Tokens of programs as rows; the token itself is known to its holder only. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Permission } from '#lib/access';
import { Database, sqlFile, type Prisma, type Tx } from '#lib/database';

const noteTokenUse = sqlFile(import.meta.url, './sql/note-token-use.sql');

export interface ServiceToken {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly addresses: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface NewServiceToken {
  readonly ownerId: string;
  readonly hash: Buffer;
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly addresses: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const LISTED = {
  id: true,
  ownerId: true,
  name: true,
  scopes: true,
  addresses: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
} as const;

@Injectable()
export class ServiceTokensRepository {
  constructor(private readonly database: Database) {}

  async insert(tx: Tx, { hash, scopes, addresses, ...token }: NewServiceToken): Promise<string> {
    const id = randomUUID();
    await tx.prisma.serviceToken.create({
      data: { ...token, id, hash: new Uint8Array(hash), scopes: [...scopes], addresses: [...addresses] },
    });
    return id;
  }

  /** Tokens that work, of one owner or of everybody in an organisation. */
  tokensOf(
    which: { readonly ownerId: string } | { readonly organisationId: string },
    now: Date,
  ): Promise<ServiceToken[]> {
    const where = 'ownerId' in which ? which : { owner: which };
    return this.database.prisma.serviceToken.findMany({
      where: { ...where, revokedAt: null, expiresAt: { gt: now } },
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      take: 100,
      select: LISTED,
    });
  }

  async noteUse(token: string, now: Date): Promise<void> {
    await this.database.statement(null, noteTokenUse, { token, now });
  }

  /** Revokes tokens and answers how many. */
  async revoke(tx: Tx, where: Prisma.ServiceTokenWhereInput, now: Date, why: string): Promise<number> {
    const { count } = await tx.prisma.serviceToken.updateMany({
      where: { ...where, revokedAt: null },
      data: { revokedAt: now, revokedFor: why },
    });
    return count;
  }
}
