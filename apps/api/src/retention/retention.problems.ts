import { problem } from '#lib/problem';

export const retentionProblems = {
  noHold: problem('hold.not-found', 'not-found', () => 'There is no such hold on this case.'),
  noOwner: problem('hold.no-such-owner', 'refused', () => 'There is no such person in your organisation.'),
  released: problem('hold.released', 'conflict', () => 'This hold was released already.'),
  otherPerson: problem(
    'hold.second-person',
    'refused',
    () => 'You asked for the release yourself. Somebody else must agree.',
  ),
  noProposal: problem('erasure.no-proposal', 'not-found', () => 'There is no such proposal in your organisation.'),
  decided: problem('erasure.decided', 'conflict', () => 'This proposal was decided already.'),
  noRequest: problem('erasure.no-request', 'not-found', () => 'There is no such request in your organisation.'),
  asked: problem(
    'erasure.asked',
    'conflict',
    () => 'Somebody has asked for this erasure already. It waits to be confirmed by somebody else, or withdrawn.',
  ),
  requestOver: problem(
    'erasure.request-over',
    'conflict',
    () => 'This request was confirmed, withdrawn, or not confirmed in time. Nothing was destroyed.',
  ),
  secondPerson: problem(
    'erasure.second-person',
    'refused',
    () => 'You asked for this erasure yourself. Another coordinator must confirm it.',
  ),
  otherNumber: problem(
    'erasure.other-number',
    'refused',
    () => 'This is not the number of the case. Nothing was destroyed.',
  ),
  otherFiles: problem(
    'erasure.other-files',
    'conflict',
    () => 'The person has other files now than when the erasure was asked for. Ask anew.',
  ),
  held: problem(
    'erasure.held',
    'conflict',
    () => 'The case is held. Nothing of it is erased until the hold is released.',
  ),
  reopened: problem('erasure.reopened', 'conflict', () => 'The case is no longer closed, or is kept for longer now.'),
  reviewPast: problem('review.past', 'refused', () => 'The next look must lie ahead, by at most two years.'),
};
