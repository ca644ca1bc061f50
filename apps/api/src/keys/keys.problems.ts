import { problem } from '#lib/problem';

export const keyProblems = {
  unavailable: problem(
    'keys.unavailable',
    'unavailable',
    () => 'The keys that open this are out of reach at the moment. Nothing was changed.',
    5,
  ),
};
