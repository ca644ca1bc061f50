import { problem } from '#lib/problem';

export const sessionProblems = {
  refused: problem('sign-in.refused', 'unauthenticated', () => 'The address or the password is not right.'),
  refreshRefused: problem('session.ended', 'unauthenticated', () => 'This session has ended. Sign in again.'),
  refreshRace: problem(
    'session.refreshed-elsewhere',
    'conflict',
    () => 'Another window refreshed this session a moment ago. Use the token it got.',
    1,
  ),
  notFound: problem('session.not-found', 'not-found', () => 'You have no such session.'),
  countryUnknown: problem(
    'setup.country-unknown',
    'refused',
    () => 'There is no country pack of this name here, and without one nobody could record a case.',
  ),
  setupRefused: problem(
    'setup.refused',
    'forbidden',
    () => 'The code is not valid, was used, or has run out. Restart the service for a new one.',
  ),
};

export const passwordProblems = {
  weak: problem(
    'password.weak',
    'refused',
    () => 'This password would be guessed. Four words that belong to nobody make a good one.',
  ),
  busy: problem('sign-in.busy', 'unavailable', () => 'Too many people are signing in at this moment.', 2),
};
