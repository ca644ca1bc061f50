/** Rows of a table or bars of a chart that count one dimension: known codes, then the unknown ones, then the total. */
import type { Answer } from '../answers.js';
import type { Bars } from '../charts/spec.js';
import type { Column, Row } from '../document.js';
import type { Words } from '../language.js';
import { HEADS, MISSING_ROWS } from '../wording/terms.js';
import type { Draft } from './draft.js';
import { missingRows } from './draft.js';

export interface Distribution {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** Code, count and share of the known ones. `codes` gives the order; without it the most frequent comes first. */
export function distribution(
  draft: Draft,
  answer: Answer,
  dimension: string,
  heads: { readonly label: Words | string; readonly count: Words },
  codes: readonly string[] = answer.codesByCount(dimension),
): Distribution {
  const known = answer.known(dimension);
  const rows = codes.map((code) => {
    const count = answer.count({ [dimension]: code });
    const share = draft.part(count, known).share;
    return draft.row('row', draft.text(draft.rowLabel(dimension, code)), draft.cell(count), draft.cell(share));
  });
  const missing = missingRows(answer, dimension).map((code) =>
    draft.row('unknown', draft.text(draft.say(MISSING_ROWS[code])), draft.cell(answer.count({ [dimension]: code })), {
      kind: 'symbol',
      symbol: 'not-applicable',
    }),
  );
  const total = draft.row('total', draft.text(draft.say(HEADS.total)), draft.cell(answer.total()), {
    kind: 'symbol',
    symbol: 'not-applicable',
  });
  return {
    columns: [
      draft.column('label', heads.label),
      draft.column('count', heads.count),
      draft.column('share', HEADS.percent, ['a']),
    ],
    rows: [...rows, ...missing, total],
  };
}

/** The same as bars. */
export function distributionBars(draft: Draft, answer: Answer, dimension: string, axis: string): Bars {
  const bars = answer.codesByCount(dimension).map((code) => ({
    label: draft.rowLabel(dimension, code),
    datum: draft.datum(answer.count({ [dimension]: code })),
    unknown: false,
  }));
  const missing = missingRows(answer, dimension).map((code) => ({
    label: draft.say(MISSING_ROWS[code]),
    datum: draft.datum(answer.count({ [dimension]: code })),
    unknown: true,
  }));
  return { kind: 'bars', axis, bars: [...bars, ...missing] };
}

/** Footnote `a` of every table of classes. */
export function knownBaseNote(draft: Draft, base: string): string {
  return draft.context.language === 'en'
    ? `Share of the ${base} with a known value; no percentage on a base under 20.`
    : `Proporción de los ${base} con dato conocido; sin porcentaje si la base es menor de 20.`;
}
