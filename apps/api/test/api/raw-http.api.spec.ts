/**
 * Requests that no well-behaved client sends, byte by byte: what could be read in two ways, what never arrives, what
 * is too large. One request gets one answer, and nothing that hides in it is carried out.
 */
import { aCase, tokenOf } from '#lib/testing';
import { answersIn, connectTo, headersOf } from './raw-http.js';
import { aService, type ServiceUnderTest } from './service-under-test.js';

let api: ServiceUnderTest;
let path: string;
let before: Readonly<Record<string, number>>;
beforeAll(async () => {
  api = await aService({ worker: false });
  path = (await aCase().recordedBy(api.as('caseworker'))).path;
  before = await api.database.contents();
});
afterAll(() => api.stop());

const HOST = 'Host: 127.0.0.1';
const me = (): string => `Authorization: Bearer ${tokenOf('caseworker')}`;
const other = (): string => `Authorization: Bearer ${tokenOf('coordinator')}`;
const lines = (...head: string[]): string => `${head.join('\r\n')}\r\n\r\n`;
const ask = (...pieces: string[]): Promise<string> => connectTo(api.baseUrl, ...pieces);
const HIDDEN = lines('DELETE /v1/sessions/current HTTP/1.1', HOST, 'Content-Length: 0');

describe('a request that could be read in two ways', () => {
  const cases: [what: string, request: () => string][] = [
    [
      'a length and chunks at once',
      () => lines('POST /v1/cases HTTP/1.1', HOST, 'Content-Length: 6', 'Transfer-Encoding: chunked') + '0\r\n\r\nG',
    ],
    [
      'chunks and a length at once',
      () => lines('POST /v1/cases HTTP/1.1', HOST, 'Transfer-Encoding: chunked', 'Content-Length: 6') + '0\r\n\r\nG',
    ],
    ['two lengths', () => lines('POST /v1/cases HTTP/1.1', HOST, 'Content-Length: 5', 'Content-Length: 6') + 'abcdef'],
    ['a length with a sign', () => lines('POST /v1/cases HTTP/1.1', HOST, 'Content-Length: +5') + 'abcde'],
    ['a length that is a list', () => lines('POST /v1/cases HTTP/1.1', HOST, 'Content-Length: 5, 5') + 'abcde'],
    [
      'chunks that are not the last coding',
      () => lines('POST /v1/cases HTTP/1.1', HOST, 'Transfer-Encoding: chunked, x'),
    ],
    [
      'chunks in disguise',
      () => lines('POST /v1/cases HTTP/1.1', HOST, 'Transfer-Encoding: xchunked', 'Content-Length: 3'),
    ],
    ['two codings', () => lines('POST /v1/cases HTTP/1.1', HOST, 'Transfer-Encoding: chunked', 'Transfer-Encoding: x')],
    ['a space before the colon', () => lines('POST /v1/cases HTTP/1.1', HOST, 'Content-Length : 5') + 'abcde'],
    ['a folded header', () => lines('GET /v1/me HTTP/1.1', HOST, 'X-One: a', ' Transfer-Encoding: chunked')],
    ['a carriage return alone', () => `GET /v1/me HTTP/1.1\r\n${HOST}\rTransfer-Encoding: chunked\r\n\r\n`],
    ['a NUL in a header', () => lines('GET /v1/me HTTP/1.1', HOST, 'X-One: a\0b')],
    [
      'a chunk with a wrong size',
      () =>
        lines('POST /v1/cases HTTP/1.1', HOST, 'Content-Type: application/json', 'Transfer-Encoding: chunked') +
        'zz\r\n{}\r\n0\r\n\r\n',
    ],
    [
      'a chunk with a negative size',
      () =>
        lines('POST /v1/cases HTTP/1.1', HOST, 'Content-Type: application/json', 'Transfer-Encoding: chunked') +
        '-1\r\n{}\r\n0\r\n\r\n',
    ],
    ['two callers', () => lines('GET /v1/me HTTP/1.1', HOST, me(), other(), 'Connection: close')],
    ['two hosts', () => lines('GET /v1/me HTTP/1.1', HOST, 'Host: other.example', me(), 'Connection: close')],
    ['no host', () => lines('GET /v1/me HTTP/1.1', me(), 'Connection: close')],
    [
      'two versions',
      () =>
        lines(
          `PATCH ${path} HTTP/1.1`,
          HOST,
          me(),
          'If-Match: "1"',
          'If-Match: "2"',
          'Content-Type: application/json',
          'Content-Length: 2',
          'Connection: close',
        ) + '{}',
    ],
    [
      'two media types',
      () =>
        lines(
          'POST /v1/cases HTTP/1.1',
          HOST,
          me(),
          'Content-Type: application/json',
          'Content-Type: text/plain',
          'Content-Length: 2',
          'Connection: close',
        ) + '{}',
    ],
    [
      'the address of another server',
      () => lines('GET http://other.example/v1/me HTTP/1.1', HOST, me(), 'Connection: close'),
    ],
    [
      'an expectation that nobody knows',
      () => lines('POST /v1/cases HTTP/1.1', HOST, 'Expect: miracles', 'Content-Length: 0'),
    ],
    ['another protocol', () => lines('GET /v1/me HTTP/2.0', HOST)],
  ];
  it.each(cases)('%s: one refusal, and the connection ends', async (_what, request) => {
    const received = await ask(request() + HIDDEN);
    expect(answersIn(received)).toEqual([400]);
    expect(headersOf(received)['content-type']).toBe('application/problem+json; charset=utf-8');
    await api.as('caseworker').get('/v1/me').expect(200);
  });

  afterAll(async () => expect(await api.database.contents()).toEqual(before));
});

