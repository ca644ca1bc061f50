/** The eleven fields of the method block (report-forms.md §7), as both languages must be able to say them. */
import type { AuthorityRequest } from '../bulletin/context.js';
import type { MethodField, Runs } from '../document.js';
import type { Figure } from '../figures.js';
import type { Words } from '../language.js';
import type { Listed, Part } from './sentences.js';

export interface Grades {
  readonly levels: readonly Listed[];
  readonly verified: Part;
}

export interface MethodWording {
  readonly titles: Readonly<Record<MethodField, string>>;
  universe(dataVersion: string): Runs;
  /** `several` when one arrest is counted under each of its sources, not under the first one only. */
  register(sources: readonly Listed[], several: boolean): Runs | null;
  interviews(interviews: readonly Listed[]): Runs;
  conditions(conditions: Words | null, other: Words | null): Runs | null;
  standard(standard: Words | null): Runs;
  grades(levels: readonly Listed[]): Runs | null;
  verificationRule(): Runs;
  verified(verified: Part): Runs | null;
  units(): Runs;
  deduplication(): Runs;
  withoutConsent(without: Figure, arrests: Figure): Runs | null;
  names(): Runs;
  requests(requests: readonly AuthorityRequest[]): readonly Runs[];
  limits(particular: readonly Words[]): readonly Runs[];
  leftOut(excluded: Figure): Runs | null;
  uses(): readonly Runs[];
  /** Nothing is hidden: exact figures for internal use. */
  noControl(): Runs;
  checkedBy(names: readonly string[]): Runs;
}
