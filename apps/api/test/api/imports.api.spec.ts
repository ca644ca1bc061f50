/** Importing a form export: what is accepted, what is refused and why, and that nothing is lost or doubled. */
import { randomUUID } from 'node:crypto';
import { finished, problem, type Agent } from '#lib/testing';
import { csvOf, errorsOf, imported, rowsOf, sampleBytes, send, type FormRow, type ImportJob } from './form-files.js';
import { aService, type ServiceUnderTest } from './service-under-test.js';

let api: ServiceUnderTest;
let caseworker: Agent;
let sample: FormRow[];
beforeAll(async () => {
  api = await aService();
  caseworker = api.as('caseworker');
  sample = rowsOf(sampleBytes('intake-2022.csv'));
});
afterAll(() => api.stop());

/** Rows of the sample under ids of their own, so that every test begins with a file that nobody knows. */
const fresh = (from: number, to: number): FormRow[] =>
  sample.slice(from, to).map((row) => ({ ...row, _uuid: randomUUID() }));
const plain = (more: FormRow = {}): FormRow => ({
  ...Object.fromEntries(Object.keys(sample[0]!).map((name) => [name, ''])),
  _uuid: randomUUID(),
  _submission_time: '2022-10-10T15:04:05',
  detencion_fecha: '2022-05-03',
  sexo: 'M',
  ...more,
});
const caseNamed = async (externalId: string): Promise<string | null> =>
  ((await caseworker.get(`/v1/cases?externalId=${externalId}`).expect(200)).body.items as { id: string }[])[0]?.id ??
  null;
/** What an import may leave although it recorded nothing: the job itself, its errors, its retry key. */
const record = async () => {
  const { job: _job, import_fault: _fault, idempotency_key: _key, ...rest } = await api.database.contents();
  return rest;
};

describe('a file of the form', () => {
  const rows: FormRow[] = [];
  let file: Buffer;
  let job: ImportJob;
  beforeAll(async () => {
    rows.push(...fresh(0, 150));
    file = csvOf(rows, { bom: true, newline: '\r\n' });
    job = await imported(caseworker, file);
  });

  it('is imported whole: every row becomes a case, is refused, or is there already', () => {
    expect(job).toMatchObject({
      status: 'succeeded',
      mapping: 'kobo-intake-sv',
      dryRun: false,
      problem: null,
      progress: { done: 150, total: 150, percent: 100 },
    });
    expect(job.result!.accepted + job.result!.refused).toBe(150);
    expect(job.result!.accepted).toBeGreaterThan(140);
    expect(job.result!.unchanged).toBe(0);
  });

  it('becomes cases that say what the rows say', async () => {
    const row = rows.find(
      (one) =>
        one['audiencia_fecha'] &&
        one['nombres'] &&
        one['habeas_fecha'] &&
        /^\d{4}-\d\d-\d\d$/.test(one['detencion_fecha']!),
    )!;
    const { body } = await caseworker.get(`/v1/cases/${await caseNamed(row['_uuid']!)}`).expect(200);
    expect(body).toMatchObject({
      externalId: row['_uuid'],
      person: { sex: row['sexo'], identity: { givenNames: row['nombres'], familyNames: row['apellidos'] } },
      arrest: {
        area: row['detencion_distrito'],
        legalGround: row['base_legal'],
        bases: row['motivos']!.split(' ').filter(Boolean),
      },
      source: { informedOn: row['_submission_time']!.slice(0, 10) },
    });
    expect(body.arrest.at.slice(0, 10)).toBe(row['detencion_fecha']);
    const { body: timeline } = await caseworker.get(`/v1/cases/${body.id}/timeline`).expect(200);
    const kinds = (timeline.items as { kind: string }[]).map((item) => item.kind);
    expect(kinds).toEqual(expect.arrayContaining(['arrest', 'custodySpell', 'hearing', 'remedy', 'consent']));
  });

  it('changes nothing when it is imported again', async () => {
    const before = await record();
    const again = await imported(caseworker, file);
    expect(again.result).toEqual({
      accepted: 0,
      refused: job.result!.refused,
      unchanged: job.result!.accepted,
      duplicateCandidates: 0,
    });
    expect(await record()).toEqual(before);
  });

  it('changes nothing when a colleague imports it, either', async () => {
    const before = await record();
    expect((await imported(api.as('colleague'), file)).result).toMatchObject({
      accepted: 0,
      unchanged: job.result!.accepted,
    });
    expect(await record()).toEqual(before);
  });

  it('with more rows behind adds just those', async () => {
    const longer = csvOf([...rows, plain(), plain()]);
    expect((await imported(caseworker, longer)).result).toMatchObject({ accepted: 2, unchanged: job.result!.accepted });
  });

  it('in which a known row says something else is told of it, and the record stays as it is', async () => {
    const changed = { ...rows[0]!, sexo: rows[0]!['sexo'] === 'M' ? 'F' : 'M' };
    const id = await caseNamed(rows[0]!['_uuid']!);
    const before = (await caseworker.get(`/v1/cases/${id}`).expect(200)).body;
    const again = await imported(caseworker, csvOf([changed]));
    expect(again.result).toMatchObject({ accepted: 0, refused: 1, unchanged: 0 });
    expect(await errorsOf(caseworker, again)).toMatchObject([
      { row: 1, code: 'row.differs-from-record', externalId: rows[0]!['_uuid'] },
    ]);
    expect((await caseworker.get(`/v1/cases/${id}`).expect(200)).body).toEqual(before);
  });

  it('is kept no longer than the work on it', async () => {
    expect((await api.database.contents())['import_piece']).toBe(0);
  });

  it('leaves a trail: who, when, how many, and no name', async () => {
    const { body } = await api.as('auditor').get('/v1/audit?action=import.finished&limit=100').expect(200);
    const entry = (body.items as { subjectId: string }[]).find((item) => item.subjectId === job.id)!;
    expect(entry).toMatchObject({
      details: { accepted: job.result!.accepted, refused: job.result!.refused, dryRun: false },
    });
  });
});

