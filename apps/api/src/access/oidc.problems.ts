import { problem } from '#lib/problem';

export const oidcProblems = {
  off: problem('oidc.off', 'not-found', () => 'Signing in through a provider is not set up here.'),
  refused: problem(
    'oidc.refused',
    'unauthenticated',
    () => 'The provider’s answer cannot be believed, came too late, or is of nobody whose account is linked.',
  ),
  unavailable: problem(
    'oidc.unavailable',
    'unavailable',
    () => 'The provider does not answer. Try again, or use a password.',
    5,
  ),
  linkedAlready: problem('oidc.linked-already', 'conflict', () => 'This identity is linked to another account.'),
};
