/**
 * The weight of what two files say: how probable an agreement (or a disagreement) is if they are of one person,
 * against how probable it is if they are not. Weights are base-2 logarithms of that ratio (Fellegi, I. P. & Sunter,
 * A. B. (1969), "A theory for record linkage", JASA 64(328), 1183-1210), so that they add up.
 *
 * Those who are not the same person come in two kinds, because independence fails badly for one of them: *strangers*,
 * and *relatives taken together*. Brothers who were arrested in one house share surnames, day, district and prison;
 * only given names, birth, sex and document tell them apart. Each kind has its own sum, and a pair must beat both.
 *
 * Every probability below is an estimate from a stated consideration; none was fitted to the sample of cases.
 */
import type { Reason } from './reasons.js';

/** Bits in favour of one person (positive) or against, and the reasons to show. */
export interface Evidence {
  readonly overStrangers: number;
  readonly overRelatives: number;
  readonly reasons: readonly Reason[];
}

/** What is missing in a file says nothing. */
export const NO_EVIDENCE: Evidence = { overStrangers: 0, overRelatives: 0, reasons: [] };

interface Level {
  /** What to say about it; null where it is too weak to be worth a word. */
  readonly reason: Reason | null;
  /** Probability of the level for two files of one person (the "m" of Fellegi and Sunter). */
  readonly same: number;
  /** For files of two strangers (the "u"). */
  readonly strangers: number;
  /** For files of two relatives who were taken together. */
  readonly relatives: number;
  readonly why: string;
}

export const LEVELS = {
  documentSame: {
    reason: 'DOCUMENT_SAME',
    same: 0.9,
    strangers: 5e-8,
    relatives: 0.005,
    why: 'unique; left are numbers typed into a wrong file, or a mother’s own number given for two sons',
  },
  documentOneSlip: {
    reason: 'DOCUMENT_ONE_DIGIT',
    same: 0.05,
    strangers: 2e-7,
    relatives: 0.005,
    why: 'one or two hundred of 10^9 numbers are one slip away; series are issued, so families have neighbours',
  },
  documentDifferent: {
    reason: 'DOCUMENT_DIFFERENT',
    same: 0.03,
    strangers: 1,
    relatives: 0.99,
    why: 'two slips, an old and a new document, or another person’s number: one file in thirty',
  },
  sexSame: {
    reason: null,
    same: 0.985,
    strangers: 0.77,
    relatives: 0.77,
    why: '87 % of those detained are men: 0.87² + 0.13²',
  },
  sexDifferent: {
    reason: 'SEX_DIFFERENT',
    same: 0.015,
    strangers: 0.23,
    relatives: 0.23,
    why: 'the rest; a wrong box is ticked rarely',
  },
  birthSame: {
    reason: 'BIRTH_SAME',
    same: 0.8,
    strangers: 1 / 11_000,
    relatives: 0.01,
    why: 'births of those detained spread over some thirty years of days; one pair of siblings in ninety are twins',
  },
  birthSwapped: {
    reason: 'BIRTH_DAY_MONTH_SWAPPED',
    same: 0.02,
    strangers: 4e-5,
    relatives: 5e-4,
    why: 'forms of two conventions; only the days up to the twelfth can be swapped',
  },
  birthOnePart: {
    reason: 'BIRTH_ONE_PART',
    same: 0.1,
    strangers: 0.006,
    relatives: 0.01,
    why: 'one wrong digit; by chance: same day and month 1/365, same month and year 1/360, same day and year 1/900',
  },
  birthDifferentNear: {
    reason: 'BIRTH_DIFFERENT',
    same: 0.03,
    strangers: 0.07,
    relatives: 0.15,
    why: 'a birth day known by a neighbour only, within a year; siblings of one age are common',
  },
  birthDifferent: {
    reason: 'BIRTH_DIFFERENT',
    same: 0.02,
    strangers: 0.25,
    relatives: 0.4,
    why: 'one to five years apart',
  },
  birthDifferentFar: {
    reason: 'BIRTH_DIFFERENT',
    same: 0.005,
    strangers: 0.65,
    relatives: 0.45,
    why: 'more than five years apart',
  },
  ageNear: {
    reason: 'AGE_DIFFERENT',
    same: 0.1,
    strangers: 0.12,
    relatives: 0.25,
    why: 'informants round ages; one to three years off the stated or computed age says little',
  },
  ageDifferent: { reason: 'AGE_DIFFERENT', same: 0.03, strangers: 0.2, relatives: 0.25, why: 'three to six years off' },
  ageDifferentFar: {
    reason: 'AGE_DIFFERENT',
    same: 0.01,
    strangers: 0.5,
    relatives: 0.3,
    why: 'more than six years off',
  },
  arrestSameDay: {
    reason: 'ARREST_SAME_DAY',
    same: 0.75,
    strangers: 1 / 150,
    relatives: 0.75,
    why: 'arrests come in waves: a year and a half has no more than about 150 equally likely days',
  },
  arrestNear: {
    reason: 'ARREST_NEAR',
    same: 0.12,
    strangers: 0.05,
    relatives: 0.12,
    why: 'night arrests, and "two or three days ago"',
  },
  arrestDifferent: {
    reason: 'ARREST_DIFFERENT',
    same: 0.06,
    strangers: 0.25,
    relatives: 0.06,
    why: 'within a month: a wrong week, a wrong month',
  },
  arrestDifferentFar: {
    reason: 'ARREST_DIFFERENT',
    same: 0.04,
    strangers: 0.65,
    relatives: 0.04,
    why: 'more than a month apart: some people are arrested twice, and a wrong year is written',
  },
  districtSame: {
    reason: 'DISTRICT_SAME',
    same: 0.85,
    strangers: 1 / 40,
    relatives: 0.85,
    why: '262 districts, but arrests crowd into a few: as if there were forty',
  },
  departmentSame: {
    reason: 'DEPARTMENT_SAME',
    same: 0.1,
    strangers: 0.1,
    relatives: 0.1,
    why: 'departments count as if there were eight, less those of one district; neighbours name a near district',
  },
  departmentOnly: {
    reason: 'DEPARTMENT_SAME',
    same: 0.95,
    strangers: 1 / 8,
    relatives: 0.95,
    why: 'the district is missing in one file; fourteen departments count as if there were eight',
  },
  departmentDifferent: {
    reason: 'DEPARTMENT_DIFFERENT',
    same: 0.05,
    strangers: 0.875,
    relatives: 0.05,
    why: 'home and place of arrest are confused, or a second arrest',
  },
  placeSame: {
    reason: 'PLACE_SAME',
    same: 0.65,
    strangers: 0.22,
    relatives: 0.65,
    why: 'a few prisons hold nearly everybody',
  },
  placeDifferent: {
    reason: null,
    same: 0.35,
    strangers: 0.78,
    relatives: 0.35,
    why: 'people are transferred between two reports',
  },
  givenNameMissing: {
    reason: 'GIVEN_NAME_MISSING',
    same: 0.25,
    strangers: 0.4,
    relatives: 0.4,
    why: 'a quarter of informants leave a given name out; strangers’ counts of names differ somewhat more often',
  },
  givenNameDifferent: {
    reason: 'GIVEN_NAME_DIFFERENT',
    same: 0.04,
    strangers: 0.95,
    relatives: 0.95,
    why: 'one given name agrees, another contradicts: José Antonio, José Manuel',
  },
  givenNamesDifferent: {
    reason: 'GIVEN_NAME_DIFFERENT',
    same: 0.012,
    strangers: 0.93,
    relatives: 0.95,
    why: 'no given name agrees: a nickname that no table has, or a stranger',
  },
  surnameMissing: {
    reason: 'SURNAME_MISSING',
    same: 0.15,
    strangers: 0.2,
    relatives: 0.15,
    why: 'neighbours and court lists give one surname',
  },
  surnameDifferent: {
    reason: 'SURNAME_DIFFERENT',
    same: 0.04,
    strangers: 0.95,
    relatives: 0.04,
    why: 'one surname agrees, the other contradicts: half-siblings, a stepfather’s name, a mishearing',
  },
  surnamesDifferent: {
    reason: 'SURNAME_DIFFERENT',
    same: 0.015,
    strangers: 0.9,
    relatives: 0.015,
    why: 'married names, an alias, or a stranger',
  },
  surnamesSwapped: {
    reason: 'SURNAMES_SWAPPED',
    same: 0.04,
    strangers: 0.5,
    relatives: 0.04,
    why: 'by chance two shared surnames stand either way',
  },
  fieldsMixed: {
    reason: 'NAME_FIELDS_MIXED',
    same: 0.04,
    strangers: 0.5,
    relatives: 0.04,
    why: 'a form filled in the other order; many names serve as both (Cruz, Santos, Ángel)',
  },
} as const satisfies Readonly<Record<string, Level>>;

