/** Who sees which case: offices, assignments and organisations, in every way a case can be asked for. */
import { aCase, idOf, PASSWORD, problem, type Agent, type RecordedCase, type Who } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';

/** Five cases, one word each. */
type Word = 'ours' | 'colleagues' | 'sealed' | 'western' | 'strangers';
const WORDS: readonly Word[] = ['ours', 'colleagues', 'sealed', 'western', 'strangers'];

const SEES: Readonly<Partial<Record<Who, readonly Word[]>>> = {
  caseworker: ['ours', 'colleagues'],
  colleague: ['ours', 'colleagues', 'sealed'],
  'caseworker in the west': ['western'],
  lawyer: ['ours', 'western'],
  'second lawyer': [],
  coordinator: ['ours', 'colleagues', 'sealed', 'western'],
  'second coordinator': ['ours', 'colleagues', 'sealed', 'western'],
  'stranger caseworker': ['strangers'],
  'stranger coordinator': ['strangers'],
};
const READERS = Object.keys(SEES) as Who[];
const NEVER: readonly Who[] = ['researcher', 'administrator', 'auditor', 'stranger administrator', 'stranger auditor'];

let api: ServiceUnderTest;
const files = {} as Record<Word, RecordedCase>;
beforeAll(async () => {
  api = await aService();
  const record = (word: Word, who: Who, at: string) =>
    aCase()
      .known(`id-${word}`)
      .named('Nombre', `De ${word}`)
      .saying(`Relato de ${word}`)
      .arrestedOn(at)
      .seenByJudgeOn('2022-12-01')
      .recordedBy(api.as(who));
  files.ours = await record('ours', 'caseworker', '2022-05-01');
  files.colleagues = await record('colleagues', 'colleague', '2022-05-02');
  files.sealed = await record('sealed', 'colleague', '2022-05-03');
  files.western = await record('western', 'caseworker in the west', '2022-05-04');
  files.strangers = await record('strangers', 'stranger caseworker', '2022-05-05');
  const coordinator = api.as('coordinator');
  const assign = (word: Word, who: Who) =>
    coordinator.post(`${files[word].path}/assignments`, { userId: idOf(who) }).expect(201);
  await assign('ours', 'lawyer');
  await assign('western', 'lawyer');
  const { body } = await assign('sealed', 'colleague');
  await coordinator.patch(files.sealed.path, body.version, { confidentiality: 'SEALED' }).expect(200);
});
afterAll(() => api.stop());

const wordsOf = (items: readonly { id: string }[]): Word[] =>
  WORDS.filter((word) => items.some((item) => item.id === files[word].id));
const list = async (agent: Agent, query = ''): Promise<{ id: string; externalId: string }[]> =>
  (await agent.get(`/v1/cases?${query}`).expect(200)).body.items;

