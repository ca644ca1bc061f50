/**
 * Cases that the service itself recorded, taken apart so that any number of others can be made from them: the same
 * events, dates and facts about other invented people, with ids of their own. Whatever a recorded case consists of is
 * in the copies too, because nothing here knows the tables: every UUID that belongs to the case becomes another one.
 */
import { caseTables, type CaseTable } from './case-tables.js';
import { copyOut, NULL, cell } from './copy.js';
import type { Place } from './place.js';
import type { Staff } from './staff.js';
import type { Chance } from './chance.js';
import { inventIdentity } from './people.js';
import { BenchSealing, rowColumnOf, type CopyKeys } from './sealing.js';
import { SECRET_FILE } from './service.js';

/** What differs from copy to copy. */
export interface Replica {
  readonly uuids: readonly string[];
  readonly keys: CopyKeys;
  readonly number: string;
  readonly code: string;
  readonly givenNames: string;
  readonly familyNames: string;
  readonly documentNumber: string;
  readonly officeId: string;
  readonly officeNo: string;
  readonly changed: () => string;
}

type Part = string | ((replica: Replica) => string);

export interface Template {
  /** How many ids the case has; the first is its own. */
  readonly uuids: number;
  readonly sex: string;
  /** Lines by table, each a list of parts to put together. */
  readonly lines: readonly { readonly table: number; readonly parts: readonly Part[] }[];
}

