/**
 * Whether two case files may be of one person. The answer is a probability and its reasons, for a human to decide on;
 * nothing in this library merges anything.
 */
import { compareArrests } from './arrest-agreement.js';
import { birthOf, compareBirths, type Birth } from './birth-agreement.js';
import { compareDocuments, documentNumber } from './document-agreement.js';
import { EVIDENCE, NO_EVIDENCE, probabilityOf, USUAL_FILES, type Evidence } from './evidence.js';
import { compareNames } from './name-agreement.js';
import { personName, type PersonName } from './names.js';
import type { MatchPerson } from './person.js';
import type { Reason } from './reasons.js';
import { spanOf, type Span } from './span.js';

export interface Match {
  /** Probability that both files are of one person, 0 to 1, under the priors of `evidence.ts`. */
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/**
 * From here a pair is shown to a human as a probable duplicate: more likely than not. A missed pair counts a person
 * twice for ever; a false one costs a colleague a minute, and is never merged without her.
 */
export const CANDIDATE_THRESHOLD = 0.5;

/** A person whose name, document and dates have been read. */
interface ReadPerson {
  readonly person: MatchPerson;
  readonly name: PersonName;
  readonly document: string | null;
  readonly arrest: Span | null;
  readonly birth: Birth | null;
}

/** One file is compared with many others, so it is read once; what was read goes when the person goes. */
const READ = new WeakMap<MatchPerson, ReadPerson>();

function readOnce(person: MatchPerson): ReadPerson {
  const known = READ.get(person);
  if (known !== undefined) return known;
  const read = readPerson(person);
  READ.set(person, read);
  return read;
}

function readPerson(person: MatchPerson): ReadPerson {
  const arrest = spanOf(person.arrestedAt);
  return {
    person,
    name: personName(person.givenNames, person.familyNames),
    document: documentNumber(person.documentNumber),
    arrest,
    birth: birthOf(person, arrest),
  };
}

const KNOWN_SEXES = new Set(['F', 'M', 'INTERSEX']);

function compareSexes(a: string, b: string): Evidence {
  if (!KNOWN_SEXES.has(a) || !KNOWN_SEXES.has(b)) return NO_EVIDENCE;
  return a === b ? EVIDENCE.sexSame : EVIDENCE.sexDifferent;
}

function compareAreas(a: MatchPerson, b: MatchPerson): Evidence {
  const bothDistricts = a.area3 !== null && b.area3 !== null;
  if (bothDistricts && a.area3 === b.area3) return EVIDENCE.districtSame;
  if (a.area1 === null || b.area1 === null) return NO_EVIDENCE;
  if (a.area1 !== b.area1) return EVIDENCE.departmentDifferent;
  return bothDistricts ? EVIDENCE.departmentSame : EVIDENCE.departmentOnly;
}

function comparePlaces(a: string | null, b: string | null): Evidence {
  if (a === null || b === null) return NO_EVIDENCE;
  return a === b ? EVIDENCE.placeSame : EVIDENCE.placeDifferent;
}

/**
 * The probability that two files are of one person, and why. Symmetric; no single disagreement is a veto, not even
 * two different document numbers. A person must not be changed after it has been compared.
 *
 * `files` is the size of the register, a hundred thousand unless told: in a larger one more strangers share a name, so
 * the same agreement proves less.
 *
 * @example compare(chepe, jose) // { score: 0.55…, reasons: ['NICKNAME', 'ARREST_SAME_DAY', 'DISTRICT_SAME'] }
 */
export function compare(one: MatchPerson, other: MatchPerson, files: number = USUAL_FILES): Match {
  const [a, b] = [readOnce(one), readOnce(other)];
  const all: readonly Evidence[] = [
    compareNames(a.name, b.name),
    compareDocuments(a.document, b.document),
    compareSexes(a.person.sex, b.person.sex),
    compareBirths(a.person, a.birth, b.person, b.birth),
    compareArrests(a.person.arrestedAt, a.arrest, b.person.arrestedAt, b.arrest),
    compareAreas(a.person, b.person),
    comparePlaces(a.person.place, b.person.place),
  ];
  let overStrangers = 0;
  let overRelatives = 0;
  const reasons: Reason[] = [];
  for (const evidence of all) {
    overStrangers += evidence.overStrangers;
    overRelatives += evidence.overRelatives;
    for (const reason of evidence.reasons) reasons.push(reason);
  }
  return { score: probabilityOf(overStrangers, overRelatives, files), reasons };
}
