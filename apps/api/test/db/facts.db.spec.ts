/**
 * The narrow facts that figures are counted from. They are kept in step by every act, and they are nothing but a reading
 * of the record: thrown away and made again, they are the same rows.
 */
import fc from 'fast-check';
import { aCase, type Agent, type RecordedCase } from '#lib/testing';
import { aService, type ServiceUnderTest } from '../api/service-under-test.js';
import { FactsService } from '../../src/record/facts.service.js';
import { LapsedConsentsService } from '../../src/custody/lapsed-consents.service.js';
import { anyActs, EVERY_ACT, Practice } from './any-acts.js';
import { facts, snapshot, tablesWithout, type Snapshot } from './record-snapshot.js';

let api: ServiceUnderTest;
let caseworker: Agent;
let coordinator: Agent;
beforeAll(async () => {
  api = await aService();
  caseworker = api.as('caseworker');
  coordinator = api.as('coordinator', 'work on the file');
});
afterAll(() => api.stop());

const rebuild = (): Promise<number> => api.app.get(FactsService).rebuild();
/** The rows that are in one of two snapshots only. */
function difference(one: Snapshot, other: Snapshot): object {
  const only = (a: Snapshot, b: Snapshot): object =>
    Object.fromEntries(
      Object.entries(a)
        .map(([table, rows]) => [table, rows.filter((row) => !b[table]?.includes(row))] as const)
        .filter(([, rows]) => rows.length > 0),
    );
  return { before: only(one, other), after: only(other, one) };
}
const NOTHING = { before: {}, after: {} };

describe('facts', () => {
  it('kept by any acts are the facts that the record gives when they are made again', async () => {
    const practice = new Practice(api);
    for (const act of EVERY_ACT) await practice.act(act);
    // Each went through once, so that no run of dice leaves one untried.
    expect(Object.entries(practice.done).filter(([, { yes }]) => yes === 0)).toEqual([]);
    expect(Object.keys(practice.done).sort()).toEqual([...new Set(EVERY_ACT.map(({ act }) => act))].sort());
    await fc.assert(
      fc.asyncProperty(anyActs(40), async (acts) => {
        for (const act of acts) await practice.act(act);
        const kept = await facts(api.database);
        await rebuild();
        expect(difference(kept, await facts(api.database))).toEqual(NOTHING);
      }),
      { numRuns: 8, seed: 20_221_126, endOnFailure: true },
    );
    expect((await facts(api.database))['fact_arrest']?.length).toBeGreaterThan(40);
  });

  it('are all that a rebuild touches: not a row of the record changes', async () => {
    const tables = await tablesWithout(api.database, 'job', 'match_pending', 'duplicate_candidate');
    const before = await snapshot(api.database, tables, ['changed']);
    expect(await rebuild()).toBeGreaterThan(0);
    expect(difference(before, await snapshot(api.database, tables, ['changed']))).toEqual(NOTHING);
  });

  it('that were tampered with are put right', async () => {
    const right = await facts(api.database);
    await api.database.sql('delete from fact_hearing');
    await api.database.sql(`update fact_arrest set judge_from = 'infinity', judge_to = 'infinity', sex = 1`);
    await rebuild();
    expect(difference(right, await facts(api.database))).toEqual(NOTHING);
  });

  it('belong to a file that was not merged into another, and each person has one latest arrest', async () => {
    const strange = await api.database.sql(
      `select f.case_id from fact_arrest f join case_file c on c.id = f.case_id where c.merged_into is not null
       union all select case_id from fact_arrest group by case_id having count(*) filter (where latest) <> 1`,
    );
    expect(strange).toEqual([]);
  });

  it('go with the act: what is refused leaves them as they were', async () => {
    const file = await aCase().arrestedOn('2022-05-03').recordedBy(caseworker);
    const before = await facts(api.database);
    await caseworker.post(`${file.path}/hearings`, { at: '2022-05-01', stage: 'TRIAL' }).expect(422);
    expect(difference(before, await facts(api.database))).toEqual(NOTHING);
    const earlier = await caseworker.post(`${file.path}/hearings`, { at: '2022-05-04', stage: 'TRIAL' }).expect(201);
    const { id, version } = earlier.body as { id: string; version: number };
    const kept = await facts(api.database);
    const withReason = api.as('caseworker', 'told by mistake');
    await caseworker.delete(`${file.path}/events/${id}`, version).expect(400);
    await withReason.delete(`${file.path}/events/${id}`, version - 1).expect(412);
    await withReason.delete(`${file.path}/events/${file.id}`, version).expect(404);
    expect(difference(kept, await facts(api.database))).toEqual(NOTHING);
  });
});

