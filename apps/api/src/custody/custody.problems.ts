import { problem } from '#lib/problem';

export const eventProblems = {
  notFound: problem('event.not-found', 'not-found', () => 'There is no such event on this case.'),
  badReference: problem(
    'event.bad-reference',
    'refused',
    () => 'The request names an event or source that this case does not have.',
  ),
};

export const supportProblems = {
  ownRecord: problem(
    'verification.own-record',
    'refused',
    () => 'Nobody verifies a case that they recorded themselves.',
  ),
  privileged: problem(
    'note.privileged',
    'forbidden',
    () => 'Only lawyers assigned to the case write and read privileged notes and allegations.',
  ),
};
