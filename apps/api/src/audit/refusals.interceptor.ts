/**
 * What is refused inside an act goes on the trail in a transaction of its own: the act's was rolled back, and would have
 * taken the trace with it. What the guard refuses it records itself.
 */
import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { catchError, from, mergeMap, Observable, throwError } from 'rxjs';
import { Database } from '#lib/database';
import { Problem } from '#lib/problem';
import type { SignedInRequest } from '../access/decorators.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

@Injectable()
export class RefusalsInterceptor implements NestInterceptor {
  constructor(private readonly database: Database) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    return next
      .handle()
      .pipe(
        catchError((error: unknown) => from(this.record(request, error)).pipe(mergeMap(() => throwError(() => error)))),
      );
  }

  /** A refusal that cannot be recorded is answered as unavailable: nobody tries unseen. */
  private async record(request: SignedInRequest, error: unknown): Promise<void> {
    if (!(error instanceof Problem) || (error.kind !== 'forbidden' && error.kind !== 'not-found')) return;
    const isUnseen = error.kind === 'not-found';
    // Somebody who is not signed in and finds nothing at an address has tried nothing.
    if (isUnseen && !request.user) return;
    const params = Object.values((request.params ?? {}) as Record<string, string>);
    const subjectId = params.find((value) => UUID.test(value));
    const details = { problem: error.code, method: request.method, route: request.routeOptions.url ?? null };
    await this.database.write(request.user ?? null, (tx) =>
      tx.audit(isUnseen ? 'access.unseen' : 'access.refused', { ...(subjectId ? { subjectId } : {}), details }),
    );
  }
}
