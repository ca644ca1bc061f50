/** From one record of the file to what would be recorded of it, or to the faults for which it is refused. Pure. */
import { plainToInstance } from 'class-transformer';
import {
  arrestAfterKnownOn,
  RowReader,
  type Cells,
  type IntakeCase,
  type IntakeLists,
  type Mapping,
} from '#lib/intake';
import { OpenCaseBody } from '../record/case.dto.js';
import { contentDigest, type RecordingContext } from '../record/case-plan.js';
import type { EventPath, PlannedEvent } from '../record/event-kinds.js';
import { caseFaults } from '../record/plausibility.js';
import type { ConsentInput } from '../record/source-rows.js';
import type { Catalogue } from '../reference/catalogue.js';
import type { CsvRecord } from './csv-file.js';
import type { ImportFault } from './import-content.repository.js';

export interface PlannedRow {
  readonly row: number;
  readonly externalId: string;
  readonly digest: string;
  readonly body: OpenCaseBody;
  readonly events: readonly PlannedEvent[];
  readonly consents: readonly ConsentInput[];
}

const YES_NO = new Set(['YES', 'NO', 'UNKNOWN', 'REFUSED', 'NOT_ASKED', 'NOT_APPLICABLE']);

/**
 * What the mapping asks of vocabularies and territory, answered for one country.
 * @param parents what each area ever lay in
 */
export function intakeLists(
  catalogue: Catalogue,
  country: string,
  parents: ReadonlyMap<string, readonly string[]>,
): IntakeLists {
  const hasCode = (list: string, code: string): boolean => {
    if (list === 'PLACE') return catalogue.hasPlace(code, country);
    return list === 'YES_NO' ? YES_NO.has(code) : catalogue.term(list, code, country) !== undefined;
  };
  return {
    hasCode,
    hasArea: (code) => catalogue.area(code)?.country === country,
    liesWithin: (area, container) =>
      area === container ||
      catalogue.areaChain(area).some((one) => one.code === container) ||
      (parents.get(area)?.includes(container) ?? false),
  };
}

export class RowPlanner {
  private readonly reader: RowReader;

  constructor(
    private readonly mapping: Mapping,
    lists: IntakeLists,
    private readonly context: Pick<RecordingContext, 'catalogue' | 'now' | 'recognitionKey'>,
    private readonly header: readonly string[],
  ) {
    this.reader = new RowReader(mapping, lists);
  }

  plan({ row, cells }: CsvRecord): PlannedRow | ImportFault[] {
    const whole = (code: string): ImportFault[] => [{ row, position: 0, column: '', code, externalId: null }];
    if (cells === null) return whole('row.malformed');
    if (cells.length !== this.header.length) return whole('row.columns');
    const named: Cells = Object.fromEntries(this.header.map((name, index) => [name, cells[index] ?? '']));
    const reading = this.reader.read(named);
    if (!reading.ok)
      return reading.faults.map(({ column, code }, position) => ({
        row,
        position,
        column,
        code,
        externalId: reading.externalId,
      }));
    const { externalId, consents } = reading.value;
    const { body, events } = toBodies(reading.value);
    const found = this.plausibility(reading.value, body, events);
    if (found.length > 0) return found.map((fault, position) => ({ row, position, ...fault, externalId }));
    const digest = contentDigest(this.context.recognitionKey, body, events).toString('hex');
    return { row, externalId, digest, body, events, consents: consents as unknown as readonly ConsentInput[] };
  }

  /** The fault of a row whose external id is on record with other content. */
  differs({ row, externalId }: PlannedRow): ImportFault {
    return {
      row,
      position: 0,
      column: this.mapping.externalId.reportedAt,
      code: 'row.differs-from-record',
      externalId,
    };
  }

  /** Faults between the dates of a row, one a column, each at the column of the date at fault. */
  private plausibility(
    value: IntakeCase,
    body: OpenCaseBody,
    events: readonly PlannedEvent[],
  ): { column: string; code: string }[] {
    if (arrestAfterKnownOn(body.arrest.at, value.knownOn))
      return [{ column: value.columns['arrest.at'] ?? '', code: 'arrest.after-known-on' }];
    return caseFaults(body, events, this.mapping.country, this.context.catalogue, this.context.now)
      .map((fault) => ({ column: columnOf(fault.pointer, value), code: fault.code }))
      .filter((fault, index, all) => all.findIndex((other) => other.column === fault.column) === index);
  }
}

function columnOf(pointer: string, value: IntakeCase): string {
  const event = /^\/events\/(\d+)\/(\w+)/.exec(pointer);
  if (event) return value.events[Number(event[1])]?.columns[event[2] ?? ''] ?? '';
  return value.columns[pointer.slice(1).replaceAll('/', '.')] ?? '';
}

/** From what the mapping read to the bodies that the HTTP routes take, so that both doors record alike. */
function toBodies(value: IntakeCase): { body: OpenCaseBody; events: PlannedEvent[] } {
  const body = plainToInstance(OpenCaseBody, value.body);
  return { body, events: value.events.map((event) => ({ path: event.path as EventPath, body: event.body })) };
}
