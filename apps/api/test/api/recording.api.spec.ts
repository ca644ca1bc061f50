/** Recording a case in full, every part of it, and reading it back. */
import { aCase, idOf, OFFICES, problem, type Agent, type RecordedCase } from '#lib/testing';
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
  caseId: string;
  kind: string;
  at: string | null;
  precision: string | null;
  until: string | null;
  used: boolean;
  corrects: string | null;
  source: { id: string; type: string } | null;
  details: Record<string, unknown>;
  recordedBy: string;
}

const timeline = async (file: Pick<RecordedCase, 'path'>, agent: Agent = caseworker): Promise<Entry[]> =>
  (await agent.get(`${file.path}/timeline`).expect(200)).body.items as Entry[];

const WHOLE_BODY = {
  externalId: 'ficha-0001',
  person: {
    sex: 'F',
    genderSelf: 'WOMAN',
    born: '2004-11',
    ageAtArrest: 17,
    ageMargin: 1,
    occupation: 'STREET_VENDOR',
    vulnerabilities: ['CHILD', 'PREGNANT'],
    identity: {
      givenNames: 'María Elena',
      familyNames: 'Ejemplo Sintético',
      aliases: 'Mari',
      documentType: 'DUI',
      documentNumber: '00000000-0',
      address: 'Casa 1\nPasaje inventado',
      phone: '0000 0000',
    },
  },
  arrest: {
    at: '2022-04-10T05:30',
    area: 'SV-SS-SOYAPANGO',
    legalGround: 'EMERGENCY_ONLY',
    bases: ['ANON_TIP', 'APPEARANCE'],
    basesStated: ['ANON_TIP'],
    basesObserved: ['APPEARANCE'],
    forces: ['PNC', 'FAES'],
    forceUnit: 'Unidad inventada',
    setting: 'HOME_NIGHT_RAID',
    conduct: ['RIGHTS_NOT_READ', 'CHILDREN_PRESENT'],
    emergencyRegime: 'YES',
    chargesAtArrest: ['AGRUPACIONES_ILICITAS'],
  },
  consents: ['INTERNAL_CASE', 'ANON_STATISTICS', 'LEGAL_REPRESENTATION'],
  source: {
    type: 'RELATIVE',
    relation: 'MOTHER',
    reliability: 'B',
    credibility: '2',
    informedOn: '2022-09-01',
    language: 'es-SV',
    name: 'Fuente Inventada',
    phone: '0000',
    address: 'Ninguna',
  },
  narrative: 'Se la llevaron de noche.\nNo mostraron orden.',
};

/** One event of every kind that a person may live through after an arrest, each with every field it has. */
const EVENTS: readonly [path: string, kind: string, body: Record<string, unknown>][] = [
  [
    'custody-spells',
    'custodySpell',
    { at: '2022-04-10/2022-04-12', until: '2022-04-20', place: 'SV-IZALCO', placeType: 'PENAL', section: 'Sector 3' },
  ],
  ['contacts', 'contact', { at: '2022-04-10', until: '2022-05', contact: 'PLACE_KNOWN_NO_CONTACT' }],
  [
    'hearings',
    'hearing',
    {
      at: '2022-04-25T09:00',
      stage: 'MEASURES_HEARING',
      mode: 'VIDEO',
      defendants: 320,
      court: 'Juzgado inventado',
      judgeIdentityReserved: 'YES',
      factsIndividualised: 'NO',
      lastWordUsed: 'NOT_ASKED',
      counselMetBefore: 'NO',
      noticeHours: 4,
      tiesDocumentsAccepted: 'REFUSED',
      secrecyTotal: 'YES',
      durationMinutes: 12,
    },
  ],
  ['measures', 'measure', { at: '2022-04-25', until: '2022-10-25', measure: 'PRETRIAL_DETENTION' }],
  ['charges', 'charge', { at: '2022-04-25', charge: 'ORG_TERRORISTA', role: 'COLLABORATOR' }],
  [
    'counsel',
    'counsel',
    {
      at: '2022-04-25',
      until: '2022-06',
      legalAid: 'PUBLIC_PGR',
      metBeforeHearing: 'NO',
      fileAccess: 'NONE',
      notified: 'NO',
      couldSpeak: 'UNKNOWN',
    },
  ],
  [
    'remedies',
    'remedy',
    { at: '2022-05-10', remedy: 'HABEAS_CORPUS', habeasType: 'CORRECTIVE', court: 'Sala inventada' },
  ],
  [
    'violations',
    'violation',
    {
      at: '2022-04-10',
      until: '2022-04-11',
      violation: 'TORTURE',
      methods: ['KICKS', 'COLD_WATER'],
      place: 'SV-IZALCO',
      forces: ['DGCP'],
      grade: 'PLAUSIBLE',
    },
  ],
  ['releases', 'release', { at: '2022-08-01', release: 'RELEASED_MEASURES', place: 'SV-IZALCO' }],
  [
    'deaths',
    'death',
    {
      at: '2022-08-20~',
      mannerOfficial: 'NATURAL',
      mannerAssessed: 'UNDETERMINED',
      classAssessed: 'SUSPICIOUS',
      causeOfficial: 'PULMONARY_OEDEMA_UNSPEC',
      causeAssessed: 'BLUNT_TRAUMA',
      icd11: 'PJ20',
      area: 'SV-SO',
      placeOfDeath: 'HOME_AFTER_RELEASE',
      statusAtDeathStated: 'RELEASED_LE_30D',
      signs: [
        { sign: 'BRUISES', observer: 'RELATIVE' },
        { sign: 'EMACIATION', observer: 'FUNERAL_WORKER' },
      ],
      careFailures: ['MEDICINE_NOT_GIVEN'],
      documents: ['IML_SLIP', 'PHOTO'],
      burial: 'FAMILY',
      howFamilyLearned: 'HOSPITAL',
      inquiry: 'NONE',
      officialPosition: 'DENIED',
      mismatch: 'YES',
    },
  ],
];

