/**
 * Whose rows each table holds, and what the serving login may do with them. One rule a kind of table; the kind follows
 * from the columns, so that a table that a later migration adds is behind the wall without a word here, and from a list
 * of those that need more to be said.
 *
 * A rule is the text of policies. `(SELECT app.x())` is asked once a statement, not once a row; each looks at the seal.
 */
import type { Table } from './tables.js';

export const VERBS = ['select', 'insert', 'update', 'delete'] as const;
export type Verb = (typeof VERBS)[number];

/** What the serving login may do with rows; a verb that is missing it may not use at all. */
export interface Rule {
  readonly select?: string;
  /** Columns it may read when not all of them. */
  readonly selectColumns?: readonly string[];
  /** Columns it may not read, of a table that may get more. */
  readonly hiddenColumns?: readonly string[];
  readonly insert?: string;
  readonly update?: string;
  /** What a changed row must be; `update` when it is not said. */
  readonly updated?: string;
  readonly updateColumns?: readonly string[];
  readonly delete?: string;
  /** What the statistics login may read. */
  readonly statistics?: string;
  /** What the work login may do; everything when it is not said. */
  readonly work?: readonly Verb[];
  /** What the login for the trail may do. */
  readonly audit?: readonly Verb[];
}

const ORGANISATION = '(SELECT app.organisation())';
const ME = '(SELECT app.me())';
const EVERYWHERE = '(SELECT app.everywhere())';
const AUDITS = `(SELECT app.holds('auditor'))`;
const ADMINISTERS = `(SELECT app.holds('administrator'))`;
/** Files of a person that an act may read and lock, and not change. */
const BEYOND = '((SELECT app.beyond())::uuid[])';

/** The rule of libs/access (`visibilityOf`) and of record/sql/visible-case.sql. */
const CASE = `organisation_id = ${ORGANISATION} AND (
  ${EVERYWHERE}
  OR (office_id = (SELECT app.office()) AND confidentiality <> 'SEALED')
  OR id = ANY ((SELECT app.own_cases())::uuid[])
  OR id = ANY (${BEYOND}))`;

/**
 * The row belongs to a case that the caller reaches, or whose person they act on. Asked by a function, not by a subquery on
 * case_file: a statement over ten tables would plan the rule of that table ten times, which takes longer than to run it.
 */
const ofCase = (table: string): string => `(app.sees(${table}.case_id) OR ${table}.case_id = ANY (${BEYOND}))`;
/** The same without the files that only the act reaches. */
const ofOwnCase = (table: string): string => `app.sees(${table}.case_id)`;
/** A case and its parts are written by one statement, which does not see the case yet. */
const ofNewCase = (table: string): string => `app.is_new(${table}.case_id)`;
/** A part of a case that the caller reaches, or of one that is written by the same statement. */
const ofGrowingCase = (table: string): string => `app.adds_to(${table}.case_id)`;

const and = (...parts: readonly (string | false)[]): string => parts.filter((part) => part !== false).join(' AND ');

/** What every row says of itself, where it has the columns: whose it is, and who wrote it. */
const ownMarks = ({ columns }: Table): readonly (string | false)[] => [
  columns.includes('organisation_id') && `organisation_id = ${ORGANISATION}`,
  columns.includes('recorded_by') && `recorded_by = ${ME}`,
];

const WITHDRAWAL = ['withdrawn_at', 'withdrawn_by', 'withdrawn_for'];
/** What was told or decided is added to, and never changed. */
const NEVER_CHANGED = new Set([
  'testimony',
  'amendment',
  'note',
  'verification',
  'account_choice',
  'case_number',
  'erasure',
  'risk_review',
]);
/** Parts that are no record of anything: they may be taken away and written anew. */
const DERIVED = new Set(['external_id', 'match_key', 'match_pending', 'reseal_pending']);

/** A part of a case: visible with it, added to it, and of an event only its withdrawal is ever changed. */
function partOfCase(table: Table): Rule {
  const { name, columns } = table;
  const withdrawn = columns.includes('withdrawn_at');
  return {
    select: ofCase(name),
    insert: and(...ownMarks(table), ofGrowingCase(name)),
    ...(NEVER_CHANGED.has(name) ? {} : { update: ofOwnCase(name) }),
    ...(withdrawn ? { updateColumns: WITHDRAWAL } : {}),
    ...(DERIVED.has(name) ? { delete: ofOwnCase(name) } : {}),
  };
}

/** What a lawyer wrote under privilege is read and written by lawyers who are assigned to the case. */
function privately({ select = 'false', insert = 'false', ...rest }: Rule): Rule {
  const assigned = `EXISTS (SELECT FROM assignment a WHERE a.case_id = note.case_id AND a.user_id = ${ME} AND a.ended_at IS NULL)`;
  const mayKnow = `(NOT note.privileged OR ((SELECT app.assigned()) AND ${assigned}))`;
  return { ...rest, select: and(select, mayKnow), insert: and(insert, mayKnow) };
}

