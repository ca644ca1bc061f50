/** The questions a bulletin asks. The names are the keys under which it expects the answers. */
import type { FigureRequest } from '#lib/disclosure';
import type { TimeLimit } from '../limits.js';
import { USUAL_LIMITS } from '../limits.js';
import { CHILD_BANDS } from './codes.js';

export interface NamedRequest {
  readonly name: string;
  readonly request: FigureRequest;
}

export interface BulletinPeriod {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly country: { readonly limits?: readonly TimeLimit[] };
}

type Asked = readonly [indicator: string, by: readonly string[], where?: FigureRequest['where']];

const QUESTIONS = {
  arrestsByMonth: ['arrests_total', ['month']],
  sex: ['persons_total', ['sex']],
  sexAtArrest: ['arrests_total', ['sex']],
  ageBand: ['arrests_total', ['ageBand']],
  ageBySex: ['arrests_total', ['ageBand', 'sex']],
  vulnerability: ['persons_total', ['vulnerability']],
  // People, not arrests: children_arrested counts arrests of children.
  childrenBySex: ['persons_total', ['sex'], { ageBand: CHILD_BANDS }],
  area: ['arrests_total', ['area1']],
  legalGround: ['arrests_total', ['legalGround']],
  basis: ['arrests_total', ['basis']],
  basisByForce: ['arrests_total', ['basis', 'forceCombination']],
  forceCombination: ['arrests_total', ['forceCombination']],
  emergencyRegime: ['arrests_total', ['emergencyRegime']],
  judge: ['days_to_judge', []],
  judgeByMonth: ['days_to_judge', ['month']],
  deathsByClass: ['deaths_custody', ['assessedClass']],
  deathsByClassAndAutopsy: ['deaths_custody', ['assessedClass', 'autopsySeen']],
  deathsByClassAndPhotos: ['deaths_custody', ['assessedClass', 'photosSeen']],
  deathsByClassAndMismatch: ['deaths_custody', ['assessedClass', 'causeDiffers']],
  deathsByStatus: ['deaths_custody', ['statusAtDeath']],
  deathRate: ['death_rate', []],
  habeasByStatus: ['hc_filed', ['remedyStatus']],
  releasesByKind: ['releases_total', ['releaseKind']],
  verification: ['arrests_total', ['verification']],
  sourceType: ['arrests_total', ['sourceType']],
  statisticsConsent: ['arrests_total', [], { consent: ['ANON_STATISTICS'] }],
  place: ['arrests_total', ['place']],
  stage: ['arrests_total', ['stage']],
  charge: ['arrests_total', ['charge']],
  counsel: ['arrests_total', ['counsel']],
  measure: ['arrests_total', ['measure']],
  occupation: ['arrests_total', ['occupation']],
} as const satisfies Record<string, Asked>;

/** A question every bulletin asks; the limits of the country add `overLimit:<duration>`. */
export type BulletinQuestion = keyof typeof QUESTIONS;

export const overLimitQuestion = (duration: string): string => `overLimit:${duration}`;

/** The names alone, in the order of the register. */
export function bulletinQuestionNames(country: BulletinPeriod['country']): readonly string[] {
  const limits = (country.limits ?? USUAL_LIMITS).map(({ duration }) => overLimitQuestion(duration));
  return [...Object.keys(QUESTIONS), ...limits];
}

/** Every question of a bulletin over a period, in the order of the register. */
export function bulletinQuestions({ from, to, asOf, country }: BulletinPeriod): readonly NamedRequest[] {
  const ask = (name: string, [indicator, by, where = {}]: Asked, limit: string | null = null): NamedRequest => ({
    name,
    request: { indicator, by, where, from, to, asOf, limit },
  });
  const limits = (country.limits ?? USUAL_LIMITS).map(({ duration }) =>
    ask(overLimitQuestion(duration), ['over_limit', ['month']], duration),
  );
  return [...Object.entries<Asked>(QUESTIONS).map(([name, asked]) => ask(name, asked)), ...limits];
}
