import { problem } from '#lib/problem';

export const referenceProblems = {
  noVocabulary: problem('vocabulary.not-found', 'not-found', () => 'There is no such vocabulary.'),
};

export const packProblems = {
  missing: problem<{ folder: string }>(
    'pack.missing',
    'invalid',
    ({ folder }) => `There is no country pack in countries/${folder}.`,
  ),
  full: problem<{ vocabulary: string }>(
    'pack.list-too-long',
    'refused',
    ({ vocabulary }) =>
      `The list ${vocabulary} would have more than 63 terms, which is the most a list with several answers can hold.`,
  ),
};