describe('a case', () => {
  let file: RecordedCase;
  beforeAll(async () => {
    const created = await caseworker.post('/v1/cases', WHOLE_BODY).expect(201);
    expect(created.get('location')).toBe(`/v1/cases/${created.body.id}`);
    expect(created.get('etag')).toBe('"1"');
    expect(created.body).toEqual({
      id: expect.any(String),
      number: expect.stringMatching(/^CDD-[0-9A-Z]{4}-[0-9A-Z]{4}$/),
      externalId: 'ficha-0001',
    });
    file = { ...created.body, path: `/v1/cases/${created.body.id}`, version: 1, events: [] };
  });

  it('is read back as it was recorded, with its version as ETag', async () => {
    const response = await caseworker.get(file.path).expect(200);
    expect(response.get('etag')).toBe('"1"');
    const { person, arrest, source, ...rest } = response.body;
    expect(person).toEqual({ ...WHOLE_BODY.person, code: expect.stringMatching(/^P-/), identityRecorded: true });
    expect(arrest).toEqual({ ...WHOLE_BODY.arrest, id: expect.any(String), precision: 'EXACT_TIME' });
    const { name: _name, phone: _phone, address: _address, ...graded } = WHOLE_BODY.source;
    expect(source).toEqual({ ...graded, id: expect.any(String) });
    expect(rest).toMatchObject({
      id: file.id,
      number: file.number,
      externalId: 'ficha-0001',
      country: 'SV',
      officeId: OFFICES.central.id,
      confidentiality: 'TEAM',
      mergedInto: null,
      version: 1,
      consents: WHOLE_BODY.consents,
      narrative: WHOLE_BODY.narrative,
      verification: 'ALLEGED',
      assignments: [],
      status: { liberty: 'IN_CUSTODY', stage: 'ADMIN_DETENTION', knownOn: '2022-09-01' },
    });
  });

  it('never shows who the source is, only what kind and how graded', async () => {
    const { text } = await caseworker.get(file.path).expect(200);
    expect(text).not.toContain('Fuente Inventada');
  });

  it.each(EVENTS)('takes %s with all they say', async (path, kind, body) => {
    const before = (await caseworker.get(file.path).expect(200)).body.version as number;
    const recorded = await caseworker.post(`${file.path}/${path}`, body).expect(201);
    expect(recorded.body).toEqual({ id: expect.any(String), caseId: file.id, kind, version: before + 1 });
    expect(recorded.get('etag')).toBe(`"${before + 1}"`);
    const entry = (await timeline(file)).find((one) => one.id === recorded.body.id)!;
    const { at, until, ...details } = body;
    expect(entry).toMatchObject({ kind, at, until: until ?? null, used: true, recordedBy: idOf('caseworker') });
    expect(entry.details).toMatchObject(details);
  });

  it('takes further sources, and an event can say which one tells it', async () => {
    const { body: source } = await caseworker
      .post(`${file.path}/sources`, { type: 'LAWYER', reliability: 'A', credibility: '1' })
      .expect(201);
    expect(source.kind).toBe('source');
    const { body: event } = await caseworker
      .post(`${file.path}/contacts`, { at: '2022-06-01', contact: 'VISIT_LAWYER', sourceId: source.id })
      .expect(201);
    const entry = (await timeline(file)).find((one) => one.id === event.id)!;
    expect(entry.source).toMatchObject({ id: source.id, type: 'LAWYER' });
  });

  it('takes consents one use at a time, and the latest answer holds', async () => {
    const consent = (body: object) => caseworker.post(`${file.path}/consents`, body).expect(201);
    await consent({
      use: 'SHARE_UN',
      giver: 'PARENT',
      form: 'WITNESSED_ORAL',
      language: 'es',
      givenOn: '2022-06-01',
      expiresOn: '2030-12-31',
    });
    expect((await caseworker.get(file.path)).body.consents).toContain('SHARE_UN');
    await consent({ use: 'SHARE_UN', state: 'WITHDRAWN' });
    expect((await caseworker.get(file.path)).body.consents).not.toContain('SHARE_UN');
    const entries = (await timeline(file)).filter((one) => one.kind === 'consent' && one.details['use'] === 'SHARE_UN');
    expect(entries.map((one) => one.details['state'])).toEqual(['GIVEN', 'WITHDRAWN']);
  });

  it('does not count a consent that has run out', async () => {
    await caseworker.post(`${file.path}/consents`, { use: 'RECONTACT', expiresOn: '2023-01-01' }).expect(201);
    expect((await caseworker.get(file.path)).body.consents).not.toContain('RECONTACT');
  });

  it('takes notes, of which those for lawyers are kept apart', async () => {
    await caseworker.post(`${file.path}/notes`, { text: 'Llamar a la madre el lunes.' }).expect(201);
    const notes = (await timeline(file)).filter((one) => one.kind === 'note');
    expect(notes.map((one) => one.details)).toEqual([{ privileged: false, text: 'Llamar a la madre el lunes.' }]);
    await caseworker
      .post(`${file.path}/privileged-notes`, { text: 'Estrategia' })
      .expect(problem(403, 'access.not-permitted'));
  });

  it('takes the steps of a petition, each with its day', async () => {
    const { body: remedy } = await caseworker
      .post(`${file.path}/remedies`, { at: '2022-06-01', remedy: 'AMPARO' })
      .expect(201);
    const { body: step } = await caseworker
      .post(`${file.path}/remedies/${remedy.id}/steps`, { at: '2022-07', status: 'ADMITTED' })
      .expect(201);
    const entry = (await timeline(file)).find((one) => one.id === step.id)!;
    expect(entry).toMatchObject({
      kind: 'remedyStep',
      at: '2022-07',
      precision: 'MONTH',
      details: { status: 'ADMITTED', remedyId: remedy.id },
    });
    await caseworker
      .post(`${file.path}/remedies/${file.id}/steps`, { at: '2022-07', status: 'GRANTED' })
      .expect(problem(404, 'event.not-found'));
  });

  it('is graded by a coordinator, never by whoever recorded it', async () => {
    const body = { level: 'CORROBORATED', reason: 'Two independent sources.' };
    await caseworker.post(`${file.path}/verifications`, body).expect(problem(403, 'access.not-permitted'));
    await api.as('coordinator').post(`${file.path}/verifications`, body).expect(201);
    expect((await caseworker.get(file.path)).body.verification).toBe('CORROBORATED');
    const own = await aCase().recordedBy(api.as('coordinator'));
    await api.as('coordinator').post(`${own.path}/verifications`, body).expect(problem(422, 'verification.own-record'));
    await api.as('second coordinator').post(`${own.path}/verifications`, body).expect(201);
  });

  it('is assigned by a coordinator to a lawyer or a caseworker, and the assignment ends', async () => {
    const coordinator = api.as('coordinator');
    const people = (await coordinator.get('/v1/assignees').expect(200)).body.items as { id: string; roles: string[] }[];
    expect(people.map((one) => one.id)).toEqual(expect.arrayContaining([idOf('lawyer'), idOf('colleague')]));
    expect(people.map((one) => one.id)).not.toContain(idOf('researcher'));
    expect(people.map((one) => one.id)).not.toContain(idOf('stranger caseworker'));
    const { body: made } = await coordinator.post(`${file.path}/assignments`, { userId: idOf('lawyer') }).expect(201);
    expect((await coordinator.get(file.path)).body.assignments).toEqual([{ id: made.id, userId: idOf('lawyer') }]);
    await coordinator
      .post(`${file.path}/assignments`, { userId: idOf('lawyer') })
      .expect(problem(409, 'assignment.already-assigned'));
    for (const who of ['researcher', 'stranger caseworker'] as const) {
      await coordinator
        .post(`${file.path}/assignments`, { userId: idOf(who) })
        .expect(problem(422, 'assignment.no-such-user', { '/userId': 'user.unknown' }));
    }
    await coordinator.delete(`${file.path}/assignments/${made.id}`).expect(problem(428, 'version.missing'));
    await coordinator.delete(`${file.path}/assignments/${made.id}`, made.version).expect(204);
    expect((await coordinator.get(file.path)).body.assignments).toEqual([]);
    await coordinator
      .delete(`${file.path}/assignments/${made.id}`, made.version + 1)
      .expect(problem(404, 'assignment.not-found'));
  });

  it('has every event in its timeline, in the order of their dates', async () => {
    const dated = (await timeline(file)).filter((one) => one.at !== null);
    const days = dated.map((one) => (one.at ?? '').slice(0, 7));
    expect(days).toEqual([...days].sort());
    expect(new Set(dated.map((one) => one.kind))).toEqual(
      new Set(['arrest', ...EVENTS.map(([, kind]) => kind), 'remedyStep']),
    );
    expect(dated.every((one) => one.caseId === file.id)).toBe(true);
  });

  it('left one audit entry for every act, each by whoever did it', async () => {
    const { body } = await api.as('auditor').get(`/v1/audit?caseId=${file.id}&limit=100`).expect(200);
    const actions = (body.items as { action: string }[]).map((one) => one.action);
    const recorded = EVENTS.map(([path]) =>
      path === 'counsel' ? 'counsel.recorded' : `${path.replace(/ies$/, 'y').replace(/s$/, '')}.recorded`,
    );
    expect(actions).toEqual(
      expect.arrayContaining([
        'case.recorded',
        ...recorded,
        'source.recorded',
        'consent.recorded',
        'note.recorded',
        'remedy-step.recorded',
        'verification.recorded',
        'assignment.made',
        'assignment.ended',
        'identity.read',
      ]),
    );
    for (const entry of body.items)
      expect(entry).toMatchObject({ caseId: file.id, requestId: expect.any(String), sessionId: expect.any(String) });
  });
});

