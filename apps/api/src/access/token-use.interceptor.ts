/**
 * Notes when a program's token was last used, at most once a minute for each, beside the request and not before it: its
 * owner sees which ones nobody uses any more, and which one is used when nobody should.
 */
import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { Clock } from '../platform/clock.js';
import type { SignedInRequest } from './decorators.js';
import { ServiceTokensRepository } from './service-tokens.repository.js';

const AGAIN_MS = 60_000;
const MOST = 10_000;

@Injectable()
export class TokenUseInterceptor implements NestInterceptor {
  /** When this process last noted the use of a token. */
  private readonly noted = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly tokens: ServiceTokensRepository,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const caller = context.switchToHttp().getRequest<SignedInRequest>().user;
    // A token has scopes; a session has none.
    if (caller?.scopes && caller.sessionId) this.note(caller.sessionId);
    return next.handle();
  }

  private note(token: string): void {
    const now = this.clock.now();
    const last = this.noted.get(token);
    if (last !== undefined && now.getTime() - last < AGAIN_MS) return;
    if (this.noted.size >= MOST) this.noted.clear();
    this.noted.set(token, now.getTime());
    // Nobody's request fails or waits because this could not be noted; the next minute tries again.
    void this.tokens.noteUse(token, now).catch(() => undefined);
  }
}
