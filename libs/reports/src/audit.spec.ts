import { sampleAnswers, sampleContext } from '../samples/bulletin.js';
import { auditReport, auditTranslations } from './audit.js';
import { buildBulletin } from './bulletin/bulletin.js';
import type { Cell, Table } from './document.js';
import type { Figure } from './figures.js';

const FIGURE: Omit<Figure, 'id' | 'value'> = {
  indicator: 'arrests_total',
  unit: 'arrest',
  measure: 'count',
  slice: {},
  base: null,
  part: null,
  state: { kind: 'part-of-list' },
  origin: { kind: 'stated' },
  suppression: 'none',
};

/** A table of figures: label, then a count, a share and a running total per row. */
function audited(
  rows: readonly (readonly [role: 'row' | 'unknown' | 'total', count: number, share: number | null, running: number])[],
  of = 10,
) {
  const figures = new Map<string, Figure>();
  const cell = (value: number | null, fields: Partial<Figure> = {}): Cell => {
    if (value === null) return { kind: 'symbol', symbol: 'not-applicable' };
    const id = `F-x-${figures.size}`;
    figures.set(id, { ...FIGURE, id, value, ...fields });
    return { kind: 'figure', figure: id, text: fields.measure === 'share' ? `${value * 100}%` : String(value) };
  };
  const table: Table = {
    kind: 'table',
    id: 't1',
    form: 'T1',
    label: 'Table 1',
    title: 'A table',
    columns: [
      { kind: 'label', head: 'Class' },
      { kind: 'count', head: 'Arrests' },
      { kind: 'share', head: '%' },
      { kind: 'cumulative', head: 'Cumulative' },
    ],
    rows: rows.map(([role, count, share, running]) => ({
      role,
      cells: [
        { kind: 'text', text: role },
        cell(count),
        cell(share, { measure: 'share', part: count, base: of }),
        cell(running),
      ],
    })),
    footnotes: [],
    source: '',
    audits: { exclusiveRows: true },
  };
  const section = { id: 's', label: '1', title: '', annex: false, blocks: [table] };
  const document = { cover: [], tiles: [], abstract: [], sections: [section], notes: [] };
  return auditReport(document, (id) => figures.get(id)).map(({ check }) => check);
}

describe('arithmetic checks', () => {
  it('pass a table that adds up', () => {
    expect(
      audited(
        [
          ['row', 12, 0.6, 12],
          ['row', 8, 0.4, 20],
          ['unknown', 3, null, 20],
          ['total', 23, null, 20],
        ],
        20,
      ),
    ).toEqual([]);
  });

  it('find parts that are not the total, and a running total that falls', () => {
    expect(
      audited(
        [
          ['row', 12, 0.6, 12],
          ['row', 8, 0.4, 11],
          ['total', 23, null, 11],
        ],
        20,
      ),
    ).toEqual(['parts-to-total', 'cumulative-falls']);
  });

  it('find a share that is not its part of its base, as in "1.14%" of audit A2', () => {
    expect(
      audited(
        [
          ['row', 20, 0.45, 20],
          ['row', 20, 0.55, 40],
        ],
        40,
      ),
    ).toEqual(['share-to-base', 'share-to-base']);
  });

  it('find classes that do not add up to 100', () => {
    expect(
      audited(
        [
          ['row', 20, 0.5, 20],
          ['row', 19, 0.475, 39],
        ],
        40,
      ),
    ).toEqual(['classes-to-100']);
  });

  it('find a percentage on a base under 20', () => {
    expect(audited([['row', 10, 1, 10]], 10)).toEqual(['percent-on-small-base']);
  });

  it('find a language that prints another figure', () => {
    const [en, es] = (['en', 'es'] as const).map((language) => buildBulletin(sampleAnswers(), sampleContext(language)));
    expect(auditTranslations(en!, es!)).toEqual([]);
    const [first, ...rest] = es!.register.figures;
    const changed = { ...first!, figure: { ...first!.figure, value: 1 } };
    const altered = { ...es!, register: { ...es!.register, figures: [changed, ...rest] } };
    expect(auditTranslations(en!, altered).map(({ check }) => check)).toEqual(['languages-differ', 'languages-differ']);
  });
});
