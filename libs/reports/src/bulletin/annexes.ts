/** The annexes every bulletin ends with: how complete the data is (T14), and method and limits in eleven fields. */
import type { Answer, MissingCode } from '../answers.js';
import { MISSING_CODES, shareOf } from '../answers.js';
import type { MethodBlock, MethodField, Runs, Section, Table } from '../document.js';
import { METHOD_FIELDS } from '../document.js';
import type { Figure } from '../figures.js';
import type { Words } from '../language.js';
import { capitalised } from '../speech.js';
import { FIELD_NAMES, HEADS, TITLES } from '../wording/terms.js';
import type { Draft } from './draft.js';
import { statementsOf } from './draft.js';
import type { BulletinQuestion } from './questions.js';
import { stated } from './scale.js';

/** Fields of T14: the question that shows them and the dimension it counts. */
const FIELDS: readonly (readonly [BulletinQuestion, string])[] = [
  ['sexAtArrest', 'sex'],
  ['ageBand', 'ageBand'],
  ['arrestsByMonth', 'month'],
  ['area', 'area1'],
  ['legalGround', 'legalGround'],
  ['basis', 'basis'],
  ['forceCombination', 'forceCombination'],
  ['emergencyRegime', 'emergencyRegime'],
  ['place', 'place'],
  ['stage', 'stage'],
  ['charge', 'charge'],
  ['counsel', 'counsel'],
  ['measure', 'measure'],
  ['occupation', 'occupation'],
];

const MISSING_HEADS = {
  UNKNOWN: HEADS.missing,
  REFUSED: HEADS.refused,
  NOT_ASKED: HEADS.notAsked,
  NOT_APPLICABLE: HEADS.notApplicable,
} as const satisfies Record<MissingCode, Words>;

/** Known among those to whom the field applies. */
function knownShare(draft: Draft, answer: Answer, dimension: string): Figure {
  const known = answer.known(dimension);
  const applicable = answer.applicable(dimension);
  return shareOf(draft.book, known, applicable);
}

function completenessTable(draft: Draft): Table {
  const base =
    draft.context.language === 'en'
      ? 'Of those to whom the field applies.'
      : 'De aquellas a las que el campo les aplica.';
  return draft.table({
    form: 'T14',
    title: TITLES.completeness,
    columns: [
      draft.column('label', HEADS.field),
      draft.column('count', HEADS.known),
      ...MISSING_CODES.map((code) => draft.column('count', MISSING_HEADS[code])),
      draft.column('count', HEADS.base),
      draft.column('share', HEADS.percentKnown, ['a']),
    ],
    rows: FIELDS.map(([question, dimension]) => {
      const answer = draft.answer(question);
      const name = dimension === 'area1' ? draft.context.country.area1 : FIELD_NAMES[dimension];
      return draft.row(
        'row',
        draft.text(name === undefined ? dimension : capitalised(draft.say(name))),
        draft.cell(answer.known(dimension)),
        ...MISSING_CODES.map((code) => draft.cell(answer.count({ [dimension]: code }))),
        draft.cell(answer.total()),
        draft.cell(knownShare(draft, answer, dimension)),
      );
    }),
    footnotes: [{ mark: 'a', text: base }],
    from: FIELDS.map(([question]) => draft.answer(question)),
    audits: {
      exclusiveRows: false,
      across: { parts: [1, ...MISSING_CODES.map((_, i) => i + 2)], total: MISSING_CODES.length + 2 },
    },
  });
}

export function completenessSection(draft: Draft, label: string): Section {
  return draft.section('completeness', label, [completenessTable(draft)]);
}

/** Every field is present, also when there is nothing to say but that nothing was said. */
function methodBlock(draft: Draft): MethodBlock {
  const { method, context } = draft;
  const facts = context.method;
  const arrests = draft.answer('arrestsByMonth').total();
  const verification = draft.answer('verification');
  const [sources, consented] = [draft.answer('sourceType'), draft.answer('statisticsConsent')];
  const verified = verification.count({ verification: 'VERIFIED' });
  const withoutConsent = draft.book.enter(
    {
      indicator: arrests.indicator,
      unit: arrests.unit,
      measure: 'difference',
      slice: { consent: ['*without ANON_STATISTICS'] },
      value: (arrests.value ?? 0) - (consented.total().value ?? 0),
      base: arrests.value,
      part: null,
      state: { kind: 'part-of-list' },
      origin: arrests.origin,
      suppression: 'none',
    },
    'without consent',
  );
  const levels = verification.codesByCount('verification').map((code) => ({
    label: draft.label('verification', code),
    count: verification.count({ verification: code }),
  }));
  const kinds = sources.codesByCount('sourceType').map((code) => ({
    label: draft.label('sourceType', code),
    count: sources.count({ sourceType: code }),
  }));
  const interviews = facts.interviews.map(({ sourceType, count }) => ({
    label: draft.label('sourceType', sourceType),
    count: stated(draft, 'interviews', 'interview', count, { sourceType: [sourceType] }),
  }));
  const numbered = (list: readonly Runs[]): Readonly<Record<string, Runs>> =>
    Object.fromEntries(list.map((runs, i) => [`${i}`, runs]));

  const content: Readonly<Record<MethodField, Readonly<Record<string, Runs | null>>>> = {
    universe: { universe: method.universe(draft.answer('arrestsByMonth').table.dataVersion) },
    sources: {
      register: method.register(kinds, sources.table.multiValued.includes('sourceType')),
      interviews: method.interviews(interviews),
      conditions: method.conditions(facts.interviewConditions, facts.otherSources),
    },
    proof: { standard: method.standard(facts.standardOfProof), grades: method.grades(levels) },
    verification: {
      rule: method.verificationRule(),
      verified: method.verified(draft.part(verified, verification.total())),
    },
    unit: { units: method.units(), deduplication: method.deduplication() },
    consent: { without: method.withoutConsent(withoutConsent, arrests), names: method.names() },
    requests: numbered(method.requests(facts.requests)),
    limits: {
      ...numbered(method.limits(facts.limits)),
      leftOut: method.leftOut(draft.answer('judge').wait('excluded')),
    },
    uses: numbered(method.uses()),
    disclosure: { control: method.noControl() },
    review: { checkedBy: method.checkedBy(facts.checkedBy) },
  };
  return {
    kind: 'method',
    fields: METHOD_FIELDS.map((field) => ({
      field,
      title: method.titles[field],
      statements: statementsOf(content[field]).map(({ code, runs }) => ({ code: `method.${field}.${code}`, runs })),
    })),
  };
}

export function methodSection(draft: Draft, label: string): Section {
  return draft.section('method', label, [methodBlock(draft)]);
}
