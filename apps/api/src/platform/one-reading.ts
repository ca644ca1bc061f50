/**
 * A request that a proxy and this service could read in two ways is not read at all: that is how one request is
 * smuggled inside another, or one person's rights are taken for another's (threat model T11). What Node's own parser
 * refuses (a length and chunks at once, bare line feeds, a space before a colon) never comes this far.
 */
import type { IncomingMessage } from 'node:http';
import { problem } from '#lib/problem';

export const readingProblems = {
  repeated: problem('request.repeated-header', 'invalid', () => 'A header that may stand once stands twice.'),
  noHost: problem('request.host-missing', 'invalid', () => 'The request does not say which host it is for.'),
  target: problem('request.target', 'invalid', () => 'The address of the request must begin with a slash.'),
};

/** Of these Node keeps the first and drops the rest without a word; another program may keep the last. */
const ONCE = new Set([
  'authorization',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'transfer-encoding',
  'x-reason',
]);

/** Throws when the request could be read in two ways. */
export function readableInOneWay(request: IncomingMessage): void {
  const seen = new Set<string>();
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at]!.toLowerCase();
    if (!ONCE.has(name)) continue;
    if (seen.has(name)) throw readingProblems.repeated({});
    seen.add(name);
  }
  if (!seen.has('host') && request.httpVersion === '1.1') throw readingProblems.noHost({});
  if (!request.url?.startsWith('/')) throw readingProblems.target({});
}
