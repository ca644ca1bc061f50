import {
  auditCumulative,
  auditExclusiveShares,
  auditOccupancy,
  auditRate,
  auditShare,
  auditTotal,
  type AuditFinding,
} from './audit.js';

const codes = (findings: readonly AuditFinding[]): readonly string[] => findings.map(({ code }) => code);

describe('parts and their total', () => {
  it('agree, or the difference is named in both languages (A7: three zones of a court)', () => {
    expect(auditTotal({ where: 'T10', parts: [17_734, 8_461, 5_823], total: 32_018 })).toEqual([]);
    expect(auditTotal({ where: 'T10', parts: [17_734, 8_461, 5_823], total: 31_868 })).toEqual([
      {
        code: 'total.does-not-add-up',
        where: 'T10',
        message: {
          en: 'The parts add up to 32,018, but the total is given as 31,868 (difference 150).',
          es: 'Las partes suman 32,018, pero el total indicado es 31,868 (diferencia 150).',
        },
      },
    ]);
  });

  it('may differ by the rounding that the caller allows', () => {
    expect(auditTotal({ where: 'x', parts: [10, 10, 10], total: 31, tolerance: 1.5 })).toEqual([]);
    expect(auditTotal({ where: 'x', parts: [0.1, 0.2], total: 0.3 })).toEqual([]);
    expect(auditTotal({ where: 'x', parts: [], total: 0 })).toEqual([]);
  });
});

describe('a share and its base', () => {
  it('fit within the rounding of the printed decimals', () => {
    expect(auditShare({ where: 'x', numerator: 1, base: 8, percent: 13 })).toEqual([]);
    expect(auditShare({ where: 'x', numerator: 1, base: 8, percent: 12 })).toEqual([]);
    expect(auditShare({ where: 'x', numerator: 1, base: 8, percent: 12.5, decimals: 1 })).toEqual([]);
    expect(codes(auditShare({ where: 'x', numerator: 1, base: 8, percent: 12.4, decimals: 1 }))).toEqual([
      'share.does-not-fit-its-base',
    ]);
  });

  it('that do not fit come with the base that would (A6: 96 of 239 deaths printed as 45 %)', () => {
    const [found] = auditShare({ where: 'T8', numerator: 96, base: 239, percent: 45 });
    expect(found!.code).toBe('share.does-not-fit-its-base');
    expect(found!.message.en).toContain('96 of 239 is 40.2%, but 45% is printed. It would fit a base of about 213');
    expect(found!.message.es).toContain('96 de 239 es el 40.2\u00a0%, pero se indica el 45\u00a0%');
  });

  it('that do not fit come with the numerator that would (A2: 1.14 % of a population beside 100,000 prisoners)', () => {
    const [found] = auditShare({ where: 'x', numerator: 100_000, base: 6_330_000, percent: 1.14, decimals: 2 });
    expect(found!.message.en).toContain('a part of about 72,162');
  });

  it('are refused without a base, and above it (A8: more outcomes than petitions)', () => {
    expect(codes(auditShare({ where: 'x', numerator: 0, base: 0, percent: 0 }))).toEqual(['share.no-base']);
    expect(codes(auditShare({ where: 'x', numerator: 4_315, base: 4_012, percent: 108 }))).toEqual([
      'share.above-its-base',
    ]);
  });

  it('of nought have no hint to give', () => {
    expect(auditShare({ where: 'x', numerator: 0, base: 50, percent: 2 })[0]!.message.en).toBe(
      '0 of 50 is 0%, but 2% is printed.',
    );
  });
});

describe('classes that exclude each other', () => {
  it('add up to 100 within half a point', () => {
    expect(auditExclusiveShares({ where: 'x', percents: [33.3, 33.3, 33.3] })).toEqual([]);
    expect(auditExclusiveShares({ where: 'x', percents: [50, 50.5] })).toEqual([]);
    expect(auditExclusiveShares({ where: 'x', percents: [] })).toEqual([]);
    const [found] = auditExclusiveShares({ where: 'x', percents: [61, 40] });
    expect(found).toMatchObject({ code: 'classes.do-not-add-to-100' });
    expect(found!.message.en).toContain('add up to 101%');
  });
});

