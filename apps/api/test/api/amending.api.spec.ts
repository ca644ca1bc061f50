/** Changing what is on record: corrections never overwrite, and nobody changes what somebody else just changed. */
import { randomUUID } from 'node:crypto';
import { aCase, idOf, problem, type Agent, type RecordedCase } from '#lib/testing';
import { openedRows } from './opened.js';
import { aService, type ServiceUnderTest } from './service-under-test.js';

let api: ServiceUnderTest;
let caseworker: Agent;
beforeAll(async () => {
  api = await aService();
  caseworker = api.as('caseworker');
});
afterAll(() => api.stop());

interface Entry {
  id: string;
  kind: string;
  at: string | null;
  used: boolean;
  corrects: string | null;
  correctedBy: string | null;
  withdrawn: { by: string; reason: string | null } | null;
  details: Record<string, unknown>;
  recordedBy: string;
}

const read = async (file: RecordedCase) => (await caseworker.get(file.path).expect(200)).body;
const timeline = async (file: RecordedCase, agent: Agent = caseworker): Promise<Entry[]> =>
  (await agent.get(`${file.path}/timeline`).expect(200)).body.items as Entry[];
const kindIn = async (file: RecordedCase, kind: string): Promise<Entry[]> =>
  (await timeline(file)).filter((one) => one.kind === kind);

