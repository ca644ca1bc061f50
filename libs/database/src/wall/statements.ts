/** The wall as statements: who is granted what, and which rows each login reaches. Pure; `raise.ts` runs them. */
import pg from 'pg';
import { DUTIES, roleOf, type Duty } from './duties.js';
import { OWNERS_ONLY, ruleOf, VERBS, type Rule, type Verb } from './rules.js';
import type { Table } from './tables.js';

const { escapeIdentifier: quote } = pg.Client.prototype;

export interface Standing {
  readonly tables: readonly Table[];
  readonly views: readonly string[];
  readonly sequences: readonly string[];
  /** Whether the roles of the duties are there. Without them the owner serves, and the same policies bind it. */
  readonly roles: boolean;
  /** The login that owns the tables. */
  readonly owner: string;
  readonly database: string;
}

/** What the logins may call. Nobody of them may call `app.seal` or `app.unsealed`. */
const CALLED: Readonly<Record<string, readonly Duty[]>> = {
  'PROCEDURE app.enter(bytea)': ['serve', 'statistics'],
  'PROCEDURE app.enter_as(bytea, text)': ['serve'],
  'FUNCTION app.stamp_of(public.live_session)': ['work'],
  'PROCEDURE app.enter_for(uuid)': ['statistics'],
  'FUNCTION app.reach_person(uuid)': ['serve', 'work'],
  'FUNCTION app.organisation()': ['serve', 'statistics'],
  'FUNCTION app.organisation_no()': ['serve', 'statistics'],
  'FUNCTION app.me()': ['serve', 'statistics'],
  'FUNCTION app.home()': ['serve'],
  'FUNCTION app.holds(text)': ['serve', 'statistics'],
  'FUNCTION app.everywhere()': ['serve', 'statistics'],
  'FUNCTION app.office()': ['serve'],
  'FUNCTION app.assigned()': ['serve'],
  'FUNCTION app.records()': ['serve'],
  'FUNCTION app.opens()': ['serve'],
  'FUNCTION app.in_house(uuid)': ['serve'],
  'FUNCTION app.case_called(text, uuid)': ['serve'],
  'FUNCTION app.is_owner()': ['serve', 'work'],
  'FUNCTION app.beyond()': ['serve'],
  'FUNCTION app.sees(uuid)': ['serve'],
  'FUNCTION app.own_cases()': ['serve'],
  'FUNCTION app.office_no()': ['serve'],
  'FUNCTION app.look_at_sizes()': ['work'],
  'FUNCTION app.read_cases(jsonb, integer)': ['serve'],
  'FUNCTION app.is_new(uuid)': ['serve'],
  'FUNCTION app.adds_to(uuid)': ['serve'],
  'FUNCTION app.erasure_agreed(uuid)': ['serve'],
};

/** Everything that puts the wall up as it should stand, whatever stands now. */
export function wallStatements(standing: Standing): string[] {
  const { tables } = standing;
  return [
    ...standing.views.flatMap((name) => viewRights(name, standing.roles)),
    ...(standing.roles ? schemaGrants(standing) : []),
    ...tables.flatMap((table) => [
      ...(standing.roles ? tableGrants(table) : []),
      ...(ruleOf(table) ? policies(table, ruleOf(table) as Rule, standing) : []),
    ]),
  ];
}

/** A view shows what whoever asks may see, not what its owner may; the one there is shows whose every token is. */
function viewRights(view: string, roles: boolean): string[] {
  const name = `public.${quote(view)}`;
  return [
    `ALTER VIEW ${name} SET (security_invoker = true)`,
    ...(roles ? [`REVOKE ALL ON ${name} FROM PUBLIC, ${DUTIES.map(roleOf).join(', ')}`] : []),
    ...(roles ? [`GRANT SELECT ON ${name} TO ${roleOf('work')}, ${roleOf('backup')}`] : []),
  ];
}

