/** Somebody who calls the service over HTTP. */
import { randomUUID } from 'node:crypto';
import supertest, { type Test } from 'supertest';

export interface Agent {
  get(path: string): Test;
  /** Sends an Idempotency-Key of its own; set another, or `unset` it, where that is what the test is about. */
  post(path: string, body?: object): Test;
  /** `version` becomes the If-Match. */
  patch(path: string, version: number | string | null, body: object): Test;
  put(path: string, body?: object): Test;
  delete(path: string, version?: number | string): Test;
}

export const etag = (version: number | string): string => (typeof version === 'number' ? `"${version}"` : version);

/** @param token null is somebody who has not signed in */
export function agentFor(baseUrl: string, token: string | null, reason?: string): Agent {
  const client = supertest(baseUrl);
  const dressed = (test: Test): Test => {
    if (token !== null) void test.set('authorization', `Bearer ${token}`);
    if (reason !== undefined) void test.set('x-reason', encodeURIComponent(reason));
    return test;
  };
  const versioned = (test: Test, version: number | string | null | undefined): Test =>
    version === null || version === undefined ? test : test.set('if-match', etag(version));
  const withBody = (test: Test, body: object | undefined): Test => (body === undefined ? test : test.send(body));
  return {
    get: (path) => dressed(client.get(path)),
    post: (path, body) => withBody(dressed(client.post(path)).set('idempotency-key', randomUUID()), body),
    patch: (path, version, body) => versioned(dressed(client.patch(path)), version).send(body),
    put: (path, body) => withBody(dressed(client.put(path)), body),
    delete: (path, version) => versioned(dressed(client.delete(path)), version),
  };
}
