/** What may leave with a case, for which purpose, and how long a closed case is kept (docs/consent.md). */
export { decide, type Decision, type Wish } from './decision.js';
export { disclosedFile, type DisclosedFile, type FileToDisclose } from './disclosed-file.js';
export { purposeOf, PURPOSE_CODES, PURPOSES, REPORT_PURPOSES, type Purpose, type ReportPurpose } from './purposes.js';
export {
  dueForErasure,
  ERASURE_REQUEST_DAYS,
  erasureRequestEnds,
  RETENTION_CLASSES,
  type RetentionClass,
} from './retention.js';
export { standingConsents, type ConsentGiven, type Standing } from './standing.js';
