import { problem } from '#lib/problem';

export const disclosureProblems = {
  notFound: problem('disclosure.not-found', 'not-found', () => 'There is no such disclosure of this case.'),
  sealed: problem('disclosure.sealed', 'refused', () => 'The case is sealed: it leaves by no way.'),
  namesNever: problem('disclosure.names-never', 'refused', () => 'Names do not go out for this purpose.'),
  namesRestricted: problem(
    'disclosure.names-restricted',
    'refused',
    () => 'The names of this case stay in the house. The rest may go.',
  ),
  consent: problem(
    'disclosure.consent-missing',
    'refused',
    () => 'The person has not consented to this use, or no longer does. Nothing leaves.',
  ),
};
