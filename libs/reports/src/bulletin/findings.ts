/** The headline findings: one list from which the summary (T1), the key figures and the abstract are made. */
import type { Answer } from '../answers.js';
import type { Cell, Runs, Section, Statement, Table, Tile } from '../document.js';
import type { Figure } from '../figures.js';
import { shortLimit, spokenLimit } from '../limits.js';
import { capitalised, prose } from '../speech.js';
import type { Part } from '../wording/sentences.js';
import { FINDINGS, HEADS, SHORT, TITLES, unitNoun } from '../wording/terms.js';
import type { Draft } from './draft.js';
import { DOCUMENTED, statementsOf } from './draft.js';
import { limitsOf, overLimit } from './judge.js';
import { habeasFigures } from './remedies.js';

interface Finding {
  readonly code: string;
  readonly label: string;
  readonly value: Runs;
  /** Base n, as a figure; null where the number is itself the base. */
  readonly base: Figure | null;
  /** What the base counts. */
  readonly of: string;
  readonly share: Figure | null;
  readonly estimate: boolean;
  readonly tile: boolean;
  readonly from: Answer;
}

/** The findings that have a value, in the order of the sections. */
function findings(draft: Draft): readonly Finding[] {
  const { speech, context } = draft;
  const [people, children, ground, judge] = [
    draft.answer('sex'),
    draft.answer('childrenBySex'),
    draft.answer('legalGround'),
    draft.answer('judge'),
  ];
  const [deaths, rate, habeas, releases] = [
    draft.answer('deathsByClass'),
    draft.answer('deathRate'),
    draft.answer('habeasByStatus'),
    draft.answer('releasesByKind'),
  ];
  const arrests = draft.answer('arrestsByMonth').total();
  const noun = (figure: Figure): string => unitNoun(figure.unit, figure.value ?? 0, context.language);
  const whole = (code: string, label: string, count: Figure, from: Answer, tile: boolean): Finding => {
    const value = speech.hedgedDigits(count);
    return { code, label, value, base: null, of: '', share: null, estimate: false, tile, from };
  };
  const share = (
    code: string,
    label: string,
    { part, base, share: of }: Part,
    from: Answer,
    tile: boolean,
  ): Finding => {
    const value = prose`${speech.digits(part)}`;
    return { code, label, value, base, of: noun(base), share: of, estimate: false, tile, from };
  };
  const known = ground.known('legalGround');
  const median = judge.wait('median');
  const entered = judge.wait('entered');
  const deathRate = rate.rate('rate');
  const { filed, granted } = habeasFigures(draft);
  const interval = prose` (${speech.interval(rate.rate('rate-lower'), rate.rate('rate-upper'))})`;

  const all: readonly (Finding | null)[] = [
    whole('people', draft.say(FINDINGS.people), people.total(), people, true),
    arrests.value === people.total().value
      ? null
      : whole('arrests', draft.say(FINDINGS.arrests), arrests, draft.answer('arrestsByMonth'), false),
    share('children', draft.say(FINDINGS.children), draft.part(children.total(), people.total()), children, true),
    share(
      'noWarrant',
      draft.say(FINDINGS.noWarrant),
      draft.part(ground.count({ legalGround: 'NONE' }), known),
      ground,
      true,
    ),
    context.country.emergency === null
      ? null
      : share(
          'onlyEmergency',
          draft.say(FINDINGS.onlyEmergency),
          draft.part(ground.count({ legalGround: 'EMERGENCY_ONLY' }), known),
          ground,
          false,
        ),
    median.value === null
      ? null
      : {
          code: 'median',
          label: draft.say(FINDINGS.median),
          value: prose`${speech.digits(median)}`,
          base: entered,
          of: noun(entered),
          share: null,
          estimate: true,
          tile: true,
          from: judge,
        },
    ...limitsOf(draft).map((limit) => {
      const answer = overLimit(draft, limit);
      const label = `${draft.say(FINDINGS.over)} ${shortLimit(limit.duration, context.language)}`;
      return share(
        `over.${limit.duration}`,
        label,
        draft.part(answer.limit('exceeds'), answer.total()),
        answer,
        limit.duration === headlineLimit(draft),
      );
    }),
    whole('deaths', draft.say(FINDINGS.deaths), deaths.total(), deaths, true),
    deathRate.value === null
      ? null
      : {
          code: 'rate',
          label: draft.say(FINDINGS.rate).replace('1,000', speech.number(1000)),
          value: prose`${speech.digits(deathRate)}${interval}`,
          base: rate.rate('person-years'),
          of: context.language === 'en' ? 'person-years' : 'personas-año',
          share: null,
          estimate: true,
          tile: false,
          from: rate,
        },
    whole('petitions', draft.say(FINDINGS.petitions), filed, habeas, false),
    filed.value ? share('granted', draft.say(FINDINGS.granted), draft.part(granted, filed), habeas, true) : null,
    whole('released', draft.say(FINDINGS.released), releases.total(), releases, true),
  ];
  return all.filter((finding) => finding !== null);
}

