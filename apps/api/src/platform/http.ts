/**
 * The HTTP rim: Fastify with its limits, the body readers, the text gate before anything else sees a request, headers
 * on every answer, request ids, rate limits and the request log. Used by the service and by its tests alike.
 */
import multipart from '@fastify/multipart';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHash, randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { watchArrival } from './arrival.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { policyFor, standingHeaders } from './headers.js';
import { log } from './log.js';
import { requestSeconds } from './metrics.js';
import { readableInOneWay } from './one-reading.js';
import { platformProblems, sendProblem, toProblem } from './problem.filter.js';
import { LIMITS, RateLimiter } from './rate-limit.js';
import { passTextGate } from './text-gate.js';
import { looksLikeToken } from './tokens.js';
import { refuseExpectation, refuseUnreadable } from './unreadable.js';

const BODY_LIMIT = 256 * 1024;
const JSON_TYPES = ['application/json', 'application/merge-patch+json'];
const decoder = new TextDecoder('utf-8', { fatal: true });

export function fastifyAdapter(config: Config): FastifyAdapter {
  const proxies = config.trustProxy
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  const standing = standingHeaders(config.publicUrl);
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: proxies.length > 0 ? proxies : false,
    genReqId: () => randomUUID(),
    // Uploads may take long; whatever is no upload has fifteen seconds to arrive (arrival.ts).
    requestTimeout: 30 * 60_000,
    connectionTimeout: 0,
    keepAliveTimeout: 65_000,
    // No connection lives for ever, so that a proxy's are spread anew and a leak in one of them ends.
    maxRequestsPerSocket: 10_000,
    http: {
      // A reason of 500 letters, percent-encoded, may take 6 kB of it.
      maxHeaderSize: 16 * 1024,
      headersTimeout: 20_000,
      connectionsCheckingInterval: 5_000,
      // Asked for by one-reading.ts, which answers in the form of the house.
      requireHostHeader: false,
    },
    return503OnClosing: true,
    exposeHeadRoutes: false,
    routerOptions: {
      maxParamLength: 200,
      caseSensitive: true,
      ignoreTrailingSlash: false,
      ignoreDuplicateSlashes: false,
    },
    // No hook sees these requests, so their answers get here what the others get from hooks.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      dress(request, reply, standing);
      reply.header('content-security-policy', policyFor(request.url, ''));
      void sendProblem(reply, toProblem(error, request.id), request.id);
    },
    clientErrorHandler: (error: Error & { code?: string }, socket: Socket) => refuseUnreadable(error, socket, standing),
  } as never);
}

function dress(request: FastifyRequest, reply: FastifyReply, standing: Readonly<Record<string, string>>): void {
  reply.headers(standing).header('x-request-id', request.id);
}

function readJson(request: FastifyRequest, body: Buffer): unknown {
  const type = String(request.headers['content-type'] ?? '');
  const charset = /charset=([^;]+)/i.exec(type)?.[1]?.trim().replaceAll('"', '').toLowerCase();
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') throw platformProblems.mediaType({});
  try {
    return JSON.parse(decoder.decode(body)) as unknown;
  } catch {
    throw platformProblems.malformed({});
  }
}

function addBodyReaders(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  for (const type of JSON_TYPES) {
    fastify.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (request, body, done) => {
      try {
        done(null, readJson(request, body as Buffer));
      } catch (error) {
        done(error as Error);
      }
    });
  }
}

/** Key of the bucket: the session when there is one (by digest), else the address. */
function bucketOf(request: FastifyRequest): string {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token !== undefined && looksLikeToken(token)) return createHash('sha256').update(token).digest('base64');
  return `address ${request.ip}`;
}

/** Routes that answer without a bucket: a probe must not fail because somebody else asks too much. */
const UNLIMITED = /^\/(health|metrics)/;

export async function prepareHttp(app: NestFastifyApplication, config: Config, clock: Clock): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const standing = standingHeaders(config.publicUrl);
  // Node would answer these by itself, in no form and without a header.
  fastify.server.on('checkExpectation', (_request, response) => refuseExpectation(response, standing));
  addBodyReaders(fastify);
  await app.register(multipart as never, {
    limits: { files: 1, fields: 5, fieldSize: 1_000, parts: 6, headerPairs: 50 },
    throwFileSizeLimit: true,
  });
  const limiter = new RateLimiter(config.rateLimits === 'off' ? null : LIMITS[config.rateLimits]);

  fastify.addHook('onRequest', (request, reply, done) => {
    dress(request, reply, standing);
    try {
      readableInOneWay(request.raw);
      if (!UNLIMITED.test(request.url)) limiter.take(bucketOf(request), clock.now().getTime());
      const encoding = request.headers['content-encoding'];
      if (encoding !== undefined && encoding !== 'identity') throw platformProblems.mediaType({});
      done();
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    watchArrival(request, reply, () => void sendProblem(reply, platformProblems.slow({}), request.id));
    done();
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    try {
      if (request.body !== undefined && request.body !== null && !request.isMultipart?.())
        passTextGate(request.body, 'body');
      passTextGate(request.query, 'query');
      passTextGate(request.params, 'path');
      done();
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    // The documentation's own programs, too: what a browser keeps tells whoever takes it what was used.
    reply.header('cache-control', 'no-store');
    if (!reply.hasHeader('content-security-policy'))
      reply.header('content-security-policy', policyFor(request.url, String(reply.getHeader('content-type') ?? '')));
    done(null, payload);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const seconds = reply.elapsedTime / 1000;
    requestSeconds.observe({ method: request.method, route, status: String(reply.statusCode) }, seconds);
    const user = (request as FastifyRequest & { user?: { userId?: string } }).user?.userId ?? null;
    log.info(
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        user,
      },
      'request',
    );
    done();
  });
}
