/** What a route declares about who may call it, and how a controller learns who does. */
import { createParamDecorator, ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller as CallerType, Permission } from '#lib/access';

export const PERMIT = 'amparo:permit';
export const PUBLIC = 'amparo:public';
export const STEP_UP = 'amparo:step-up';
export const WHILE_ENROLLING = 'amparo:while-enrolling';
export const PROVEN_BY_STATEMENT = 'amparo:proven-by-statement';

/** This route needs a permission. Without this or `@Public` every call answers 403. */
export const Permit = (permission: Permission): MethodDecorator => SetMetadata(PERMIT, permission);

/** This route is for anybody, for the reason given. */
export const Public = (why: string): MethodDecorator => SetMetadata(PUBLIC, why);

/**
 * When a fresh proof is needed (docs/adr/2026-11-27-what-needs-a-fresh-proof.md): `always`; `to-unmask`, when the caller is
 * a coordinator who states a reason in order to read who a person is; `to-search`, the same, and of whoever reads names
 * all day a proof of this working day.
 */
export type StepUpWhen = 'always' | 'to-unmask' | 'to-search';

/** This route needs a fresh proof of who is asking (STEP_UP_MINUTES). */
export const StepUp = (when: StepUpWhen = 'always'): MethodDecorator => SetMetadata(STEP_UP, when);

/** This route is open to a session that still has to add a second factor. */
export const WhileEnrolling = (): MethodDecorator => SetMetadata(WHILE_ENROLLING, true);

/**
 * The first thing that this route asks the database, it asks for the caller: their token is looked up with that, and not
 * once more before it (remembered-callers.ts).
 */
export const ProvenByStatement = (): MethodDecorator => SetMetadata(PROVEN_BY_STATEMENT, true);

export type SignedInRequest = FastifyRequest & { user?: CallerType; provenByStatement?: boolean };

/** Who is asking, as the database knows them at this moment. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): CallerType => {
  const caller = context.switchToHttp().getRequest<SignedInRequest>().user;
  if (!caller) throw new Error('a route that takes a caller must declare a permission');
  return caller;
});