describe('requests one behind the other', () => {
  it('get one answer each, in their order, each with its own rights', async () => {
    const received = await ask(
      lines('GET /v1/me HTTP/1.1', HOST, me()),
      lines('GET /v1/me HTTP/1.1', HOST),
      lines('GET /health/live HTTP/1.1', HOST, 'Connection: close'),
    );
    expect(answersIn(received)).toEqual([200, 401, 200]);
  });

  it('lend a body to nobody: what is too much of it is a request of its own', async () => {
    const received = await ask(
      lines('POST /v1/sessions HTTP/1.1', HOST, 'Content-Type: application/json', 'Content-Length: 2') + '{}',
      lines('GET /health/live HTTP/1.1', HOST, 'Connection: close'),
    );
    expect(answersIn(received)).toEqual([400, 200]);
  });
});

describe('what a client says about itself', () => {
  it('changes neither the method nor the address', async () => {
    const tricks = ['X-HTTP-Method-Override: DELETE', 'X-Original-URL: /v1/users', 'X-Rewrite-URL: /v1/users'];
    for (const trick of tricks) {
      const received = await ask(lines('GET /v1/me HTTP/1.1', HOST, me(), trick, 'Connection: close'));
      expect([trick, answersIn(received)]).toEqual([trick, [200]]);
      expect(received).toContain('"displayName"');
    }
    await api.as('caseworker').get('/v1/me').expect(200);
  });

  it.each(['TRACE', 'OPTIONS', 'HEAD', 'PROPFIND'])('with the method %s reaches nothing', async (method) => {
    const received = await ask(
      lines(`${method} ${path} HTTP/1.1`, HOST, me(), 'X-Canary: zanahoria', 'Connection: close'),
    );
    expect(answersIn(received)).toEqual([404]);
    expect(received).not.toContain('zanahoria');
  });

  it('with CONNECT gets no tunnel', async () => {
    expect(answersIn(await ask(lines('CONNECT 127.0.0.1:5432 HTTP/1.1', HOST)))).not.toContain(200);
  });
});

describe('a request that is too large', () => {
  it('in its headers is refused before anything is read into memory', async () => {
    const received = await ask(lines('GET /v1/me HTTP/1.1', HOST, `X-Long: ${'a'.repeat(64 * 1024)}`));
    expect(answersIn(received)).toEqual([413]);
  });

  it('in its announced length is refused without waiting for it', async () => {
    const received = await ask(
      lines('POST /v1/cases HTTP/1.1', HOST, me(), 'Content-Type: application/json', `Content-Length: ${1024 ** 3}`) +
        '{',
    );
    expect(answersIn(received)).toEqual([413]);
  });

  it('in chunks is refused when the limit is passed', async () => {
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    const received = await ask(
      lines('POST /v1/cases HTTP/1.1', HOST, me(), 'Content-Type: application/json', 'Transfer-Encoding: chunked'),
      ...Array.from({ length: 8 }, () => chunk),
    );
    expect(answersIn(received)).toEqual([413]);
  });
});
