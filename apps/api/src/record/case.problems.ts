import { problem } from '#lib/problem';

/** What can go wrong wherever something is recorded in a case. */
export const caseProblems = {
  notFound: problem('case.not-found', 'not-found', () => 'There is no such case among those you may see.'),
  invalid: problem('case.not-plausible', 'refused', () => 'The case cannot be as described.'),
  officeNeeded: problem(
    'case.office-needed',
    'refused',
    () => 'You belong to no open office, so a case of yours would belong nowhere.',
  ),
  countryUnknown: problem('case.country-unknown', 'refused', () => 'There is no pack for the country of this case.'),
  merged: problem(
    'case.merged',
    'conflict',
    () => 'This file was merged into another one. Record in the file that was kept, or part them first.',
  ),
  erased: problem(
    'case.erased',
    'conflict',
    () => 'The keys of this file were destroyed. It is counted, and nothing can be recorded in it or joined with it.',
  ),
  reasonNeeded: problem('reason.needed', 'invalid', () => 'Say why: send X-Reason.'),
};
