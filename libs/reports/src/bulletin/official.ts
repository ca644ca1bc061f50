/** Official counts beside documented ones, and the lists of others. Nothing here is ever added. */
import type { Block, Run, Section, Table } from '../document.js';
import type { Figure } from '../figures.js';
import { qualifierWords } from '../hedges.js';
import { prose } from '../speech.js';
import { HEADS, PUBLISHED_INDICATORS, TITLES } from '../wording/terms.js';
import type { PublishedFigure } from './context.js';
import type { Draft } from './draft.js';

/** Indicators that may stand side by side, in the order of the report. */
const INDICATORS = ['arrests_total', 'children_arrested', 'deaths_custody', 'hc_filed', 'releases_total'] as const;
type Compared = (typeof INDICATORS)[number];

function documentedFigure(draft: Draft, indicator: Compared): Figure {
  switch (indicator) {
    case 'arrests_total':
      return draft.answer('sex').total();
    case 'children_arrested':
      return draft.answer('childrenBySex').total();
    case 'deaths_custody':
      return draft.answer('deathsByClass').total();
    case 'hc_filed':
      return draft.answer('habeasByStatus').total();
    case 'releases_total':
      return draft.answer('releasesByKind').total();
  }
}

export function publishedFigure(draft: Draft, published: PublishedFigure, unit: string): Figure {
  const { indicator, value, on, owner, official, checkable, qualifier, source } = published;
  const organisation = draft.voice.organisation;
  return draft.book.enter({
    indicator,
    unit,
    measure: 'published',
    slice: {},
    value,
    base: null,
    part: null,
    state: official
      ? { kind: 'official', institution: owner, checkable, organisation, qualifier }
      : { kind: 'own-list', complete: true },
    origin: { kind: 'published', owner, on, source },
    suppression: 'none',
  });
}

/** Not after the cut-off, the most recent first, and in one order for every language. */
function published(draft: Draft, indicator: string, official: boolean): readonly PublishedFigure[] {
  return draft.context.officialFigures
    .filter((one) => one.indicator === indicator && one.official === official && one.on <= draft.voice.cutOff)
    .sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : a.owner < b.owner ? -1 : 1));
}

/** The newest count of each list, so that one list stands once. */
function newestOfEach(lists: readonly PublishedFigure[]): readonly PublishedFigure[] {
  return lists.filter((one, i) => lists.findIndex((other) => other.owner === one.owner) === i);
}

/** What a reader calls owner and source; figures are known by the names that the pack has, in every language. */
const calledIn = ({ owner, source, called }: PublishedFigure): { readonly owner: string; readonly source: string } =>
  called ?? { owner, source };

const sourceNote = (draft: Draft, published: PublishedFigure): Run => {
  const { address, on } = published;
  const { owner, source } = calledIn(published);
  const when = draft.speech.date(on);
  const runs =
    source === owner
      ? prose`${owner}, ${when}.`
      : prose`${owner}, ${draft.context.language === 'en' ? 'in' : 'en'} ${source}, ${when}.`;
  return draft.note(runs, address);
};

/** T15. */
function comparison(
  draft: Draft,
  rows: readonly { readonly official: PublishedFigure; readonly ours: Figure }[],
): Table {
  const { language } = draft.context;
  const anyOtherDay = rows.some(({ official }) => official.on !== draft.voice.cutOff);
  const otherDay =
    language === 'en'
      ? `The official count and ours (as of ${draft.speech.date(draft.voice.cutOff)}) are of different days.`
      : `La cifra oficial y la nuestra (al ${draft.speech.date(draft.voice.cutOff)}) son de fechas distintas.`;
  const difference =
    language === 'en'
      ? 'Official minus documented. Different lists that overlap: the difference is not a number of missing cases, and the two must not be added.'
      : 'Oficial menos documentado. Son listas distintas que se superponen: la diferencia no es un número de casos faltantes, y no deben sumarse.';
  return draft.table({
    form: 'T15',
    title: TITLES.official,
    columns: [
      draft.column('label', HEADS.indicator),
      draft.column('measure', HEADS.official),
      draft.column('text', HEADS.asOf),
      draft.column('measure', HEADS.documented),
      draft.column('measure', HEADS.difference, ['a']),
      draft.column('text', HEADS.note),
    ],
    rows: rows.map(({ official, ours }) => {
      const theirs = publishedFigure(draft, official, ours.unit);
      const value = (theirs.value ?? 0) - (ours.value ?? 0);
      const gap = draft.book.enter(
        { ...ours, measure: 'difference', value, part: null },
        `${official.owner}|${official.on}`,
      );
      const stated = qualifierWords(official.qualifier, language).trim();
      const doubt = language === 'en' ? 'not verifiable' : 'no verificable';
      const remarks = [calledIn(official).owner, stated === '' ? '' : `«${stated}»`, official.checkable ? '' : doubt];
      return draft.row(
        'row',
        draft.text(draft.say(PUBLISHED_INDICATORS[official.indicator]?.row ?? HEADS.other)),
        draft.cell(theirs),
        draft.text(official.on, official.on === draft.voice.cutOff ? [] : ['b']),
        draft.cell(ours),
        draft.cell(gap),
        draft.text(
          remarks
            .filter((remark) => remark !== '')
            .join(', ')
            .replace(/«(.*)»/, language === 'en' ? '“$1”' : '«$1»'),
        ),
      );
    }),
    footnotes: [{ mark: 'a', text: difference }, ...(anyOtherDay ? [{ mark: 'b', text: otherDay }] : [])],
    from: INDICATORS.filter((indicator) => rows.some(({ official }) => official.indicator === indicator)).map((one) =>
      questionOf(draft, one),
    ),
  });
}

