import { Injectable } from '@nestjs/common';
import { Database, sqlFile } from '#lib/database';

const ready = sqlFile(import.meta.url, './sql/ready.sql');

/** The owner's login serves: there is one wall less than there should be. */
export const ONE_LOGIN = 'database.one-login';
/** There are logins of their own for the other duties, and backups are read by the one that owns the tables. */
const COPIED_BY_OWNER = 'database.backup-by-owner';

@Injectable()
export class HealthRepository {
  constructor(private readonly database: Database) {}

  /** Throws when the database does not answer. */
  async ask(): Promise<void> {
    await this.database.statement(null, ready, {});
  }

  /** What an operator should see to. */
  warnings(): readonly string[] {
    if (!this.database.separate) return [ONE_LOGIN];
    return this.database.copying.asOwner ? [COPIED_BY_OWNER] : [];
  }

  connections(): { readonly total: number; readonly idle: number; readonly waiting: number } {
    return this.database.poolState();
  }
}
