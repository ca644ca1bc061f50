/** Password records of accounts. */
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#lib/database';

const SEALED = 's1.';
const OPEN = '$argon2';

@Injectable()
export class PasswordsRepository {
  constructor(private readonly database: Database) {}

  /** Records in the open, as an earlier version kept them. */
  async openRecords(): Promise<{ readonly userId: string; readonly stored: string }[]> {
    const found = await this.database.prisma.appUser.findMany({
      where: { passwordHash: { startsWith: OPEN } },
      select: { id: true, passwordHash: true },
    });
    return found.map(({ id, passwordHash }) => ({ userId: id, stored: passwordHash }));
  }

  async hasSealedRecords(): Promise<boolean> {
    return (await this.database.prisma.appUser.count({ where: { passwordHash: { startsWith: SEALED } } })) > 0;
  }

  /** Puts a record in the place of another, unless somebody was quicker; whether it did. */
  async replace(tx: Tx, userId: string, before: string, after: string): Promise<boolean> {
    const { count } = await tx.prisma.appUser.updateMany({
      where: { id: userId, passwordHash: before },
      data: { passwordHash: after },
    });
    return count === 1;
  }
}
