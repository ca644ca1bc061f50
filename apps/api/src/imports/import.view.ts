/** An import and what it refused, as whoever started it sees them. */
import { rowSentence } from '#lib/intake';
import { toJobView, type JobRow } from '../jobs/job.view.js';
import type { ImportFault } from './import-content.repository.js';
import type { Counters, ImportInput } from './import-run.js';
import type { ImportErrorView, ImportView } from './imports.dto.js';

export function toImportView(job: JobRow): ImportView {
  const input = job.input as Partial<ImportInput>;
  const counters = (job.result ?? job.checkpoint) as Partial<Counters> | null;
  const links = { self: `/v1/imports/${job.id}`, errors: `/v1/imports/${job.id}/errors` };
  return {
    ...toJobView(job, links),
    mapping: input.mapping ?? '',
    dryRun: input.dryRun ?? false,
    result: counters && {
      accepted: counters.accepted ?? 0,
      refused: counters.refused ?? 0,
      unchanged: counters.unchanged ?? 0,
      duplicateCandidates: counters.duplicateCandidates ?? 0,
    },
  };
}

export function toErrorView(fault: ImportFault, language: 'en' | 'es'): ImportErrorView {
  return {
    row: fault.row,
    column: fault.column,
    code: fault.code,
    message: rowSentence(fault.code, language),
    externalId: fault.externalId,
  };
}

/** A cell that a spreadsheet would take for a formula is written as text. */
const csvCell = (text: string): string =>
  `"${(/^[\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

export const CSV_HEADER = '\uFEFFrow,column,code,message,externalId\r\n';

export function csvLine(view: ImportErrorView): string {
  return `${view.row},${csvCell(view.column)},${csvCell(view.code)},${csvCell(view.message)},${csvCell(view.externalId ?? '')}\r\n`;
}
