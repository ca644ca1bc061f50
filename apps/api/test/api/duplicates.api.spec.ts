/** Files that may be about one person: suggested, never joined by themselves; joined and parted exactly. */
import { randomUUID } from 'node:crypto';
import { aCase, idOf, problem, type Agent, type CaseBuilder, type RecordedCase } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';

interface Suggestion {
  id: string;
  a: { caseId: string; externalId: string | null; number: string };
  b: { caseId: string; externalId: string | null; number: string };
  score: number;
  reasons: string[];
  explanations: { code: string; en: string; es: string }[];
  state: string;
}

let api: ServiceUnderTest;
let caseworker: Agent;
let coordinator: Agent;
beforeAll(async () => {
  api = await aService();
  caseworker = api.as('caseworker');
  coordinator = api.as('coordinator');
});
afterAll(() => api.stop());

const suggestions = async (state = 'open', agent: Agent = coordinator): Promise<Suggestion[]> => {
  const found: Suggestion[] = [];
  for (let cursor = ''; ;) {
    const { body } = await agent.get(`/v1/duplicates?state=${state}&limit=2${cursor}`).expect(200);
    found.push(...(body.items as Suggestion[]));
    if (body.next === null) return found;
    cursor = `&cursor=${body.next as string}`;
  }
};
const between = (list: readonly Suggestion[], one: RecordedCase, other: RecordedCase): Suggestion | undefined =>
  list.find(({ a, b }) => [a.caseId, b.caseId].sort().join() === [one.id, other.id].sort().join());
/** Looking for duplicates is background work of every few seconds: waits until no file is left to be looked at. */
async function lookedFor(): Promise<void> {
  api.clock.forward({ seconds: 10 });
  while (((await api.database.contents())['match_pending'] ?? 0) > 0) await new Promise((next) => setTimeout(next, 50));
}
const merge = (keep: RecordedCase, absorb: RecordedCase) =>
  coordinator.post('/v1/merges', { keep: keep.id, absorb: absorb.id, reason: 'La misma persona' });

const ana = (given: string, family: string, document?: string): CaseBuilder =>
  aCase().known().named(given, family, document).of({ sex: 'F', born: '1991-03-14' }).arrestedOn('2022-05-03');

