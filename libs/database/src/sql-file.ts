/**
 * One question, one `.sql` file, in TypedSQL's header syntax, so that the files move over unchanged the day that
 * feature can be built without a live database (docs/adr/2026-11-21-sql-in-files.md):
 *
 *     -- What the question answers, in a sentence or two.
 *     -- @param {Uuid} $1:organisation  the caller's organisation
 *     -- @param {Text} $2:code?         only this legal ground
 *     SELECT … WHERE organisation_id = $1
 *       AND legal_ground = $2   --? code
 *
 * A line that ends in `--? name` is kept only when the caller gives `name` (a parameter or a bare flag), so that a plan
 * is made for the question really asked. `-- @include file.sql` puts a shared fragment in its place; a fragment names its
 * parameters (`$organisation`), because each file numbers its own. Values are only ever parameters; nothing from a
 * request becomes SQL text.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface SqlParameter {
  readonly position: number;
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

export interface CompiledSql {
  /** Name under which Postgres keeps the plan: a digest of the text. */
  readonly name: string;
  readonly text: string;
  /** Names of the parameters in the order of `$1, $2, …` of the compiled text. */
  readonly parameters: readonly string[];
}

export type SqlValues = Readonly<Record<string, unknown>>;

const HEADER = /^-- @param \{(\w+(?:\[\])?)\} \$(\d+):(\w+)(\?)?(?:\s|$)/;
const INCLUDE = /^\s*-- @include (\S+\.sql)\s*$/;
const OPTIONAL = /\s*--\? (\w+(?: \w+)*)\s*$/;

interface Line {
  readonly text: string;
  /** Kept only when every one of these was given. */
  readonly needs: readonly string[];
}

/** A parsed `.sql` file. Make one at module level with `sqlFile(import.meta.url, './sql/….sql')`. */
export class SqlFile {
  readonly parameters: readonly SqlParameter[];
  /** Names that are flags: they keep lines but bind no value. */
  readonly flags: readonly string[];
  private readonly lines: readonly Line[];
  private readonly compiled = new Map<string, CompiledSql>();

  constructor(
    readonly path: string,
    source: string,
  ) {
    const parameters: SqlParameter[] = [];
    const lines: Line[] = [];
    for (const raw of source.split('\n')) {
      const header = HEADER.exec(raw);
      if (header) {
        const [, type = '', position = '', name = '', optional] = header;
        parameters.push({ position: Number(position), name, type, optional: optional === '?' });
      } else if (!/^\s*--(?!\?)/.test(raw) && raw.trim() !== '') {
        const needs = OPTIONAL.exec(raw)?.[1]?.split(' ') ?? [];
        lines.push({ text: raw.replace(OPTIONAL, '').replace(/\s+--\s.*$/, ''), needs });
      }
    }
    this.parameters = parameters;
    this.lines = lines;
    const named = new Set(parameters.map((parameter) => parameter.name));
    this.flags = [...new Set(lines.flatMap((line) => line.needs))].filter((name) => !named.has(name));
  }

  /** The statement for what was given: optional lines decided, parameters numbered anew. Compiled once per shape. */
  compile(values: SqlValues): CompiledSql {
    const given = (name: string): boolean =>
      values[name] !== undefined && values[name] !== null && values[name] !== false;
    const kept = this.lines.filter((line) => line.needs.every(given));
    const shape = this.lines.map((line) => (line.needs.every(given) ? '1' : '0')).join('');
    const known = this.compiled.get(shape);
    if (known) return known;
    const order: string[] = [];
    const text = kept
      .map((line) => line.text)
      .join('\n')
      .replace(/\$(\d+|[a-z]\w*)/g, (_all, reference: string) => {
        const byPosition = /^\d/.test(reference);
        const parameter = this.parameters.find((one) =>
          byPosition ? one.position === Number(reference) : one.name === reference,
        );
        if (!parameter) throw new Error(`${this.path}: $${reference} has no @param line`);
        const index = order.indexOf(parameter.name);
        return `$${index >= 0 ? index + 1 : order.push(parameter.name)}`;
      });
    const name = `q_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    const compiled: CompiledSql = { name, text, parameters: order };
    this.compiled.set(shape, compiled);
    return compiled;
  }

  /** The values of a compiled statement in its own order; a required parameter that is missing is an error. */
  bind(compiled: CompiledSql, values: SqlValues): unknown[] {
    return compiled.parameters.map((name) => {
      const value = values[name];
      if (value !== undefined) return value;
      const parameter = this.parameters.find((candidate) => candidate.name === name);
      if (parameter?.optional) return null;
      throw new Error(`${this.path}: parameter ${name} is missing`);
    });
  }
}

function read(url: URL): string {
  return readFileSync(fileURLToPath(url), 'utf8')
    .split('\n')
    .map((line) => {
      const include = INCLUDE.exec(line)?.[1];
      if (include === undefined) return line;
      // The fragment brings no parameters of its own: the file that includes it declares them.
      return read(new URL(include, url))
        .split('\n')
        .filter((part) => !/^-- /.test(part))
        .join('\n');
    })
    .join('\n');
}

/**
 * Loads a `.sql` file that lies beside the module asking for it.
 * @example const listCases = sqlFile(import.meta.url, './sql/list-cases.sql')
 */
export function sqlFile(moduleUrl: string, relative: string): SqlFile {
  const url = new URL(relative, moduleUrl);
  return new SqlFile(relative.replace(/^.*\//, ''), read(url));
}
