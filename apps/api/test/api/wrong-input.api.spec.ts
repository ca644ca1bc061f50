/** What must be refused: a specific problem, the place named, nothing written, nothing of it repeated. */
import { randomUUID } from 'node:crypto';
import { aCase, problem, type Agent, type CaseBody, type RecordedCase } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';

let api: ServiceUnderTest;
let caseworker: Agent;
let file: RecordedCase;
let before: Readonly<Record<string, number>>;
beforeAll(async () => {
  api = await aService({ worker: false });
  caseworker = api.as('caseworker');
  file = await aCase().arrestedOn('2022-05-03').known().recordedBy(caseworker);
  before = await api.database.contents();
});
// Whatever was refused left nothing behind, not even a retry key.
afterEach(async () => expect(await api.database.contents()).toEqual(before));
afterAll(() => api.stop());

const good = aCase().body;
const without = (body: CaseBody, part: keyof CaseBody): object =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== part));
const open = (body: object) => caseworker.post('/v1/cases', body);
const arrest = (more: object): object => ({ ...good, arrest: { ...good.arrest, ...more } });
const person = (more: object): object => ({ ...good, person: { ...good.person, ...more } });

describe('a case is refused', () => {
  const malformed: [why: string, body: object, places: Record<string, string>][] = [
    ['without a person', without(good, 'person'), { '/person': 'object.malformed' }],
    ['without an arrest', without(good, 'arrest'), { '/arrest': 'object.malformed' }],
    ['without a source', without(good, 'source'), { '/source': 'object.malformed' }],
    ['without consents', without(good, 'consents'), { '/consents': 'list.malformed' }],
    ['with a person that is a list', { ...good, person: [] }, { '/person': 'object.malformed' }],
    ['with an unknown field', { ...good, status: 'RELEASED' }, { '/status': 'field.unknown' }],
    ['with an unknown field inside', person({ name: 'Ana' }), { '/person/name': 'field.unknown' }],
    [
      'with a field of the server’s',
      { ...good, id: randomUUID(), version: 9 },
      { '/id': 'field.unknown', '/version': 'field.unknown' },
    ],
    ['with null where something must stand', arrest({ at: null }), { '/arrest/at': 'date.malformed' }],
    ['with null for what may be absent', person({ born: null }), { '/person/born': 'date.malformed' }],
    ['with a number for text', person({ sex: 1 }), { '/person/sex': 'code.malformed' }],
    ['with text for a number', person({ ageAtArrest: '30' }), { '/person/ageAtArrest': 'number.out-of-range' }],
    ['with an age that nobody has', person({ ageAtArrest: 130 }), { '/person/ageAtArrest': 'number.out-of-range' }],
    ['with half a year of age', person({ ageAtArrest: 30.5 }), { '/person/ageAtArrest': 'number.out-of-range' }],
    ['with a code in small letters', arrest({ legalGround: 'none' }), { '/arrest/legalGround': 'code.malformed' }],
    ['with a code twice', arrest({ bases: ['ANON_TIP', 'ANON_TIP'] }), { '/arrest/bases': 'list.repeats' }],
    ['with one code where a list is wanted', arrest({ forces: 'PNC' }), { '/arrest/forces': 'list.malformed' }],
    ['with a list in a list', arrest({ forces: [['PNC']] }), { '/arrest/forces': 'code.malformed' }],
    ['with an external id over two lines', { ...good, externalId: 'a\nb' }, { '/externalId': 'external-id.malformed' }],
    [
      'with an external id of 201 characters',
      { ...good, externalId: 'a'.repeat(201) },
      { '/externalId': 'external-id.malformed' },
    ],
    [
      'with a narrative of 50,001 characters',
      { ...good, narrative: 'a'.repeat(50_001) },
      { '/narrative': 'text.too-long' },
    ],
    [
      'with a name of several lines',
      person({ identity: { givenNames: 'Ana\nMaría' } }),
      { '/person/identity/givenNames': 'text.control-character' },
    ],
    [
      'with a name that is a formula',
      person({ identity: { givenNames: '=HYPERLINK("x")' } }),
      { '/person/identity/givenNames': 'text.formula' },
    ],
    [
      'with a name of blanks',
      person({ identity: { familyNames: '   ' } }),
      { '/person/identity/familyNames': 'text.blank' },
    ],
    [
      'with a name that turns the reading order',
      person({ identity: { givenNames: 'Ana\u202Eanihc' } }),
      { '/person/identity/givenNames': 'text.bidirectional-control' },
    ],
    [
      'with a narrative that turns the reading order',
      { ...good, narrative: 'abc\u2066def' },
      { '/narrative': 'text.bidirectional-control' },
    ],
  ];
  it.each(malformed)('%s', (_why, body, places) => open(body).expect(problem(400, 'request.invalid', places)));

  const dates: [at: string, code: string][] = [
    ['yesterday', 'date.malformed'],
    ['03/05/2022', 'date.malformed'],
    ['2022-5-3', 'date.malformed'],
    ['2022-05-03T14:30Z', 'date.malformed'],
    ['2022-05-03T14', 'date.malformed'],
    ['2022-05-03/', 'date.malformed'],
    ['../..', 'date.malformed'],
    ['', 'date.malformed'],
    ['2022-02-30', 'date.impossible'],
    ['2022-13-01', 'date.impossible'],
    ['2022-04-31', 'date.impossible'],
    ['2022-05-03T25:00', 'date.impossible'],
    ['2022-05-10/2022-05-03', 'date.reversed'],
    ['1812-05-03', 'date.out-of-range'],
    ['2100-05-03', 'date.out-of-range'],
  ];
  it.each(dates)('with %p for a date', (at, code) =>
    open(arrest({ at })).expect(problem(400, 'request.invalid', { '/arrest/at': code })),
  );

  const unknown: [why: string, body: object, places: Record<string, string>][] = [
    ['an unknown code', arrest({ legalGround: 'BECAUSE' }), { '/arrest/legalGround': 'code.unknown' }],
    ['an unknown code in a list', arrest({ bases: ['ANON_TIP', 'BECAUSE'] }), { '/arrest/bases/1': 'code.unknown' }],
    ['a code of another list', arrest({ forces: ['ANON_TIP'] }), { '/arrest/forces/0': 'code.unknown' }],
    ['an unknown consent', { ...good, consents: ['EVERYTHING'] }, { '/consents/0': 'code.unknown' }],
    ['a code of another country’s pack', arrest({ forces: ['SHERIFF'] }), { '/arrest/forces/0': 'code.unknown' }],
    ['an area that does not exist', arrest({ area: 'SV-XX' }), { '/arrest/area': 'area.unknown' }],
    [
      'several unknown codes at once',
      { ...arrest({ setting: 'MOON' }), source: { type: 'DREAM' } },
      { '/arrest/setting': 'code.unknown', '/source/type': 'code.unknown' },
    ],
  ];
  it.each(unknown)('with %s', (_why, body, places) => open(body).expect(problem(400, 'request.invalid', places)));

  const impossible: [why: string, body: object, places: Record<string, string>][] = [
    ['an arrest in the future', arrest({ at: '2090-01-01' }), { '/arrest/at': 'arrest.in-future' }],
    ['a birth after the arrest', person({ born: '2022-05-04' }), { '/person/born': 'birth.after-arrest' }],
    ['a birth in the month after the arrest', person({ born: '2022-06' }), { '/person/born': 'birth.after-arrest' }],
  ];
  it.each(impossible)('with %s', (_why, body, places) => open(body).expect(problem(422, 'case.not-plausible', places)));

  it('with an external id that the organisation has already', () =>
    open({ ...good, externalId: file.externalId }).expect(problem(409, 'case.external-id-taken')));

  it('and every fault is told at once', () =>
    open({ ...good, person: { sex: 'm' }, arrest: { ...good.arrest, at: 'x', colour: 'red' }, consents: 'no' }).expect(
      problem(400, 'request.invalid', {
        '/person/sex': 'code.malformed',
        '/arrest/at': 'date.malformed',
        '/arrest/colour': 'field.unknown',
        '/consents': 'list.malformed',
      }),
    ));

  it('without repeating what was sent', async () => {
    const secret = 'Nombre-Muy-Secreto';
    const response = await open({
      ...person({ identity: { givenNames: `=${secret}` }, sex: secret }),
      [secret]: secret,
      narrative: `${secret}\u202E`,
    });
    expect(response.status).toBe(400);
    const { errors } = response.body as { errors: { pointer: string; detail: string }[] };
    // A pointer names the unknown field, because whoever sent it must find it; its value is nowhere.
    expect(errors.map((fault) => fault.detail).join()).not.toContain(secret);
  });
});

