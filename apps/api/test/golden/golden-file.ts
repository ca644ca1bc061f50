/**
 * Files that tests write from the running application and people review. A difference fails; after reading it,
 * `npm test -- apps/api/test/golden -u` accepts it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('./', import.meta.url));

/** Jest's own `-u`, so that there is one way to accept what a test wrote. */
const accepts = (): boolean =>
  (expect.getState() as { snapshotState?: { _updateSnapshot?: string } }).snapshotState?._updateSnapshot === 'all';

/** Compares a text with the committed file of this name, or writes it when Jest was told to update. */
export function expectGolden(name: string, text: string): void {
  const file = join(FOLDER, name);
  if (accepts()) writeFileSync(file, text);
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : '';
  // By line, so that a failure shows the lines that differ and not two long texts.
  expect(text.split('\n')).toEqual(committed.split('\n'));
}

/** A Markdown table whose columns stand under one another, to be read with a finger. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [first = [], ...rest] = cells;
  return [line(first), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest.map(line)].join('\n');
}
