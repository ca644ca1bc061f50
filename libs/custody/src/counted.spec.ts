import { toldFile, type ToldEvent, type ToldFile } from '../cases/telling.js';
import {
  countedArrests,
  countedDeath,
  countedHearings,
  countedReleases,
  countedRemedies,
  countedViolations,
} from './counted.js';
import { readCaseFile, type Reading } from './reading.js';
import { remedyStatus } from './remedies.js';
import { stateOn } from './stages.js';
import { statusAt } from './status.js';

function read(timeline: readonly ToldEvent[], more: Partial<ToldFile> = {}): Reading {
  return readCaseFile(toldFile({ timeline, ...more }));
}

describe('the row of an arrest', () => {
  const timeline: readonly ToldEvent[] = [
    { arrest: '2022-04-03T14:30', ground: 'NONE' },
    { custodySpell: '2022-04-03', code: 'SV-BARTOLINA-1', until: '2022-04-05' },
    { custodySpell: '2022-04-05', code: 'SV-IZALCO' },
    { counsel: '2022-04-18', code: 'PUBLIC_PGR' },
    { counsel: '2022-09', code: 'NGO' },
    { charge: '2022-04-18', code: 'ORG_TERRORISTA' },
    { charge: '2022-04-18', code: 'EXTORSION' },
    { charge: '2022-10-01', code: 'EXTORSION' },
    { hearing: '2022-04-18', mode: 'VIDEO' },
    { measure: '2022-04-18', code: 'PRETRIAL_DETENTION' },
    { hearing: '2022-09', code: 'MEASURE_REVIEW', mode: 'IN_PERSON' },
    { measure: '2022-09', code: 'ALTERNATIVE' },
    { release: '2022-09-20', code: 'RELEASED_MEASURES' },
    { death: '2022-10' },
  ];
  const reading = read(timeline);
  const [row] = countedArrests(reading, { knownOn: '2023-03-27' });

  it('carries the bounds from which every wait and verdict can be computed', () => {
    expect(row).toMatchObject({
      arrest: 0,
      eventId: 'arrest-1',
      legalGround: 'NONE',
      earliest: '2022-04-03T14:30',
      latest: '2022-04-03T14:30',
      precision: 'EXACT_TIME',
      judge: { eventId: 'hearing-1', mode: 'VIDEO', earliest: '2022-04-18', latest: '2022-04-18' },
      judgeInPerson: { eventId: 'hearing-2', earliest: '2022-09-01', latest: '2022-09-30' },
      release: { code: 'RELEASED_MEASURES', earliest: '2022-09-20', latest: '2022-09-20' },
      next: null,
      death: { earliest: '2022-10-01', latest: '2022-10-31' },
      knownOn: '2023-03-27',
    });
  });

  it('carries the states in order, each from its first possible day', () => {
    expect(row?.stages).toEqual([
      { since: '2022-04-03', code: 'ADMIN_DETENTION' },
      { since: '2022-04-18', code: 'MEASURES_HEARING' },
      { since: '2022-09-01', code: 'MEASURE_REVIEW' },
    ]);
    expect(row?.measures.map(({ code }) => code)).toEqual(['PRETRIAL_DETENTION', 'ALTERNATIVE']);
    expect(row?.counsel.map(({ code }) => code)).toEqual(['PUBLIC_PGR', 'NGO']);
    expect(row?.places.map(({ code }) => code)).toEqual(['SV-BARTOLINA-1', 'SV-IZALCO']);
  });

  it('names each charge once', () => {
    expect(row?.charges).toEqual(['EXTORSION', 'ORG_TERRORISTA']);
  });

  it('gives the same stage on any day as the status does', () => {
    for (const on of ['2022-04-03', '2022-04-17', '2022-04-18', '2022-08-31', '2022-09-01', '2023-01-01']) {
      expect(stateOn(row?.stages ?? [], on)).toBe(statusAt(reading, on).stage);
    }
  });

  it('leaves a side open that nobody knows', () => {
    const [unknown] = countedArrests(read([{ arrest: '../2022-04-03' }, { hearing: 'XXXX' }]), { knownOn: null });
    expect(unknown).toMatchObject({ earliest: null, latest: '2022-04-03T23:59', knownOn: null });
    expect(unknown?.judge).toMatchObject({ earliest: null, latest: null });
  });

  it('says when the next arrest began, and gives the death to the arrest that it followed', () => {
    const rows = countedArrests(read([{ arrest: '2022-04-03' }, { arrest: '2022-08-01' }, { death: '2022-09-01' }]), {
      knownOn: null,
    });
    expect(rows.map(({ next, death }) => [next?.earliest ?? null, death?.earliest ?? null])).toEqual([
      ['2022-08-01', null],
      [null, '2022-09-01'],
    ]);
  });
});

