/** What the bare server does, statement by statement; the plain SQL variant does the same without a server. */
import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { sqlFile, type SqlFile, type SqlValues } from '#lib/database';

const bareRead = sqlFile(import.meta.url, './sql/bare-read.sql');
const bareList = sqlFile(import.meta.url, './sql/bare-list.sql');
const bareRecord = sqlFile(import.meta.url, './sql/bare-record.sql');

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
function caseNumber(): string {
  const letters = [...randomBytes(8)].map((byte) => BASE32[byte % 32]).join('');
  return `BARE-${letters.slice(0, 4)}-${letters.slice(4)}`;
}

async function body(pool: pg.Pool, file: SqlFile, values: SqlValues): Promise<string | null> {
  const compiled = file.compile(values);
  const { rows } = await pool.query<{ body: string }>({
    name: compiled.name,
    text: compiled.text,
    values: file.bind(compiled, values),
  });
  return rows[0]?.body ?? null;
}

/** One case as JSON; null when there is none to see. */
export const readCase = (pool: pg.Pool, token: Buffer, caseId: string): Promise<string | null> =>
  body(pool, bareRead, { token, case: caseId });

/** Where a page begins: behind this row. */
export interface Position {
  readonly day: string;
  readonly id: string;
}

/** A page as JSON, the first one when no position is given. */
export async function listCases(
  pool: pg.Pool,
  token: Buffer,
  legalGround: number,
  after: Position | null,
  limit: number,
): Promise<string> {
  return (
    (await body(pool, bareList, { token, legalGround, afterDay: after?.day, afterId: after?.id, limit: limit + 1 })) ??
    '[]'
  );
}

interface Sent {
  readonly arrest: { readonly at: string };
}

/** Records a case and answers its id and number; null when the token is nobody's. The text is the JSON that was sent. */
export function recordCase(pool: pg.Pool, token: Buffer, sent: Sent, text: string): Promise<string | null> {
  return body(pool, bareRecord, {
    token,
    number: caseNumber(),
    body: text,
    from: `${sent.arrest.at} 00:00:00`,
    to: `${sent.arrest.at} 23:59:00`,
  });
}
