/**
 * What Postgres and Prisma can refuse, translated once into problems that tell a client what to do and nothing else:
 * no message, table or value of the database leaves this file (security/design.md §9, "Error map").
 */
import { problem, Problem } from '#lib/problem';

export const databaseProblems = {
  unavailable: problem(
    'service.unavailable',
    'unavailable',
    () => 'The database cannot be reached just now. Try again shortly.',
    2,
  ),
  tooSlow: problem(
    'service.too-slow',
    'unavailable',
    () => 'This took longer than allowed and was stopped. Nothing was changed.',
    5,
  ),
  contention: problem(
    'service.contention',
    'unavailable',
    () => 'Several changes met at once. Nothing was changed; try again.',
    1,
  ),
  full: problem('service.storage-full', 'storage-full', () => 'There is no room left to write. Reading still works.'),
  taken: problem('record.already-exists', 'conflict', () => 'This is recorded already.'),
  missing: problem('record.not-found', 'not-found', () => 'There is nothing here.'),
  breaksRule: problem('record.breaks-rule', 'refused', () => 'The record’s own rules refuse this.'),
  badText: problem('text.not-storable', 'invalid', () => 'A text holds characters that cannot be stored.'),
  emailTaken: problem('user.email-taken', 'conflict', () => 'There is an account with this address already.'),
  officeTaken: problem('office.name-taken', 'conflict', () => 'The organisation has an office of this name already.'),
  externalIdTaken: problem(
    'case.external-id-taken',
    'conflict',
    () => 'Your organisation has a case with this external id already.',
  ),
  alreadyMerged: problem(
    'merge.already-merged',
    'conflict',
    () => 'This file has been merged into another one already.',
  ),
  // Nobody with a live session asks: at the door (apps/api/src/access), or the session ended while the request was under way.
  sessionEnded: problem(
    'access.sign-in-needed',
    'unauthenticated',
    () => 'Sign in, and send the access token as a bearer token.',
  ),
  // The service took somebody for who they were some seconds ago. It looks again and asks again by itself
  // (apps/api/src/access/proof.interceptor.ts); nobody is told this who does not send requests faster than that.
  callerChanged: problem(
    'access.caller-changed',
    'unavailable',
    () => 'What you may do was changed while this was under way. Nothing was changed; try again.',
    1,
  ),
  alreadyAssigned: problem(
    'assignment.already-assigned',
    'conflict',
    () => 'This person is assigned to the case already.',
  ),
} as const;

type Maker = () => Problem;

/** Constraint name to what it means. A name that is not here is a rule that validation should have caught first. */
const CONSTRAINTS: Readonly<Record<string, Maker>> = {
  app_user_email_key: () => databaseProblems.emailTaken({}),
  office_name_key: () => databaseProblems.officeTaken({}),
  external_id_pkey: () => databaseProblems.externalIdTaken({}),
  merge_absorb_in_force_key: () => databaseProblems.alreadyMerged({}),
  assignment_in_force_key: () => databaseProblems.alreadyAssigned({}),
};

const BY_STATE: Readonly<Record<string, Maker>> = {
  '23502': () => databaseProblems.breaksRule({}),
  '23503': () => databaseProblems.missing({}),
  '23505': () => databaseProblems.taken({}),
  '23514': () => databaseProblems.breaksRule({}),
  '23P01': () => databaseProblems.taken({}),
  '22021': () => databaseProblems.badText({}),
  '22P05': () => databaseProblems.badText({}),
  '22003': () => databaseProblems.breaksRule({}),
  '22007': () => databaseProblems.breaksRule({}),
  '22008': () => databaseProblems.breaksRule({}),
  '22P02': () => databaseProblems.breaksRule({}),
  '40001': () => databaseProblems.contention({}),
  '40P01': () => databaseProblems.contention({}),
  '55P03': () => databaseProblems.contention({}),
  '57014': () => databaseProblems.tooSlow({}),
  '25P03': () => databaseProblems.tooSlow({}),
  '53100': () => databaseProblems.full({}),
  '53200': () => databaseProblems.unavailable({}),
  '53300': () => databaseProblems.unavailable({}),
  U0001: () => databaseProblems.sessionEnded({}),
  U0002: () => databaseProblems.callerChanged({}),
  // A wall was hit that the guard should have caught: the caller learns only that there is nothing here.
  '42501': () => databaseProblems.missing({}),
};

