/** The first report, from the figures to the page: prepared by a coordinator, read in two languages and three forms. */
import { randomUUID } from 'node:crypto';
import { aCase, finished, problem, type Agent, type Job, type Who } from '#lib/testing';
import { csvOf, imported, rowsOf, sampleBytes } from './form-files.js';
import { aService, type ServiceUnderTest } from './service-under-test.js';

interface Report extends Job {
  number: string;
  genre: string;
  language: string;
  title: string | null;
  marking: string | null;
  dataVersion: string | null;
  findings: { code: string; message: string }[];
}

const PERIOD = { genre: 'G5', from: '2022-03-27', to: '2023-03-27' };

let api: ServiceUnderTest;
let coordinator: Agent;
const reports = {} as Record<'en' | 'es', Report>;
beforeAll(async () => {
  api = await aService();
  coordinator = api.as('coordinator');
  await imported(api.as('caseworker'), csvOf(rowsOf(sampleBytes('intake-2022.csv')).slice(0, 150)));
  for (const language of ['en', 'es'] as const) reports[language] = await prepared({ ...PERIOD, language });
});
afterAll(() => api.stop());

async function prepared(body: object): Promise<Report> {
  const started = await coordinator.post('/v1/reports', body).expect(202);
  expect(started.get('location')).toBe(started.body.links.self);
  return finished<Report>(coordinator, started.body.links.self as string);
}
const document = (report: Report, form: string, agent: Agent = coordinator) =>
  agent.get(`/v1/reports/${report.id}/document.${form}`);
const text = async (language: 'en' | 'es', form: string): Promise<string> =>
  (await document(reports[language], form).expect(200)).text;

describe('preparing a report', () => {
  it('is a job that ends with a document in three forms', () => {
    for (const language of ['en', 'es'] as const) {
      const report = reports[language];
      const self = `/v1/reports/${report.id}`;
      expect(report).toMatchObject({
        status: 'succeeded',
        genre: 'G5',
        language,
        problem: null,
        progress: { percent: 100 },
      });
      expect(report.links).toEqual({
        self,
        html: `${self}/document.html`,
        md: `${self}/document.md`,
        json: `${self}/document.json`,
      });
      expect(report.dataVersion).toMatch(/^v\d+/);
    }
  });

  it('gives every document a number of its own', () => {
    expect(reports.en.number).toMatch(/^CDD\/SV\/\d{4}\/0*1$/);
    expect(reports.es.number).toMatch(/^CDD\/SV\/\d{4}\/0*2$/);
  });

  it('finds no arithmetic fault in its own tables', () => {
    expect([reports.en.findings, reports.es.findings]).toEqual([[], []]);
  });

  it('speaks of one state of the data, also when people record while it is prepared', async () => {
    const report = prepared({ ...PERIOD, language: 'en' });
    let done = false;
    void report.then(() => (done = true)).catch(() => (done = true));
    let recorded = 0;
    // After the cut-off, so that the figures of the other reports stand.
    for (; !done; recorded++) await aCase().arrestedOn('2023-05-03').recordedBy(api.as('caseworker'));
    expect(recorded).toBeGreaterThan(5);
    expect((await report).findings).toEqual([]);
  });

  it('is refused with a period that makes no sense, an unknown genre or language', async () => {
    const body = { ...PERIOD, language: 'en' };
    await coordinator
      .post('/v1/reports', { ...body, to: '2022-01-01' })
      .expect(problem(422, 'report.reversed-period', { '/to': 'date.reversed' }));
    await coordinator
      .post('/v1/reports', { ...body, from: '1912-07-25', to: '2062-07-15' })
      .expect(problem(422, 'report.period-too-long', { '/to': 'date.out-of-range' }));
    await coordinator
      .post('/v1/reports', { ...body, asOf: '1920-05-30' })
      .expect(problem(422, 'report.cut-off-before-period', { '/asOf': 'date.reversed' }));
    await coordinator
      .post('/v1/reports', { ...body, from: '2022-02-30' })
      .expect(problem(400, 'request.invalid', { '/from': 'date.malformed' }));
    await coordinator
      .post('/v1/reports', { ...body, genre: 'G99', language: 'fr' })
      .expect(problem(400, 'request.invalid', { '/genre': 'word.unknown', '/language': 'word.unknown' }));
    await coordinator
      .post('/v1/reports', { ...body, title: '=1+1' })
      .expect(problem(400, 'request.invalid', { '/title': 'text.formula' }));
    await coordinator
      .post('/v1/reports', { ...body, pages: 3 })
      .expect(problem(400, 'request.invalid', { '/pages': 'field.unknown' }));
    await coordinator
      .post('/v1/reports', { ...body, country: 'XX' })
      .expect(problem(404, 'report.not-found', { '/country': 'country.unknown' }));
  });

  it('takes a title, and writes it as text whatever stands in it', async () => {
    const report = await prepared({ ...PERIOD, language: 'es', title: 'Un año <script>alert(1)</script> & más' });
    expect(report.title).toBe('Un año <script>alert(1)</script> & más');
    const { text: html } = await document(report, 'html').expect(200);
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&lt;script&gt;');
  });
});