describe('correcting master data', () => {
  it('answers the case as it is now, with its new version', async () => {
    const file = await aCase().named('Ana', 'Ejemplo').recordedBy(caseworker);
    const { body, headers } = await caseworker
      .patch(file.path, 1, {
        externalId: 'nueva-1',
        person: {
          sex: 'F',
          born: '1990-02-03',
          ageAtArrest: 32,
          occupation: 'TEACHER',
          vulnerabilities: ['SOLE_CARER'],
          identity: { familyNames: 'Otro Ejemplo', phone: '0000' },
        },
        narrative: 'Otra versión.',
        confidentiality: 'RESTRICTED_NAMES',
        riskLevel: 'HIGH',
        monitoring: 'PENDING',
      })
      .expect(200);
    expect(headers['etag']).toBe('"2"');
    expect(body).toMatchObject({
      version: 2,
      externalId: 'nueva-1',
      confidentiality: 'RESTRICTED_NAMES',
      riskLevel: 'HIGH',
      monitoring: 'PENDING',
      narrative: 'Otra versión.',
      person: { sex: 'F', born: '1990-02-03', ageAtArrest: 32, occupation: 'TEACHER', vulnerabilities: ['SOLE_CARER'] },
    });
    expect(body.person.identity).toEqual({ givenNames: 'Ana', familyNames: 'Otro Ejemplo', phone: '0000' });
    expect(await read(file)).toEqual(body);
  });

  it('takes a merge patch under its own media type, too', async () => {
    const file = await aCase().recordedBy(caseworker);
    await caseworker
      .patch(file.path, 1, { riskLevel: 'LOW' })
      .set('content-type', 'application/merge-patch+json')
      .expect(200);
  });

  it('leaves what is absent and removes what is null', async () => {
    const file = await aCase()
      .known()
      .named('Ana', 'Ejemplo', '00000000-0')
      .of({ born: '1990', ageAtArrest: 32, genderSelf: 'WOMAN' })
      .recordedBy(caseworker);
    await caseworker
      .patch(file.path, 1, {
        externalId: null,
        person: { born: null, ageAtArrest: null, genderSelf: null, identity: { documentNumber: null } },
      })
      .expect(200);
    const now = await read(file);
    expect(now.externalId).toBeNull();
    expect(now.person).toMatchObject({ sex: 'M', born: null, ageAtArrest: null, genderSelf: null });
    expect(now.person.identity).toEqual({ givenNames: 'Ana', familyNames: 'Ejemplo' });
  });

  it('keeps the earlier value in the timeline, with who changed it and why', async () => {
    const file = await aCase().of({ ageAtArrest: 30 }).recordedBy(caseworker);
    await api
      .as('colleague', 'La madre trajo la partida')
      .patch(file.path, 1, { person: { ageAtArrest: 31 }, riskLevel: 'HIGH' })
      .expect(200);
    const amendments = await kindIn(file, 'amendment');
    expect(
      amendments.map((one) => [one.details['field'], one.details['before'], one.details['after'], one.recordedBy]),
    ).toEqual(
      expect.arrayContaining([
        ['person.ageAtArrest', 30, 31, idOf('colleague')],
        ['riskLevel', 'UNKNOWN', 'HIGH', idOf('colleague')],
      ]),
    );
    const [row] = await openedRows(api, 'amendment', file.id);
    expect(row).toMatchObject({ reason: 'La madre trajo la partida' });
  });

  it('keeps every narrative', async () => {
    const file = await aCase().saying('Primera versión.').recordedBy(caseworker);
    await caseworker.patch(file.path, 1, { narrative: 'Segunda versión.' }).expect(200);
    expect((await read(file)).narrative).toBe('Segunda versión.');
    const rows = await openedRows(api, 'testimony', file.id);
    expect(rows.map((row) => row['text'])).toEqual(['Primera versión.', 'Segunda versión.']);
  });

  it('needs to know which version is meant', async () => {
    const file = await aCase().recordedBy(caseworker);
    const body = { riskLevel: 'LOW' };
    await caseworker.patch(file.path, null, body).expect(problem(428, 'version.missing'));
    for (const wrong of ['*', '1', 'W/"1"', '"1", "2"', '""', '"x"']) {
      await caseworker.patch(file.path, wrong, body).expect(problem(400, 'version.malformed'));
    }
    await caseworker.patch(file.path, 7, body).expect(problem(412, 'version.stale'));
    expect(await read(file)).toMatchObject({ version: 1, riskLevel: 'UNKNOWN' });
  });

  it('refuses the second of two who read the same version', async () => {
    const file = await aCase().recordedBy(caseworker);
    const both = await Promise.all([
      caseworker.patch(file.path, 1, { riskLevel: 'LOW' }),
      api.as('colleague').patch(file.path, 1, { riskLevel: 'HIGH' }),
    ]);
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 412]);
    const winner = both.find((answer) => answer.status === 200)!;
    expect(await read(file)).toMatchObject({ version: 2, riskLevel: winner.body.riskLevel });
    expect(await kindIn(file, 'amendment')).toHaveLength(1);
  });

  it('is not stale after somebody only read', async () => {
    const file = await aCase().recordedBy(caseworker);
    await api.as('coordinator', 'Revisión').get(file.path).expect(200);
    await timeline(file);
    await caseworker.patch(file.path, 1, { riskLevel: 'LOW' }).expect(200);
  });

  it('refuses a birth after the arrest, an external id that is taken, and a change of nothing', async () => {
    const file = await aCase().known().arrestedOn('2022-05-03').recordedBy(caseworker);
    const other = await aCase().known().recordedBy(caseworker);
    await caseworker
      .patch(file.path, 1, { person: { born: '2022-05-04' } })
      .expect(problem(422, 'case.not-plausible', { '/person/born': 'birth.after-arrest' }));
    await caseworker
      .patch(file.path, 1, { externalId: other.externalId })
      .expect(problem(409, 'case.external-id-taken'));
    await caseworker.patch(file.path, 1, {}).expect(problem(400, 'request.empty'));
    expect((await read(file)).version).toBe(1);
    expect(await kindIn(file, 'amendment')).toEqual([]);
  });

  it('lets a coordinator change identity and testimony only with a stated reason', async () => {
    const file = await aCase().named('Ana', 'Ejemplo').recordedBy(caseworker);
    const body = { person: { identity: { familyNames: 'Cambiado' } } };
    await api.as('coordinator').patch(file.path, 1, body).expect(problem(400, 'reason.needed'));
    await api.as('coordinator').patch(file.path, 1, { narrative: 'x' }).expect(problem(400, 'reason.needed'));
    await api.as('coordinator').patch(file.path, 1, { riskLevel: 'HIGH' }).expect(200);
    await api.as('coordinator', 'Corrección pedida por la familia').patch(file.path, 2, body).expect(200);
    expect((await read(file)).person.identity.familyNames).toBe('Cambiado');
  });
});

