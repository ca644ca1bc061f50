/** Bearer tokens through Passport: an opaque token is looked up at every request, so a revocation acts on the next one. */
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-strategy';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '#lib/access';
import { hashToken, looksLikeToken } from '../platform/tokens.js';
import { accessProblems } from './access.problems.js';
import { DenyList } from './deny-list.service.js';
import { comesFrom } from './networks.js';
import type { SignedInRequest } from './decorators.js';
import { RememberedCallers } from './remembered-callers.js';
import { SessionsRepository, type StampedHolder } from './sessions.repository.js';

type Verify = (
  request: FastifyRequest,
  token: string,
  done: (error: Error | null, caller?: Caller | false) => void,
) => void;

/** The Passport side: finds the token in `Authorization: Bearer`, and nowhere else. */
class BearerTokenStrategy extends Strategy {
  readonly name = 'bearer';

  constructor(private readonly verify: Verify) {
    super();
  }

  override authenticate(request: unknown): void {
    const header = (request as FastifyRequest).headers.authorization;
    const token = /^Bearer ([^\s,]+)$/.exec(header ?? '')?.[1];
    if (token === undefined || !looksLikeToken(token)) {
      this.fail(401);
      return;
    }
    this.verify(request as FastifyRequest, token, (error, caller) => {
      if (error) this.error(error);
      else if (caller) this.success(caller);
      else this.fail(401);
    });
  }
}

const MAX_REASON = 500;
const HURRY_MS = 700;

/** `X-Reason` as it is kept: decoded when it was percent-encoded (headers are ASCII), trimmed, one line. */
export function readReason(header: string | string[] | undefined): string | null {
  const raw = Array.isArray(header) ? header[0] : header;
  if (raw === undefined) return null;
  let text = raw;
  try {
    text = decodeURIComponent(raw);
  } catch {
    // Not percent-encoded: kept as it came.
  }

  const line = text
    .replace(/[\u0000-\u001F\u007F]+/g, ' ')
    .trim()
    .slice(0, MAX_REASON);
  return line === '' || !line.isWellFormed() ? null : line;
}

@Injectable()
export class BearerStrategy extends PassportStrategy(BearerTokenStrategy, 'bearer') {
  constructor(
    private readonly denied: DenyList,
    private readonly remembered: RememberedCallers,
    private readonly sessions: SessionsRepository,
  ) {
    super();
  }

  async validate(request: FastifyRequest, token: string): Promise<Caller | false> {
    const tokenHash = hashToken(token);
    const pending = this.denied.pending();
    if (pending.has('everybody')) return false;
    const recalled = (request as SignedInRequest).provenByStatement ? this.remembered.recall(tokenHash) : null;
    const holder = recalled ?? (await this.lookUp(tokenHash, pending.size > 0));
    if (holder === null || this.denied.denies(holder)) return false;
    const { addresses, stamp, ...who } = holder;
    if (addresses !== null && addresses.length > 0 && !comesFrom(request.ip, addresses)) return false;
    const caller = { ...who, tokenHash, requestId: request.id, reason: readReason(request.headers['x-reason']) };
    return recalled === null ? caller : { ...caller, stamp };
  }

  private async lookUp(tokenHash: Buffer, hurry: boolean): Promise<StampedHolder | null> {
    const holder = await this.holderOf(tokenHash, hurry);
    if (holder === null) this.remembered.forget(tokenHash);
    else this.remembered.remember(tokenHash, holder);
    return holder;
  }

  /** While an order waits to be told to the database, nobody waits for the database for long. */
  private async holderOf(tokenHash: Buffer, hurry: boolean): Promise<StampedHolder | null> {
    if (!hurry) return this.sessions.holderOf(tokenHash);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(accessProblems.unavailable({})), HURRY_MS);
    });
    return Promise.race([this.sessions.holderOf(tokenHash), late]).finally(() => clearTimeout(timer));
  }
}