describe('an event is refused', () => {
  const record = (path: string, body: object) => caseworker.post(`${file.path}/${path}`, body);
  const events: [
    why: string,
    path: string,
    body: object,
    status: number,
    code: string,
    places: Record<string, string>,
  ][] = [
    [
      'a hearing before the arrest',
      'hearings',
      { at: '2022-05-02', stage: 'TRIAL' },
      422,
      'case.not-plausible',
      { '/at': 'hearing.before-arrest' },
    ],
    [
      'a release before the arrest',
      'releases',
      { at: '2022-04', release: 'ACQUITTED' },
      422,
      'case.not-plausible',
      { '/at': 'release.before-arrest' },
    ],
    [
      'a death before the arrest',
      'deaths',
      { at: '2021' },
      422,
      'case.not-plausible',
      { '/at': 'death.before-arrest' },
    ],
    [
      'a contact in the future',
      'contacts',
      { at: '2090', contact: 'CALL' },
      422,
      'case.not-plausible',
      { '/at': 'contact.in-future' },
    ],
    [
      'a stay that ends before it begins',
      'custody-spells',
      { at: '2022-05-10', until: '2022-05-04', place: 'SV-IZALCO' },
      422,
      'case.not-plausible',
      { '/until': 'custody-spell.reversed' },
    ],
    [
      'an unknown place',
      'custody-spells',
      { at: '2022-05-10', place: 'SV-NOWHERE' },
      400,
      'request.invalid',
      { '/place': 'place.unknown' },
    ],
    [
      'a place in another country',
      'custody-spells',
      { at: '2022-05-10', place: 'US-CA-03035C' },
      400,
      'request.invalid',
      { '/place': 'place.unknown' },
    ],
    [
      'an unknown code',
      'measures',
      { at: '2022-05-10', measure: 'EXILE' },
      400,
      'request.invalid',
      { '/measure': 'code.unknown' },
    ],
    [
      'an area of another country',
      'deaths',
      { at: '2022-06-01', area: 'US-CA-ALAMEDA' },
      400,
      'request.invalid',
      { '/area': 'area.other-country' },
    ],
    [
      'an unknown sign',
      'deaths',
      { at: '2022-06-01', signs: [{ sign: 'TATTOO', observer: 'DOCTOR' }] },
      400,
      'request.invalid',
      { '/signs/0/sign': 'code.unknown' },
    ],
    [
      'a sign without an observer',
      'deaths',
      { at: '2022-06-01', signs: [{ sign: 'BURN' }] },
      400,
      'request.invalid',
      { '/signs/0/observer': 'code.malformed' },
    ],
    [
      'no defendants',
      'hearings',
      { at: '2022-06-01', stage: 'TRIAL', defendants: 0 },
      400,
      'request.invalid',
      { '/defendants': 'number.out-of-range' },
    ],
    [
      'maybe',
      'hearings',
      { at: '2022-06-01', stage: 'TRIAL', secrecyTotal: 'MAYBE' },
      400,
      'request.invalid',
      { '/secrecyTotal': 'code.unknown' },
    ],
    ['no date', 'contacts', { contact: 'CALL' }, 400, 'request.invalid', { '/at': 'date.malformed' }],
    [
      'a source that is no id',
      'contacts',
      { at: '2022-06-01', contact: 'CALL', sourceId: 'mother' },
      400,
      'request.invalid',
      { '/sourceId': 'id.malformed' },
    ],
    ['an empty note', 'notes', { text: ' ' }, 400, 'request.invalid', { '/text': 'text.blank' }],
    [
      'a day that is none',
      'consents',
      { use: 'RECONTACT', expiresOn: '2023-02-29' },
      400,
      'request.invalid',
      { '/expiresOn': 'date.malformed' },
    ],
    [
      'an allegation that only a lawyer of the case records',
      'charges',
      { at: '2022-06-01', charge: 'HOMICIDIO', gangAlleged: 'MS13' },
      403,
      'note.privileged',
      {},
    ],
  ];
  it.each(events)('for %s', (_why, path, body, status, code, places) =>
    record(path, body).expect(problem(status, code, places)),
  );

  it('for what only somebody alive can do after a death', async () => {
    const dead = await aCase().arrestedOn('2022-05-03').diedOn('2022-06-01').recordedBy(caseworker);
    before = await api.database.contents();
    const after = (path: string, body: object) =>
      caseworker.post(`${dead.path}/${path}`, { at: '2022-07-01', ...body });
    await after('hearings', { stage: 'TRIAL', mode: 'IN_PERSON' }).expect(
      problem(422, 'case.not-plausible', { '/at': 'hearing.after-death' }),
    );
    await after('releases', { release: 'ACQUITTED' }).expect(
      problem(422, 'case.not-plausible', { '/at': 'release.after-death' }),
    );
  });
});