describe('correcting an event', () => {
  it('is a new event that names the one it replaces; both stay', async () => {
    const file = await aCase().seenByJudgeOn('2022-05-20').recordedBy(caseworker);
    const [wrong] = file.events;
    const { body: right } = await caseworker
      .post(`${file.path}/hearings`, {
        at: '2022-05-10',
        stage: 'MEASURES_HEARING',
        mode: 'IN_PERSON',
        corrects: wrong!.id,
      })
      .expect(201);
    const hearings = await kindIn(file, 'hearing');
    expect(hearings).toEqual([
      expect.objectContaining({ id: right.id, at: '2022-05-10', used: true, corrects: wrong!.id, correctedBy: null }),
      expect.objectContaining({ id: wrong!.id, at: '2022-05-20', used: false, correctedBy: right.id, withdrawn: null }),
    ]);
    expect((await read(file)).status.daysToJudge).toEqual({ state: 'seen', min: 7, max: 7 });
  });

  it('can itself be corrected', async () => {
    const file = await aCase().releasedOn('2022-06-01').recordedBy(caseworker);
    const release = (at: string, corrects: string) =>
      caseworker.post(`${file.path}/releases`, { at, release: 'RELEASED_CLEARED', corrects }).expect(201);
    const second = (await release('2022-06-02', file.events[0]!.id)).body;
    const third = (await release('2022-06-03', second.id)).body;
    const used = (await kindIn(file, 'release')).filter((one) => one.used);
    expect(used.map((one) => [one.id, one.at])).toEqual([[third.id, '2022-06-03']]);
  });

  it('corrects the arrest the same way, and every reading follows', async () => {
    const file = await aCase().arrestedOn('2022-05-03').seenByJudgeOn('2022-05-20').recordedBy(caseworker);
    const { arrest } = await read(file);
    await caseworker
      .post(`${file.path}/arrests`, {
        at: '2022-05-13',
        area: 'SV-LI',
        legalGround: 'FLAGRANTE',
        bases: [],
        forces: ['FAES'],
        corrects: arrest.id,
      })
      .expect(201);
    const now = await read(file);
    expect(now.arrest).toMatchObject({ at: '2022-05-13', area: 'SV-LI', legalGround: 'FLAGRANTE' });
    expect(now.status.daysToJudge).toEqual({ state: 'seen', min: 7, max: 7 });
    const { body: listed } = await caseworker.get(`/v1/cases?legalGround=FLAGRANTE&area=SV-LI`).expect(200);
    expect(listed.items.map((one: { id: string }) => one.id)).toContain(file.id);
    expect(await kindIn(file, 'arrest')).toHaveLength(2);
  });

  it('must name an event of the same case and the same kind', async () => {
    const file = await aCase().seenByJudgeOn('2022-05-20').recordedBy(caseworker);
    const other = await aCase().seenByJudgeOn('2022-05-20').recordedBy(caseworker);
    const hearing = { at: '2022-05-10', stage: 'MEASURES_HEARING' };
    for (const corrects of [other.events[0]!.id, (await read(file)).arrest.id, randomUUID()]) {
      await caseworker
        .post(`${file.path}/hearings`, { ...hearing, corrects })
        .expect(problem(422, 'event.bad-reference', { '/corrects': 'event.unknown' }));
    }
    const { source } = await read(other);
    await caseworker
      .post(`${file.path}/hearings`, { ...hearing, sourceId: source.id })
      .expect(problem(422, 'event.bad-reference', { '/sourceId': 'event.unknown' }));
    await caseworker
      .post(`${file.path}/hearings`, { ...hearing, arrestId: (await read(other)).arrest.id })
      .expect(problem(422, 'event.bad-reference', { '/arrestId': 'event.unknown' }));
    expect(await kindIn(file, 'hearing')).toHaveLength(1);
  });

  it('is refused when the correction itself cannot be', async () => {
    const file = await aCase().arrestedOn('2022-05-03').seenByJudgeOn('2022-05-20').recordedBy(caseworker);
    await caseworker
      .post(`${file.path}/hearings`, { at: '2022-05-01', stage: 'MEASURES_HEARING', corrects: file.events[0]!.id })
      .expect(problem(422, 'case.not-plausible', { '/at': 'hearing.before-arrest' }));
    const { arrest } = await read(file);
    await caseworker
      .post(`${file.path}/arrests`, {
        at: '2022-06-01',
        area: 'SV-LI',
        legalGround: 'NONE',
        bases: [],
        forces: [],
        corrects: arrest.id,
      })
      .expect(problem(422, 'case.not-plausible', { '/at': 'hearing.before-arrest' }));
  });
});

