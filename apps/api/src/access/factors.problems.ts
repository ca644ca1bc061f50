import { problem } from '#lib/problem';

export const factorProblems = {
  needed: problem(
    'second-factor.needed',
    'unauthenticated',
    () => 'The password is right. Answer the challenge with a code, a passkey or a recovery code.',
  ),
  refused: problem(
    'second-factor.refused',
    'unauthenticated',
    () => 'This does not answer the challenge. A code is good once; sign in again when the challenge has run out.',
  ),
  enrolFirst: problem(
    'second-factor.enrol-first',
    'forbidden',
    () =>
      'Whoever sees names needs a second factor. This session can add one, at /v1/me/factors, and do nothing else until it has.',
  ),
  stepUp: problem(
    'step-up.needed',
    'forbidden',
    () => 'This needs a fresh proof of who you are. Give it at POST /v1/sessions/step-up and repeat the request.',
  ),
  stepUpRefused: problem('step-up.refused', 'forbidden', () => 'This does not prove who you are.'),
  notForPrograms: problem(
    'step-up.not-for-programs',
    'forbidden',
    () => 'A program’s token cannot do this; a person must.',
  ),
  totpNotConfirmed: problem(
    'totp.wrong-code',
    'refused',
    () => 'This is not the code of this moment; see whether the clock of the telephone is right.',
  ),
  noTotp: problem('totp.not-enrolled', 'refused', () => 'There is no authenticator app waiting to be confirmed.'),
  passkeyRefused: problem(
    'passkey.refused',
    'refused',
    () =>
      'This passkey cannot be added: it answers another challenge or another site, does not check its user, or is known.',
  ),
  noPasskey: problem('passkey.not-found', 'not-found', () => 'You have no such passkey.'),
  noFactor: problem('second-factor.none', 'refused', () => 'Recovery codes go with a second factor. Add one first.'),
  wrongPassword: problem('password.wrong', 'refused', () => 'This is not your present password.'),
};
