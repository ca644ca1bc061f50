/** What a backup says of itself: at its opening what it needs, at its closing what was in it. */

export interface Migration {
  readonly name: string;
  readonly checksum: string;
}

/** A file of a person who was erased: its keys must not come back with an older backup. */
export interface Erasure {
  readonly caseId: string;
  readonly at: string;
  /** The row that proves it, by column; a person's further files have none of their own. */
  readonly receipt: object | null;
}

export interface ArtefactOpening {
  readonly backup: string;
  readonly at: string;
  readonly kind: 'data' | 'keys';
  /** Version of the PostgreSQL server that was read. */
  readonly server: string;
  /** The schema: what was applied, in order. */
  readonly migrations: readonly Migration[];
  /** Every case erased so far. */
  readonly erasures: readonly Erasure[];
}

export interface PartName {
  readonly kind: 'table' | 'file';
  readonly name: string;
  /** Of a table, in the order of its rows' values. */
  readonly columns?: readonly string[];
}

export interface PartEnd extends PartName {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Sequence {
  readonly name: string;
  readonly value: string;
  readonly called: boolean;
}

/** Where the sealed audit trail stood. */
export interface TrailState {
  readonly entries: number;
  /** Text of the last signed checkpoint, if the trail has one. */
  readonly checkpoint: string | null;
}

export interface Closing {
  readonly parts: readonly PartEnd[];
  readonly sequences: readonly Sequence[];
  readonly trail: TrailState | null;
}

/** One thing that is not as the backup says. */
export interface Difference {
  readonly part: string;
  readonly what: 'missing' | 'not in the backup' | 'rows' | 'content' | 'sequence';
  readonly expected: string;
  readonly found: string;
}

/** Compares the tables of a database with those that a backup holds: rows first, because a number says more. */
export function differences(expected: readonly PartEnd[], found: readonly PartEnd[]): Difference[] {
  const tables = (parts: readonly PartEnd[]): Map<string, PartEnd> =>
    new Map(parts.filter(({ kind }) => kind === 'table').map((part) => [part.name, part]));
  const [wanted, there] = [tables(expected), tables(found)];
  const all: Difference[] = [];
  for (const [part, { rows, sha256 }] of wanted) {
    const other = there.get(part);
    if (!other) all.push({ part, what: 'missing', expected: `${rows} rows`, found: 'no table' });
    else if (other.rows !== rows) all.push({ part, what: 'rows', expected: String(rows), found: String(other.rows) });
    else if (other.sha256 !== sha256) all.push({ part, what: 'content', expected: sha256, found: other.sha256 });
  }
  for (const [part, { rows }] of there)
    if (!wanted.has(part)) all.push({ part, what: 'not in the backup', expected: 'no table', found: `${rows} rows` });
  return all;
}

/** Sequences that stand elsewhere than the backup says. */
export function sequenceDifferences(expected: readonly Sequence[], found: readonly Sequence[]): Difference[] {
  const there = new Map(found.map((sequence) => [sequence.name, sequence]));
  const said = (one: Sequence | undefined): string => (one ? `${one.value}${one.called ? '' : ' next'}` : 'none');
  return expected
    .filter((sequence) => said(sequence) !== said(there.get(sequence.name)))
    .map((sequence) => ({
      part: sequence.name,
      what: 'sequence',
      expected: said(sequence),
      found: said(there.get(sequence.name)),
    }));
}
