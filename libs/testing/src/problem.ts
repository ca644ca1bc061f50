/** What a refusal must look like, for supertest's `expect`. */
import { isDeepStrictEqual } from 'node:util';
import type { Response } from 'supertest';

interface ProblemBody {
  readonly status: number;
  readonly code: string;
  readonly type: string;
  readonly requestId: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
}

/**
 * Checks that an answer is problem+json with this status and code, and that exactly these places are named.
 *
 * @example
 *   await as('caseworker').post('/v1/cases', body).expect(problem(400, 'request.invalid', { '/arrest/at': 'date.impossible' }));
 */
export function problem(status: number, code: string, places?: Readonly<Record<string, string>>) {
  return (response: Response): void => {
    const body = response.body as ProblemBody;
    const checks: [string, unknown, unknown][] = [
      ['status', response.status, status],
      ['media type', (response.get('content-type') ?? '').split(';')[0], 'application/problem+json'],
      ['code', body.code, code],
      ['status in the body', body.status, status],
      ['request id in body and header', body.requestId, response.get('x-request-id')],
      ['type', body.type?.endsWith(`/${code}`), true],
    ];
    if (places) checks.push(['places', placesOf(body), places]);
    for (const [what, found, wanted] of checks) {
      if (isDeepStrictEqual(found, wanted)) continue;
      // Not node:assert: its errors are of another realm than Jest's, and supertest would let them pass.
      throw new Error(
        `${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}\n${response.status} ${response.text}`,
      );
    }
  };
}

const placesOf = (body: ProblemBody): Record<string, string> =>
  Object.fromEntries((body.errors ?? []).map((fault) => [fault.pointer, fault.code]));
