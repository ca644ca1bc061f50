/** Deaths in custody: how many, of what, what the papers say, and the rate. */
import type { Answer } from '../answers.js';
import { MISSING_CODES } from '../answers.js';
import type { Cell, Section, Table } from '../document.js';
import type { Figure, Slice } from '../figures.js';
import { prose } from '../speech.js';
import { HEADS, MISSING_ROWS, TITLES } from '../wording/terms.js';
import {
  AFFIRMATIVE,
  CLASS_ORDER,
  ILLNESS_CLASS,
  NOT_BEFORE_JUDGE,
  SUSPICIOUS_CLASS,
  UNCONVICTED,
  UNDETERMINED_CLASS,
  VIOLENT_CLASSES,
} from './codes.js';
import type { Draft } from './draft.js';
import { missingRows } from './draft.js';

/** Deaths with a "yes" in a dimension; in one class, or in all. */
const yes = (answer: Answer, dimension: string, classes: readonly string[] | null): Figure => {
  const row: Slice = classes === null ? {} : { assessedClass: classes };
  return answer.count({ ...row, [dimension]: AFFIRMATIVE }, { ...row, [dimension]: ['YES'] });
};

const byGravity = (codes: readonly string[]): readonly string[] => {
  const place = (code: string): number =>
    (CLASS_ORDER.indexOf(code) + CLASS_ORDER.length + 1) % (CLASS_ORDER.length + 1);
  return [...codes].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
};

/** T7: the share is of all deaths on the list, the undetermined ones included. */
function mannerTable(draft: Draft): Table {
  const deaths = draft.answer('deathsByClass');
  const autopsy = draft.answer('deathsByClassAndAutopsy');
  const photographs = draft.answer('deathsByClassAndPhotos');
  const differs = draft.answer('deathsByClassAndMismatch');
  const total = deaths.total();
  const cells = (classes: readonly string[] | null): readonly Cell[] => {
    const count = classes === null ? total : deaths.count({ assessedClass: classes });
    return [
      draft.cell(count),
      classes === null ? { kind: 'symbol', symbol: 'not-applicable' } : draft.cell(draft.part(count, total).share),
      draft.cell(yes(autopsy, 'autopsySeen', classes)),
      draft.cell(yes(photographs, 'photosSeen', classes)),
      draft.cell(yes(differs, 'causeDiffers', classes)),
    ];
  };
  const base =
    draft.context.language === 'en'
      ? 'Share of all deaths on the list, the undetermined ones included; no percentage on a base under 20.'
      : 'Proporción de todas las muertes de la lista, incluidas las no determinadas; sin porcentaje si la base es menor de 20.';
  return draft.table({
    form: 'T7',
    title: TITLES.manner,
    columns: [
      draft.column('label', HEADS.class),
      draft.column('count', HEADS.deaths),
      draft.column('share', HEADS.percent, ['a']),
      draft.column('count', HEADS.autopsy),
      draft.column('count', HEADS.photographs),
      draft.column('count', HEADS.differs),
    ],
    rows: [
      ...byGravity(deaths.codes('assessedClass')).map((code) =>
        draft.row('row', draft.text(draft.rowLabel('assessedClass', code)), ...cells([code])),
      ),
      ...missingRows(deaths, 'assessedClass').map((code) =>
        draft.row('unknown', draft.text(draft.say(MISSING_ROWS[code])), ...cells([code])),
      ),
      draft.row('total', draft.text(draft.say(HEADS.total)), ...cells(null)),
    ],
    footnotes: [{ mark: 'a', text: base }],
    from: [deaths, autopsy, photographs, differs],
    audits: { exclusiveRows: true },
  });
}

export function deathsSection(draft: Draft, label: string): Section {
  const { sentences } = draft;
  const [deaths, status] = [draft.answer('deathsByClass'), draft.answer('deathsByStatus')];
  const mismatch = draft.answer('deathsByClassAndMismatch');
  const rate = draft.answer('deathRate');
  const total = deaths.total();
  const any = !!total.value;
  const inClass = (codes: readonly string[], name: string): Figure =>
    deaths.count({ assessedClass: codes }, { assessedClass: [name] });
  const death = sentences.rate(
    rate.rate('rate'),
    [rate.rate('rate-lower'), rate.rate('rate-upper')],
    rate.rate('rate-deaths'),
    rate.rate('person-years'),
  );
  const rateNote =
    draft.context.language === 'en'
      ? prose`Deaths dated to the day over days in custody; exact Poisson interval (Garwood); a person-year is 365.25 days.`
      : prose`Muertes con fecha conocida al día sobre días bajo custodia; intervalo de Poisson exacto (Garwood); una persona-año son 365.25 días.`;
  return draft.section('deaths', label, [
    draft.paragraph({
      'deaths.opening': sentences.deaths(total),
      'deaths.beforeJudge': any ? sentences.beforeJudge(status.count({ statusAtDeath: NOT_BEFORE_JUDGE })) : null,
      'deaths.unconvicted': any
        ? sentences.unconvicted(
            status.count({ statusAtDeath: UNCONVICTED }, { statusAtDeath: ['*unconvicted'] }),
            status.known('statusAtDeath'),
          )
        : null,
      'deaths.manner': any
        ? sentences.manner(
            inClass(VIOLENT_CLASSES, '*violent'),
            inClass([SUSPICIOUS_CLASS], SUSPICIOUS_CLASS),
            inClass([ILLNESS_CLASS], ILLNESS_CLASS),
            inClass([UNDETERMINED_CLASS, ...MISSING_CODES], '*insufficient'),
          )
        : null,
      'deaths.mismatch': any
        ? sentences.mismatch(draft.part(yes(mismatch, 'causeDiffers', null), mismatch.known('causeDiffers')))
        : null,
      'deaths.rate': any && death !== null ? [...death, draft.note(rateNote)] : null,
    }),
    any ? mannerTable(draft) : null,
  ]);
}