describe('the document', () => {
  it('is marked as internal, in its own language, in every form', async () => {
    const MARKING = { en: /internal: exact figures, not for publication/i, es: /intern[oa]: cifras exactas/i };
    for (const language of ['en', 'es'] as const) {
      expect(reports[language].marking).toMatch(MARKING[language]);
      for (const form of ['html', 'md', 'json']) expect(await text(language, form)).toMatch(MARKING[language]);
    }
  });

  it('names its period, cut-off, state of the data and number', async () => {
    const body = JSON.parse(await text('en', 'json')) as { identity: Record<string, string> };
    expect(body.identity).toMatchObject({ language: 'en', dataVersion: reports.en.dataVersion });
    const page = await text('en', 'md');
    expect(page).toContain(reports.en.number);
    expect(page).toMatch(/27 March 2023/);
    expect(await text('es', 'md')).toMatch(/27 de marzo de 2023/);
  });

  it('prints the figures that the service answers', async () => {
    const { body } = await coordinator
      .get('/v1/figures?indicator=arrests_total&from=2022-03-27&to=2023-03-27&asOf=2023-03-27')
      .expect(200);
    const total = String(body.total.value);
    for (const language of ['en', 'es'] as const)
      expect(await text(language, 'md')).toMatch(new RegExp(`\\b${total}\\b`));
  });

  it('says the same in both languages: the same figures under the same ids', async () => {
    const ids = async (language: 'en' | 'es'): Promise<string[]> =>
      [...(await text(language, 'md')).matchAll(/\bF-[a-z0-9_]+-[0-9a-f]{6}\b/g)].map((found) => found[0]);
    const english = await ids('en');
    expect(english.length).toBeGreaterThan(0);
    expect(await ids('es')).toEqual(english);
  });

  it('calls whoever counts by what they are called in its language', async () => {
    const prose = async (language: 'en' | 'es'): Promise<string> =>
      (await text(language, 'md')).split('F-arrests')[0] ?? '';
    expect(await prose('en')).toMatch(/Government/);
    expect(await prose('es')).toMatch(/Gobierno/);
    expect(await prose('es')).not.toMatch(/Government|Police union|organisations/);
  });

  it('is HTML that runs nothing and loads nothing', async () => {
    const response = await document(reports.en, 'html').expect(200);
    const policy = response.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src|unsafe-eval|https?:/);
    expect(response.text).toMatch(/^<!doctype html>/i);
    expect(response.text).toContain('<html lang="en"');
    expect(response.text).toContain('<svg');
    expect(response.text).not.toMatch(
      /<script|<link|<iframe|<object|<img|<form|@import|url\((?!#)|javascript:|\son\w+=|\ssrc=/i,
    );
    // What a reader may follow, to the source of somebody else's figure, is a link that says nothing of where it stood.
    const followed = response.text.match(/<[^<>]*(?:href|src)="https?:[^<>]*>/g) ?? [];
    expect(followed.length).toBeGreaterThan(0);
    expect(followed.filter((tag) => !/^<a href="[^"]*" rel="noreferrer">$/.test(tag))).toEqual([]);
    expect(response.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.get('content-disposition')).toMatch(/^inline; filename="CDD-SV-\d{4}-\d+\.html"$/);
    expect(response.get('cache-control')).toBe('no-store');
  });

  it('names nobody: no name, no number of a document, no case', async () => {
    const rows = rowsOf(sampleBytes('intake-2022.csv')).slice(0, 150);
    for (const form of ['html', 'md', 'json']) {
      const page = await text('es', form);
      for (const row of rows) {
        if (row['dui']) expect(page).not.toContain(row['dui']);
        expect(page).not.toContain(row['_uuid']);
        expect(page).not.toContain(`${row['nombres']} ${row['apellidos']}`);
      }
    }
  });

  it('is the same each time it is read, and each reading is on the trail', async () => {
    expect(await text('en', 'md')).toBe(await text('en', 'md'));
    const { body } = await api.as('auditor').get('/v1/audit?action=report.read&limit=1').expect(200);
    expect(body.items[0]).toMatchObject({ subjectId: reports.en.id, details: { format: 'md' } });
  });

  it('does not change when the record does', async () => {
    const before = await text('en', 'json');
    await imported(api.as('caseworker'), csvOf(rowsOf(sampleBytes('intake-2022.csv')).slice(150, 160)));
    expect(await text('en', 'json')).toBe(before);
  });

  it('exists in the forms that there are', async () => {
    for (const form of ['pdf', 'exe', 'html.md'])
      await document(reports.en, form).expect(problem(400, 'request.invalid'));
    await coordinator.get(`/v1/reports/${reports.en.id}/something`).expect(problem(400, 'request.invalid'));
    await coordinator.get(`/v1/reports/${randomUUID()}/document.html`).expect(problem(404, 'report.not-found'));
  });
});

describe('who reads reports', () => {
  it.each<Who>(['caseworker', 'lawyer', 'researcher', 'auditor'])(
    'a %s reads those that were issued, and none has been',
    async (who) => {
      expect((await api.as(who).get('/v1/reports').expect(200)).body).toEqual({ items: [], next: null });
      await api.as(who).get(`/v1/reports/${reports.en.id}`).expect(problem(404, 'report.not-found'));
      for (const form of ['html', 'md', 'json'])
        await document(reports.en, form, api.as(who)).expect(problem(404, 'report.not-found'));
      await api
        .as(who)
        .post('/v1/reports', { ...PERIOD, language: 'en' })
        .expect(problem(403, 'access.not-permitted'));
    },
  );

  it('an administrator reads none at all', async () => {
    await api.as('administrator').get('/v1/reports').expect(problem(403, 'access.not-permitted'));
    await document(reports.en, 'html', api.as('administrator')).expect(problem(403, 'access.not-permitted'));
  });

  it('a coordinator of another organisation finds none', async () => {
    expect((await api.as('stranger coordinator').get('/v1/reports').expect(200)).body.items).toEqual([]);
    await api.as('stranger coordinator').get(`/v1/reports/${reports.en.id}`).expect(problem(404, 'report.not-found'));
    await document(reports.en, 'md', api.as('stranger coordinator')).expect(problem(404, 'report.not-found'));
  });

  it('another coordinator of the house reads them, page by page', async () => {
    const { body } = await api.as('second coordinator').get('/v1/reports?limit=1').expect(200);
    const { body: next } = await api
      .as('second coordinator')
      .get(`/v1/reports?limit=100&cursor=${body.next as string}`)
      .expect(200);
    const ids = [...body.items, ...next.items].map((report: Report) => report.id);
    expect(ids).toEqual(expect.arrayContaining([reports.en.id, reports.es.id]));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

it('says so when there is nothing to count', async () => {
  const empty = api.as('stranger coordinator');
  const { body } = await empty.post('/v1/reports', { ...PERIOD, language: 'en' }).expect(202);
  const report = await finished<Report>(empty, body.links.self as string);
  expect(report).toMatchObject({ status: 'succeeded', number: expect.stringMatching(/^OTR\/SV\//) });
  expect((await document(report, 'html', empty).expect(200)).text).toContain('</html>');
});
