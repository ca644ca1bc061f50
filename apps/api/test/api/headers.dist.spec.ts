/**
 * What a browser is told, on every kind of answer that there is: pages, figures, refusals of ours, of Fastify and of
 * Node's own parser. The built program, because only that has its documentation pages.
 */
import { aCase, finished, type Agent } from '#lib/testing';
import { aService, withCast } from './service-under-test.js';
import { theProgram, type TheProgram } from './the-program.js';
import { connectTo, headersOf } from './raw-http.js';

const STANDING: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
};
/** What would tell who we are, or let another site read the answer. */
const ABSENT = [
  'server',
  'x-powered-by',
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'set-cookie',
];

type Headers = Readonly<Record<string, string | undefined>>;

function dressed(headers: Headers): void {
  for (const [name, value] of Object.entries(STANDING)) expect([name, headers[name]]).toEqual([name, value]);
  for (const name of ABSENT) expect([name, headers[name]]).toEqual([name, undefined]);
  expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toMatch(/^default-src 'none'; /);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("base-uri 'none'");
  expect(policy).not.toMatch(/script-src[^;]*('unsafe-|\*|http|data:)/);
}

let api: TheProgram;
let caseworker: Agent;
let coordinator: Agent;
let file: string;
beforeAll(async () => {
  api = await theProgram(withCast());
  caseworker = api.as('caseworker');
  coordinator = api.as('coordinator', 'reading the file');
  file = (await aCase().named('Ana', 'Ejemplo').recordedBy(caseworker)).path;
}, 180_000);
afterAll(() => api.stop());

describe('every answer carries the standing headers', () => {
  const answers: [what: string, status: number, ask: () => PromiseLike<{ status: number; headers: Headers }>][] = [
    ['a case', 200, () => caseworker.get(file)],
    ['a list', 200, () => caseworker.get('/v1/cases')],
    ['a creation', 201, () => caseworker.post(`${file}/notes`, { text: 'a note' })],
    ['a figure', 200, () => coordinator.get('/v1/figures?indicator=persons_total')],
    ['a health page', 200, () => api.holding(null).get('/health/live')],
    ['the metrics', 200, () => api.holding(null).get('/metrics')],
    ['the document of the API', 200, () => api.holding(null).get('/openapi.json')],
    ['the documentation page', 200, () => api.holding(null).get('/docs')],
    ['a program of the documentation page', 200, () => api.holding(null).get('/docs/swagger-ui-bundle.js')],
    ['a page of the documentation that is not there', 404, () => api.holding(null).get('/docs/nothing.html')],
    ['an address that is not there', 404, () => caseworker.get('/v1/nothing')],
    ['an address outside', 404, () => api.holding(null).get('/nothing.html')],
    ['a case that is not there', 404, () => caseworker.get('/v1/cases/5f2c7a70-3c1e-4b8a-9a63-0f6f0a0c0c0c')],
    ['a refusal of the signed out', 401, () => api.holding(null).get('/v1/cases')],
    ['a refusal of a role', 403, () => caseworker.get('/v1/users')],
    ['a refusal of a body', 400, () => caseworker.post('/v1/cases', { person: 7 })],
    ['a refusal of a media type', 415, () => caseworker.post('/v1/cases').set('content-type', 'text/plain').send('x')],
    ['a refusal of a version', 428, () => caseworker.patch(file, null, { externalId: 'x' })],
    ['an address that cannot be decoded', 400, () => caseworker.get('/v1/cases/%zz')],
    ['another method', 404, () => caseworker.put('/v1/cases', {})],
  ];
  it.each(answers)('%s (%i)', async (_what, status, ask) => {
    const response = await ask();
    expect(response.status).toBe(status);
    dressed(response.headers);
  });

  it('a report in every form', async () => {
    const asked = { genre: 'G5', language: 'es', from: '2022-03-27', to: '2023-03-27' };
    const { body } = await coordinator.post('/v1/reports', asked).expect(202);
    await finished(coordinator, `/v1/reports/${(body as { id: string }).id}`);
    for (const form of ['html', 'md', 'json']) {
      const { headers } = await coordinator
        .get(`/v1/reports/${(body as { id: string }).id}/document.${form}`)
        .expect(200);
      dressed(headers as Headers);
      expect((headers as Headers)['content-security-policy']).toMatch(/sandbox$/);
      expect((headers as Headers)['content-disposition']).toMatch(/^inline; filename="[A-Za-z0-9._-]+"$/);
    }
  });

  it('what is no HTTP at all', async () => {
    const answer = await connectTo(api.baseUrl, 'GARBAGE\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    dressed(headersOf(answer));
  });
});

describe('a page of another site', () => {
  it('is told nothing that would let it read an answer, nor ask beforehand', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:3000']) {
      const { headers } = await caseworker.get(file).set('origin', origin).expect(200);
      expect(Object.keys(headers as Headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
    const asked = await fetch(`${api.baseUrl}/v1/cases`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(asked.status).toBe(404);
    expect([...asked.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});

describe('HTTPS', () => {
  it('is demanded for a year where people come by it, and not spoken of where they do not', async () => {
    expect((await api.holding(null).get('/health/live')).headers).not.toHaveProperty('strict-transport-security');
    const behindProxy = await aService({ publicUrl: 'https://amparo.example.org' });
    const { headers } = await behindProxy.holding(null).get('/health/live');
    const refused = headersOf(await connectTo(behindProxy.baseUrl, 'GARBAGE\r\n\r\n'));
    await behindProxy.stop();
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect(refused['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  });
});

describe('signing out', () => {
  it('clears what the browser holds of this site, here or everywhere', async () => {
    const here = await api.as('colleague').delete('/v1/sessions/current').expect(204);
    const everywhere = await api.as('lawyer').delete('/v1/sessions').expect(204);
    for (const { headers } of [here, everywhere]) expect(headers['clear-site-data']).toBe('"*"');
  });

  it('clears nothing for somebody who was not signed in, because any page could send that', async () => {
    const { headers } = await api.holding(null).delete('/v1/sessions/current').expect(401);
    expect(headers).not.toHaveProperty('clear-site-data');
  });
});
