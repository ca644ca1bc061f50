import { problem } from '#lib/problem';

export const figureProblems = {
  unknownIndicator: problem(
    'figure.unknown-indicator',
    'invalid',
    () => 'There is no such indicator; GET /v1/indicators lists them.',
  ),
  badQuestion: problem('figure.bad-question', 'invalid', () => 'The question is not one that can be answered.'),
  reversedPeriod: problem('figure.reversed-period', 'invalid', () => 'The period ends before it begins.'),
};
