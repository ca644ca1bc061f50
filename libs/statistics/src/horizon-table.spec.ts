import { horizonTable, HORIZONS } from './horizon-table.js';
import { kaplanMeier } from './kaplan-meier.js';

describe('the companion numbers at fixed days', () => {
  const curve = kaplanMeier([
    { time: 1, event: true, count: 20 },
    { time: 5, event: false, count: 16 },
    { time: 20, event: true, count: 4 },
  ]);

  it('give the share not yet before a judge, its interval and how many were under observation', () => {
    const [day2] = horizonTable(curve, [2]);
    expect(day2).toMatchObject({ t: 2, atRisk: 20, survival: 0.5, tooFew: false });
    expect(day2!.lower).toBeCloseTo(0.5 ** Math.exp((1.959964 * Math.sqrt(0.025)) / Math.LN2), 7);
    expect(day2!.upper).toBeCloseTo(0.5 ** Math.exp((-1.959964 * Math.sqrt(0.025)) / Math.LN2), 7);
  });

  it('are withheld where fewer than ten were under observation', () => {
    expect(horizonTable(curve, [7])).toEqual([
      { t: 7, atRisk: 4, survival: null, lower: null, upper: null, tooFew: true },
    ]);
    expect(horizonTable(curve, [7], 3)).toMatchObject([{ survival: 0.5, tooFew: false }]);
  });

  it('show nought when nobody was waiting any more', () => {
    expect(horizonTable(curve, [30])).toEqual([
      { t: 30, atRisk: 0, survival: 0, lower: null, upper: null, tooFew: false },
    ]);
  });

  it('are not defined after the last observed day', () => {
    const open = kaplanMeier([{ time: 6, event: false, count: 12 }]);
    expect(horizonTable(open, [7])).toEqual([
      { t: 7, atRisk: 0, survival: null, lower: null, upper: null, tooFew: false },
    ]);
  });

  it('are given at 2, 3, 7, 14, 30, 90, 180 and 365 days unless asked otherwise', () => {
    expect(horizonTable(curve).map(({ t }) => t)).toEqual([...HORIZONS]);
  });
});
