/** Who is asking. Resolved from a session token in the database at every request, never asserted by the client. */
import type { Permission } from './permissions.js';
import { rolesMay, type Role } from './roles.js';

export interface Caller {
  readonly userId: string;
  readonly sessionId: string;
  readonly organisationId: string;
  /** Its small number in fact rows, and its short name in case numbers. */
  readonly organisationNo: number;
  readonly acronym: string;
  /** The country whose pack the organisation works with by default, e.g. `SV`. */
  readonly country: string;
  readonly officeId: string | null;
  readonly officeNo: number | null;
  /** SHA-256 of the access token, with which statements ask the database again who this is. */
  readonly tokenHash: Buffer;
  readonly roles: readonly Role[];
  readonly requestId: string;
  /** What the caller gave as the reason for reading (header `X-Reason`), or null. */
  readonly reason: string | null;
  /** For how many seconds the caller's last proof of who they are has been good; null for a program's token. */
  readonly provenSecondsAgo?: number | null;
  /** Whether the account has a confirmed second factor. */
  readonly hasFactor?: boolean;
  /**
   * Set when the service remembers the caller from an earlier request: a digest of all of this as the database knew it.
   * The first statement of the request has it compared, and is refused when the database knows better by now.
   */
  readonly stamp?: string;
  /** What a program's token may be used for; absent or null is everything its owner may do. */
  readonly scopes?: readonly Permission[] | null;
}

/** Whether the caller's roles hold a permission, and, for a program's token, its scopes too. */
export function may(caller: Caller, permission: Permission): boolean {
  return rolesMay(caller.roles, permission) && (caller.scopes?.includes(permission) ?? true);
}

/** Whether a set of roles ever sees who a person is. Whoever does needs a second factor. */
export const seesIdentity = (roles: readonly Role[]): boolean => rolesMay(roles, 'identity:read');

/**
 * To which rows a caller's reading of cases reaches (design §4). Exactly these four doors exist, and a caller with
 * several roles has the union:
 *   `everywhere`  every case of the own organisation (coordinator)
 *   `office`      cases of this office, sealed ones only when assigned (caseworker)
 *   `assigned`    cases the caller is assigned to (lawyer)
 *   `opened`      a case that the caller opened by breaking the glass, for some hours; by its address only, in no list
 *                 (caseworker, lawyer; docs/reading.md)
 * One SQL fragment (`visible-case.sql`) turns it into a predicate; list, count, filter, search and export share it.
 */
export interface Visibility {
  readonly organisationId: string;
  readonly userId: string;
  readonly everywhere: boolean;
  readonly office: string | null;
  readonly assigned: boolean;
  readonly opened: boolean;
}

/** The rows a caller may reach. A caller without any case role reaches none. */
export function visibilityOf(caller: Caller): Visibility {
  return {
    organisationId: caller.organisationId,
    userId: caller.userId,
    everywhere: caller.roles.includes('coordinator'),
    office: caller.roles.includes('caseworker') ? caller.officeId : null,
    assigned: caller.roles.includes('lawyer'),
    opened: mayBreakGlass(caller),
  };
}

/** What of a case decides who reaches it. */
export interface Reachable {
  readonly organisationId: string;
  readonly officeId: string;
  readonly confidentiality: string;
  readonly assignments: readonly { readonly userId: string }[];
  /** Whether the caller has opened it by breaking the glass. */
  readonly opened: boolean;
}

/** Whether a case that was read is one that the caller reaches: the same rule, for a case in the hand. */
export function reaches(caller: Caller, file: Reachable): boolean {
  const { organisationId, userId, everywhere, office, assigned, opened } = visibilityOf(caller);
  if (file.organisationId !== organisationId) return false;
  const isAssigned = file.assignments.some((one) => one.userId === userId);
  return (
    everywhere ||
    (file.officeId === office && (file.confidentiality !== 'SEALED' || isAssigned)) ||
    (assigned && isAssigned) ||
    (opened && file.opened)
  );
}

/** Who works inside cases and sees a part of them only may open another one in an emergency (docs/reading.md). */
export function mayBreakGlass(caller: Caller): boolean {
  return may(caller, 'case:break-glass');
}

/** Administrators read alerts too, but learn of nobody who was forced or travels (docs/threat-model.md, T13). */
export function mayHearOfDuress(caller: Caller): boolean {
  return caller.roles.includes('coordinator') || caller.roles.includes('auditor');
}

/** A coordinator reads identity and testimony only with a stated reason (design §4). */
export function mayReadIdentity(caller: Caller): 'yes' | 'with-reason' | 'no' {
  if (!may(caller, 'identity:read')) return 'no';
  if (caller.roles.includes('caseworker') || caller.roles.includes('lawyer')) return 'yes';
  return caller.reason === null ? 'with-reason' : 'yes';
}
