/** Groups of codes that the forms of a bulletin add together (taxonomy.md; closed lists, the same in every country). */

/** How "yes" is spelled in a yes/no dimension. */
export const AFFIRMATIVE = ['YES', 'Y', 'TRUE', 'true'] as const;

/** Bands under 18 (taxonomy.md §8: the cut points 12, 16 and 18 are those of the law). */
export const CHILD_BANDS = ['AGE_0_11', 'AGE_12_15', 'AGE_16_17'] as const;

export const MALE = 'M';
export const FEMALE = 'F';

/** Assessed class of a death (taxonomy.md §7). */
export const VIOLENT_CLASSES = ['VIOLENT', 'PROBABLY_VIOLENT'] as const;
export const SUSPICIOUS_CLASS = 'SUSPICIOUS';
export const ILLNESS_CLASS = 'NATURAL_PATHOLOGICAL';
export const UNDETERMINED_CLASS = 'UNDETERMINED';
/** Gravest first, undetermined last. */
export const CLASS_ORDER: readonly string[] = [...VIOLENT_CLASSES, SUSPICIOUS_CLASS, ILLNESS_CLASS, UNDETERMINED_CLASS];

/** Status at death of people who had not been convicted. */
export const UNCONVICTED = ['NOT_BEFORE_JUDGE', 'PRETRIAL', 'RELEASE_ORDERED'] as const;
export const NOT_BEFORE_JUDGE = 'NOT_BEFORE_JUDGE';

/** Latest status of a petition that was let in, whatever came of it; and of one that was granted (audit A8). */
export const ADMITTED_STATUSES = [
  'ADMITTED',
  'EXECUTING_JUDGE',
  'REPORTED',
  'GRANTED',
  'DENIED',
  'DISMISSED',
  'EXECUTED',
  'NOT_EXECUTED',
] as const;
export const GRANTED_STATUSES = ['GRANTED', 'EXECUTED', 'NOT_EXECUTED'] as const;
export const UNANSWERED_STATUS = 'NO_ANSWER';