describe('a cumulative series of one list', () => {
  it('may stand still and never falls', () => {
    const points = [
      { at: '2022-05-01', value: 3_418 },
      { at: '2022-05-08', value: 3_418 },
      { at: '2022-05-15', value: 3_400 },
      { at: '2022-05-22', value: 3_500 },
    ];
    expect(auditCumulative({ where: 'x', points: points.slice(0, 2) })).toEqual([]);
    const found = auditCumulative({ where: 'x', points });
    expect(codes(found)).toEqual(['cumulative.falls']);
    expect(found[0]!.message.en).toBe('A cumulative series falls from 3,418 (2022-05-08) to 3,400 (2022-05-15).');
  });
});

describe('occupancy and overcrowding', () => {
  const prisons = { where: 'T13', people: 96_675, places: 30_864 };

  it('are both right under their own names (A4: 313 % and 213 %)', () => {
    expect(auditOccupancy({ ...prisons, percent: 313, label: 'occupancy' })).toEqual([]);
    expect(auditOccupancy({ ...prisons, percent: 213, label: 'overcrowding' })).toEqual([]);
  });

  it('are caught when one is printed for the other', () => {
    expect(codes(auditOccupancy({ ...prisons, percent: 313, label: 'overcrowding' }))).toEqual([
      'occupancy.printed-as-overcrowding',
    ]);
    const [found] = auditOccupancy({ ...prisons, percent: 213, label: 'occupancy' });
    expect(found!.code).toBe('occupancy.overcrowding-printed-as-occupancy');
    expect(found!.message.es).toContain('la ocupación es del 313\u00a0% y el hacinamiento del 213\u00a0%');
  });

  it('are caught when neither fits, and without a capacity', () => {
    expect(codes(auditOccupancy({ ...prisons, percent: 250, label: 'occupancy' }))).toEqual(['occupancy.does-not-fit']);
    expect(codes(auditOccupancy({ ...prisons, places: 0, percent: 250, label: 'overcrowding' }))).toEqual([
      'occupancy.no-capacity',
    ]);
  });
});

describe('a rate and its numerator', () => {
  it('fit within the rounding of the printed decimals', () => {
    expect(auditRate({ where: 'x', numerator: 96_000, population: 6_330_000, rate: 1_517 })).toEqual([]);
    expect(auditRate({ where: 'x', numerator: 12, population: 5_000, rate: 2.4, per: 1_000, decimals: 1 })).toEqual([]);
  });

  it('that do not fit come with the numerator that would (A3: 96,000 prisoners and 605 per 100,000)', () => {
    const [found] = auditRate({ where: 'x', numerator: 96_000, population: 6_330_000, rate: 605 });
    expect(found!.code).toBe('rate.does-not-fit-its-numerator');
    expect(found!.message.en).toContain(
      'is 1,516.6 per 100,000, but 605 is printed; that would fit a numerator of about 38,297',
    );
  });

  it('need a population', () => {
    expect(codes(auditRate({ where: 'x', numerator: 1, population: 0, rate: 1 }))).toEqual(['rate.no-population']);
  });
});

describe('every audit', () => {
  it('refuses what is no number instead of passing it', () => {
    expect(() => auditTotal({ where: 'x', parts: [NaN], total: 1 })).toThrow(RangeError);
    expect(() => auditShare({ where: 'x', numerator: 1, base: 2, percent: NaN })).toThrow(RangeError);
    expect(() => auditExclusiveShares({ where: 'x', percents: [Infinity] })).toThrow(RangeError);
    expect(() => auditCumulative({ where: 'x', points: [{ at: 'now', value: NaN }] })).toThrow(RangeError);
    expect(() => auditRate({ where: 'x', numerator: NaN, population: 1, rate: 1 })).toThrow(RangeError);
    expect(() => auditOccupancy({ where: 'x', people: 1, places: NaN, percent: 1, label: 'occupancy' })).toThrow(
      RangeError,
    );
  });
});
