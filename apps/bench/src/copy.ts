/** Rows in and out by COPY in its text form, the fastest way there is. */
import pg from 'pg';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** How COPY writes a null. */
export const NULL = '\\N';

/** Fills a table with lines of COPY's text form. */
export async function copyIn(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  lines: Buffer,
): Promise<void> {
  if (lines.length === 0) return;
  const names = columns.map((column) => `"${column}"`).join(', ');
  await pipeline(Readable.from(chunks(lines)), client.query(copyFrom(`COPY ${table} (${names}) FROM STDIN`)));
}

function* chunks(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

/** The rows of a question, each as its cells in COPY's text form. */
export async function copyOut(client: pg.Client, sql: string): Promise<string[][]> {
  const pieces: Buffer[] = [];
  for await (const piece of client.query(copyTo(`COPY (${sql}) TO STDOUT`)) as AsyncIterable<Buffer>)
    pieces.push(piece);
  const text = Buffer.concat(pieces).toString('utf8');
  return text === ''
    ? []
    : text
        .slice(0, -1)
        .split('\n')
        .map((line) => line.split('\t'));
}

/** A text as COPY wants it. */
export const cell = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