/** The limit a headline names: the second of several, because the first is a guide and the last the emergency's own. */
function headlineLimit(draft: Draft): string | undefined {
  const limits = limitsOf(draft);
  return (limits[1] ?? limits[0])?.duration;
}

/** Key figures for page 1. */
export function keyFigures(draft: Draft): readonly Tile[] {
  const { speech, context } = draft;
  const ofWord = context.language === 'en' ? 'of' : 'de';
  return findings(draft)
    .filter(({ tile }) => tile)
    .map(({ code, label, value, base, of, share }) => ({
      code,
      label,
      value,
      base:
        base === null
          ? []
          : code === 'median'
            ? prose`n = ${speech.digits(base)} ${of}`
            : prose`${ofWord} ${speech.digits(base)} ${of}${share === null ? '' : speech.bracketed(share)}`,
    }));
}

/** T1. */
function summaryTable(draft: Draft): Table {
  const { speech, voice } = draft;
  const found = findings(draft);
  const period = `${voice.from} / ${voice.to}`;
  const verification = draft.answer('verification');
  const documented = verification.count({ verification: DOCUMENTED }, { verification: ['*documented'] });
  const share = draft.part(documented, verification.total()).share;
  const dash: Cell = { kind: 'symbol', symbol: 'not-applicable' };
  const grade =
    draft.context.language === 'en'
      ? `Own case register: ${speech.text(share)} of arrests rest on two independent sources, or on an official paper.`
      : `Registro propio de casos: el ${speech.text(share)} de las detenciones se apoya en dos fuentes independientes o en un documento oficial.`;
  return draft.table({
    form: 'T1',
    title: TITLES.summary,
    columns: [
      draft.column('label', HEADS.indicator),
      draft.column('measure', HEADS.value),
      draft.column('measure', HEADS.percent),
      draft.column('measure', HEADS.base),
      draft.column('text', HEADS.period),
      draft.column('text', HEADS.grade, ['a']),
    ],
    rows: found.map(({ label, value, base, share: of, estimate }) =>
      draft.row(
        'row',
        draft.text(capitalised(label)),
        { kind: 'runs', runs: value },
        of === null ? dash : draft.cell(of),
        base === null ? dash : draft.cell(base),
        draft.text(period),
        draft.text(draft.say(estimate ? SHORT.estimate : SHORT.register)),
      ),
    ),
    footnotes: [{ mark: 'a', text: grade }],
    from: [...found.map(({ from }) => from), verification],
  });
}

export function summarySection(draft: Draft, label: string): Section {
  return draft.section('summary', label, [summaryTable(draft)]);
}

/** Three or four sentences for page 1; the same sentences as in the sections, in the same words. */
export function abstract(draft: Draft): readonly Statement[] {
  const { sentences, context } = draft;
  const people = draft.answer('sex').total();
  const ground = draft.answer('legalGround');
  const judge = draft.answer('judge');
  const limit = limitsOf(draft).find(({ duration }) => duration === headlineLimit(draft));
  const over = limit === undefined ? null : overLimit(draft, limit);
  const median = sentences.median(
    judge.wait('median'),
    judge.wait('entered'),
    [judge.wait('median-lower'), judge.wait('median-upper')],
    judge.table.unit,
  );
  const exceeded =
    limit === undefined || over === null
      ? null
      : sentences.overLimit({
          ...draft.part(over.limit('exceeds'), over.total()),
          limit: spokenLimit(limit.duration, context.language),
          basis: limit.basis === undefined ? null : draft.say(limit.basis),
          undetermined: over.limit('undetermined'),
        });
  const deaths = draft.answer('deathsByClass').total();
  const { filed, admitted, granted } = habeasFigures(draft);
  const clock = [median, exceeded].filter((runs) => runs !== null);
  return statementsOf({
    'abstract.opening': sentences.openingChildren(people, draft.answer('childrenBySex').total()),
    'abstract.noWarrant': sentences.noWarrant(
      draft.part(ground.count({ legalGround: 'NONE' }), ground.known('legalGround')),
    ),
    'abstract.clock': clock.length === 0 ? null : clock.flatMap((runs, i) => (i === 0 ? runs : prose` ${runs}`)),
    'abstract.deaths': prose`${sentences.deaths(deaths)} ${sentences.habeas(filed, admitted, granted)}`,
  });
}
