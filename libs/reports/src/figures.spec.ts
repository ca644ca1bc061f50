import { Answer, shareOf } from './answers.js';
import { FigureBook } from './figures.js';
import { countTable, SAMPLE_PERIOD } from '../samples/bulletin.js';

const request = (by: readonly string[], asOf = '2023-03-27') => ({
  indicator: 'arrests_total',
  by,
  where: {},
  ...SAMPLE_PERIOD,
  asOf,
  limit: null,
});

const ground = (book = new FigureBook(), asOf?: string): Answer =>
  new Answer(
    'legalGround',
    countTable(request(['legalGround'], asOf), 'arrest', [
      ['NONE', 12],
      ['FLAGRANTE', 8],
      ['UNKNOWN', 3],
      ['REFUSED', 1],
    ]),
    book,
  );

describe('figures', () => {
  it('have an id made of indicator and slice', () => {
    expect(ground().count({ legalGround: 'NONE' }).id).toMatch(/^F-arrests_total-[0-9a-f]{6}$/);
  });

  it('keep their id when the data or the cut-off changes, so that two editions can be compared', () => {
    const [one, other] = [ground(), ground(new FigureBook(), '2024-01-01')];
    expect(one.count({ legalGround: 'NONE' }).id).toBe(other.count({ legalGround: 'NONE' }).id);
  });

  it('differ by slice and by what is printed of it', () => {
    const book = new FigureBook();
    const answer = ground(book);
    const [none, known] = [answer.count({ legalGround: 'NONE' }), answer.known('legalGround')];
    const ids = [none, known, shareOf(book, none, known), shareOf(book, none, answer.total())].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });

  it('know the base of a share: those whose value is known', () => {
    const book = new FigureBook();
    const answer = ground(book);
    const share = shareOf(book, answer.count({ legalGround: 'NONE' }), answer.known('legalGround'));
    expect(share).toMatchObject({ value: 0.6, part: 12, base: 20, measure: 'share' });
  });

  it('of a slice without a cell are nought, not missing', () => {
    expect(ground().count({ legalGround: 'SUMMONED' }).value).toBe(0);
  });

  it('cannot be added over codes that one unit may share', () => {
    const table = countTable(
      request(['basis']),
      'arrest',
      [
        ['QUOTA', 3],
        ['NO_ID', 3],
      ],
      { total: 4, multi: ['basis'] },
    );
    const answer = new Answer('basis', table, new FigureBook());
    expect(() => answer.count({ basis: ['QUOTA', 'NO_ID'] })).toThrow('count one unit twice');
    expect(answer.known('basis').value).toBe(4);
  });

  it('list known codes by frequency, equal ones by code, and "other" last', () => {
    const table = countTable(request(['basis']), 'arrest', [
      ['OTHER', 9],
      ['B', 2],
      ['A', 2],
      ['C', 5],
      ['UNKNOWN', 7],
    ]);
    expect(new Answer('basis', table, new FigureBook()).codesByCount('basis')).toEqual(['C', 'A', 'B', 'OTHER']);
  });
});