describe('a state of unknown date', () => {
  it('stands from the beginning until a dated one', () => {
    const [row] = countedArrests(
      read([
        { arrest: '2022-04-03' },
        { hearing: '2022-05-01', code: 'PRELIMINARY' },
        { hearing: 'XXXX', code: 'TRIAL' },
      ]),
      { knownOn: null },
    );
    expect(row?.stages).toEqual([
      { since: '2022-04-03', code: 'ADMIN_DETENTION' },
      { since: null, code: 'TRIAL' },
      { since: '2022-05-01', code: 'PRELIMINARY' },
    ]);
  });
});

describe('the rows of hearings', () => {
  it('mark the one that counts as being brought before a judge', () => {
    const rows = countedHearings(
      read([
        { arrest: '2022-04-03' },
        { hearing: '2022-04-05', mode: 'PAPER' },
        { hearing: '2022-04-18', mode: 'VIDEO', code: 'INITIAL_HEARING' },
        { hearing: '2022-06-18', code: 'PRELIMINARY' },
      ]),
    );
    expect(rows.map(({ beforeJudge, isFirst }) => [beforeJudge, isFirst])).toEqual([
      [false, false],
      [true, true],
      [true, false],
    ]);
  });

  it('belong to their arrest by number', () => {
    const rows = countedHearings(
      read([{ arrest: '2022-04-03' }, { hearing: '2022-04-18' }, { arrest: '2022-08-01' }, { hearing: '2022-08-18' }]),
    );
    expect(rows.map(({ arrest }) => arrest)).toEqual([0, 1]);
  });
});

describe('the rows of remedies', () => {
  const steps = [
    { status: 'GRANTED', at: '2022-09-01' },
    { status: 'ADMITTED', at: '2022-06-01' },
    { status: 'NOT_EXECUTED', at: 'XXXX' },
  ];
  const reading = read([{ arrest: '2022-04-03' }, { remedy: '2022-05-01', steps }]);

  it('carry every step in the order it happened, and the last one as status', () => {
    const [row] = countedRemedies(reading);
    expect(row?.steps.map(({ status }) => status)).toEqual(['FILED', 'ADMITTED', 'GRANTED', 'NOT_EXECUTED']);
    expect(row).toMatchObject({ remedy: 'HABEAS_CORPUS', status: 'NOT_EXECUTED', earliest: '2022-05-01' });
  });

  it('have the status of their day', () => {
    const [remedy] =
      read([{ arrest: '2022-04-03' }, { remedy: '2022-05-01', steps: steps.slice(0, 2) }]).arrests[0]?.remedies ?? [];
    const on = (day: string): string | undefined => remedy && remedyStatus(remedy, day);
    expect(['2022-05-31', '2022-06-30', '2022-09-01'].map(on)).toEqual(['FILED', 'ADMITTED', 'GRANTED']);
  });
});

describe('the rows of releases, violations and death', () => {
  it('count leaving custody, not an order that nobody carried out', () => {
    const reading = read([
      { arrest: '2022-04-03' },
      { release: '2022-06-01', code: 'RELEASE_ORDERED_HELD' },
      { release: '2022-07-01', code: 'ACQUITTED' },
    ]);
    expect(countedReleases(reading)).toMatchObject([{ arrest: 0, release: 'ACQUITTED', earliest: '2022-07-01' }]);
    expect(reading.arrests[0]?.outcomes.map(({ release }) => release)).toEqual(['RELEASE_ORDERED_HELD']);
  });

  it('keep a violation before the arrest, of no arrest', () => {
    const reading = read([{ violation: '2022-03-01', code: 'THREATS' }, { arrest: '2022-04-03' }]);
    expect(countedViolations(reading)).toMatchObject([{ arrest: null, violation: 'THREATS' }]);
  });

  it('say in what situation a person died, and keep a death too late to count', () => {
    const late = read([{ arrest: '2022-04-03' }, { release: '2022-05-01' }, { death: '2023-05-01' }]);
    expect(countedDeath(late)).toMatchObject({ arrest: 0, statusAtDeath: 'NOT_APPLICABLE' });
    expect(countedDeath(read([{ death: '2022-05-01' }]))).toMatchObject({ arrest: null, statusAtDeath: 'UNKNOWN' });
    expect(countedDeath(read([{ arrest: '2022-04-03' }]))).toBeNull();
  });
});
