/** What an arithmetic check found (audit.ts). */
import type { Words } from './language.js';

export const AUDIT_CHECKS = [
  'parts-to-total',
  'parts-across',
  'share-to-base',
  'classes-to-100',
  'cumulative-falls',
  'percent-on-small-base',
  'values-differ',
  'figure-not-registered',
  'versions-differ',
  'languages-differ',
] as const;
export type AuditCheck = (typeof AUDIT_CHECKS)[number];

export interface AuditFinding {
  readonly check: AuditCheck;
  /** The table or part in which it was found, `t3`. */
  readonly where: string;
  readonly words: Words;
}