function schemaGrants({ sequences, database }: Standing): string[] {
  const all = DUTIES.map(roleOf).join(', ');
  const callers = (duties: readonly Duty[]): string => duties.map(roleOf).join(', ');
  return [
    `GRANT CONNECT ON DATABASE ${quote(database)} TO ${all}`,
    `GRANT USAGE ON SCHEMA public, app TO ${all}`,
    `GRANT SELECT ON public._prisma_migrations TO ${roleOf('backup')}`,
    ...Object.entries(CALLED).map(([routine, duties]) => `GRANT EXECUTE ON ${routine} TO ${callers(duties)}`),
    ...sequences.flatMap((name) => [
      `GRANT USAGE ON SEQUENCE public.${quote(name)} TO ${callers(['serve', 'work'])}`,
      `GRANT SELECT ON SEQUENCE public.${quote(name)} TO ${callers(['backup'])}`,
    ]),
  ];
}

const list = (columns: readonly string[] | undefined): string =>
  columns === undefined ? '' : ` (${columns.map(quote).join(', ')})`;

function tableGrants(table: Table): string[] {
  const name = `public.${quote(table.name)}`;
  const revoke = `REVOKE ALL ON ${name} FROM PUBLIC, ${DUTIES.map(roleOf).join(', ')}`;
  if (OWNERS_ONLY.has(table.name)) return [revoke];
  const rule = ruleOf(table);
  const grants = [revoke, ...serveGrants(name, rule, table)];
  grants.push(`GRANT ${(rule?.work ?? VERBS).join(', ')} ON ${name} TO ${roleOf('work')}`);
  grants.push(`GRANT SELECT ON ${name} TO ${roleOf('backup')}`);
  if (rule === null || rule.statistics !== undefined) grants.push(`GRANT SELECT ON ${name} TO ${roleOf('statistics')}`);
  if (rule?.audit) grants.push(`GRANT ${rule.audit.join(', ')} ON ${name} TO ${roleOf('audit')}`);
  return grants;
}

function serveGrants(name: string, rule: Rule | null, { columns: all }: Table): string[] {
  const serve = roleOf('serve');
  if (rule === null) return [`GRANT SELECT ON ${name} TO ${serve}`];
  const hidden = rule.hiddenColumns;
  const readable = hidden ? all.filter((column) => !hidden.includes(column)) : rule.selectColumns;
  const grant = (verb: string, columns?: readonly string[]): string =>
    `GRANT ${verb}${list(columns)} ON ${name} TO ${serve}`;
  return [
    ...(rule.select === undefined ? [] : [grant('SELECT', readable)]),
    ...(rule.insert === undefined ? [] : [grant('INSERT')]),
    ...(rule.update === undefined ? [] : [grant('UPDATE', rule.updateColumns)]),
    ...(rule.delete === undefined ? [] : [grant('DELETE')]),
  ];
}

function policies(table: Table, rule: Rule, { roles, owner }: Standing): string[] {
  const name = `public.${quote(table.name)}`;
  const make = (policy: string, verb: string, who: string, using: string | null, check: string | null): string =>
    `CREATE POLICY ${policy} ON ${name} FOR ${verb} TO ${who}` +
    (using === null ? '' : ` USING (${using})`) +
    (check === null ? '' : ` WITH CHECK (${check})`);
  const serve = roles ? roleOf('serve') : quote(owner);
  const served = VERBS.flatMap((verb) => {
    const [using, check] = sides(rule, verb);
    return using === null && check === null ? [] : [make(`serve_${verb}`, verb, serve, using, check)];
  });
  const others = [
    make('work_all', 'ALL', roleOf('work'), 'true', 'true'),
    make('backup_select', 'SELECT', roleOf('backup'), 'true', null),
    ...(rule.statistics === undefined
      ? []
      : [make('statistics_select', 'SELECT', roleOf('statistics'), rule.statistics, null)]),
    ...(rule.audit === undefined ? [] : [make('audit_all', 'ALL', roleOf('audit'), 'true', 'true')]),
  ];
  return [
    `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`,
    ...served,
    ...(roles ? others : []),
    make('owner_at_work', 'ALL', quote(owner), '(SELECT app.at_work())', '(SELECT app.at_work())'),
  ];
}

/** What a policy of a verb looks at: rows that are there, and rows as they would become. */
function sides(rule: Rule, verb: Verb): readonly [string | null, string | null] {
  const text = rule[verb];
  if (text === undefined) return [null, null];
  if (verb === 'insert') return [null, text];
  if (verb === 'update') return [text, rule.updated ?? text];
  return [text, null];
}