it('takes a telephone number as it is written abroad, with its plus sign', async () => {
  const phone = '+503 0000 0000';
  const file = await aCase().of({ identity: { phone } }).toldBy({ phone }).recordedBy(caseworker);
  expect((await caseworker.get(file.path).expect(200)).body.person.identity).toEqual({ phone });
});

describe('what is not said', () => {
  it('is unknown, and counted as such', async () => {
    const body = {
      person: { sex: 'UNKNOWN' },
      arrest: { at: 'XXXX', area: 'UNKNOWN', legalGround: 'UNKNOWN', bases: [], forces: [] },
      consents: [],
      source: { type: 'PRESS' },
    };
    const { body: created } = await caseworker.post('/v1/cases', body).expect(201);
    const { body: read } = await caseworker.get(`/v1/cases/${created.id}`).expect(200);
    expect(read.externalId).toBeNull();
    expect(read.person).toMatchObject({
      sex: 'UNKNOWN',
      occupation: 'UNKNOWN',
      vulnerabilities: [],
      born: null,
      ageAtArrest: null,
      genderSelf: null,
      identityRecorded: false,
    });
    expect(read.arrest).toMatchObject({
      at: 'XXXX',
      precision: 'UNKNOWN',
      area: 'UNKNOWN',
      setting: 'UNKNOWN',
      emergencyRegime: 'UNKNOWN',
      bases: [],
      forces: [],
    });
    expect(read.source).toMatchObject({
      type: 'PRESS',
      relation: 'UNKNOWN',
      reliability: 'UNKNOWN',
      credibility: 'UNKNOWN',
      informedOn: null,
    });
    expect(read.consents).toEqual([]);
    expect(read.narrative ?? null).toBeNull();
  });
});

