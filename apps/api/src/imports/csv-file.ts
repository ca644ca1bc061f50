/**
 * Reading a CSV of any size in constant memory: a scanner that counts records and checks the encoding while the file
 * comes in, and a reader that gives records one by one when it is worked on.
 */
import { parse, type Info } from 'csv-parse';
import type { Readable } from 'node:stream';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** Counts records and keeps the header line while pieces of the file pass by. */
export class CsvScanner {
  private quoted = false;
  private lineHasText = false;
  private lines = 0;
  private readonly header: Buffer[] = [];
  private headerDone = false;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });

  /** Throws a TypeError when the bytes are not UTF-8. */
  take(piece: Buffer): void {
    this.decoder.decode(piece, { stream: true });
    let start = 0;
    for (let i = 0; i < piece.length; i++) {
      const byte = piece[i];
      if (byte === QUOTE) this.quoted = !this.quoted;
      if (byte === LF && !this.quoted) {
        if (!this.headerDone) this.closeHeader(piece.subarray(start, i));
        if (this.lineHasText) this.lines += 1;
        this.lineHasText = false;
        start = i + 1;
      } else if (byte !== CR) this.lineHasText = true;
    }
    if (!this.headerDone) this.header.push(piece.subarray(start));
  }

  private closeHeader(rest: Buffer): void {
    this.header.push(rest);
    this.headerDone = true;
  }

  /** Ends the scan: how many records stand below the header, the header line, and whether a quote was never closed. */
  end(): { readonly records: number; readonly header: string; readonly open: boolean } {
    this.decoder.decode();
    if (this.lineHasText) this.lines += 1;
    const header = Buffer.concat(this.header)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .replace(/\r$/, '');
    return { records: Math.max(0, this.lines - 1), header, open: this.quoted };
  }
}

/** Whichever of comma, semicolon and tab stands most often outside quotes in the header line. */
export function delimiterOf(header: string, declared: string): string {
  if (declared !== 'auto') return declared;
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (mark: string): number => bare.split(mark).length - 1;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best), ',');
}

/** The names in a header line. */
export function headerNames(header: string, delimiter: string): string[] {
  const names: string[] = [];
  let cell = '';
  let quoted = false;
  for (const mark of header) {
    if (mark === '"') quoted = !quoted;
    else if (mark === delimiter && !quoted) {
      names.push(cell.trim());
      cell = '';
    } else cell += mark;
  }
  return [...names, cell.trim()];
}

/** One record: its number (1 is the first below the header) and its cells, or why it could not be read. */
export interface CsvRecord {
  readonly row: number;
  readonly cells: readonly string[] | null;
}

const RECORD_LIMIT = 1_000_000;

/** Records of a stream, one by one. A record that is not well-formed comes with null cells; the rest goes on. */
export async function* csvRecords(source: Readable, delimiter: string): AsyncGenerator<CsvRecord> {
  const skipped: number[] = [];
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: RECORD_LIMIT,
    on_skip: () => {
      skipped.push(1);
      return undefined;
    },
  } as never);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let row = -1;
  for await (const item of parser as AsyncIterable<{ record: string[]; info: Info }>) {
    while (skipped.length > 0) {
      skipped.pop();
      row += 1;
      if (row > 0) yield { row, cells: null };
    }
    row += 1;
    if (row > 0) yield { row, cells: item.record };
  }
  while (skipped.length > 0) {
    skipped.pop();
    row += 1;
    yield { row, cells: null };
  }
}
