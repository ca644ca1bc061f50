import { problem } from '#lib/problem';

export const accountProblems = {
  noUser: problem('user.not-found', 'not-found', () => 'There is no such person in your organisation.'),
  noOffice: problem('office.not-found', 'not-found', () => 'There is no such office in your organisation.'),
  officeUnknown: problem('office.unknown', 'refused', () => 'There is no such open office in your organisation.'),
  officeAmbiguous: problem(
    'office.ambiguous',
    'refused',
    () => 'Several organisations have an office of this name. Say its id.',
  ),
  lastAdministrator: problem(
    'user.last-administrator',
    'refused',
    () => 'This is the organisation’s last administrator; somebody must be able to manage it.',
  ),
};
