import { problem } from '#lib/problem';

export const serviceTokenProblems = {
  beyond: problem('service-token.beyond-owner', 'refused', () => 'A token cannot do more than whoever makes it.'),
  notFound: problem('service-token.not-found', 'not-found', () => 'There is no such token that you could revoke.'),
};
