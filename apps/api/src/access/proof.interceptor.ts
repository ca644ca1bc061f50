/**
 * Sees to it that nobody is answered on the strength of what the service remembers of them (remembered-callers.ts). The
 * statement that did the work has proven the caller; where none ran, or it was refused because the caller has changed,
 * the guard looks again, and the work is done anew for whoever it finds.
 */
import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { catchError, from, mergeMap, of, throwError, type Observable } from 'rxjs';
import { Database } from '#lib/database';
import { Problem } from '#lib/problem';
import { AccessGuard } from './access.guard.js';
import type { SignedInRequest } from './decorators.js';
import { RememberedCallers } from './remembered-callers.js';

const hasChanged = (error: unknown): boolean => error instanceof Problem && error.code === 'access.caller-changed';

@Injectable()
export class ProofInterceptor implements NestInterceptor {
  constructor(
    private readonly database: Database,
    private readonly guard: AccessGuard,
    private readonly remembered: RememberedCallers,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const caller = context.switchToHttp().getRequest<SignedInRequest>().user;
    if (caller?.stamp === undefined) return next.handle();
    const lookAgain = (): Promise<boolean> => {
      this.remembered.forget(caller.tokenHash);
      return this.guard.canActivate(context);
    };
    return next.handle().pipe(
      mergeMap((answer) =>
        this.database.hasProven(caller) ? of(answer) : from(lookAgain()).pipe(mergeMap(() => next.handle())),
      ),
      catchError((error: unknown) => {
        if (this.database.hasProven(caller)) return throwError(() => error);
        const again = hasChanged(error) ? () => next.handle() : () => throwError(() => error);
        return from(lookAgain()).pipe(mergeMap(again));
      }),
    );
  }
}
