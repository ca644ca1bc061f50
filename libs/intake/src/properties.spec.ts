/** What must hold for any row whatsoever: it gives a case or its faults, and nothing that is said depends on chance. */
import fc from 'fast-check';
import { parseEventDate } from '#lib/time';
import { sampleRows, shippedLists, shippedMapping } from '../cases/shipped.js';
import { rowSentence } from './faults.js';
import type { Mapping } from './mapping.js';
import { RowReader, type Cells, type IntakeCase, type IntakeLists } from './read-row.js';
import { CASE_TARGETS, EVENT_FIELDS, type Target } from './targets.js';

const RUNS = { numRuns: 400 };

interface Form {
  readonly name: string;
  readonly mapping: Mapping;
  readonly lists: IntakeLists;
  readonly rows: readonly Cells[];
}
const form = (name: string, pack: string, sample: string): Form => ({
  name,
  mapping: shippedMapping(name),
  lists: shippedLists(pack),
  rows: sampleRows(sample).filter((_row, index) => index % 17 === 0),
});
const forms = [form('kobo-intake-sv', 'sv', 'intake-2022'), form('us-ca-deaths', 'us-ca', 'us-ca-deaths-in-custody')];

/** Cells as people, spreadsheets and attackers write them. */
const strange = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'UNKNOWN',
    'XXXX',
    '../..',
    '2022-02-30',
    '0000-00-00',
    '31/02/1800',
    '1800-01-01',
    '2199-12',
    '9'.repeat(30),
  ),
  fc.constantFrom(
    '=1+1',
    '\u202Eabc',
    'a\u0000b',
    '\uD800',
    'constructor',
    '__proto__',
    'NaN',
    '１２',
    '\u00A0',
    'Línea 1\nLínea 2',
  ),
  fc
    .date({ min: new Date('1790-01-01'), max: new Date('2205-01-01'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 300 }),
);

/** A row of the sample in which some cells were replaced, by cells of other rows or by anything at all. */
const rowOf = ({ rows }: Form): fc.Arbitrary<Cells> => {
  const columns = Object.keys(rows[0] ?? {});
  const cell = fc.oneof(
    strange,
    fc.tuple(fc.constantFrom(...rows), fc.constantFrom(...columns)).map(([row, column]) => row[column] ?? ''),
  );
  const change = fc.tuple(fc.constantFrom(...columns), cell);
  return fc
    .tuple(fc.constantFrom(...rows), fc.array(change, { maxLength: 12 }))
    .map(([row, changes]) => ({ ...row, ...Object.fromEntries(changes) }));
};

/** What is wrong with a case as such: a date that nobody can read, a code of no list, a place for something else. */
function flaws(found: IntakeCase, lists: IntakeLists): string[] {
  const wrong = (name: string, spec: Target | undefined, value: unknown): string[] => {
    const codes = (values: unknown): boolean =>
      Array.isArray(values) && values.every((code) => lists.hasCode(spec?.list ?? '', String(code)));
    switch (spec?.kind) {
      case undefined:
        return [`${name} is no target`];
      case 'date':
      case 'day':
        return typeof value === 'string' && parseEventDate(value).ok ? [] : [`${name} is no date`];
      case 'integer':
        return Number.isInteger(value) ? [] : [`${name} is no number`];
      case 'codes':
        return codes(value) ? [] : [`${name} has an unknown code`];
      case 'code':
      case 'place':
        return codes([value]) ? [] : [`${name} has an unknown code`];
      case 'area':
        return value === 'UNKNOWN' || lists.hasArea(String(value)) ? [] : [`${name} is no area`];
      case 'objects':
        return Array.isArray(value) ? [] : [`${name} is no list`];
      default:
        return typeof value === 'string' && value !== '' && value.isWellFormed() ? [] : [`${name} is no text`];
    }
  };
  const leaves = (node: object, path: string): [string, unknown][] =>
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? leaves(value as object, `${path}${key}.`)
        : [[`${path}${key}`, value] as [string, unknown]],
    );
  const { externalId: _id, ...body } = found.body;
  return [
    ...leaves(body, '').flatMap(([name, value]) => wrong(name, CASE_TARGETS[name], value)),
    ...found.events.flatMap(({ path, body: event }) =>
      Object.entries(event).flatMap(([name, value]) => wrong(`${path}.${name}`, EVENT_FIELDS[path]?.[name], value)),
    ),
    ...(parseEventDate(found.knownOn).ok ? [] : ['knownOn is no date']),
  ];
}

