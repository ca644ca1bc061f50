/**
 * What two names say: a bag of tokens on either side, paired as well as they can be, then weighed for what is left
 * over. Order of surnames, a dropped name, an initial, a nickname or a slip of the pen cost something; none is fatal.
 */
import { EVIDENCE, NO_EVIDENCE, type Evidence, type LevelName } from './evidence.js';
import type { NameToken, PersonName } from './names.js';
import type { Reason } from './reasons.js';
import { pairRole, pairTokens, type Pairs } from './token-pairs.js';

const REASON_OF = { SPELLING: 'NAME_SPELLING', NICKNAME: 'NICKNAME', INITIAL: 'NAME_INITIAL' } as const;

/** Which level the names left over stand for, once everything that could be paired is. */
function levelOfRest(
  restOfA: readonly NameToken[],
  restOfB: readonly NameToken[],
  levels: { readonly missing: LevelName; readonly oneDifferent: LevelName; readonly allDifferent: LevelName },
  anyPaired: boolean,
): LevelName | null {
  if (restOfA.length === 0 && restOfB.length === 0) return null;
  const contradicts = (rest: readonly NameToken[]): boolean => rest.some(({ isMarried }) => !isMarried);
  if (restOfA.length === 0 || restOfB.length === 0) return levels.missing;
  if (anyPaired && !(contradicts(restOfA) && contradicts(restOfB))) return levels.missing;
  return anyPaired ? levels.oneDifferent : levels.allDifferent;
}

const GIVEN_LEVELS = {
  missing: 'givenNameMissing',
  oneDifferent: 'givenNameDifferent',
  allDifferent: 'givenNamesDifferent',
} as const;
const FAMILY_LEVELS = {
  missing: 'surnameMissing',
  oneDifferent: 'surnameDifferent',
  allDifferent: 'surnamesDifferent',
} as const;

/** Names that are given names in one file and surnames in the other, if that explains more than it costs. */
function pairAcross(given: Pairs, family: Pairs): readonly [Pairs, Pairs] | null {
  const nothingLeft = given.leftOfA.length + family.leftOfA.length === 0;
  if (nothingLeft || given.leftOfB.length + family.leftOfB.length === 0) return null;
  const across = pairTokens(given.leftOfA, family.leftOfB, 'given', 'family');
  const back = pairTokens(family.leftOfA, given.leftOfB, 'family', 'given');
  return across.bits + back.bits + EVIDENCE.fieldsMixed.overStrangers > 0 ? [across, back] : null;
}

function weigh(a: PersonName, b: PersonName): Evidence {
  const [given, family] = [pairRole(a, b, 'given'), pairRole(a, b, 'family')];
  const crossing = pairAcross(given, family);
  const [across, back] = crossing ?? [null, null];
  const found = new Set<Reason>();
  let overStrangers = given.bits + family.bits;
  let overRelatives = given.bits;
  const count = (level: LevelName): void => {
    overStrangers += EVIDENCE[level].overStrangers;
    overRelatives += EVIDENCE[level].overRelatives;
    for (const reason of EVIDENCE[level].reasons) found.add(reason);
  };
  for (const unlikeness of given.unlike) found.add(REASON_OF[unlikeness]);
  for (const unlikeness of family.unlike) found.add(REASON_OF[unlikeness]);
  if (across !== null && back !== null) {
    overStrangers += across.bits + back.bits;
    count('fieldsMixed');
  }
  const anyGiven = given.paired > 0 || crossing !== null;
  const anyFamily = family.paired > 0 || crossing !== null;
  const restOfGiven = levelOfRest((across ?? given).leftOfA, (back ?? given).leftOfB, GIVEN_LEVELS, anyGiven);
  const restOfFamily = levelOfRest((back ?? family).leftOfA, (across ?? family).leftOfB, FAMILY_LEVELS, anyFamily);
  if (restOfGiven !== null) count(restOfGiven);
  if (restOfFamily !== null) count(restOfFamily);
  if (family.isSwapped) count('surnamesSwapped');
  return { overStrangers, overRelatives, reasons: found.size === 0 ? ['NAME_SAME'] : [...found] };
}

const isNameless = ({ given, family }: PersonName): boolean => given.length + family.length === 0;

/** Weighs two names. A file without any name says nothing about names, whatever the other says. */
export function compareNames(a: PersonName, b: PersonName): Evidence {
  if (isNameless(a) || isNameless(b)) return NO_EVIDENCE;
  // One order for every pair, so that ties are broken alike whichever file comes first.
  return a.written <= b.written ? weigh(a, b) : weigh(b, a);
}