describe('an address', () => {
  const ids = [
    '1',
    'abc',
    randomUUID().toUpperCase(),
    '00000000-0000-1000-8000-000000000000',
    "1' or '1'='1",
    '%F0%9F%92%A9',
    '..',
  ];
  it.each(ids)('with the id %p is malformed and not looked up', async (id) => {
    const response = await caseworker.get(`/v1/cases/${id.includes('%') ? id : encodeURIComponent(id)}/timeline`);
    problem(400, 'request.invalid', { '/caseId': 'id.malformed' })(response);
  });

  it('with an id that is nobody’s finds nothing', async () => {
    const path = `/v1/cases/${randomUUID()}`;
    await caseworker.get(path).expect(problem(404, 'case.not-found'));
    await caseworker.post(`${path}/notes`, { text: 'x' }).expect(problem(404, 'case.not-found'));
    await caseworker.patch(path, 1, { riskLevel: 'LOW' }).expect(problem(404, 'case.not-found'));
  });

  const nowhere = ['/v1/nothing', '/v1/cases/', '/v1//cases', '/V1/cases', '/v1/cases/%00', '/v2/cases', '/.env', '/'];
  it.each(nowhere)('%p leads nowhere', async (path) => {
    const response = await caseworker.get(path);
    expect([400, 404]).toContain(response.status);
    problem(response.status, (response.body as { code: string }).code)(response);
  });

  it('that cannot be decoded is malformed', () =>
    caseworker.get('/v1/cases/%E0%A4%A').expect(problem(400, 'request.malformed')));

  const methods: [method: 'put' | 'delete' | 'patch', path: () => string][] = [
    ['put', () => file.path],
    ['delete', () => file.path],
    ['delete', () => '/v1/cases'],
    ['patch', () => `${file.path}/timeline`],
  ];
  it.each(methods)('does not know the method %s there', async (method, path) => {
    const response = await (method === 'patch' ? caseworker.patch(path(), 1, {}) : caseworker[method](path()));
    expect([404, 405]).toContain(response.status);
    problem(response.status, (response.body as { code: string }).code)(response);
  });
});