describe.each(READERS)('%s', (who) => {
  const seen = SEES[who]!;
  const hidden = WORDS.filter((word) => !seen.includes(word));
  let agent: Agent;
  beforeAll(() => {
    agent = api.as(who, 'Revisión del expediente');
  });

  it('lists just the cases they may see', async () => {
    const items = await list(agent);
    expect(wordsOf(items)).toEqual(seen);
    expect(items).toHaveLength(seen.length);
  });

  it('finds the same by every order, page size and filter', async () => {
    for (const sort of ['-arrestedAt', 'arrestedAt', '-recordedAt', 'recordedAt']) {
      const items: { id: string }[] = [];
      for (let cursor = ''; ;) {
        const { body } = await agent.get(`/v1/cases?limit=1&sort=${sort}${cursor}`).expect(200);
        items.push(...(body.items as { id: string }[]));
        if (body.next === null) break;
        cursor = `&cursor=${body.next as string}`;
      }
      expect([sort, wordsOf(items), items.length]).toEqual([sort, seen, seen.length]);
    }
    for (const filter of [
      'sex=M',
      'legalGround=NONE',
      'area=SV-SS',
      'area=SV-SS-SOYAPANGO',
      'basis=ANON_TIP',
      'force=PNC',
      'stage=MEASURES_HEARING',
      'arrestedFrom=2022-05-01&arrestedTo=2022-05-05',
      'verification=ALLEGED',
      'place=UNKNOWN',
    ]) {
      expect([filter, wordsOf(await list(agent, filter))]).toEqual([filter, seen]);
    }
    expect(await list(agent, 'sex=F')).toEqual([]);
    for (const word of WORDS)
      expect([word, await list(agent, `externalId=id-${word}`)]).toEqual([
        word,
        seen.includes(word) ? [expect.objectContaining({ id: files[word].id })] : [],
      ]);
  });

  it('opens what is listed, with its timeline', async () => {
    for (const word of seen) {
      const { body } = await agent.get(files[word].path).expect(200);
      expect(body).toMatchObject({
        externalId: `id-${word}`,
        narrative: `Relato de ${word}`,
        person: { identity: { familyNames: `De ${word}` } },
      });
      const { body: timeline } = await agent.get(`${files[word].path}/timeline`).expect(200);
      expect(timeline.items.length).toBeGreaterThanOrEqual(2);
    }
  });

  it('does not find the others, by no route, and cannot tell them from cases that do not exist', async () => {
    const notFound = problem(404, 'case.not-found');
    for (const word of hidden) {
      const { path, events } = files[word];
      await agent.get(path).expect(notFound);
      await agent.get(`${path}/timeline`).expect(notFound);
      await agent.patch(path, 1, { riskLevel: 'LOW' }).expect(notFound);
      await agent.post(`${path}/hearings`, { at: '2022-12-02', stage: 'TRIAL' }).expect(notFound);
      await agent.post(`${path}/notes`, { text: 'x' }).expect(notFound);
      await agent.post(`${path}/consents`, { use: 'RECONTACT' }).expect(notFound);
      await agent.post(`${path}/sources`, { type: 'PRESS' }).expect(notFound);
      await agent.delete(`${path}/events/${events[0]!.id}`, 1).expect(notFound);
    }
  });
});

describe.each([...NEVER])('%s', (who) => {
  it('sees no case at all', async () => {
    const refusal = problem(403, 'access.not-permitted');
    await api.as(who).get('/v1/cases').expect(refusal);
    await api.as(who).get(files.ours.path).expect(refusal);
    await api.as(who).get(`${files.ours.path}/timeline`).expect(refusal);
    await api.as(who).post(`${files.ours.path}/notes`, { text: 'x' }).expect(refusal);
  });
});

describe('a coordinator’s acts', () => {
  it('reach no case of another organisation', async () => {
    const coordinator = api.as('coordinator');
    const { path, id } = files.strangers;
    const notFound = problem(404, 'case.not-found');
    await coordinator.post(`${path}/assignments`, { userId: idOf('lawyer') }).expect(notFound);
    await coordinator.post(`${path}/verifications`, { level: 'PLAUSIBLE' }).expect(notFound);
    await coordinator
      .post(`${path}/account-choices`, { eventId: files.strangers.events[0]!.id, reason: 'x' })
      .expect(notFound);
    await coordinator.post('/v1/merges', { keep: files.ours.id, absorb: id, reason: 'x' }).expect(notFound);
    await coordinator.post('/v1/merges', { keep: id, absorb: files.ours.id, reason: 'x' }).expect(notFound);
  });

  it('count the cases of the own organisation only', async () => {
    const total = async (who: Who): Promise<number> =>
      (await api.as(who).get('/v1/figures?indicator=arrests_total').expect(200)).body.total.value;
    expect(await total('coordinator')).toBe(4);
    expect(await total('stranger coordinator')).toBe(1);
    const { body } = await api
      .as('stranger coordinator')
      .get('/v1/figures?indicator=arrests_total&by=office')
      .expect(200);
    expect(body.cells).toHaveLength(1);
  });
});

describe('an external id', () => {
  it('belongs to its organisation: another one may use the same', async () => {
    const file = await aCase().known('id-ours').recordedBy(api.as('stranger caseworker'));
    expect((await list(api.as('stranger caseworker'), 'externalId=id-ours')).map((item) => item.id)).toEqual([file.id]);
    expect((await list(api.as('coordinator'), 'externalId=id-ours')).map((item) => item.id)).toEqual([files.ours.id]);
  });
});

