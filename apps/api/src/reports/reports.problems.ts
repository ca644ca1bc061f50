import { problem } from '#lib/problem';

export const reportProblems = {
  notFound: problem('report.not-found', 'not-found', () => 'There is no such report.'),
  notReady: problem('report.not-ready', 'conflict', () => 'The report is still being prepared.', 2),
  noPublication: problem(
    'report.no-publication-lane',
    'refused',
    () =>
      'A report for publication holds only cases whose people agreed to anonymous statistics, with protected cells. None can be made yet; exact figures are for internal use.',
  ),
  reversed: problem('report.reversed-period', 'refused', () => 'The period ends before it begins.'),
  tooLong: problem('report.period-too-long', 'refused', () => 'A report covers thirty years at most.'),
  cutOffBefore: problem(
    'report.cut-off-before-period',
    'refused',
    () => 'The cut-off lies before the period, of which nothing would be known then.',
  ),
};
