import { problem } from '#lib/problem';

export const noticeProblems = {
  notFound: problem('notice.not-found', 'not-found', () => 'There is no such notice in your organisation.'),
  own: problem(
    'notice.own-act',
    'refused',
    () => 'This notice tells of what you did yourself. Somebody else takes note of it.',
  ),
  acknowledged: problem('notice.acknowledged', 'conflict', () => 'Somebody has taken note of this already.'),
};