describe('an uncertain date', () => {
  const dates: [string, string][] = [
    ['2022-04-10T05:30', 'EXACT_TIME'],
    ['2022-04-10', 'DAY'],
    ['2022-04-10~', 'ABOUT_DAY'],
    ['2022-04', 'MONTH'],
    ['2022-04-XX', 'MONTH'],
    ['2022', 'YEAR'],
    ['2022-XX-XX', 'YEAR'],
    ['2022-04-10/2022-04-15', 'ABOUT_DAY'],
    ['../2022-04-10', 'BEFORE'],
    ['2022-04-10/..', 'AFTER'],
    ['XXXX', 'UNKNOWN'],
  ];
  it.each(dates)('%s is kept as it was told, with its precision %s', async (at, precision) => {
    const file = await aCase().arrestedOn(at).recordedBy(caseworker);
    const { body } = await caseworker.get(file.path).expect(200);
    expect(body.arrest).toMatchObject({ at, precision });
  });

  it('makes the wait for a judge an interval', async () => {
    const file = await aCase().arrestedOn('2022-04').seenByJudgeOn('2022-05-10').recordedBy(caseworker);
    const { body } = await caseworker.get(file.path).expect(200);
    expect(body.status.daysToJudge).toEqual({ state: 'seen', min: 10, max: 39 });
  });
});