describe('a merge', () => {
  /** Everything on record but the merges themselves and what counts every act. */
  const everything = async (): Promise<Snapshot> => {
    const tables = await tablesWithout(
      api.database,
      'merge',
      // These people were written past the service; their first act makes the keys that a recorded case has already.
      'case_key',
      'idempotency_key',
      'match_pending',
      'duplicate_candidate',
    );
    return snapshot(api.database, tables, ['changed', 'version']);
  };
  const merge = async (keep: RecordedCase, absorb: RecordedCase): Promise<string> =>
    (
      (await coordinator.post('/v1/merges', { keep: keep.id, absorb: absorb.id, reason: 'one person' }).expect(201))
        .body as { id: string }
    ).id;

  const people = (): Promise<RecordedCase[]> =>
    Promise.all([
      aCase()
        .known()
        .of({ sex: 'F', born: '1990-05-01' })
        .seenByJudgeOn('2022-05-20')
        .heldAt('SV-IZALCO', '2022-05-04')
        .recordedBy(caseworker),
      aCase()
        .known()
        .arrestedOn('2022-05~')
        .of({ sex: 'UNKNOWN', occupation: 'TEACHER' })
        .consentingTo('INTERNAL_CASE')
        .and('remedies', { at: '2022-05-10', remedy: 'HABEAS_CORPUS' })
        .releasedOn('2022-09-01')
        .recordedBy(api.as('colleague')),
      aCase()
        .known()
        .arrestedOn('2022-12-01')
        .diedOn('2023-01-10', { signs: [{ sign: 'BRUISES', observer: 'RELATIVE' }] })
        .recordedBy(caseworker),
    ]);

  it('and the parting after it leave both files and all facts byte for byte as they were', async () => {
    const [keep, absorb] = await people();
    if (!keep || !absorb) throw new Error('nobody was recorded');
    const before = await everything();
    const id = await merge(keep, absorb);
    expect(difference(before, await everything())).not.toEqual(NOTHING);
    await coordinator.delete(`/v1/merges/${id}`).expect(204);
    expect(difference(before, await everything())).toEqual(NOTHING);
  });

  it('of three files comes apart in either order', async () => {
    const [keep, second, third] = await people();
    if (!keep || !second || !third) throw new Error('nobody was recorded');
    const before = await everything();
    for (const last of [0, 1]) {
      const ids = [await merge(second, third), await merge(keep, second)];
      const parted = last === 0 ? ids : ids.toReversed();
      for (const id of parted) await coordinator.delete(`/v1/merges/${id}`).expect(204);
      expect(difference(before, await everything())).toEqual(NOTHING);
    }
  });

  it('of a file in use keeps what is recorded meanwhile, in the file in which it was recorded', async () => {
    const [keep, absorb] = await people();
    if (!keep || !absorb) throw new Error('nobody was recorded');
    const id = await merge(keep, absorb);
    await caseworker.post(`${keep.path}/hearings`, { at: '2022-07-01', stage: 'PRELIMINARY' }).expect(201);
    const together = await facts(api.database);
    await rebuild();
    expect(difference(together, await facts(api.database))).toEqual(NOTHING);
    await coordinator.delete(`/v1/merges/${id}`).expect(204);
    const apart = await facts(api.database);
    await rebuild();
    expect(difference(apart, await facts(api.database))).toEqual(NOTHING);
    const rows = await api.database.sql<{ id: string; n: number }>(
      'select case_id as id, count(*)::int as n from hearing where case_id = any ($1) group by 1',
      [[keep.id, absorb.id]],
    );
    expect(rows).toEqual([{ id: keep.id, n: 2 }]);
  });
});

