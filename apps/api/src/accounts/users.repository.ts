/** People of an organisation, as rows. */
import { Injectable } from '@nestjs/common';
import type { Caller, Role } from '#lib/access';
import { Database, given, type Tx } from '#lib/database';

export interface User {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly officeId: string | null;
  readonly disabled: boolean;
  readonly version: number;
}

export interface NewUser {
  readonly id: string;
  readonly organisationId: string;
  readonly officeId: string | null;
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly passwordHash: string;
}

/** What is changed of a user; absent leaves it as it is. */
export interface UserChanges {
  readonly displayName?: string;
  readonly roles?: readonly Role[];
  readonly officeId?: string | null;
  readonly disabledAt?: Date | null;
}

interface Row {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly roles: string[];
  readonly officeId: string | null;
  readonly disabledAt: Date | null;
  readonly version: number;
}

const toUser = ({ id, email, displayName, roles, officeId, disabledAt, version }: Row): User => ({
  id,
  email,
  displayName,
  roles: roles as Role[],
  officeId,
  disabled: disabledAt !== null,
  version,
});

@Injectable()
export class UsersRepository {
  constructor(private readonly database: Database) {}

  /** Users of the caller's organisation, by address. */
  async usersOf(caller: Caller, afterEmail: string | null, limit: number): Promise<User[]> {
    const rows = await this.database.read(caller, ({ appUser }) =>
      appUser.findMany({
        where: { organisationId: caller.organisationId, ...(afterEmail === null ? {} : { email: { gt: afterEmail } }) },
        orderBy: { email: 'asc' },
        take: limit,
      }),
    );
    return rows.map(toUser);
  }

  async userOf(caller: Caller, id: string): Promise<User | null> {
    const row = await this.database.read(caller, ({ appUser }) =>
      appUser.findFirst({ where: { id, organisationId: caller.organisationId } }),
    );
    return row && toUser(row);
  }

  async userToChange(tx: Tx, caller: Caller, id: string): Promise<User | null> {
    const row = await tx.prisma.appUser.findFirst({ where: { id, organisationId: caller.organisationId } });
    return row && toUser(row);
  }

  async insertUser(tx: Tx, user: NewUser): Promise<User> {
    return toUser(await tx.prisma.appUser.create({ data: { ...user, roles: [...user.roles] } }));
  }

  /** Changes a user of this version, and answers the user as they are now: of a later version when somebody was quicker. */
  async amendUser(
    tx: Tx,
    id: string,
    version: number,
    { roles, ...changes }: UserChanges,
  ): Promise<User & { readonly changed: boolean }> {
    const data = given({ ...changes, roles: roles && [...roles] });
    const { count } = await tx.prisma.appUser.updateMany({
      where: { id, version },
      data: { ...data, version: { increment: 1 } },
    });
    // A stand-in goes by the same name and roles, and is disabled with whom it stands in for.
    const { officeId: _office, ...shared } = data;
    if (count > 0) await tx.prisma.appUser.updateMany({ where: { standsInFor: id }, data: shared });
    return { ...toUser(await tx.prisma.appUser.findFirstOrThrow({ where: { id } })), changed: count > 0 };
  }

  /**
   * Whether the organisation can be managed without this person, or without the people of this office. Locks it, so that
   * two administrators cannot take each other down.
   */
  async hasAdministratorBeside(
    tx: Tx,
    caller: Caller,
    { userId, officeId }: { readonly userId?: string; readonly officeId?: string },
  ): Promise<boolean> {
    await tx.prisma.$queryRaw`select id from organisation where id = ${caller.organisationId}::uuid for update`;
    const others = await tx.prisma.appUser.count({
      where: {
        organisationId: caller.organisationId,
        disabledAt: null,
        roles: { has: 'administrator' },
        ...(userId === undefined ? {} : { id: { not: userId } }),
        // Whoever belongs to a closed office cannot sign in and manages nothing.
        OR: [
          { officeId: null },
          { office: { closedAt: null, ...(officeId === undefined ? {} : { id: { not: officeId } }) } },
        ],
      },
    });
    return others > 0;
  }

  /** The id of the account at an address, in one organisation or in any; addresses are unique. */
  async idAt(tx: Tx, email: string, organisationId?: string): Promise<string | null> {
    return (
      (
        await tx.prisma.appUser.findFirst({
          where: given({ email, organisationId, standsInFor: null }),
          select: { id: true },
        })
      )?.id ?? null
    );
  }

  async replacePassword(tx: Tx, id: string, passwordHash: string): Promise<void> {
    await tx.prisma.appUser.updateMany({ where: { id }, data: { passwordHash } });
  }

  /** Gives an account these roles and this password, and opens it when it was disabled. */
  async restore(
    tx: Tx,
    id: string,
    { roles, officeId, passwordHash }: Pick<NewUser, 'roles' | 'officeId' | 'passwordHash'>,
  ): Promise<void> {
    await tx.prisma.appUser.updateMany({
      where: { id },
      data: { roles: [...roles], officeId, passwordHash, disabledAt: null },
    });
  }
}
