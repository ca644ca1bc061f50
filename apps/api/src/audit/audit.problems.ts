import { problem } from '#lib/problem';

export const auditProblems = {
  noEntry: problem(
    'audit.entry-not-found',
    'not-found',
    () => 'There is no such entry in the trail of your organisation.',
  ),
  unsealed: problem(
    'audit.not-sealed-yet',
    'unavailable',
    () => 'The entry waits for its seal. Ask again in a second.',
    1,
  ),
  noCheckpoint: problem('audit.nothing-sealed', 'not-found', () => 'Nothing has been sealed yet.'),
  notVerified: problem('audit.never-verified', 'not-found', () => 'The trail has not been verified yet.'),
  cannotProve: problem(
    'audit.proof-broken',
    'conflict',
    () => 'The stored tree does not lead to the signed checkpoint. Have the trail verified.',
  ),
};
