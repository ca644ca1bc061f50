/** How much somebody read on a day, as one row. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { Database, sqlFile, type Tx } from '#lib/database';

const countReading = sqlFile(import.meta.url, './sql/count-reading.sql');
const raiseAllowance = sqlFile(import.meta.url, './sql/raise-allowance.sql');
const readingsToday = sqlFile(import.meta.url, './sql/readings-today.sql');

export interface DayOfReading {
  readonly readings: number;
  readonly allowance: number;
}

@Injectable()
export class ReadingBudgetRepository {
  constructor(private readonly database: Database) {}

  async readingsOf(caller: Caller, day: string): Promise<DayOfReading> {
    const [row] = await this.database.statement<DayOfReading>(caller, readingsToday, { user: caller.userId, day });
    return row ?? { readings: 0, allowance: 0 };
  }

  async count(tx: Tx, caller: Caller, day: string): Promise<number> {
    const [row] = await tx.sql<{ readings: number }>(countReading, {
      user: caller.userId,
      day,
      organisation: caller.organisationId,
    });
    return row?.readings ?? 0;
  }

  async isColleague(tx: Tx, caller: Caller, userId: string): Promise<boolean> {
    return (await tx.prisma.appUser.count({ where: { id: userId, organisationId: caller.organisationId } })) > 0;
  }

  async raise(tx: Tx, caller: Caller, userId: string, day: string, more: number): Promise<DayOfReading> {
    const [row] = await tx.sql<DayOfReading>(raiseAllowance, {
      user: userId,
      day,
      organisation: caller.organisationId,
      more,
    });
    return row ?? { readings: 0, allowance: more };
  }
}