/** A fact: made anew with every change, for all files of the person. */
function fact({ name }: Table): Rule {
  const counted = `EXISTS (SELECT FROM fact_arrest f WHERE f.case_id = ${name}.case_id AND f.arrest_no = ${name}.arrest_no)`;
  return {
    select: ofCase(name),
    insert: `(${ofGrowingCase(name)} OR ${name}.case_id = ANY (${BEYOND}))`,
    delete: ofCase(name),
    statistics: counted,
  };
}

const FACT_ARREST = `organisation_no = (SELECT app.organisation_no())`;
const JOB = `organisation_id = ${ORGANISATION} AND (kind <> 'import' OR created_by = ${ME} OR ${EVERYWHERE})`;
const OF_JOB = 'EXISTS (SELECT FROM job j WHERE j.id = job_id)';
const MERGE = `organisation_id = ${ORGANISATION} AND ${EVERYWHERE}`;
const REPORT = `organisation_id = ${ORGANISATION} AND (${EVERYWHERE} OR created_by = ${ME})`;
const STAFF = `organisation_id = ${ORGANISATION}`;
const OWN = `user_id = ${ME}`;
const OWN_OR_STAFF = `(${OWN} OR (${ADMINISTERS} AND EXISTS (SELECT FROM app_user u WHERE u.id = user_id)))`;
/** For the service itself: the serving login has no right to it at all. */
const NONE: Rule = {};

/** The trail is only ever added to, also by the work login. */
const ADDED: readonly Verb[] = ['select', 'insert'];
/** The seal over the trail. */
const SEAL: Rule = { work: ['select'], audit: ADDED };