describe('where somebody stands today', () => {
  const status = async (file: RecordedCase) => (await caseworker.get(file.path).expect(200)).body.status;

  it('is told from what happened: in custody, released, died', async () => {
    const held = aCase().arrestedOn('2022-05-03').toldBy({ informedOn: '2022-06-02' });
    expect(await status(await held.recordedBy(caseworker))).toMatchObject({
      liberty: 'IN_CUSTODY',
      daysToJudge: { state: 'waiting', min: 30, max: 30 },
    });
    expect(await status(await held.seenByJudgeOn('2022-05-06').recordedBy(caseworker))).toMatchObject({
      liberty: 'IN_CUSTODY',
      stage: 'MEASURES_HEARING',
      daysToJudge: { state: 'seen', min: 3, max: 3 },
    });
    expect(await status(await held.releasedOn('2022-05-10').recordedBy(caseworker))).toMatchObject({
      liberty: 'RELEASED',
      daysToJudge: { state: 'ended-without-judge', min: 7, max: 7 },
    });
    expect(await status(await held.diedOn('2022-05-08').recordedBy(caseworker))).toMatchObject({
      liberty: 'DIED',
      daysToJudge: { state: 'ended-without-judge', min: 5, max: 5 },
    });
  });

  it('takes a hearing on paper or in absence for no meeting with a judge', async () => {
    const file = await aCase()
      .and('hearings', { at: '2022-05-06', stage: 'MEASURES_HEARING', mode: 'PAPER' })
      .recordedBy(caseworker);
    expect((await status(file)).daysToJudge.state).toBe('waiting');
  });

  it('begins anew with a re-arrest after a release', async () => {
    const file = await aCase().arrestedOn('2022-05-03').releasedOn('2022-06-01').recordedBy(caseworker);
    await caseworker
      .post(`${file.path}/arrests`, {
        at: '2023-01-10',
        area: 'SV-LI',
        legalGround: 'REARREST_RELEASE',
        bases: ['PRIOR_RECORD'],
        forces: ['FAES'],
      })
      .expect(201);
    const { body } = await caseworker.get(file.path).expect(200);
    expect(body.arrest).toMatchObject({ at: '2023-01-10', area: 'SV-LI' });
    expect(body.status.liberty).toBe('IN_CUSTODY');
    const arrests = (await timeline(file)).filter((one) => one.kind === 'arrest') as (Entry & { arrest: number })[];
    expect(arrests.map((one) => one.arrest)).toEqual([0, 1]);
  });
});

describe('who records', () => {
  it('is a caseworker, a lawyer or a coordinator', async () => {
    for (const who of ['caseworker', 'lawyer', 'coordinator'] as const) {
      await aCase().recordedBy(api.as(who));
    }
    for (const who of ['researcher', 'administrator', 'auditor'] as const) {
      await api.as(who).post('/v1/cases', aCase().body).expect(problem(403, 'access.not-permitted'));
    }
  });

  it('reaches what they recorded, also as a lawyer', async () => {
    const file = await aCase().recordedBy(api.as('lawyer'));
    await api.as('lawyer').get(file.path).expect(200);
  });

  it('belongs to an office, or the case would belong nowhere', async () => {
    const administrator = api.as('administrator');
    const { body: user } = await administrator
      .post('/v1/users', {
        email: 'noffice@example.org',
        displayName: 'N',
        password: 'four words make a sentence',
        roles: ['caseworker'],
      })
      .expect(201);
    expect(user.officeId).toBeNull();
    const { body } = await api
      .holding(null)
      .post('/v1/sessions', { email: 'noffice@example.org', password: 'four words make a sentence' })
      .expect(201);
    await api.holding(body.accessToken).post('/v1/cases', aCase().body).expect(problem(422, 'case.office-needed'));
  });
});

it('records many cases at once, each with a number of its own', async () => {
  const files = await Promise.all(Array.from({ length: 20 }, () => aCase().recordedBy(caseworker)));
  expect(new Set(files.map((file) => file.number)).size).toBe(20);
});
