import { reaches, type Caller, type Reachable } from './caller.js';
import type { Role } from './roles.js';

const as = (roles: readonly Role[], more: Partial<Caller> = {}): Caller => ({
  userId: 'me',
  sessionId: 's',
  organisationId: 'house',
  organisationNo: 1,
  acronym: 'HSE',
  country: 'SV',
  officeId: 'central',
  officeNo: 1,
  tokenHash: Buffer.alloc(32),
  requestId: 'r',
  reason: null,
  roles,
  ...more,
});
const file = (more: Partial<Reachable> = {}): Reachable => ({
  organisationId: 'house',
  officeId: 'central',
  confidentiality: 'TEAM',
  assignments: [],
  opened: false,
  ...more,
});
const mine = { assignments: [{ userId: 'somebody' }, { userId: 'me' }] };

describe('a case in the hand', () => {
  it.each<[string, Caller, Reachable, boolean]>([
    ['a caseworker reaches a case of their office', as(['caseworker']), file(), true],
    ['and none of another', as(['caseworker']), file({ officeId: 'west' }), false],
    ['and a sealed one only when assigned', as(['caseworker']), file({ confidentiality: 'SEALED' }), false],
    ['as they are here', as(['caseworker']), file({ confidentiality: 'SEALED', ...mine }), true],
    ['an assignment elsewhere is not enough', as(['caseworker']), file({ officeId: 'west', ...mine }), false],
    ['without an office they reach nothing', as(['caseworker'], { officeId: null }), file(), false],
    ['a lawyer reaches what they are assigned to', as(['lawyer']), file({ officeId: 'west', ...mine }), true],
    ['and nothing of their office besides', as(['lawyer']), file(), false],
    [
      'a coordinator reaches every case',
      as(['coordinator']),
      file({ officeId: 'west', confidentiality: 'SEALED' }),
      true,
    ],
    ['of their organisation', as(['coordinator']), file({ organisationId: 'other' }), false],
    ['a broken glass lets a caseworker in', as(['caseworker']), file({ officeId: 'west', opened: true }), true],
    ['and a lawyer', as(['lawyer']), file({ opened: true }), true],
    ['and no administrator', as(['administrator']), file({ opened: true }), false],
    ['not into another organisation', as(['lawyer']), file({ organisationId: 'other', opened: true, ...mine }), false],
    ['a researcher reaches none', as(['researcher']), file(mine), false],
    ['nor does an auditor', as(['auditor']), file(mine), false],
  ])('%s', (_says, caller, reachable, expected) => {
    expect(reaches(caller, reachable)).toBe(expected);
  });
});
