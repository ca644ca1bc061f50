import { problem } from '#lib/problem';

export const duplicateProblems = {
  notFound: problem('duplicate.not-found', 'not-found', () => 'There is no such suggestion.'),
  decided: problem('duplicate.decided', 'conflict', () => 'Somebody has decided this already.'),
};

export const mergeProblems = {
  sameFile: problem('merge.same-file', 'refused', () => 'A file cannot be merged with itself.'),
  samePerson: problem('merge.same-person', 'conflict', () => 'Both files belong to one person already.'),
  keepAbsorbed: problem(
    'merge.keep-absorbed',
    'conflict',
    () => 'The file to keep was itself absorbed by another one. Merge into that one.',
  ),
  otherCountry: problem(
    'merge.other-country',
    'refused',
    () => 'The files are of different countries, whose lists of codes differ.',
  ),
  notFound: problem('merge.not-found', 'not-found', () => 'There is no such merge in force.'),
};
