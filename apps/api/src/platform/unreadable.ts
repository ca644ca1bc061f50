/**
 * Requests that Node itself would answer, in no form and without a header: what its parser cannot read, and what expects
 * something of us. There is no request of Fastify's to log; the refusal is the one that the others get.
 */
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Problem } from '#lib/problem';
import { policyFor } from './headers.js';
import { platformProblems, problemBody } from './problem.filter.js';

type Standing = Readonly<Record<string, string>>;

/** Everything that goes onto the wire. */
function refusal(found: Problem, standing: Standing) {
  const body = problemBody(found, randomUUID());
  const text = JSON.stringify(body);
  const headers = {
    ...standing,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
    'x-request-id': body.requestId,
    'content-security-policy': policyFor('', ''),
    connection: 'close',
  };
  return { status: body.status, title: body.title, headers, text };
}

/** Answers what could not be read as HTTP, and ends the connection. */
export function refuseUnreadable(error: Error & { code?: string }, socket: Socket, standing: Standing): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const found =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? platformProblems.tooLarge({})
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? platformProblems.slow({})
        : platformProblems.malformed({});
  const { status, title, headers, text } = refusal(found, standing);
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${head.join('')}\r\n${text}`);
}

/** Answers a request with an `Expect` that nobody knows. */
export function refuseExpectation(response: ServerResponse, standing: Standing): void {
  const { status, headers, text } = refusal(platformProblems.malformed({}), standing);
  response.writeHead(status, headers).end(text);
}