describe('two files', () => {
  const pairs: [why: string, one: CaseBuilder, other: CaseBuilder, alike: boolean][] = [
    [
      'with the same name, birth and day of arrest',
      ana('Brenda Noemí', 'Alvarenga Portillo'),
      ana('Brenda Noemí', 'Alvarenga Portillo'),
      true,
    ],
    [
      'with a name without its accents',
      ana('Ángela María', 'Henríquez Peñate', '11111111-1'),
      ana('Angela Maria', 'Henriquez Penate'),
      true,
    ],
    ['with one surname missing', ana('Yesenia', 'Cañas Rivas', '22222222-2'), ana('Yesenia', 'Cañas'), true],
    ['with a letter changed', ana('Xiomara', 'Quintanilla Bonilla'), ana('Xiomara', 'Quintanila Bonilla'), true],
    [
      'with the same document and another spelling',
      ana('Wendy', 'Zelaya Orantes', '33333333-3'),
      ana('Wendi', 'Selaya', '33333333-3'),
      true,
    ],
    [
      'of different people',
      ana('Karla', 'Menjívar Landaverde'),
      ana('Patricia', 'Guardado Chicas').of({ born: '1975-10-01' }).arrestedOn('2022-11-20').arrestedIn('SV-MO'),
      false,
    ],
    ['without any name', aCase().known(), aCase().known(), false],
  ];
  it.each(pairs)('%s', async (_why, one, other, alike) => {
    const [first, second] = [await one.recordedBy(caseworker), await other.recordedBy(caseworker)];
    await lookedFor();
    const found = between(await suggestions(), first, second);
    expect(found !== undefined).toBe(alike);
    if (!found) return;
    expect(found.a.caseId).toBe(first.id);
    expect(found).toMatchObject({
      a: { externalId: first.externalId, number: first.number },
      b: { externalId: second.externalId },
      state: 'open',
    });
    expect(found.score).toBeGreaterThan(0.5);
    expect(found.score).toBeLessThanOrEqual(1);
    expect(found.reasons.length).toBeGreaterThan(0);
    expect(found.explanations.map((one) => one.code)).toEqual(found.reasons);
    for (const { en, es } of found.explanations) expect([en.length > 5, es.length > 5]).toEqual([true, true]);
  });

  it('are never joined by themselves', async () => {
    expect((await coordinator.get('/v1/merges').expect(200)).body.items).toEqual([]);
  });

  it('are suggested without a name, so that the list can be shown', async () => {
    const { text } = await coordinator.get('/v1/duplicates?limit=100').expect(200);
    expect(text).not.toMatch(/Alvarenga|Brenda|33333333/);
  });

  it('are listed with the most probable first', async () => {
    const scores = (await suggestions()).map((one) => one.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('of two organisations are never compared', async () => {
    const mine = await ana('Iris Elena', 'Barahona Cienfuegos', '44444444-4').recordedBy(caseworker);
    const theirs = await ana('Iris Elena', 'Barahona Cienfuegos', '44444444-4').recordedBy(
      api.as('stranger caseworker'),
    );
    await lookedFor();
    const ids = [...(await suggestions()), ...(await suggestions('open', api.as('stranger coordinator')))].flatMap(
      ({ a, b }) => [a.caseId, b.caseId],
    );
    expect(ids).not.toContain(mine.id);
    expect(ids).not.toContain(theirs.id);
  });

  it('are found as well when a name becomes known later', async () => {
    const first = await ana('Rosibel', 'Tobar Montano', '55555555-5').recordedBy(caseworker);
    const second = await aCase().recordedBy(caseworker);
    await caseworker
      .patch(second.path, 1, {
        person: {
          sex: 'F',
          born: '1991-03-14',
          identity: { givenNames: 'Rosibel', familyNames: 'Tobar Montano', documentNumber: '55555555-5' },
        },
      })
      .expect(200);
    await lookedFor();
    expect(between(await suggestions(), first, second)).toBeDefined();
  });

  it('that somebody has called different are not suggested again', async () => {
    const [first, second] = [
      await ana('Marisol', 'Umaña Sigüenza').recordedBy(caseworker),
      await ana('Marisol', 'Umaña Sigüenza').recordedBy(caseworker),
    ];
    await lookedFor();
    const found = between(await suggestions(), first, second)!;
    await coordinator.post(`/v1/duplicates/${found.id}/dismissal`, { reason: 'Son madre e hija' }).expect(201);
    await coordinator
      .post(`/v1/duplicates/${found.id}/dismissal`, { reason: 'Otra vez' })
      .expect(problem(409, 'duplicate.decided'));
    expect(between(await suggestions(), first, second)).toBeUndefined();
    expect(between(await suggestions('different'), first, second)).toBeDefined();
    await caseworker.patch(second.path, 1, { person: { ageAtArrest: 31 } }).expect(200);
    await lookedFor();
    expect(between(await suggestions(), first, second)).toBeUndefined();
  });
});

describe('merging', () => {
  const view = async (file: RecordedCase) => {
    const { body } = await coordinator.get(file.path).expect(200);
    const { body: timeline } = await coordinator.get(`${file.path}/timeline`).expect(200);
    const { version: _version, ...rest } = body as Record<string, unknown>;
    return { case: rest, timeline: timeline.items as unknown[] };
  };
  const figures = async (): Promise<unknown[]> => {
    const questions = [
      'arrests_total&by=legalGround,sex',
      'persons_total',
      'days_to_judge',
      'deaths_custody&by=assessedClass',
      'hc_filed&by=remedyStatus',
      'arrests_total&by=consent',
      'releases_total',
    ];
    const answers = await Promise.all(
      questions.map((question) => coordinator.get(`/v1/figures?indicator=${question}`).expect(200)),
    );
    return answers.map(({ body }) => [body.cells, body.total, body.unknown]);
  };

  it('counts the person once, and parting them gives back both files and every figure exactly', async () => {
    const kept = await ana('Dinora', 'Escalante Funes')
      .seenByJudgeOn('2022-05-20')
      .heldAt('SV-IZALCO', '2022-05-04')
      .recordedBy(caseworker);
    const absorbed = await ana('Dinora', 'Escalante')
      .of({ occupation: 'TEACHER', vulnerabilities: ['PREGNANT'] })
      .consentingTo('INTERNAL_CASE')
      .and('remedies', { at: '2022-05-10', remedy: 'HABEAS_CORPUS' })
      .and('charges', { at: '2022-05-20', charge: 'ORG_TERRORISTA' })
      .diedOn('2022-08-01', { classAssessed: 'SUSPICIOUS' })
      .recordedBy(api.as('colleague'));
    const before = [await view(kept), await view(absorbed), await figures()];
    const people = async (): Promise<number> =>
      (await coordinator.get('/v1/figures?indicator=persons_total').expect(200)).body.total.value;
    const count = await people();

    const { body: made, headers } = await merge(kept, absorbed).expect(201);
    expect(headers['location']).toBe(`/v1/merges/${made.id}`);
    expect(made).toEqual({
      id: expect.any(String),
      keep: kept.id,
      absorb: absorbed.id,
      mergedAt: expect.any(String),
      endedAt: null,
    });
    expect(await people()).toBe(count - 1);
    const { body: one } = await coordinator.get(kept.path).expect(200);
    expect(one.status).toMatchObject({ liberty: 'DIED' });
    expect((await coordinator.get(absorbed.path).expect(200)).body.mergedInto).toBe(kept.id);
    const { body: timeline } = await coordinator.get(`${kept.path}/timeline`).expect(200);
    const events = timeline.items as { caseId: string; kind: string; used: boolean }[];
    expect(new Set(events.map((event) => event.caseId))).toEqual(new Set([kept.id, absorbed.id]));
    expect(events.filter((event) => event.kind === 'arrest' && event.used)).toHaveLength(1);

    await coordinator.delete(`/v1/merges/${made.id}`).expect(204);
    expect([await view(kept), await view(absorbed), await figures()]).toEqual(before);
    expect(await people()).toBe(count);
  });

  it('keeps for statistics only what both files consent to', async () => {
    const consents = async (code: string): Promise<number> =>
      (await coordinator.get(`/v1/figures?indicator=persons_total&where.consent=${code}`).expect(200)).body.total.value;
    const before = await consents('ANON_STATISTICS');
    const [one, other] = [
      await ana('Gloria', 'Ticas Merino').consentingTo('INTERNAL_CASE', 'ANON_STATISTICS').recordedBy(caseworker),
      await ana('Gloria', 'Ticas').consentingTo('INTERNAL_CASE').recordedBy(caseworker),
    ];
    expect(await consents('ANON_STATISTICS')).toBe(before + 1);
    await merge(one, other).expect(201);
    expect(await consents('ANON_STATISTICS')).toBe(before);
  });

  it('moves the list to the file that is kept', async () => {
    const [kept, absorbed] = [
      await ana('Sonia', 'Abrego Lemus').recordedBy(caseworker),
      await ana('Sonia', 'Abrego').recordedBy(caseworker),
    ];
    await merge(kept, absorbed).expect(201);
    const listed = async (file: RecordedCase): Promise<string[]> =>
      (
        (await caseworker.get(`/v1/cases?externalId=${file.externalId}`).expect(200)).body.items as { id: string }[]
      ).map((item) => item.id);
    expect(await listed(kept)).toEqual([kept.id]);
    expect(await listed(absorbed)).toEqual([]);
    await caseworker.get(absorbed.path).expect(200);
  });

  it('closes the absorbed file for new events until they are parted', async () => {
    const [kept, absorbed] = [
      await ana('Elba', 'Rauda Cuéllar').recordedBy(caseworker),
      await ana('Elba', 'Rauda').recordedBy(caseworker),
    ];
    const { body: made } = await merge(kept, absorbed).expect(201);
    const note = (file: RecordedCase) =>
      caseworker.post(`${file.path}/contacts`, { at: '2022-06-01', contact: 'CALL' });
    await note(absorbed).expect(problem(409, 'case.merged'));
    await note(kept).expect(201);
    await coordinator.delete(`/v1/merges/${made.id}`).expect(204);
    await note(absorbed).expect(201);
  });

  it('is refused where it makes no sense', async () => {
    const [one, two, three] = [
      await ana('Nora', 'A').recordedBy(caseworker),
      await ana('Nora', 'B').recordedBy(caseworker),
      await ana('Nora', 'C').recordedBy(caseworker),
    ];
    await merge(one, one).expect(problem(422, 'merge.same-file'));
    await merge(one, { ...two, id: randomUUID() }).expect(problem(404, 'case.not-found'));
    const { body: made } = await merge(one, two).expect(201);
    expect((await merge(one, two)).status).toBe(409);
    expect((await merge(two, one)).status).toBe(409);
    await merge(two, three).expect(problem(409, 'merge.keep-absorbed'));
    const american = await aCase()
      .arrestedIn('US-CA-ALAMEDA')
      .arrestedOn('2019-05-03', { forces: ['SHERIFF'] })
      .recordedBy(caseworker);
    await merge(three, american).expect(problem(422, 'merge.other-country'));
    await coordinator
      .post('/v1/merges', { keep: one.id, absorb: three.id })
      .expect(problem(400, 'request.invalid', { '/reason': 'text.malformed' }));
    await coordinator.delete(`/v1/merges/${randomUUID()}`).expect(problem(404, 'merge.not-found'));
    await coordinator.delete(`/v1/merges/${made.id}`).expect(204);
    await coordinator.delete(`/v1/merges/${made.id}`).expect(problem(404, 'merge.not-found'));
  });

  it('of one pair by two coordinators at once happens once', async () => {
    const [one, other] = [
      await ana('Berta', 'D').recordedBy(caseworker),
      await ana('Berta', 'E').recordedBy(caseworker),
    ];
    const both = await Promise.all([
      merge(one, other),
      api.as('second coordinator').post('/v1/merges', { keep: other.id, absorb: one.id, reason: 'x' }),
    ]);
    expect(both.map((answer) => answer.status).sort()).toEqual([201, 409]);
  });

  it('joins three files of one person, and parts them one by one', async () => {
    const [one, two, three] = [
      await ana('Clara', 'F').recordedBy(caseworker),
      await ana('Clara', 'G').recordedBy(caseworker),
      await ana('Clara', 'H').recordedBy(caseworker),
    ];
    const before = await figures();
    const { body: first } = await merge(one, two).expect(201);
    const { body: second } = await merge(one, three).expect(201);
    const ids = (await coordinator.get(`${one.path}/timeline`).expect(200)).body.items.map(
      (item: { caseId: string }) => item.caseId,
    );
    expect(new Set(ids)).toEqual(new Set([one.id, two.id, three.id]));
    await coordinator.delete(`/v1/merges/${first.id}`).expect(204);
    await coordinator.delete(`/v1/merges/${second.id}`).expect(204);
    expect(await figures()).toEqual(before);
  });

  it('settles the suggestion, and parting opens it again', async () => {
    const [one, other] = [
      await ana('Delmy', 'Orellana Sura').recordedBy(caseworker),
      await ana('Delmy', 'Orellana Sura').recordedBy(caseworker),
    ];
    await lookedFor();
    const { body: made } = await merge(one, other).expect(201);
    expect(between(await suggestions(), one, other)).toBeUndefined();
    expect(between(await suggestions('merged'), one, other)).toBeDefined();
    await coordinator.delete(`/v1/merges/${made.id}`).expect(204);
    expect(between(await suggestions(), one, other)).toBeDefined();
  });

  it('is the coordinator’s, and leaves a trail', async () => {
    for (const who of ['caseworker', 'lawyer', 'researcher', 'administrator', 'auditor'] as const) {
      const refusal = problem(403, 'access.not-permitted');
      await api.as(who).get('/v1/duplicates').expect(refusal);
      await api.as(who).get('/v1/merges').expect(refusal);
      await api.as(who).post('/v1/merges', { keep: randomUUID(), absorb: randomUUID(), reason: 'x' }).expect(refusal);
      await api.as(who).delete(`/v1/merges/${randomUUID()}`).expect(refusal);
    }
    const { body } = await api.as('auditor').get('/v1/audit?action=merge.made&limit=1').expect(200);
    expect(body.items[0]).toMatchObject({ actorId: idOf('coordinator'), details: { absorb: expect.any(String) } });
  });
});