describe('an assignment', () => {
  it('opens a case to a lawyer on the very next request, and its end closes it', async () => {
    const [coordinator, lawyer] = [api.as('coordinator'), api.as('second lawyer')];
    const { path, id } = files.colleagues;
    await lawyer.get(path).expect(404);
    const { body: made } = await coordinator.post(`${path}/assignments`, { userId: idOf('second lawyer') }).expect(201);
    await lawyer.get(path).expect(200);
    expect((await list(lawyer, 'assignedTo=me')).map((item) => item.id)).toEqual([id]);
    expect((await list(coordinator, `assignedTo=${idOf('second lawyer')}`)).map((item) => item.id)).toEqual([id]);
    await coordinator.delete(`${path}/assignments/${made.id}`, made.version).expect(204);
    await lawyer.get(path).expect(404);
    expect(await list(lawyer)).toEqual([]);
  });

  it('is nothing that a caseworker or a lawyer makes', async () => {
    for (const who of ['caseworker', 'lawyer'] as const) {
      await api
        .as(who)
        .post(`${files.ours.path}/assignments`, { userId: idOf(who) })
        .expect(problem(403, 'access.not-permitted'));
      await api.as(who).get('/v1/assignees').expect(problem(403, 'access.not-permitted'));
    }
  });
});

describe('a move to another office', () => {
  it('changes what somebody sees on the very next request', async () => {
    const administrator = api.as('administrator');
    const west = (await administrator.get(`/v1/users/${idOf('caseworker in the west')}`).expect(200)).body
      .officeId as string;
    const { body: user } = await administrator
      .post('/v1/users', {
        email: 'mover@example.org',
        displayName: 'M',
        password: PASSWORD,
        roles: ['caseworker'],
        officeId: west,
      })
      .expect(201);
    const { body: session } = await api
      .holding(null)
      .post('/v1/sessions', { email: 'mover@example.org', password: PASSWORD })
      .expect(201);
    const mover = api.holding(session.accessToken);
    expect(wordsOf(await list(mover))).toEqual(['western']);
    const central = (await administrator.get(`/v1/users/${idOf('caseworker')}`).expect(200)).body.officeId as string;
    await administrator.patch(`/v1/users/${user.id}`, 1, { officeId: central }).expect(200);
    expect(wordsOf(await list(mover))).toEqual(['ours', 'colleagues']);
    await administrator.patch(`/v1/users/${user.id}`, 2, { officeId: null }).expect(200);
    expect(await list(mover)).toEqual([]);
  });
});

describe('several roles', () => {
  it('see what each of them sees, and no more', async () => {
    const administrator = api.as('administrator');
    const { body: user } = await administrator
      .post('/v1/users', {
        email: 'both@example.org',
        displayName: 'B',
        password: PASSWORD,
        roles: ['caseworker', 'lawyer'],
        officeId: (await administrator.get(`/v1/users/${idOf('caseworker')}`)).body.officeId,
      })
      .expect(201);
    await api.as('coordinator').post(`${files.western.path}/assignments`, { userId: user.id }).expect(201);
    const { body: session } = await api
      .holding(null)
      .post('/v1/sessions', { email: 'both@example.org', password: PASSWORD })
      .expect(201);
    expect(wordsOf(await list(api.holding(session.accessToken)))).toEqual(['ours', 'colleagues', 'western']);
  });
});