export interface Templates {
  readonly sealing: BenchSealing;
  readonly tables: readonly CaseTable[];
  readonly cases: readonly Template[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

type Special = (value: string) => Part;
const fixed =
  (part: Part): Special =>
  (value) =>
    value === NULL ? value : part;

/** Columns whose value is not the recorded one; everything else is copied, ids apart. */
const SPECIAL: Readonly<Record<string, Special>> = {
  'case_file.number': fixed((replica) => replica.number),
  'case_file.office_id': fixed((replica) => replica.officeId),
  'case_number.number': fixed((replica) => replica.number),
  'person.code': fixed((replica) => replica.code),
  'fact_arrest.office_no': fixed((replica) => replica.officeNo),
  'fact_arrest.changed': fixed((replica) => replica.changed()),
};

/** Names of a copy are others than those of the recorded case. */
const RENAMED: Readonly<Record<string, (replica: Replica) => string>> = {
  given_names: (replica) => replica.givenNames,
  family_names: (replica) => replica.familyNames,
  document_number: (replica) => replica.documentNumber,
};

interface PersonRow {
  readonly id: string;
  readonly sex: string;
}

const PEOPLE = 'SELECT case_id AS id, sex FROM person WHERE case_id = ANY ($1::uuid[])';

/** Takes recorded cases apart. */
export async function readTemplates(place: Place, staff: Staff, caseIds: readonly string[]): Promise<Templates> {
  const tables = await caseTables(place);
  const constant = await idsOfStaff(place, staff);
  const sealing = await BenchSealing.of(SECRET_FILE, place, staff.organisationId, caseIds);
  const people = await place.rows<PersonRow & Record<string, unknown>>(PEOPLE, [caseIds]);
  const rows = await rowsByCase(place, tables, caseIds);
  const cases = people.map((person) => takeApart(person, rows.get(person.id) ?? [], tables, constant, sealing));
  return { sealing, tables, cases };
}

/** Ids that are not of the case: organisations, offices, people who work there, their sessions, jobs. */
async function idsOfStaff(place: Place, staff: Staff): Promise<ReadonlySet<string>> {
  const rows = await place.rows<{ id: string }>(
    'SELECT id FROM organisation UNION ALL SELECT id FROM office UNION ALL SELECT id FROM app_user UNION ALL SELECT id FROM session_family UNION ALL SELECT id FROM job',
  );
  return new Set([staff.organisationId, ...rows.map((row) => row.id)]);
}

interface Line {
  readonly table: number;
  readonly cells: readonly string[];
}

async function rowsByCase(
  place: Place,
  tables: readonly CaseTable[],
  caseIds: readonly string[],
): Promise<Map<string, Line[]>> {
  const byCase = new Map<string, Line[]>(caseIds.map((id) => [id, []]));
  await place.with(async (client) => {
    await client.query('CREATE TEMPORARY TABLE chosen AS SELECT unnest($1::uuid[]) AS id', [caseIds]);
    for (const [index, table] of tables.entries()) {
      const names = table.columns.map((column) => `t."${column}"`).join(', ');
      const at = table.columns.indexOf(table.caseColumn);
      for (const cells of await copyOut(
        client,
        `SELECT ${names} FROM ${table.name} t JOIN chosen ON chosen.id = t."${table.caseColumn}"`,
      ))
        byCase.get(cells[at]!)?.push({ table: index, cells });
    }
  });
  return byCase;
}

function takeApart(
  person: PersonRow,
  lines: readonly Line[],
  tables: readonly CaseTable[],
  constant: ReadonlySet<string>,
  sealing: BenchSealing,
): Template {
  const places = new Map([[person.id, 0]]);
  const placeOf = (id: string): number => {
    const at = places.get(id) ?? places.size;
    places.set(id, at);
    return at;
  };
  const part = (table: CaseTable, column: string, value: string, cells: readonly string[]): Part => {
    const of = (name: string): string => cells[table.columns.indexOf(name)] ?? '';
    if (table.name === 'case_key' && column === 'blob') return (replica) => replica.keys.blob(of('class'));
    if (value.startsWith('v1:')) {
      const row = of(rowColumnOf(table.name));
      const { text, keyClass } = sealing.open(person.id, table.name, column, row, value);
      const [at, renamed] = [placeOf(row), table.name === 'person_identity' ? RENAMED[column] : undefined];
      return (replica) => {
        const said = renamed ? renamed(replica) : text;
        return said === NULL ? NULL : replica.keys.seal(keyClass, table.name, column, replica.uuids[at]!, said);
      };
    }
    const special = SPECIAL[`${table.name}.${column}`];
    if (special) return special(value);
    if (!UUID.test(value) || constant.has(value)) return value;
    const at = placeOf(value);
    return (replica) => replica.uuids[at]!;
  };
  const parts = lines.map(({ table, cells }) => ({
    table,
    parts: joined(cells.map((value, index) => part(tables[table]!, tables[table]!.columns[index]!, value, cells))),
  }));
  return { uuids: places.size, sex: person.sex, lines: parts };
}

/** Cells with their tabs, neighbours that never change written as one text. */
function joined(cells: readonly Part[]): Part[] {
  const parts: Part[] = [];
  for (const [index, value] of cells.entries()) {
    const tab = index === 0 ? '' : '\t';
    const last = parts.at(-1);
    const text = typeof value === 'string' ? tab + value : tab;
    if (typeof last === 'string') parts[parts.length - 1] = last + text;
    else if (text !== '') parts.push(text);
    if (typeof value !== 'string') parts.push(value);
  }
  return parts;
}

const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const code = (chance: Chance): string =>
  Array.from({ length: 9 }, (_, at) => (at === 4 ? '-' : BASE32[chance.below(32)])).join('');

/** What COPY is given for some new cases. */
export interface Copies {
  /** Lines by table, in the order of the tables. */
  readonly lines: readonly Buffer[];
}

/** One new case for each template that is handed in. `changed` gives the numbers of changes. */
export function makeCopies(
  templates: Templates,
  chosen: readonly Template[],
  staff: Staff,
  chance: Chance,
  changed: () => string,
): Copies {
  const texts: string[][] = templates.tables.map(() => []);
  for (const template of chosen) {
    const office = chance.weighted(staff.offices.map((one) => [one, one.share] as const));
    const identity = inventIdentity(chance, template.sex);
    const uuids = Array.from({ length: template.uuids }, () => chance.uuid());
    const replica: Replica = {
      uuids,
      keys: templates.sealing.keysFor(uuids[0]!),
      number: `BENCH-${code(chance)}`,
      code: `P-${code(chance)}`,
      givenNames: cell(identity.givenNames),
      familyNames: cell(identity.familyNames),
      documentNumber: identity.documentNumber || NULL,
      officeId: office.id,
      officeNo: String(office.no),
      changed,
    };
    for (const line of template.lines)
      texts[line.table]!.push(line.parts.map((part) => (typeof part === 'string' ? part : part(replica))).join(''));
  }
  const bytes = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''));
  return { lines: texts.map(bytes) };
}
