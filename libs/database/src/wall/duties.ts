/**
 * The logins of the service, one a duty. Rights belong to a role of fixed name (`amparo_serve`), which cannot sign in;
 * the login of an installation (`amparo_serve_1f2e3d4c`) is a member of it. So two installations on one server share
 * neither a password nor a login, and the policies of a database can name the role.
 *
 *   serve       acts over HTTP: case data only under the identity that a session token proves
 *   work        background jobs, sign-in, the service's own tables: every row, but no change of the audit trail
 *   statistics  questions: facts and reference data of one organisation, read only
 *   audit       reads and seals the trail, and nothing else
 *   backup      reads everything
 */
import { createHash, hkdfSync } from 'node:crypto';

export const DUTIES = ['serve', 'work', 'statistics', 'audit', 'backup'] as const;
export type Duty = (typeof DUTIES)[number];

/** The role that holds the rights of a duty. */
export const roleOf = (duty: Duty): string => `amparo_${duty}`;

export interface Login {
  readonly user: string;
  readonly password: string;
}

export type Logins = Readonly<Record<Duty, Login>>;

/** The logins of an installation, always the same for its secret, so that nothing more has to be kept or lost. */
export function loginsFrom(secret: Buffer): Logins {
  const derive = (purpose: string, bytes: number): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, createHash('sha256').update('amparo').digest(), purpose, bytes));
  const installation = derive('name of the database logins', 4).toString('hex');
  const login = (duty: Duty): Login => ({
    user: `${roleOf(duty)}_${installation}`,
    password: derive(`password of the database login ${duty}`, 32).toString('base64url'),
  });
  return Object.fromEntries(DUTIES.map((duty) => [duty, login(duty)])) as Record<Duty, Login>;
}

/** The address of a database for another login. */
export function addressFor(url: string, { user, password }: Login): string {
  const address = new URL(url);
  address.username = encodeURIComponent(user);
  address.password = encodeURIComponent(password);
  return address.href;
}