describe('identity and testimony', () => {
  it('are withheld from a coordinator until a reason is stated', async () => {
    const { body } = await api.as('coordinator').get(files.ours.path).expect(200);
    expect(body.identityWithheld).toBe('reason-needed');
    expect(body.person.identity).toBeUndefined();
    expect(body.person.identityRecorded).toBe(true);
    expect(body.narrative).toBeUndefined();
    const { body: stated } = await api.as('coordinator', 'Llamada de la familia').get(files.ours.path).expect(200);
    expect(stated.person.identity.familyNames).toBe('De ours');
    expect(stated.identityWithheld).toBeUndefined();
  });

  it('do not count a blank reason as one', async () => {
    for (const reason of ['', '   ', '%20', '%0A']) {
      const { body } = await api.as('coordinator').get(files.ours.path).set('x-reason', reason).expect(200);
      expect([reason, body.identityWithheld]).toEqual([reason, 'reason-needed']);
    }
  });

  it('are read by a caseworker and an assigned lawyer without one', async () => {
    for (const who of ['caseworker', 'lawyer'] as const) {
      expect((await api.as(who).get(files.ours.path).expect(200)).body.person.identity.familyNames).toBe('De ours');
    }
  });

  it('leave an audit entry with the reason, every time', async () => {
    const entries = async (): Promise<{ actorId: string; reason: string | null }[]> =>
      (await api.as('auditor').get(`/v1/audit?caseId=${files.ours.id}&action=identity.read&limit=100`).expect(200)).body
        .items;
    const before = (await entries()).length;
    await api.as('coordinator').get(files.ours.path).expect(200);
    expect(await entries()).toHaveLength(before);
    await api.as('coordinator', 'Pedido del juzgado número 3').get(files.ours.path).expect(200);
    await api.as('caseworker').get(files.ours.path).expect(200);
    await api.as('lawyer', 'Preparar la audiencia').get(`${files.ours.path}/timeline`).expect(200);
    const now = await entries();
    expect(now.slice(0, 3)).toMatchObject([
      { actorId: idOf('lawyer'), reason: 'Preparar la audiencia' },
      { actorId: idOf('caseworker'), reason: null },
      { actorId: idOf('coordinator'), reason: 'Pedido del juzgado número 3' },
    ]);
    expect(now).toHaveLength(before + 3);
  });

  it('are not in a list, whoever asks', async () => {
    for (const who of ['caseworker', 'lawyer', 'coordinator'] as const) {
      const { text } = await api.as(who, 'Un motivo').get('/v1/cases').expect(200);
      expect(text).not.toMatch(/Nombre|De ours|Relato/);
    }
  });

  it('cannot be searched for by somebody who must not read them', async () => {
    for (const query of ['familyNames=De%20ours', 'q=Nombre', 'narrative=Relato']) {
      await api.as('coordinator').get(`/v1/cases?${query}`).expect(problem(400, 'request.invalid'));
    }
  });
});

describe('privileged notes and allegations of gang membership', () => {
  beforeAll(async () => {
    const lawyer = api.as('lawyer');
    await lawyer.post(`${files.ours.path}/privileged-notes`, { text: 'Solo para la defensa' }).expect(201);
    await lawyer
      .post(`${files.ours.path}/charges`, { at: '2022-12-01', charge: 'ORG_TERRORISTA', gangAlleged: 'MS13' })
      .expect(201);
  });

  it('are read by a lawyer assigned to the case', async () => {
    const { text, body } = await api.as('lawyer').get(`${files.ours.path}/timeline`).expect(200);
    expect(text).toContain('Solo para la defensa');
    expect(
      (body.items as { kind: string; details: object }[]).find((item) => item.kind === 'charge')!.details,
    ).toMatchObject({ gangAlleged: 'MS13' });
  });

  it.each<Who>(['caseworker', 'colleague', 'coordinator'])(
    'are not shown to a %s, whatever the reason',
    async (who) => {
      const { text } = await api.as(who, 'Tengo un motivo').get(`${files.ours.path}/timeline`).expect(200);
      expect(text).not.toMatch(/Solo para la defensa|MS13|gangAlleged/);
      await api
        .as(who)
        .post(`${files.ours.path}/privileged-notes`, { text: 'x' })
        .expect(problem(403, 'access.not-permitted'));
      await api
        .as(who)
        .post(`${files.ours.path}/charges`, { at: '2022-12-01', charge: 'HOMICIDIO', gangAlleged: 'NONE' })
        .expect(problem(403, 'note.privileged'));
    },
  );

  it('are closed to the lawyer when the assignment ends', async () => {
    const coordinator = api.as('coordinator');
    const { body } = await coordinator.get(files.ours.path).expect(200);
    const own = (body.assignments as { id: string; userId: string }[]).find((one) => one.userId === idOf('lawyer'))!;
    await coordinator.delete(`${files.ours.path}/assignments/${own.id}`, body.version).expect(204);
    await api.as('lawyer').get(`${files.ours.path}/timeline`).expect(problem(404, 'case.not-found'));
    await api
      .as('lawyer')
      .post(`${files.ours.path}/privileged-notes`, { text: 'x' })
      .expect(problem(404, 'case.not-found'));
  });
});

it('says nothing of one organisation to another in any list', async () => {
  for (const path of ['/v1/users?limit=100', '/v1/offices', '/v1/sessions']) {
    const { text } = await api.as('stranger administrator').get(path).expect(200);
    expect(text).not.toContain(idOf('caseworker'));
    expect(text).not.toContain('Oficina central');
  }
});