/** Tables of which more is to be said than their columns tell. */
const SPECIAL: Readonly<Record<string, Rule>> = {
  case_file: {
    select: CASE,
    insert: `organisation_id = ${ORGANISATION} AND recorded_by = ${ME} AND office_id = (SELECT app.home()) AND (SELECT app.records())`,
    update: CASE,
    updated: `organisation_id = ${ORGANISATION} AND id <> ALL (${BEYOND})`,
  },
  // Whoever can assign can let somebody in: the root of trust. A case that is new is assigned by whoever records it.
  // It cannot ask case_file, whose rule asks here.
  assignment: {
    select: `(user_id = ${ME} OR app.sees(case_id))`,
    insert: `recorded_by = ${ME} AND ((${EVERYWHERE} AND app.sees(case_id)) OR (user_id = ${ME} AND (SELECT app.records()) AND ${ofNewCase('assignment')}))`,
    update: `${EVERYWHERE} AND app.sees(case_id)`,
    updateColumns: ['ended_at', 'ended_by'],
  },
  // Its keys are a case's life: a coordinator erases a person by destroying them, with the salts of the trail, when another
  // one has asked for it.
  case_key: {
    select: ofCase('case_key'),
    insert: ofGrowingCase('case_key'),
    delete: `${EVERYWHERE} AND ${ofOwnCase('case_key')} AND app.erasure_agreed(case_key.case_id)`,
  },
  legal_hold: {
    select: ofCase('legal_hold'),
    insert: `placed_by = ${ME} AND ${ofOwnCase('legal_hold')}`,
    update: ofOwnCase('legal_hold'),
    updateColumns: ['release_asked_at', 'release_asked_by', 'released_at', 'released_by'],
  },
  // Asked by the service when the time of a case is over, decided by coordinators.
  erasure_proposal: {
    select: `${STAFF} AND ${EVERYWHERE}`,
    update: `${STAFF} AND ${EVERYWHERE}`,
    updateColumns: ['state', 'decided_at', 'decided_by'],
  },
  // One asks in their own name, another one confirms; what was decided stays so.
  erasure_request: {
    select: `${STAFF} AND ${EVERYWHERE}`,
    insert: `${STAFF} AND ${EVERYWHERE} AND asked_by = ${ME} AND state = 'OPEN' AND app.sees(case_id)`,
    update: `${STAFF} AND ${EVERYWHERE} AND state = 'OPEN'`,
    updated: `${STAFF} AND ${EVERYWHERE} AND state <> 'OPEN' AND decided_by = ${ME}`,
    updateColumns: ['state', 'decided_at', 'decided_by'],
  },
  // Whoever opens a case in an emergency lets themselves in, inside their organisation; the trigger break_glass_is_told
  // sees to it that a second person hears of it.
  break_glass: {
    select: `(${OWN} OR (${STAFF} AND ${EVERYWHERE}))`,
    insert: `${STAFF} AND ${OWN} AND (SELECT app.opens()) AND app.in_house(case_id) AND expires_at <= now() + interval '24 hours'`,
    update: `${STAFF} AND ${EVERYWHERE}`,
    updateColumns: ['ended_at', 'ended_by'],
  },
  case_notice: {
    select: `${STAFF} AND (${OWN} OR ${EVERYWHERE} OR ${AUDITS})`,
    insert: `${STAFF} AND ${OWN}`,
    update: `${STAFF} AND (${EVERYWHERE} OR ${AUDITS})`,
    updateColumns: ['acknowledged_at', 'acknowledged_by'],
  },
  reading_day: {
    select: `${STAFF} AND (${OWN} OR ${EVERYWHERE})`,
    insert: `${STAFF} AND ((${OWN} AND allowance = 0) OR (${EVERYWHERE} AND user_id <> ${ME}))`,
    update: `${STAFF} AND (${OWN} OR ${EVERYWHERE})`,
    updateColumns: ['readings', 'allowance'],
  },
  fact_arrest: {
    // Lists go through many of these: nothing but comparisons with what is asked once.
    select: `${FACT_ARREST} AND (${EVERYWHERE}
      OR (office_no = (SELECT app.office_no()) AND NOT sealed)
      OR case_id = ANY ((SELECT app.own_cases())::uuid[]) OR case_id = ANY (${BEYOND}))`,
    insert: `${FACT_ARREST} AND (${ofGrowingCase('fact_arrest')} OR case_id = ANY (${BEYOND}))`,
    delete: `${FACT_ARREST} AND ${ofCase('fact_arrest')}`,
    statistics: `${FACT_ARREST} AND ${EVERYWHERE}`,
  },
  merge: { select: MERGE, insert: `${MERGE} AND merged_by = ${ME}`, update: MERGE },
  duplicate_candidate: { select: MERGE, update: MERGE },
  job: {
    select: JOB,
    insert: `organisation_id = ${ORGANISATION} AND created_by = ${ME}`,
    update: JOB,
    delete: `organisation_id = ${ORGANISATION} AND created_by = ${ME}`,
  },
  // The uploaded file holds names: it goes in, and only the work login reads it.
  import_piece: { select: OF_JOB, selectColumns: ['job_id', 'position'], insert: OF_JOB, delete: OF_JOB },
  import_fault: { select: OF_JOB },
  report: { select: REPORT, insert: REPORT, update: REPORT },
  audit_entry: {
    // A coordinator reads who looked into a case.
    select: `organisation_id = ${ORGANISATION} AND (${AUDITS} OR (${EVERYWHERE} AND case_id IS NOT NULL))`,
    insert: `organisation_id = ${ORGANISATION} AND actor_id = ${ME}`,
    work: ADDED,
    audit: ['select'],
  },
  // With its salt gone an entry is a stub: that is how a person is erased from the trail, by the work login.
  audit_salt: {
    select: `EXISTS (SELECT FROM audit_entry e WHERE e.id = entry_id)`,
    insert: `${ME} IS NOT NULL`,
    delete: `${EVERYWHERE} AND app.sees(case_id) AND app.erasure_agreed(case_id)`,
    work: ['select', 'insert', 'delete'],
    audit: ['select'],
  },
  audit_leaf: SEAL,
  audit_node: SEAL,
  audit_checkpoint: SEAL,
  audit_verification: { work: ADDED, audit: ['select'] },
  idempotency_key: { select: OWN, insert: OWN, update: OWN },
  // Locking a row asks for the right to change it.
  organisation: {
    select: `id = ${ORGANISATION}`,
    update: `id = ${ORGANISATION}`,
    updated: 'false',
    updateColumns: ['name'],
  },
  office: { select: STAFF, insert: `${STAFF} AND ${ADMINISTERS}`, update: `${STAFF} AND ${ADMINISTERS}` },
  // A password's record is the work login's alone; the client that serves leaves it out (database.ts).
  app_user: {
    hiddenColumns: ['password_hash'],
    select: STAFF,
    insert: `${STAFF} AND ${ADMINISTERS}`,
    update: `${STAFF} AND ${ADMINISTERS}`,
  },
  session_family: { select: OWN_OR_STAFF, update: OWN_OR_STAFF },
  access_token: NONE,
  refresh_token: NONE,
  sign_in_throttle: NONE,
  setup_code: NONE,
  sign_in_challenge: NONE,
  sign_in_bucket: NONE,
  totp_factor: NONE,
  passkey: NONE,
  recovery_code: NONE,
  service_token: NONE,
  oidc_identity: NONE,
  scope_restoration: NONE,
  alert: {
    select: `${STAFF} AND (${ADMINISTERS} OR ${EVERYWHERE})`,
    insert: STAFF,
    update: `${STAFF} AND (${ADMINISTERS} OR ${EVERYWHERE})`,
  },
  installation_key: NONE,
  organisation_key: NONE,
  passphrase_key: NONE,
};

/** Tables that no login of the service may touch. */
export const OWNERS_ONLY: ReadonlySet<string> = new Set(['wall_key']);

/** The rule of a table, or null for one that holds nobody's rows: reference data, which everybody may read. */
export function ruleOf(table: Table): Rule | null {
  const { name, columns } = table;
  const special = SPECIAL[name];
  if (special) return special;
  if (name === 'note') return privately(partOfCase(table));
  if (columns.includes('case_id')) return name.startsWith('fact_') ? fact(table) : partOfCase(table);
  if (columns.includes('organisation_id')) return { select: STAFF, insert: STAFF, update: STAFF, delete: STAFF };
  if (columns.includes('user_id')) return { select: OWN, insert: OWN, update: OWN, delete: OWN };
  return null;
}
