import { problem } from '#lib/problem';

export const accessProblems = {
  denied: problem<{ permission: string }>(
    'access.not-permitted',
    'forbidden',
    ({ permission }) => `Your role does not hold the permission ${permission}.`,
  ),
  editionsOnly: problem(
    'figure.editions-only',
    'forbidden',
    () =>
      'Exact figures are for the organisation’s own coordination. Everybody else gets protected editions; until the first one is out there are no figures to give.',
  ),
  unavailable: problem(
    'access.unavailable',
    'unavailable',
    () => 'Nobody can be recognised at the moment. Try again in a little while.',
    5,
  ),
  undeclared: problem('access.undeclared', 'forbidden', () => 'Nobody has decided who may call this.'),
};
