/**
 * A retried creation is one creation: the client's key is written first, in the transaction of the act, with a digest
 * of what was asked; a repeat gets the first answer again. Answers kept here hold ids and codes only: what an answer
 * repeats of the request (a name, an address) is left out, because a repeat brings it along.
 */
import { createParamDecorator, ExecutionContext, Injectable } from '@nestjs/common';
import { createHash, createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '#lib/access';
import { Database, type Tx, type WriteOptions } from '#lib/database';
import { problem } from '#lib/problem';
import { PurposeKeys } from '../keys/purpose-keys.js';
import { Answer, type AnswerHeaders } from './answer.js';
import { IdempotencyRepository } from './idempotency.repository.js';

export const idempotencyProblems = {
  missing: problem(
    'idempotency-key.missing',
    'invalid',
    () => 'Send an Idempotency-Key (a UUID), so that a repeat is recognised.',
  ),
  malformed: problem('idempotency-key.malformed', 'invalid', () => 'The Idempotency-Key must be a UUID.'),
  reused: problem(
    'idempotency-key.reused',
    'refused',
    () => 'This Idempotency-Key was used for another request. Nothing was changed.',
  ),
};

/** What makes a creation recognisable: the key, the route with its address, and a digest of the body. */
export interface Retry {
  readonly key: string;
  readonly route: string;
  readonly digest: Buffer;
}

const ANY_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function readRetry(request: FastifyRequest): Retry {
  const header = request.headers['idempotency-key'];
  const key = Array.isArray(header) ? header[0] : header;
  if (key === undefined || key === '') throw idempotencyProblems.missing({});
  if (!ANY_UUID.test(key)) throw idempotencyProblems.malformed({});
  const digest = createHash('sha256')
    .update(JSON.stringify(request.body ?? null))
    .digest();
  return { key: key.toLowerCase(), route: `${request.method} ${request.url}`.slice(0, 500), digest };
}

/** The `Idempotency-Key` of a creating request; a request without one is refused. */
export const Retryable = createParamDecorator((_data: unknown, context: ExecutionContext): Retry =>
  readRetry(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** How an act is written, and what of its answer is not kept because the request itself says it. */
export interface OnceOptions<T> extends WriteOptions {
  readonly told?: Partial<T>;
}

interface Kept {
  readonly body: unknown;
  readonly headers: AnswerHeaders;
}

class Seen extends Error {}

/** A body without the fields that the request told. */
const without = <T>(body: T, told: Partial<T> | undefined): unknown =>
  told ? Object.fromEntries(Object.entries(body as object).filter(([name]) => !(name in told))) : body;

@Injectable()
export class Idempotency {
  constructor(
    private readonly database: Database,
    private readonly keys: IdempotencyRepository,
    private readonly purposeKeys: PurposeKeys,
  ) {}

  /**
   * The retry as it is stored: its digest is keyed, so that nobody who has the database can try which request it is of,
   * and so which name was in it.
   */
  stored(retry: Retry): Retry {
    const digest = createHmac('sha256', this.purposeKeys.get('recognition')).update(retry.digest).digest();
    return { ...retry, digest };
  }

  /** Runs the act once for a key. A repeat is answered from what was kept; another request under the key is refused. */
  async once<T>(
    caller: Caller,
    retry: Retry,
    act: (tx: Tx) => Promise<Answer<T>>,
    { told, ...options }: OnceOptions<T> = {},
  ): Promise<Answer<T>> {
    try {
      return await this.database.write(
        caller,
        async (tx) => {
          if (!(await this.keys.insertKey(tx, caller.userId, this.stored(retry)))) throw new Seen();
          const answer = await act(tx);
          const kept = { body: without(answer.body, told), headers: answer.headers };
          const plain = JSON.parse(JSON.stringify(kept)) as object;
          await this.keys.saveAnswer(tx, caller.userId, retry.key, answer.headers.status ?? 200, plain);
          return answer;
        },
        options,
      );
    } catch (error) {
      if (!(error instanceof Seen)) throw error;
      return this.replay<T>(caller, retry, told);
    }
  }

  /** The answer that a key got before, with what the repeated request tells of it. */
  async replay<T>(caller: Pick<Caller, 'userId' | 'tokenHash'>, retry: Retry, told?: Partial<T>): Promise<Answer<T>> {
    const kept = await this.keys.answerTo(caller, retry.key);
    const same = kept.route === retry.route && kept.digest.equals(this.stored(retry).digest);
    if (!same) throw idempotencyProblems.reused({});
    const { body, headers } = kept.answer as unknown as Kept;
    return new Answer((told ? { ...(body as T), ...told } : body) as T, headers);
  }
}
