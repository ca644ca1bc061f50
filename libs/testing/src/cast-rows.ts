/** Puts the cast into a database that has the tables. */
import { Algorithm, hash } from '@node-rs/argon2';
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { CAST, EVERYBODY, OFFICES, ORGANISATIONS, PASSWORD, emailOf, idOf, sessionIdOf, tokenOf } from './cast.js';

/** Parameters travel with a hash: these are weak on purpose, so that signing in costs a test nothing. */
const QUICK = { algorithm: 2 satisfies Algorithm as Algorithm, memoryCost: 1024, timeCost: 1, parallelism: 1 };

/** Inserts organisations, offices, people and one session each. The numbers follow from the order (cast.ts). */
export async function insertCast(client: pg.Client): Promise<void> {
  const password = await hash(PASSWORD, QUICK);
  for (const { id, name, acronym, country } of Object.values(ORGANISATIONS)) {
    await client.query('insert into organisation (id, name, acronym, country) values ($1, $2, $3, $4)', [
      id,
      name,
      acronym,
      country,
    ]);
  }
  for (const { id, organisation, name } of Object.values(OFFICES)) {
    const { id: organisationId, country } = ORGANISATIONS[organisation];
    await client.query('insert into office (id, organisation_id, name, country) values ($1, $2, $3, $4)', [
      id,
      organisationId,
      name,
      country,
    ]);
  }
  for (const who of EVERYBODY) {
    const { name, roles, office } = CAST[who];
    await client.query(
      `insert into app_user (id, organisation_id, office_id, email, display_name, roles, password_hash)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        idOf(who),
        ORGANISATIONS[OFFICES[office].organisation].id,
        OFFICES[office].id,
        emailOf(who),
        name,
        roles,
        password,
      ],
    );
    await client.query('insert into session_family (id, user_id) values ($1, $2)', [sessionIdOf(who), idOf(who)]);
    await client.query(`insert into access_token (hash, family_id, expires_at) values ($1, $2, '2099-01-01')`, [
      createHash('sha256').update(tokenOf(who)).digest(),
      sessionIdOf(who),
    ]);
  }
}
