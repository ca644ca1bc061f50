/**
 * Who works in the benchmark: an organisation with four offices and a second one for what the bare server writes, so
 * that its cases, which have no facts, do not stand among those that figures count. Sessions are put into the tables,
 * because signing in is not what is measured.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Place } from './place.js';

export interface Worker {
  readonly userId: string;
  readonly token: string;
}

export interface Office {
  readonly id: string;
  readonly no: number;
  /** Share of the cases that are its own. */
  readonly share: number;
}

export interface Staff {
  readonly organisationId: string;
  readonly organisationNo: number;
  readonly offices: readonly Office[];
  /** Works in the first office. */
  readonly caseworker: Worker;
  readonly coordinator: Worker;
  /** Calls the bare server when it writes. */
  readonly bareWriter: Worker;
}

const SHARES = [0.55, 0.25, 0.15, 0.05];

/** Creates everybody. */
export async function hire(place: Place): Promise<Staff> {
  const main = await organisation(place, 'Benchmark', 'BENCH', SHARES);
  const other = await organisation(place, 'Bare', 'BARE', [1]);
  const office = main.offices[0]!.id;
  return {
    ...main,
    caseworker: await user(place, main.organisationId, office, 'caseworker'),
    coordinator: await user(place, main.organisationId, office, 'coordinator'),
    bareWriter: await user(place, other.organisationId, other.offices[0]!.id, 'caseworker'),
  };
}

async function organisation(
  place: Place,
  name: string,
  acronym: string,
  shares: readonly number[],
): Promise<Pick<Staff, 'organisationId' | 'organisationNo' | 'offices'>> {
  const sql = `INSERT INTO organisation (id, name, acronym, country) VALUES ($1, $2, $3, 'SV') RETURNING id, no`;
  const [made] = await place.rows<{ id: string; no: number }>(sql, [randomUUID(), name, acronym]);
  const offices: Office[] = [];
  for (const [index, share] of shares.entries()) {
    const into = `INSERT INTO office (id, organisation_id, name, country) VALUES ($1, $2, $3, 'SV') RETURNING id, no`;
    const [office] = await place.rows<{ id: string; no: number }>(into, [
      randomUUID(),
      made!.id,
      `Office ${index + 1}`,
    ]);
    offices.push({ ...office!, share });
  }
  return { organisationId: made!.id, organisationNo: made!.no, offices };
}

async function user(place: Place, organisationId: string, officeId: string, role: string): Promise<Worker> {
  const [userId, familyId, token] = [randomUUID(), randomUUID(), randomBytes(32).toString('base64url')];
  const email = `${role}-${userId.slice(0, 8)}@bench.example`;
  await place.rows(
    `INSERT INTO app_user (id, organisation_id, office_id, email, display_name, roles, password_hash) VALUES ($1, $2, $3, $4, $5, $6, 'nobody signs in with a password here')`,
    [userId, organisationId, officeId, email, role, [role]],
  );
  await place.rows('INSERT INTO session_family (id, user_id) VALUES ($1, $2)', [familyId, userId]);
  const hash = createHash('sha256').update(token).digest();
  await place.rows(
    `INSERT INTO access_token (hash, family_id, expires_at) VALUES ($1, $2, now() + interval '2 days')`,
    [hash, familyId],
  );
  return { userId, token };
}