describe('contradictory accounts', () => {
  it('live side by side, and a coordinator decides which one is used, and why', async () => {
    const file = await aCase().diedOn('2022-05-20', { classAssessed: 'NATURAL_PATHOLOGICAL' }).recordedBy(caseworker);
    const { body: second } = await caseworker
      .post(`${file.path}/deaths`, { at: '2022-05-21', classAssessed: 'VIOLENT' })
      .expect(201);
    const accounts = await kindIn(file, 'death');
    expect(accounts).toHaveLength(2);
    expect(accounts.filter((one) => one.used)).toHaveLength(1);
    const unused = accounts.find((one) => !one.used)!;
    const choice = { eventId: unused.id, reason: 'El segundo relato es de quien vio el cuerpo.' };
    await caseworker.post(`${file.path}/account-choices`, choice).expect(problem(403, 'access.not-permitted'));
    await api.as('coordinator').post(`${file.path}/account-choices`, choice).expect(201);
    const now = await kindIn(file, 'death');
    expect(now.find((one) => one.id === unused.id)!.used).toBe(true);
    expect(now.filter((one) => one.used)).toHaveLength(1);
    expect([second.id, file.events[0]!.id]).toContain(unused.id);
    await api
      .as('coordinator')
      .post(`${file.path}/account-choices`, { ...choice, eventId: randomUUID() })
      .expect(problem(422, 'event.bad-reference', { '/eventId': 'event.unknown' }));
  });

  it('count one death and not two', async () => {
    const died = async (): Promise<number> =>
      (await api.as('coordinator').get('/v1/figures?indicator=deaths_custody').expect(200)).body.total.value;
    const before = await died();
    const file = await aCase().diedOn('2022-05-20').recordedBy(caseworker);
    await caseworker.post(`${file.path}/deaths`, { at: '2022-05-22' }).expect(201);
    expect(await died()).toBe(before + 1);
  });
});

describe('taking an event back', () => {
  const because = (): Agent => api.as('caseworker', 'Era de otra persona');

  it('leaves it in the record, with who and why, and it counts for nothing', async () => {
    const file = await aCase().seenByJudgeOn('2022-05-06').recordedBy(caseworker);
    await because().delete(`${file.path}/events/${file.events[0]!.id}`, file.version).expect(204);
    const [hearing] = await kindIn(file, 'hearing');
    expect(hearing).toMatchObject({
      used: false,
      withdrawn: { by: idOf('caseworker'), reason: 'Era de otra persona' },
    });
    const now = await read(file);
    expect(now.version).toBe(file.version + 1);
    expect(now.status.daysToJudge.state).toBe('waiting');
  });

  it('needs a reason and a version', async () => {
    const file = await aCase().seenByJudgeOn('2022-05-06').recordedBy(caseworker);
    const path = `${file.path}/events/${file.events[0]!.id}`;
    await caseworker.delete(path, file.version).expect(problem(400, 'reason.needed'));
    await because().delete(path).expect(problem(428, 'version.missing'));
    await because().delete(path, 1).expect(problem(412, 'version.stale'));
    expect((await kindIn(file, 'hearing'))[0]!.withdrawn).toBeNull();
  });

  it('works once, and only on events of that case', async () => {
    const file = await aCase().seenByJudgeOn('2022-05-06').recordedBy(caseworker);
    const other = await aCase().seenByJudgeOn('2022-05-06').recordedBy(caseworker);
    await because()
      .delete(`${file.path}/events/${other.events[0]!.id}`, file.version)
      .expect(problem(404, 'event.not-found'));
    const path = `${file.path}/events/${file.events[0]!.id}`;
    await because().delete(path, file.version).expect(204);
    await because()
      .delete(path, file.version + 1)
      .expect(problem(404, 'event.not-found'));
  });

  it('brings back the account that a withdrawn correction had replaced', async () => {
    const file = await aCase().seenByJudgeOn('2022-05-20').recordedBy(caseworker);
    const { body: right } = await caseworker
      .post(`${file.path}/hearings`, {
        at: '2022-05-10',
        stage: 'MEASURES_HEARING',
        mode: 'IN_PERSON',
        corrects: file.events[0]!.id,
      })
      .expect(201);
    await because().delete(`${file.path}/events/${right.id}`, right.version).expect(204);
    const hearings = await kindIn(file, 'hearing');
    expect(hearings.find((one) => one.id === file.events[0]!.id)).toMatchObject({ used: true, correctedBy: null });
    expect((await read(file)).status.daysToJudge).toEqual({ state: 'seen', min: 17, max: 17 });
  });
});

it('has one version for the case and all its parts', async () => {
  const file = await aCase().recordedBy(caseworker);
  const { body } = await caseworker.post(`${file.path}/notes`, { text: 'Una nota.' }).expect(201);
  expect(body.version).toBe(2);
  await caseworker.patch(file.path, 1, { riskLevel: 'LOW' }).expect(problem(412, 'version.stale'));
  await caseworker.patch(file.path, 2, { riskLevel: 'LOW' }).expect(200);
});
