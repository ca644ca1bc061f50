/**
 * The bare server: Fastify and `pg`, one prepared statement a request that checks the bearer token and builds the JSON.
 * It validates nothing, audits nothing and keeps no facts. It is here to be compared with, not to be copied.
 */
import Fastify, { type FastifyRequest } from 'fastify';
import { hashOf, listCases, readCase, recordCase } from './bare-work.js';
import { environment } from './environment.js';
import { Place } from './place.js';

const CONNECTIONS = 14;
const pool = new Place(environment.databaseUrl).pool(CONNECTIONS);
const app = Fastify({ logger: false });

const tokenOf = (request: FastifyRequest): Buffer =>
  hashOf((request.headers.authorization ?? '').slice('Bearer '.length));

app.removeAllContentTypeParsers();
app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));

app.get('/health', () => ({ ok: true }));

app.get<{ Params: { id: string } }>('/cases/:id', async (request, reply) => {
  const body = await readCase(pool, tokenOf(request), request.params.id);
  if (body === null) return reply.status(404).send({ error: 'not found' });
  return reply.type('application/json; charset=utf-8').send(body);
});

app.get<{ Querystring: { legalGround: string; limit: string; afterDay?: string; afterId?: string } }>(
  '/cases',
  async (request, reply) => {
    const { legalGround, limit, afterDay, afterId } = request.query;
    const after = afterDay !== undefined && afterId !== undefined ? { day: afterDay, id: afterId } : null;
    return reply
      .type('application/json; charset=utf-8')
      .send(await listCases(pool, tokenOf(request), Number(legalGround), after, Number(limit)));
  },
);

app.post<{ Body: string }>('/cases', async (request, reply) => {
  const body = await recordCase(pool, tokenOf(request), JSON.parse(request.body) as never, request.body);
  if (body === null) return reply.status(401).send({ error: 'sign in' });
  return reply.status(201).type('application/json; charset=utf-8').send(body);
});

process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
await app.listen({ port: environment.port, host: '127.0.0.1' });