describe('a list', () => {
  const queries: [query: string, place: string, code: string][] = [
    ['limit=0', 'limit', 'query.malformed'],
    ['limit=101', 'limit', 'query.malformed'],
    ['limit=ten', 'limit', 'query.malformed'],
    ['limit=1&limit=2', 'limit', 'query.malformed'],
    ['sort=name', 'sort', 'query.malformed'],
    ['sex=f', 'sex', 'query.malformed'],
    ['arrestedFrom=2022', 'arrestedFrom', 'query.malformed'],
    ['arrestedFrom=2022-02-30', 'arrestedFrom', 'date.impossible'],
    ['name=Ana', 'name', 'field.unknown'],
    ['assignedTo=everybody', 'assignedTo', 'query.malformed'],
    ['cursor=short', 'cursor', 'query.malformed'],
    ['sex[]=F', 'sex[]', 'field.unknown'],
  ];
  it.each(queries)('does not understand %s', async (query, place, code) => {
    const response = await caseworker.get(`/v1/cases?${query}`);
    problem(400, 'request.invalid')(response);
    const faults = (response.body as { errors: { pointer: string; code: string }[] }).errors;
    expect(faults.map((fault) => [fault.pointer.replace(/^\//, ''), fault.code])).toEqual([[place, code]]);
  });

  it('takes no cursor that somebody made up, or that belongs to another list', async () => {
    for (let i = 0; i < 2; i++) await aCase().recordedBy(caseworker);
    before = await api.database.contents();
    await caseworker.get(`/v1/cases?cursor=${'A'.repeat(60)}`).expect(problem(400, 'cursor.invalid'));
    const { next } = (await caseworker.get('/v1/cases?limit=1').expect(200)).body as { next: string };
    await caseworker.get(`/v1/cases?limit=1&cursor=${next}`).expect(200);
    await caseworker.get(`/v1/cases?limit=1&sex=M&cursor=${next}`).expect(problem(400, 'cursor.invalid'));
    await caseworker.get(`/v1/cases?limit=1&sort=recordedAt&cursor=${next}`).expect(problem(400, 'cursor.invalid'));
    await api.as('colleague').get(`/v1/cases?limit=1&cursor=${next}`).expect(problem(400, 'cursor.invalid'));
    await api.as('coordinator').get(`/v1/duplicates?cursor=${next}`).expect(problem(400, 'cursor.invalid'));
    const altered = `${next.slice(0, -2)}${next.endsWith('A') ? 'B' : 'A'}${next.slice(-1)}`;
    await caseworker.get(`/v1/cases?limit=1&cursor=${altered}`).expect(problem(400, 'cursor.invalid'));
  });
});

describe('a text', () => {
  const texts: [why: string, text: string, code: string][] = [
    ['NUL', 'a\u0000b', 'text.nul'],
    ['a bell', 'a\u0007b', 'text.control-character'],
    ['a delete', 'a\u007Fb', 'text.control-character'],
    ['a noncharacter', 'a\uFFFEb', 'text.control-character'],
    ['half a surrogate pair', 'a\uD800b', 'text.lone-surrogate'],
  ];
  it.each(texts)('with %s is not stored anywhere', async (_why, text, code) => {
    await open({ ...good, narrative: text }).expect(problem(400, 'text.not-allowed', { '/narrative': code }));
    await caseworker.post(`${file.path}/notes`, { text }).expect(problem(400, 'text.not-allowed', { '/text': code }));
  });

  it('in the address is looked at, too', () =>
    caseworker.get('/v1/cases?externalId=a%00b').expect(problem(400, 'text.not-allowed', { externalId: 'text.nul' })));

  it('of any script, with accents, emoji and line breaks, comes back as it was', async () => {
    const narrative = 'Sí, señora: «mañana».\n\tمرحبا שלום Ωmega 你好 👩🏽‍⚖️ \u200F.';
    const kept = await aCase().saying(narrative).named('José Ñandú', "O'Brien-Şahin").recordedBy(caseworker);
    before = await api.database.contents();
    const { body } = await caseworker.get(kept.path).expect(200);
    expect(body.narrative).toBe(narrative);
    expect(body.person.identity).toEqual({ givenNames: 'José Ñandú', familyNames: "O'Brien-Şahin" });
  });
});

describe('a body', () => {
  const send = (type: string, body: string | Buffer) =>
    caseworker
      .post('/v1/cases')
      .set('content-type', type)
      .serialize((raw: unknown) => raw as string)
      .send(body as string);

  it('that is no JSON is malformed', async () => {
    for (const text of ['{"person":', 'person=Ana', '{"a":1}}', "{'a':1}", 'NaN'])
      await send('application/json', text).expect(problem(400, 'request.malformed'));
  });

  it('that is no object is refused', async () => {
    for (const text of ['[]', '"text"', '7', 'null', 'true']) {
      const response = await send('application/json', text);
      expect([text, response.status]).toEqual([text, 400]);
      problem(400, (response.body as { code: string }).code)(response);
    }
  });

  it('in another encoding or media type is not read', async () => {
    await send('text/plain', 'x').expect(problem(415, 'request.media-type'));
    await send('application/x-www-form-urlencoded', 'a=b').expect(problem(415, 'request.media-type'));
    await send('application/xml', '<a/>').expect(problem(415, 'request.media-type'));
    await send('application/json; charset=latin1', '{}').expect(problem(415, 'request.media-type'));
    await caseworker
      .post('/v1/cases')
      .set('content-type', 'application/json')
      .set('content-encoding', 'gzip')
      .send('{}')
      .expect(problem(415, 'request.media-type'));
  });

  it('that is not UTF-8 is malformed', async () => {
    const response = await fetch(`${api.baseUrl}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, 'request.malformed']);
  });

  it('of 10 MB is not read to its end', async () => {
    const response = await send(
      'application/json',
      JSON.stringify({ ...good, narrative: 'a'.repeat(10 * 1024 * 1024) }),
    );
    problem(413, 'request.too-large')(response);
  });

  it('that is nested or listed beyond reason is refused', async () => {
    const deep = '{"a":'.repeat(200) + '1' + '}'.repeat(200);
    await send('application/json', deep).expect(problem(400, 'request.too-complex'));
    await open({ ...good, consents: Array.from({ length: 20_000 }, () => 'X') }).expect(
      problem(400, 'request.too-complex'),
    );
  });

  it('that reaches for the prototype is refused', async () => {
    await send('application/json', '{"__proto__":{"roles":["administrator"]}}').expect(
      problem(400, 'request.forbidden-key'),
    );
    await send('application/json', '{"person":{"constructor":1}}').expect(problem(400, 'request.forbidden-key'));
  });

  it('may be missing where there is something to say only by mistake', () =>
    caseworker.post('/v1/cases').expect(problem(400, 'request.invalid')));
});