const questionOf = (draft: Draft, indicator: Compared) =>
  draft.answer(
    (
      {
        arrests_total: 'sex',
        children_arrested: 'childrenBySex',
        deaths_custody: 'deathsByClass',
        hc_filed: 'habeasByStatus',
        releases_total: 'releasesByKind',
      } as const
    )[indicator],
  );

/** Each list of another organisation on its own line. */
function otherLists(draft: Draft, lists: readonly PublishedFigure[]): Table {
  return draft.table({
    form: 'T12',
    title: TITLES.lists,
    columns: [
      draft.column('label', HEADS.owner),
      draft.column('text', HEADS.indicator),
      draft.column('measure', HEADS.count),
      draft.column('text', HEADS.asOf),
      draft.column('text', HEADS.hedge),
    ],
    rows: lists.map((one) => {
      const stated = qualifierWords(one.qualifier, draft.context.language).trim();
      return draft.row(
        'row',
        draft.text(calledIn(one).owner),
        draft.text(draft.say(PUBLISHED_INDICATORS[one.indicator]?.row ?? HEADS.other)),
        draft.cell(publishedFigure(draft, one, 'person')),
        draft.text(one.on),
        stated === '' ? { kind: 'symbol', symbol: 'not-applicable' } : draft.text(stated),
      );
    }),
    from: [],
    source: {
      en: `Source: the publications named in the notes. As of ${draft.speech.date(draft.voice.cutOff)}.`,
      es: `Fuente: las publicaciones citadas en las notas. Al ${draft.speech.date(draft.voice.cutOff)}.`,
    },
  });
}

export function officialSection(draft: Draft, label: string): Section | null {
  const { sentences } = draft;
  const official = INDICATORS.flatMap((indicator) => {
    const newest = published(draft, indicator, true)[0];
    return newest === undefined ? [] : [{ official: newest, ours: documentedFigure(draft, indicator) }];
  });
  const lists = INDICATORS.map((indicator) => newestOfEach(published(draft, indicator, false)));
  if (official.length === 0 && lists.flat().length === 0) return null;

  const said = official.map(({ official: one, ours }): readonly [string, readonly Run[]] => [
    `official.${one.indicator}`,
    [
      ...sentences.official({
        indicator: draft.say(PUBLISHED_INDICATORS[one.indicator]?.noun ?? HEADS.other),
        count: publishedFigure(draft, one, ours.unit),
        qualifier: one.qualifier,
        on: one.on,
        owner: calledIn(one).owner,
        checkable: one.checkable,
      }),
      sourceNote(draft, one),
    ],
  ]);
  const ranges = lists.flatMap((list): readonly (readonly [string, readonly Run[]])[] => {
    const sorted = [...list].sort((a, b) => a.value - b.value);
    const [lowest, highest] = [sorted[0], sorted.at(-1)];
    if (lowest === undefined || highest === undefined) return [];
    const figure = (one: PublishedFigure): Figure => publishedFigure(draft, one, 'person');
    const noun = draft.say(PUBLISHED_INDICATORS[lowest.indicator]?.noun ?? HEADS.other);
    const notes = list.map((one) => sourceNote(draft, one));
    return [[`lists.${lowest.indicator}`, [...sentences.otherLists(noun, figure(lowest), figure(highest)), ...notes]]];
  });
  const blocks: readonly (Block | null)[] = [
    draft.paragraph({
      ...Object.fromEntries(said),
      'official.neverAdded': official.length === 0 ? null : sentences.neverAdded(),
    }),
    official.length === 0 ? null : comparison(draft, official),
    draft.paragraph(Object.fromEntries(ranges)),
    lists.flat().length === 0 ? null : otherLists(draft, lists.flat()),
  ];
  return draft.section('official', label, blocks);
}
