import { problem } from '#lib/problem';

export const importProblems = {
  notFound: problem('import.not-found', 'not-found', () => 'There is no such import.'),
  noMapping: problem(
    'import.unknown-mapping',
    'invalid',
    () => 'There is no mapping of this name; GET /v1/mappings lists them.',
  ),
  noFile: problem('import.no-file', 'invalid', () => 'Send the file as the part `file` of multipart/form-data.'),
  empty: problem('import.empty', 'refused', () => 'The file has no rows.'),
  encoding: problem('import.encoding', 'refused', () => 'The file is not UTF-8.'),
  columns: problem<{ missing: number; unknown: number }>(
    'import.columns',
    'refused',
    ({ missing, unknown }) =>
      `The columns are not those of the mapping: ${missing} missing, ${unknown} unknown. Nothing was read.`,
  ),
  malformed: problem(
    'import.malformed',
    'refused',
    () => 'The file is not well-formed CSV: a quotation mark is never closed.',
  ),
  tooLarge: problem('import.too-large', 'too-large', () => 'The file is larger than an import may be.'),
  notRunning: problem('import.over', 'conflict', () => 'This import is over; there is nothing to stop.'),
  notStopped: problem(
    'import.not-stopped',
    'conflict',
    () => 'Only an import that was cancelled or failed can be resumed.',
  ),
  noLonger: problem(
    'import.file-gone',
    'conflict',
    () => 'The file of this import is no longer kept; send it again. What was recorded is recognised.',
  ),
};
