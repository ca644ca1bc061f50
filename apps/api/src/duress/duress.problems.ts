import { problem } from '#lib/problem';

export const duressProblems = {
  samePassword: problem(
    'duress.same-password',
    'refused',
    () => 'The password under duress must be another one than the password of every day.',
  ),
  notSuspended: problem('scope.not-suspended', 'refused', () => 'The scope of this person is not suspended.'),
  ownScope: problem('scope.own', 'refused', () => 'Two colleagues restore a scope; nobody restores their own.'),
  untilPassed: problem('scope.until-passed', 'refused', () => 'Travel ends at a moment to come, within a year.'),
  noUser: problem('scope.user-not-found', 'not-found', () => 'There is no such person in your organisation.'),
  noAlert: problem('alert.not-found', 'not-found', () => 'There is no such alert in your organisation.'),
};
