/**
 * `node bin/docker/make-secrets.mjs`: passwords for docker-compose.yml, in var/secrets. Existing ones are kept.
 *
 * Compose mounts the files themselves with the rights they have here, and the containers run as users of their own, so
 * the files are readable by all and the folder by its owner only.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { inVar, makeVar, say } from '../lib/project.mjs';

makeVar();
mkdirSync(inVar('secrets'), { recursive: true, mode: 0o700 });

function secret(name, value) {
  const file = inVar('secrets', name);
  if (!existsSync(file)) {
    writeFileSync(file, value, { mode: 0o444 });
    say(`made var/secrets/${name}`);
  }
  return readFileSync(file, 'utf8');
}

secret('postgres_password', randomBytes(24).toString('hex'));
const password = secret('amparo_password', randomBytes(24).toString('hex'));
secret('database_url', `postgresql://amparo:${password}@postgres:5432/amparo`);