export type LevelName = keyof typeof LEVELS;

/** Each level as evidence: log2 of how much likelier it is for one person than for each kind of others. */
export const EVIDENCE = Object.fromEntries(
  Object.entries(LEVELS).map(([name, { same, strangers, relatives, reason }]) => [
    name,
    {
      overStrangers: Math.log2(same / strangers),
      overRelatives: Math.log2(same / relatives),
      reasons: reason === null ? [] : [reason],
    },
  ]),
) as unknown as Readonly<Record<LevelName, Evidence>>;

/**
 * How many files have a second file of the same person: one in twenty. Of the n²/2 pairs of a register of n files,
 * n/20 are of one person, so the prior odds are 1 to 10·n: strangers of one name grow with the register, second files
 * do not.
 */
const SECOND_FILES = 0.05;
const priorOverStrangers = (files: number): number => (2 * SECOND_FILES) / Math.max(files, 1000);

/** The size of register that is assumed where none is given: prior odds of one to a million. */
export const USUAL_FILES = 100_000;

/** Pairs of one person to pairs of relatives taken together: one to two. Houses are searched, not persons. */
const PRIOR_OVER_RELATIVES = 0.5;

/**
 * The probability that two files are of one person: the prior odds times the evidence, against both kinds of others.
 * 1 / (1 + 1/(o_s·2^w_s) + 1/(o_r·2^w_r)), which is Fellegi and Sunter’s posterior with the unmatched population
 * written as a mixture of two.
 */
export function probabilityOf(overStrangers: number, overRelatives: number, files: number): number {
  const stranger = 2 ** -overStrangers / priorOverStrangers(files);
  const relative = 2 ** -overRelatives / PRIOR_OVER_RELATIVES;
  return 1 / (1 + stranger + relative);
}