describe('a dry run', () => {
  it('answers what the real run answers, and leaves nothing behind', async () => {
    const file = csvOf([...fresh(150, 210), plain({ sexo: 'X' }), plain({ edad: '230' })]);
    const before = await record();
    const dry = await imported(caseworker, file, { dryRun: true });
    expect(dry).toMatchObject({ status: 'succeeded', dryRun: true });
    expect(await record()).toEqual(before);
    const real = await imported(caseworker, file, { dryRun: false });
    expect(real.result).toEqual(dry.result);
    const told = async (job: ImportJob) =>
      (await errorsOf(caseworker, job)).map(({ row, column, code }) => [row, column, code]);
    expect(await told(real)).toEqual(await told(dry));
    expect(await told(dry)).toEqual([
      [61, 'sexo', 'code.unknown'],
      [62, 'edad', 'integer.out-of-range'],
    ]);
  });
});

describe('a row is refused', () => {
  const faults: [why: string, cells: FormRow, column: string, code: string][] = [
    ['with an unknown code', { sexo: 'X' }, 'sexo', 'code.unknown'],
    ['with an unknown code among several', { motivos: 'ANON_TIP BECAUSE' }, 'motivos', 'code.unknown'],
    [
      'with a relation that the form does not have',
      { informante_relacion: 'tía' },
      'informante_relacion',
      'code.unknown',
    ],
    ['with an impossible day', { detencion_fecha: '30/02/2022' }, 'detencion_fecha', 'date.impossible'],
    [
      'with a date that is none',
      { audiencia_fecha: 'pronto', audiencia_tipo: 'TRIAL' },
      'audiencia_fecha',
      'date.malformed',
    ],
    ['without a date of arrest', { detencion_fecha: '' }, 'detencion_fecha', 'required'],
    ['without an id', { _uuid: '' }, '_uuid', 'required'],
    ['with an age in words', { edad: 'treinta' }, 'edad', 'integer.malformed'],
    ['with an age that nobody has', { edad: '230' }, 'edad', 'integer.out-of-range'],
    [
      'with a district outside its department',
      { detencion_departamento: 'SV-AH', detencion_distrito: 'SV-SS-SOYAPANGO' },
      'detencion_distrito',
      'area.not-within',
    ],
    [
      'with an unknown district',
      { detencion_departamento: 'SV-AH', detencion_distrito: 'SV-AH-ATLANTIDA' },
      'detencion_distrito',
      'area.unknown',
    ],
    [
      'with an arrest after the form was sent',
      { detencion_fecha: '2022-12-01' },
      'detencion_fecha',
      'arrest.after-known-on',
    ],
    [
      'with a hearing before the arrest',
      { audiencia_fecha: '2022-05-01', audiencia_tipo: 'TRIAL' },
      'audiencia_fecha',
      'hearing.before-arrest',
    ],
    [
      'with a death before the arrest',
      { fallecimiento_fecha: '2022-04-01' },
      'fallecimiento_fecha',
      'death.before-arrest',
    ],
    [
      'with a release after the death',
      { fallecimiento_fecha: '2022-06-01', liberacion_fecha: '2022-07-01', liberacion_tipo: 'RELEASED_CLEARED' },
      'liberacion_fecha',
      'release.after-death',
    ],
    ['with a name that is a formula', { nombres: '=cmd|A1' }, 'nombres', 'text.formula'],
    [
      'with a name that turns the reading order',
      { apellidos: 'Cruz\u202Eanihc' },
      'apellidos',
      'text.bidirectional-control',
    ],
    ['with NUL in a name', { nombres: 'A\u0000na' }, 'nombres', 'text.control-character'],
  ];

  it('each for its own reason, named by row, column and code, and the rows around it are recorded', async () => {
    const rows = faults.flatMap(([, cells]) => [plain(), plain(cells)]);
    const job = await imported(caseworker, csvOf(rows));
    expect(job).toMatchObject({ status: 'succeeded', result: { accepted: faults.length, refused: faults.length } });
    const errors = await errorsOf(caseworker, job);
    const found = errors.map((error) => [faults[error.row / 2 - 1]?.[0], error.column, error.code]);
    expect(found).toEqual(faults.map(([why, , column, code]) => [why, column, code]));
    for (const error of errors) {
      expect(error.message).toMatch(/^[A-Z].*\.$/);
      expect(error.externalId).toBe(rows[error.row - 1]!['_uuid'] || null);
    }
  });

  it('with every fault it has', async () => {
    const job = await imported(caseworker, csvOf([plain({ sexo: 'X', edad: '230', nombres: '@x' })]));
    expect((await errorsOf(caseworker, job)).map((error) => error.column).sort()).toEqual(['edad', 'nombres', 'sexo']);
    expect(job.result).toMatchObject({ accepted: 0, refused: 1 });
  });

  it('when it has more or fewer cells than the header, and when its id comes twice with another content', async () => {
    const [one, other] = [plain(), plain()];
    const lines = csvOf([one, other]).toString('utf8').trimEnd().split('\n');
    const text = [lines[0], `${lines[1]},more`, lines[2], lines[2], lines[2]!.replace(',M,', ',F,')].join('\n');
    const job = await imported(caseworker, Buffer.from(text));
    expect(job.result).toMatchObject({ accepted: 1, refused: 2, unchanged: 1 });
    expect((await errorsOf(caseworker, job)).map((error) => [error.row, error.code])).toEqual([
      [1, 'row.columns'],
      [4, 'row.differs-from-record'],
    ]);
  });

  it('in words of either language, as a list or as a file that a spreadsheet opens safely', async () => {
    const job = await imported(caseworker, csvOf([plain({ _uuid: '=1+1', sexo: 'X' })]));
    const { body } = await caseworker.get(`${job.links['errors']}?language=es`).expect(200);
    expect(body.items[0].message).toBe('La lista de esta columna no tiene ese código.');
    const file = await caseworker.get(`${job.links['errors']}?format=csv`).expect(200);
    expect(file.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(file.get('content-disposition')).toContain('attachment');
    expect(rowsOf(Buffer.from(file.text))).toEqual([
      {
        row: '1',
        column: 'sexo',
        code: 'code.unknown',
        message: 'The list of this column has no such code.',
        externalId: "'=1+1",
      },
    ]);
    expect((await caseworker.get(`${job.links['errors']}`).set('accept', 'text/csv').expect(200)).text).toBe(file.text);
  });
});

describe('a row is accepted', () => {
  const spellings: [cell: string, at: string][] = [
    ['2022-05-03', '2022-05-03'],
    ['03/05/2022', '2022-05-03'],
    ['3/5/2022', '2022-05-03'],
    ['05/2022', '2022-05'],
    ['2022-05', '2022-05'],
    ['mayo 2022', '2022-05'],
    ['2022-05-03~', '2022-05-03~'],
  ];
  it('with a date as people write it, and no day is made up', async () => {
    const rows = spellings.map(([cell]) => plain({ detencion_fecha: cell }));
    expect((await imported(caseworker, csvOf(rows))).result).toMatchObject({ accepted: rows.length, refused: 0 });
    for (const [index, [cell, at]] of spellings.entries()) {
      const { body } = await caseworker.get(`/v1/cases/${await caseNamed(rows[index]!['_uuid']!)}`).expect(200);
      expect([cell, body.arrest.at]).toEqual([cell, at]);
    }
  });

  it('with the hour of the arrest where it is known', async () => {
    const row = plain({ detencion_hora: '04:30' });
    await imported(caseworker, csvOf([row]));
    expect((await caseworker.get(`/v1/cases/${await caseNamed(row['_uuid']!)}`)).body.arrest).toMatchObject({
      at: '2022-05-03T04:30',
      precision: 'EXACT_TIME',
    });
  });

  it('with testimony word for word: quotes, line breaks, signs of any script', async () => {
    const relato = 'Dijo: "ya va a ver",\r\ny se fue; =1+1\n\u202Eמרחבא\u202C «fin»';
    const row = plain({ relato, nombres: "María José O'Neill", apellidos: 'Núñez-Ávalos' });
    await imported(caseworker, csvOf([row]));
    const { body } = await caseworker.get(`/v1/cases/${await caseNamed(row['_uuid']!)}`).expect(200);
    expect(body.narrative).toBe(relato);
    expect(body.person.identity).toEqual({ givenNames: "María José O'Neill", familyNames: 'Núñez-Ávalos' });
  });

  it('whatever separates its cells', async () => {
    for (const delimiter of [';', '\t']) {
      expect(
        (await imported(caseworker, csvOf([plain(), plain({ relato: 'a;b\tc,d' })], { delimiter }))).result,
      ).toMatchObject({ accepted: 2, refused: 0 });
    }
  });
});

describe('a file is refused at the door, and nothing of it is read', () => {
  const refused = async (sent: PromiseLike<unknown>): Promise<void> => {
    const before = await api.database.contents();
    await sent;
    expect(await api.database.contents()).toEqual(before);
  };
  const withColumns = (change: (names: string[]) => string[]): Buffer =>
    Buffer.from(`${change(Object.keys(sample[0]!)).join(',')}\nx\n`);

  it('when a column of the form is missing or one too many is there', async () => {
    await refused(
      send(
        caseworker,
        withColumns((names) => names.slice(1)),
      ).expect(problem(422, 'import.columns')),
    );
    await refused(
      send(
        caseworker,
        withColumns((names) => [...names, 'comentarios']),
      ).expect(problem(422, 'import.columns')),
    );
  });

  it('when it is empty, or has a header only', async () => {
    await refused(send(caseworker, Buffer.from('')).expect(problem(422, 'import.empty')));
    await refused(send(caseworker, withColumns((names) => names).subarray(0, -2)).expect(problem(422, 'import.empty')));
  });

  it('when a quotation mark is never closed', () =>
    refused(
      send(caseworker, Buffer.concat([csvOf([plain()]), Buffer.from('"abc,\n')])).expect(
        problem(422, 'import.malformed'),
      ),
    ));

  it('when it is a spreadsheet and no CSV', async () => {
    const response = await send(caseworker, Buffer.from('PK\u0003\u0004 not a csv \u0000\u0001'), {
      name: 'export.xlsx',
    });
    expect([400, 415, 422]).toContain(response.status);
  });

  it('when nobody knows the mapping', async () => {
    await refused(
      send(caseworker, csvOf([plain()]), { mapping: 'nothing' }).expect(
        problem(400, 'import.unknown-mapping', { mapping: 'mapping.unknown' }),
      ),
    );
    await refused(
      caseworker
        .post('/v1/imports')
        .attach('file', csvOf([plain()]), 'x.csv')
        .expect(problem(400, 'request.invalid')),
    );
  });

  it('when it is not sent as a file', async () => {
    await refused(caseworker.post('/v1/imports?mapping=kobo-intake-sv', {}).expect(problem(400, 'import.no-file')));
    await refused(
      caseworker
        .post('/v1/imports?mapping=kobo-intake-sv')
        .attach('other', csvOf([plain()]), 'x.csv')
        .expect(problem(400, 'import.no-file')),
    );
    await refused(
      caseworker
        .post('/v1/imports?mapping=kobo-intake-sv')
        .field('file', 'text')
        .expect(problem(400, 'import.no-file')),
    );
  });
});

describe('a retry key', () => {
  it('makes one import of a file that is sent twice', async () => {
    const [key, file] = [randomUUID(), csvOf([plain()])];
    const one = await send(caseworker, file).set('idempotency-key', key).expect(202);
    const other = await send(caseworker, file).set('idempotency-key', key).expect(202);
    expect(other.body.id).toBe(one.body.id);
    await send(caseworker, csvOf([plain()]))
      .set('idempotency-key', key)
      .expect(problem(422, 'idempotency-key.reused'));
    await send(caseworker, file).unset('idempotency-key').expect(problem(400, 'idempotency-key.missing'));
  });
});

describe('an import', () => {
  it('is followed as it goes on, by events that end when it does', async () => {
    const { body: started } = await send(caseworker, csvOf(fresh(300, 560))).expect(202);
    const { text, headers } = await caseworker
      .get(started.links.self)
      .set('accept', 'text/event-stream')
      .buffer(true)
      .expect(200);
    expect(headers['content-type']).toContain('text/event-stream');
    const events = text
      .trim()
      .split('\n\n')
      .map((event) => {
        expect(event).toMatch(/^event: progress\ndata: \{.*\}$/);
        return JSON.parse(event.split('data: ')[1]!) as ImportJob;
      });
    const done = events.map((event) => event.progress.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(events.at(-1)).toMatchObject({ status: 'succeeded', progress: { done: 260, total: 260, percent: 100 } });
    for (const event of events.slice(0, -1)) expect(event.progress.percent ?? 0).toBeLessThan(100);
    expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(events.length);
  });

  it('is stopped between batches, keeps what it recorded, and goes on where it stood', async () => {
    const rows = fresh(0, 900);
    const { body: started } = await send(caseworker, csvOf(rows)).expect(202);
    const self = started.links.self as string;
    await finished<ImportJob>(caseworker, self, (job) => job.progress.done > 0);
    const { body: cancelled } = await caseworker.post(`${self}/cancellation`).expect(202);
    expect(cancelled.id).toBe(started.id);
    const stopped = await finished<ImportJob>(caseworker, self);
    expect(stopped.status).toBe('cancelled');
    expect(stopped.progress.done).toBeLessThan(900);
    expect(stopped.progress.done % 200).toBe(0);
    const onRecord = await api.database.sql<{ n: number }>(
      'select count(*)::int as n from external_id where external_id = any ($1)',
      [rows.map((row) => row['_uuid'])],
    );
    expect(onRecord).toEqual([{ n: stopped.result!.accepted }]);
    await caseworker.post(`${self}/cancellation`).expect(problem(409, 'import.over'));

    await caseworker.post(`${self}/resumption`).expect(202);
    const resumed = await finished<ImportJob>(caseworker, self);
    expect(resumed).toMatchObject({ status: 'succeeded', progress: { done: 900, total: 900, percent: 100 } });
    expect(resumed.result!.accepted + resumed.result!.refused).toBe(900);
    expect(resumed.result!.unchanged).toBe(0);
    const errors = await errorsOf(caseworker, resumed);
    expect(new Set(errors.map((error) => error.row)).size).toBe(resumed.result!.refused);
    await caseworker.post(`${self}/resumption`).expect(problem(409, 'import.file-gone'));
  });

  it('is seen by whoever started it and by coordinators of the organisation, and by nobody else', async () => {
    const job = await imported(caseworker, csvOf([plain({ sexo: 'X' })]));
    const notFound = problem(404, 'import.not-found');
    await api.as('coordinator').get(job.links['self']!).expect(200);
    await api.as('coordinator').get(job.links['errors']!).expect(200);
    for (const who of ['colleague', 'stranger caseworker', 'stranger coordinator'] as const) {
      await api.as(who).get(job.links['self']!).expect(notFound);
      await api.as(who).get(job.links['errors']!).expect(notFound);
      await api.as(who).get(`${job.links['errors']}?format=csv`).expect(notFound);
      await api.as(who).post(`${job.links['self']}/cancellation`).expect(notFound);
      await api.as(who).post(`${job.links['self']}/resumption`).expect(notFound);
    }
    for (const who of ['lawyer', 'researcher', 'administrator', 'auditor'] as const) {
      await api.as(who).get('/v1/imports').expect(problem(403, 'access.not-permitted'));
      await send(api.as(who), csvOf([plain()])).expect(problem(403, 'access.not-permitted'));
    }
    const ids = async (agent: Agent): Promise<string[]> =>
      ((await agent.get('/v1/imports?limit=100').expect(200)).body.items as ImportJob[]).map((one) => one.id);
    expect(await ids(caseworker)).toContain(job.id);
    expect(await ids(api.as('coordinator'))).toContain(job.id);
    expect(await ids(api.as('colleague'))).not.toContain(job.id);
    expect(await ids(api.as('stranger coordinator'))).toEqual([]);
  });

  it('gives its cases to the organisation and office of whoever started it', async () => {
    const row = plain();
    await imported(api.as('stranger caseworker'), csvOf([row]));
    expect(await caseNamed(row['_uuid']!)).toBeNull();
    expect((await imported(caseworker, csvOf([row]))).result).toMatchObject({ accepted: 1, unchanged: 0 });
  });

  it('stops when whoever started it has lost the right to record', async () => {
    const administrator = api.as('administrator');
    const { body: user } = await administrator
      .post('/v1/users', {
        email: 'importer@example.org',
        displayName: 'I',
        password: 'four words make a sentence',
        roles: ['caseworker'],
        officeId: (await caseworker.get('/v1/me')).body.officeId,
      })
      .expect(201);
    const { body: session } = await api
      .holding(null)
      .post('/v1/sessions', { email: 'importer@example.org', password: 'four words make a sentence' })
      .expect(201);
    const blocking = await send(caseworker, csvOf(fresh(0, 200))).expect(202);
    const { body: waiting } = await send(api.holding(session.accessToken), csvOf([plain()])).expect(202);
    await administrator.patch(`/v1/users/${user.id}`, 1, { disabled: true }).expect(200);
    await finished(caseworker, blocking.body.links.self as string);
    const job = await finished<ImportJob>(api.as('coordinator'), waiting.links.self as string);
    expect(job).toMatchObject({ status: 'failed' });
  });
});

it('lists the forms that can be imported, with their columns', async () => {
  const { body } = await caseworker.get('/v1/mappings').expect(200);
  const mappings = body.items as { code: string; country: string; columns: string[]; en: string; es: string }[];
  expect(mappings.map((mapping) => [mapping.code, mapping.country])).toEqual([
    ['kobo-intake-sv', 'SV'],
    ['us-ca-deaths', 'US-CA'],
  ]);
  expect(mappings[0]!.columns).toEqual(Object.keys(sample[0]!).sort());
});