const BY_PRISMA: Readonly<Record<string, Maker>> = {
  P1001: () => databaseProblems.unavailable({}),
  P1002: () => databaseProblems.unavailable({}),
  P1008: () => databaseProblems.tooSlow({}),
  P1017: () => databaseProblems.unavailable({}),
  P2000: () => databaseProblems.breaksRule({}),
  P2002: () => databaseProblems.taken({}),
  P2003: () => databaseProblems.missing({}),
  P2004: () => databaseProblems.breaksRule({}),
  P2007: () => databaseProblems.breaksRule({}),
  P2018: () => databaseProblems.missing({}),
  P2020: () => databaseProblems.breaksRule({}),
  P2023: () => databaseProblems.badText({}),
  P2024: () => databaseProblems.unavailable({}),
  P2025: () => databaseProblems.missing({}),
  P2028: () => databaseProblems.unavailable({}),
  P2034: () => databaseProblems.contention({}),
  P2037: () => databaseProblems.unavailable({}),
};

const CONNECTION =
  /Connection terminated|Connection ended|ConnectionClosed|ECONNREFUSED|ECONNRESET|EPIPE|timeout exceeded when trying to connect|Client was closed|Client has encountered a connection error/;
const CONNECTION_STATES = /^(08|57P0)/;

/** The facts of a failure that matter, dug out of pg's, adapter-pg's and Prisma's shapes. */
interface Failure {
  readonly state: string | null;
  readonly prisma: string | null;
  readonly constraint: string | null;
  readonly message: string;
}

interface Shape {
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly meta?: { readonly driverAdapterError?: unknown; readonly code?: unknown };
  readonly originalCode?: unknown;
  readonly originalMessage?: unknown;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function look(error: unknown, depth = 0): Failure {
  if (typeof error !== 'object' || error === null || depth > 5)
    return { state: null, prisma: null, constraint: null, message: '' };
  const shape = error as Shape;
  const deeper = look(shape.meta?.driverAdapterError ?? shape.cause, depth + 1);
  const code = text(shape.code);
  const prisma = code !== null && /^P\d{4}$/.test(code) ? code : deeper.prisma;
  const state =
    code !== null && /^[0-9A-Z]{5}$/.test(code) && !/^P\d{4}$/.test(code)
      ? code
      : (text(shape.originalCode) ?? deeper.state);
  const constraint =
    text(shape.constraint) ??
    /constraint "([a-z0-9_]+)"/.exec(`${text(shape.originalMessage) ?? ''} ${text(shape.message) ?? ''}`)?.[1] ??
    deeper.constraint;
  return { state, prisma, constraint, message: `${text(shape.message) ?? ''} ${code ?? ''} ${deeper.message}` };
}

/** The problem that a database failure means, or null when the error is not the database's. */
export function databaseProblem(error: unknown): Problem | null {
  if (error instanceof Problem) return null;
  const failure = look(error);
  const named = failure.constraint === null ? undefined : CONSTRAINTS[failure.constraint];
  if (named) return named();
  if (failure.state !== null) {
    const byState = BY_STATE[failure.state];
    if (byState) return byState();
    if (CONNECTION_STATES.test(failure.state)) return databaseProblems.unavailable({});
  }
  if (CONNECTION.test(failure.message)) return databaseProblems.unavailable({});
  const byPrisma = failure.prisma === null ? undefined : BY_PRISMA[failure.prisma];
  return byPrisma ? byPrisma() : null;
}

/** Whether repeating the whole transaction may succeed: two writers met. */
export function isContention(error: unknown): boolean {
  const failure = look(error);
  return failure.state === '40001' || failure.state === '40P01' || failure.prisma === 'P2034';
}

/** Whether the database as a whole could not answer, whatever was asked: asking again one by one would not help. */
export function isNobodysFault(error: unknown): boolean {
  const problem = error instanceof Problem ? error : databaseProblem(error);
  return problem?.kind === 'unavailable' || problem?.kind === 'storage-full';
}
