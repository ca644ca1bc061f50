import { problem } from '#lib/problem';

export const amendmentProblems = {
  nothingToChange: problem('request.empty', 'invalid', () => 'The request changes nothing.'),
};

export const assignmentProblems = {
  noUser: problem('assignment.no-such-user', 'refused', () => 'There is no such person who can be assigned.'),
  notFound: problem('assignment.not-found', 'not-found', () => 'There is no such assignment on this case.'),
};

export const searchProblems = {
  nothingAsked: problem('search.empty', 'invalid', () => 'Say a name or a document number.'),
};
