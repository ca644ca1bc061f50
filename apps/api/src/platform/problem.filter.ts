/** One filter writes every refusal as RFC 9457 problem+json, with a request id and never a word of what was sent. */
import { ArgumentsHost, Catch, ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { databaseProblem } from '#lib/database';
import { Problem, problem, type ProblemKind } from '#lib/problem';
import { errorFacts } from './error-facts.js';
import { log } from './log.js';

export const STATUS: Readonly<Record<ProblemKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  stale: 412,
  'too-large': 413,
  unsupported: 415,
  refused: 422,
  'precondition-missing': 428,
  'too-many': 429,
  internal: 500,
  unavailable: 503,
  'storage-full': 507,
};

export const platformProblems = {
  internal: problem('internal', 'internal', () => 'Something went wrong here. The request id helps to find it.'),
  noRoute: problem('route.not-found', 'not-found', () => 'There is nothing at this address.'),
  malformed: problem('request.malformed', 'invalid', () => 'The request could not be read.'),
  tooLarge: problem('request.too-large', 'too-large', () => 'The request is larger than this service reads.'),
  mediaType: problem(
    'request.media-type',
    'unsupported',
    () => 'The body must be JSON in UTF-8, uncompressed, unless the route says otherwise.',
  ),
  slow: problem('request.too-slow', 'invalid', () => 'The request did not arrive in time.'),
};

/** Where the documentation of a problem code is found. */
export const problemType = (code: string): string => `https://amparo.example/problems/${code}`;

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  507: 'Insufficient Storage',
};

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
}

export function problemBody(found: Problem, requestId: string): ProblemBody {
  const status = STATUS[found.kind];
  return {
    type: problemType(found.code),
    title: TITLES[status] ?? 'Error',
    status,
    code: found.code,
    detail: found.detail,
    requestId,
    ...(found.faults.length > 0 ? { errors: found.faults } : {}),
    ...found.members,
  };
}

/** Anything that was thrown, as a problem. What is not understood becomes `internal` and is logged by class only. */
export function toProblem(error: unknown, requestId: string): Problem {
  if (error instanceof Problem) return error;
  const fromDatabase = databaseProblem(error);
  if (fromDatabase) return fromDatabase;
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
  const code = (error as { code?: string }).code ?? '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE' || status === 413)
    return platformProblems.tooLarge({});
  if (status === 415 || code === 'FST_INVALID_MULTIPART_CONTENT_TYPE') return platformProblems.mediaType({});
  if (status === 404) return platformProblems.noRoute({});
  if (status === 408) return platformProblems.slow({});
  if (status !== undefined && status >= 400 && status < 500) return platformProblems.malformed({});
  log.error({ requestId, error: errorFacts(error) }, 'unexpected error');
  return platformProblems.internal({});
}

export function sendProblem(reply: FastifyReply, found: Problem, requestId: string): FastifyReply {
  const body = problemBody(found, requestId);
  reply
    .status(body.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('x-request-id', requestId)
    .header('cache-control', 'no-store');
  if (found.retryAfterSeconds !== undefined) reply.header('retry-after', String(found.retryAfterSeconds));
  if (body.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.send(JSON.stringify(body));
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    void sendProblem(reply, toProblem(error, request.id), request.id);
  }
}