describe('the latest word', () => {
  /** Does something at a moment of the service's own clock. */
  async function at<T>(moment: string, act: () => PromiseLike<T>): Promise<T> {
    const { now } = api.clock;
    api.clock.now = () => new Date(moment);
    try {
      return await act();
    } finally {
      api.clock.now = now;
    }
  }
  const consenting = async (id: string): Promise<boolean> => {
    const { body } = await coordinator
      .get(`/v1/figures?indicator=arrests_total&by=consent&where.district=SV-AH-TACUBA`)
      .expect(200);
    expect(id).not.toBe('');
    return (body as { cells: { consent: string; value: number }[] }).cells.some(
      ({ consent, value }) => consent === 'ANON_STATISTICS' && value > 0,
    );
  };
  const moments: readonly (readonly [string, string, string])[] = [
    ['half a second after a full one', '2026-11-21T10:00:00.000Z', '2026-11-21T10:00:00.500Z'],
    ['a millisecond after a tenth', '2026-11-21T10:00:00.100Z', '2026-11-21T10:00:00.101Z'],
    ['in the same millisecond', '2026-11-21T10:00:00.123Z', '2026-11-21T10:00:00.123Z'],
  ];

  it.each(moments)('on consent holds in the figures when it comes %s', async (_what, given, withdrawn) => {
    for (let times = 0; times < 4; times++) {
      const file = await at(given, () =>
        aCase().arrestedIn('SV-AH-TACUBA').consentingTo('ANON_STATISTICS').recordedBy(caseworker),
      );
      await at(withdrawn, () =>
        caseworker.post(`${file.path}/consents`, { use: 'ANON_STATISTICS', state: 'WITHDRAWN' }).expect(201),
      );
      expect((await coordinator.get(file.path).expect(200)).body).toMatchObject({ consents: [] });
      expect(await consenting(file.id)).toBe(false);
    }
  });

  it('on consent is its last day: afterwards neither the file nor a figure counts it', async () => {
    const file = await aCase().arrestedIn('SV-AH-TACUBA').consentingTo('INTERNAL_CASE').recordedBy(caseworker);
    await caseworker.post(`${file.path}/consents`, { use: 'ANON_STATISTICS', expiresOn: '2027-03-31' }).expect(201);
    const consentsOn = async (moment: string): Promise<readonly [readonly string[], boolean]> =>
      at(moment, async () => {
        await api.app.get(LapsedConsentsService).forgetLapsed();
        const { body } = await coordinator.get(file.path).expect(200);
        return [(body as { consents: string[] }).consents, await consenting(file.id)] as const;
      });
    expect(await consentsOn('2027-04-01T05:59:00.000Z')).toEqual([['INTERNAL_CASE', 'ANON_STATISTICS'], true]);
    expect(await consentsOn('2027-04-01T06:00:00.000Z')).toEqual([['INTERNAL_CASE'], false]);
    const kept = await facts(api.database);
    await at('2027-04-01T06:00:00.000Z', rebuild);
    expect(difference(kept, await facts(api.database))).toEqual(NOTHING);
  });

  it('of a hearing whose date was mistyped is the corrected one: the wrong day is no day of knowledge', async () => {
    const file = await aCase()
      .arrestedOn('2022-05-03')
      .toldBy({ informedOn: '2022-06-01' })
      .and('hearings', { at: '2025-05-20', stage: 'TRIAL', mode: 'PAPER' })
      .recordedBy(caseworker);
    await caseworker
      .post(`${file.path}/hearings`, { at: '2022-05-20', stage: 'TRIAL', mode: 'PAPER', corrects: file.events[0]?.id })
      .expect(201);
    expect((await coordinator.get(file.path).expect(200)).body).toMatchObject({ status: { knownOn: '2022-06-01' } });
  });
});
