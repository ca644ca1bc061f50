import { problem } from '#lib/problem';

export const readingProblems = {
  stopped: problem(
    'reading.budget-spent',
    'too-many',
    () =>
      'You have read far more names and testimony today than your work asks for. A coordinator can let you go on today; tomorrow you can anyway.',
    3_600,
  ),
  noReader: problem('reading.no-such-person', 'not-found', () => 'There is no such person in your organisation.'),
  ownAllowance: problem(
    'reading.own-allowance',
    'refused',
    () => 'Nobody raises what they may read themselves. Ask another coordinator.',
  ),
};

export const breakGlassProblems = {
  notFound: problem('break-glass.not-open', 'not-found', () => 'No such broken glass stands open.'),
  notNeeded: problem('break-glass.not-needed', 'conflict', () => 'You see this case already.'),
  unacknowledged: problem(
    'break-glass.unacknowledged',
    'refused',
    () => 'A coordinator must first take note of the cases that you opened before.',
  ),
};
