import { toldEvents, type ToldEvent } from '../cases/telling.js';
import { lastDayOfKnowledge } from './known-on.js';

const known = (timeline: readonly ToldEvent[], informed: readonly string[] = ['2022-05-01']): string | null =>
  lastDayOfKnowledge(informed, toldEvents(timeline));

describe('the last day on which the state was known', () => {
  it('is the latest day on which a source was informed', () => {
    expect(known([{ arrest: '2022-04-03' }], ['2022-05-01', '2022-06-01', '2022-04-20'])).toBe('2022-06-01');
  });

  it('is later where a hearing, a place or a measure shows the person held', () => {
    const later: readonly ToldEvent[] = [
      { hearing: '2022-07-01' },
      { custodySpell: '2022-07-01', code: 'SV-IZALCO' },
      { measure: '2022-07', code: 'PRETRIAL_DETENTION' },
    ];
    for (const event of later) expect(known([{ arrest: '2022-04-03' }, event])).toBe('2022-07-01');
  });

  it('is not moved by what does not show the person held, nor by a date without a first day', () => {
    expect(
      known([
        { arrest: '2022-06-03' },
        { remedy: '2022-07-01' },
        { violation: '2022-07-01' },
        { contact: '2022-07-01', code: 'PARCEL_ONLY' },
        { release: '2022-07-01' },
        { hearing: 'XXXX' },
        { hearing: '../2022-07-01' },
      ]),
    ).toBe('2022-05-01');
  });

  it('is not a day that was mistyped and corrected, or taken back', () => {
    expect(known([{ hearing: '2025-05-20' }, { hearing: '2022-05-20', corrects: 'hearing-1' }])).toBe('2022-05-20');
    expect(known([{ hearing: '2025-05-20', withdrawn: true }])).toBe('2022-05-01');
  });

  it('is the earlier wording again when the correction is taken back', () => {
    expect(known([{ hearing: '2022-06-20' }, { hearing: '2022-07-20', corrects: 'hearing-1', withdrawn: true }])).toBe(
      '2022-06-20',
    );
  });

  it('is no day at all when nobody was informed', () => {
    expect(known([{ arrest: '2022-04-03' }], [])).toBeNull();
  });
});
