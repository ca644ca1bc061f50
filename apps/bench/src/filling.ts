/** Fills the database with copies of recorded cases, and times COPY alone. */
import type pg from 'pg';
import { chanceOf } from './chance.js';
import { copyIn } from './copy.js';
import type { Place } from './place.js';
import type { Staff } from './staff.js';
import { makeCopies, type Copies, type Templates } from './templates.js';

const BATCH = 2_000;

async function copyAll(client: pg.Client, templates: Templates, made: Copies): Promise<void> {
  await client.query('BEGIN');
  for (const [index, table] of templates.tables.entries())
    await copyIn(client, table.name, table.columns, made.lines[index]!);
  await client.query('COMMIT');
}

/** Numbers of changes, as the sequence would have given them; it is set behind them afterwards. */
async function numbering(client: pg.Client): Promise<{ next: () => string; close: () => Promise<void> }> {
  const { rows } = await client.query<{ last: string }>('SELECT last_value::text AS last FROM fact_change');
  let last = Number(rows[0]?.last ?? 0);
  return {
    next: () => String(++last),
    close: async () => void (await client.query(`SELECT setval('fact_change', $1)`, [last])),
  };
}

/** Adds so many cases. The same seed and purpose give the same people. */
export async function addCases(
  place: Place,
  templates: Templates,
  staff: Staff,
  seed: number,
  purpose: string,
  count: number,
  progress: (done: number) => void = () => undefined,
): Promise<void> {
  const chance = chanceOf(seed, purpose);
  await place.with(async (client) => {
    const numbers = await numbering(client);
    for (let done = 0; done < count; done += BATCH) {
      const chosen = Array.from({ length: Math.min(BATCH, count - done) }, () => chance.pick(templates.cases));
      await copyAll(client, templates, makeCopies(templates, chosen, staff, chance, numbers.next));
      progress(Math.min(count, done + BATCH));
    }
    await numbers.close();
  });
}

/** Seconds that COPY takes for the rows of these cases into all their tables: one transaction, the text made beforehand. */
export async function timeCopy(
  place: Place,
  templates: Templates,
  staff: Staff,
  seed: number,
  purpose: string,
): Promise<number> {
  return place.with(async (client) => {
    const numbers = await numbering(client);
    const made = makeCopies(templates, templates.cases, staff, chanceOf(seed, purpose), numbers.next);
    const began = performance.now();
    await copyAll(client, templates, made);
    const seconds = (performance.now() - began) / 1000;
    await numbers.close();
    return seconds;
  });
}