describe.each(forms)('any row of $name', (one) => {
  const reader = new RowReader(one.mapping, one.lists);
  const anyRow = rowOf(one);

  it('gives a well-formed case, or faults that each name a column and say in both languages what is wrong', () => {
    const general = { en: rowSentence('no-such-code', 'en'), es: rowSentence('no-such-code', 'es') };
    fc.assert(
      fc.property(anyRow, (cells) => {
        const read = reader.read(cells);
        if (read.ok) {
          expect(flaws(read.value, one.lists)).toEqual([]);
          return;
        }
        expect(read.faults.length).toBeGreaterThan(0);
        for (const { column, code } of read.faults) {
          expect(one.mapping.columns).toContain(column);
          for (const language of ['en', 'es'] as const) {
            expect(rowSentence(code, language)).not.toBe('');
            expect(rowSentence(code, language)).not.toBe(general[language]);
          }
        }
      }),
      RUNS,
    );
  });

  it('is read the same again, by another reader, whatever was read between, in whatever order the cells stand', () => {
    fc.assert(
      fc.property(anyRow, anyRow, fc.infiniteStream(fc.nat()), (cells, between, keys) => {
        const first = reader.read(cells);
        reader.read(between);
        expect(reader.read(cells)).toEqual(first);
        const shuffled = Object.entries(cells)
          .map((entry) => [keys.next().value ?? 0, entry] as const)
          .sort(([a], [b]) => a - b);
        const other = new RowReader(one.mapping, one.lists);
        expect(other.read(Object.fromEntries(shuffled.map(([, entry]) => entry)))).toEqual(first);
      }),
      RUNS,
    );
  });

  it('is read the same with white space round its cells, and with columns that the mapping does not use', () => {
    const space = fc.constantFrom('', ' ', '\t', '\u00A0', '\r\n');
    fc.assert(
      fc.property(anyRow, space, space, strange, (cells, before, after, extra) => {
        const padded = Object.entries(cells).map(([column, cell]) => [column, `${before}${cell}${after}`]);
        expect(reader.read({ ...Object.fromEntries(padded), 'not a column': extra })).toEqual(reader.read(cells));
      }),
      RUNS,
    );
  });

  it('is a case or faults with no cells at all', () => {
    expect(reader.read({})).toMatchObject({ ok: false, externalId: null });
    expect(reader.read(Object.create(null) as Cells)).toEqual(reader.read({}));
  });
});

describe('the faults of a row', () => {
  const [sv] = forms;
  const bad: Cells = {
    _uuid: 'ñ',
    sexo: 'X1',
    edad: 'old',
    base_legal: 'WARRENT',
    motivos: 'NONE WARRENT',
    regimen_excepcion: 'quizá',
    nombres: '=A1',
    fecha_nacimiento: '31/02/2000',
    detencion_distrito: 'SV-XX',
    lugar_detencion: 'SV-NOWHERE',
    contacto_fecha: 'ayer',
    relato: '\u0001',
  };

  it('are those of its wrong cells: none is lost, and none comes from a right one', () => {
    const reader = new RowReader(shippedMapping('kobo-intake-sv'), shippedLists('sv'));
    const right = (sv?.rows ?? []).filter((row) => reader.read(row).ok);
    fc.assert(
      fc.property(fc.constantFrom(...right), fc.subarray(Object.keys(bad), { minLength: 1 }), (row, columns) => {
        const read = reader.read({
          ...row,
          ...Object.fromEntries(columns.map((column) => [column, bad[column] ?? ''])),
        });
        expect(read.ok).toBe(false);
        if (!read.ok) expect(new Set(read.faults.map(({ column }) => column))).toEqual(new Set(columns));
      }),
      RUNS,
    );
  });
});
