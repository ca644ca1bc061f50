/**
 * Puts the wall up: roles and logins where the owner's login may make them, grants, and row-level security, forced, on
 * every table that holds somebody's rows. Run after the migrations, as the owner; it looks at the tables that are there,
 * so a table of a later migration is behind the wall without being named. Repeating it changes nothing.
 */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { MigrationError, type Connection } from '../migrate.js';
import { DUTIES, roleOf, type Login, type Logins } from './duties.js';
import { wallStatements, type Standing } from './statements.js';
import { tablesOf, viewsOf } from './tables.js';

export interface RaiseOptions {
  readonly connection: Connection;
  /** The logins that the installation uses; null when the operator made logins and names them. */
  readonly logins: Logins | null;
  readonly log?: (line: string) => void;
}

export interface Raised {
  /** Whether the service has logins of its own; otherwise the owner's login has to serve. */
  readonly separate: boolean;
}

/** As many as may meet when several installations make the same roles on one server. */
const MEETINGS = 8;
/** Two met: a role made or changed by somebody else at the same moment. */
const MET = new Set(['42710', '23505', 'XX000']);
const NOT_ALLOWED = '42501';

/** Makes the wall stand. A database without the migration that it stands on is refused. */
export async function raiseWall({ connection, logins, log = () => undefined }: RaiseOptions): Promise<Raised> {
  const client = new pg.Client({ ...connection, application_name: 'amparo migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const roles = await makeRoles(client);
    const separate = roles && (logins === null || (await makeLogins(client, connection, Object.values(logins))));
    await stand(client, roles, log);
    return { separate };
  } finally {
    await client.end();
  }
}

/** Whether the roles of the duties are there, made now if need be. */
async function makeRoles(client: pg.Client): Promise<boolean> {
  const wanted = DUTIES.map(roleOf);
  const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles where rolname = any ($1)', [
    wanted,
  ]);
  const missing = wanted.filter((name) => !rows.some((row) => row.rolname === name));
  if (missing.length === 0) return true;
  // The owner makes the roles and does not become one of them: it would be bound by less than it has to be.
  await client.query(`select set_config('createrole_self_grant', '', false)`).catch(() => undefined);
  for (const name of missing) if (!(await allowed(client, `CREATE ROLE ${name} NOLOGIN`))) return false;
  return true;
}

/** Whether each login can sign in and holds its role, made or given its password now if need be. */
async function makeLogins(client: pg.Client, connection: Connection, logins: readonly Login[]): Promise<boolean> {
  await client.query(`select set_config('createrole_self_grant', '', false)`).catch(() => undefined);
  for (const login of logins) {
    const name = client.escapeIdentifier(login.user);
    const password = client.escapeLiteral(login.password);
    const role = login.user.slice(0, login.user.lastIndexOf('_'));
    const { rows } = await client.query<{ member: boolean }>(
      `select exists (select from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid and g.rolname = $2) as member
       from pg_roles r where r.rolname = $1`,
      [login.user, role],
    );
    if (rows.length === 0) {
      const attributes = 'LOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION';
      if (!(await allowed(client, `CREATE ROLE ${name} ${attributes} PASSWORD ${password}`))) return false;
    } else if (!(await signsIn(connection, login))) {
      if (!(await allowed(client, `ALTER ROLE ${name} PASSWORD ${password}`))) return false;
    }
    if (rows[0]?.member !== true && !(await allowed(client, `GRANT ${role} TO ${name}`))) return false;
  }
  return true;
}

/** Runs a statement that makes or changes a role; false when this login may not, and again when two met. */
async function allowed(client: pg.Client, statement: string): Promise<boolean> {
  for (let meeting = 1; ; meeting++) {
    try {
      await client.query(statement);
      return true;
    } catch (error) {
      const code = (error as pg.DatabaseError).code ?? '';
      if (code === NOT_ALLOWED) return false;
      if (code === '42710') return true;
      if (!MET.has(code) || meeting === MEETINGS) throw error;
      await new Promise((next) => setTimeout(next, 20 * meeting));
    }
  }
}

async function signsIn(connection: Connection, { user, password }: Login): Promise<boolean> {
  const client = new pg.Client({ ...connection, user, password });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    // A database that does not let the login in yet knows its password.
    return (error as pg.DatabaseError).code === NOT_ALLOWED;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Grants and policies in one transaction, unless they stand as they should. */
async function stand(client: pg.Client, roles: boolean, log: (line: string) => void): Promise<void> {
  const statements = wallStatements(await standingOf(client, roles));
  const digest = createHash('sha256').update(statements.join(';\n')).digest('hex');
  const known = await client.query<{ digest: string | null }>(
    `select obj_description(oid, 'pg_namespace') as digest from pg_namespace where nspname = 'app'`,
  );
  if (known.rows.length === 0) throw new MigrationError('The migration second_wall was not applied to this database.');
  if (known.rows[0]?.digest === digest) return;
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = '60s'; set local statement_timeout = 0`);
    // Two that raise it at once come one after the other.
    await client.query(`select pg_advisory_xact_lock(7412002)`);
    const { rows } = await client.query<{ policy: string }>(
      `select format('drop policy %I on public.%I', policyname, tablename) as policy from pg_policies where schemaname = 'public'`,
    );
    for (const statement of [...rows.map((row) => row.policy), ...statements]) await client.query(statement);
    await client.query(`comment on schema app is '${digest}'`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
  log(`the wall stands: ${statements.length} statements`);
}

async function standingOf(client: pg.Client, roles: boolean): Promise<Standing> {
  const sequences = await client.query<{ name: string }>(
    `select sequencename as name from pg_sequences where schemaname = 'public' order by 1`,
  );
  const about = await client.query<{ owner: string; database: string }>(
    `select pg_get_userbyid(relowner) as owner, current_database() as database from pg_class where oid = 'public.case_file'::regclass`,
  );
  const { owner, database } = about.rows[0] as { owner: string; database: string };
  return {
    tables: await tablesOf(client),
    views: await viewsOf(client),
    sequences: sequences.rows.map((row) => row.name),
    roles,
    owner,
    database,
  };
}
