/** With which logins the service works: those of the installation or the operator, or the owner's where there are none. */
import pg from 'pg';
import type { Addresses } from '../pools.js';
import { addressFor, DUTIES, roleOf, type Duty, type Logins } from './duties.js';

/** A login that would make the wall a picture of one. The message names the duty and what is wrong, no address. */
export class RefusedLogin extends Error {}

/** Addresses that the operator gives, each for one duty. */
export type Named = Partial<Pick<Addresses, Duty>>;

const SERVING = ['serve', 'work', 'statistics', 'audit'] as const;

/**
 * Finds the logins to serve with. Logins that were named must be good; those of the installation are used when the
 * database knows them. A login that owns the tables, is a superuser or passes over policies is refused. The login that
 * copies everything for a backup is not one to serve with: without it the owner's copies.
 */
export async function logInSeparately(url: string, logins: Logins, named: Named): Promise<Addresses> {
  const wanted = (duty: Duty): string => named[duty] ?? addressFor(url, logins[duty]);
  const byHand = DUTIES.some((duty) => named[duty] !== undefined);
  for (const duty of SERVING) {
    if (await holds(duty)) continue;
    if (byHand) throw new RefusedLogin(`A login is named for one duty, and there is none for ${duty}. Name all four.`);
    return { serve: url, work: url, statistics: url, audit: url, backup: url, separate: false };
  }
  const copies = (!byHand || named.backup !== undefined) && (await holds('backup'));
  return {
    ...{ serve: wanted('serve'), work: wanted('work'), statistics: wanted('statistics'), audit: wanted('audit') },
    ...{ backup: copies ? wanted('backup') : url, separate: true },
  };

  /** Whether the login of a duty is there; one that is there and not as it should be is refused. */
  async function holds(duty: Duty): Promise<boolean> {
    const standing = await standingOf(duty, wanted(duty));
    if (standing === null) {
      if (named[duty] !== undefined) throw new RefusedLogin(`The login for ${duty} cannot sign in to the database.`);
      return false;
    }
    if (standing.tooStrong)
      throw new RefusedLogin(
        `The login for ${duty} owns the tables, is a superuser or passes over row-level security; no policy binds it.`,
      );
    if (!standing.member) throw new RefusedLogin(`The login for ${duty} is not a member of the role ${roleOf(duty)}.`);
    return true;
  }
}

interface LoginStanding {
  readonly tooStrong: boolean;
  readonly member: boolean;
}

/** What a login is in the database; null when it cannot sign in. */
async function standingOf(duty: Duty, address: string): Promise<LoginStanding | null> {
  const client = new pg.Client({
    connectionString: address,
    application_name: 'amparo',
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    // Wrong password, no such login, not let into this database.
    if (['28P01', '28000', '42501'].includes(code)) return null;
    throw error;
  }
  try {
    const { rows } = await client.query<LoginStanding>(
      `select r.rolsuper or r.rolbypassrls or exists (
           select from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname in ('public', 'app') and c.relkind in ('r', 'p') and pg_has_role(current_user, c.relowner, 'MEMBER')) as "tooStrong",
         exists (select from pg_roles g where g.rolname = $1 and pg_has_role(current_user, g.oid, 'USAGE')) as member
       from pg_roles r where r.rolname = current_user`,
      [roleOf(duty)],
    );
    return rows[0] ?? null;
  } finally {
    await client.end();
  }
}
