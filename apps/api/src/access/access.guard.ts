/** Deny by default: a route that declares neither a permission nor `@Public` answers 403 to everybody. */
import { ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { may, mayReadIdentity, seesIdentity, type Caller, type Permission } from '#lib/access';
import { databaseProblems, Database } from '#lib/database';
import type { Problem } from '#lib/problem';
import { Config } from '../platform/config.js';
import { CONFIG } from '../platform/provided.js';
import { accessProblems } from './access.problems.js';
import {
  PERMIT,
  PROVEN_BY_STATEMENT,
  PUBLIC,
  STEP_UP,
  WHILE_ENROLLING,
  type SignedInRequest,
  type StepUpWhen,
} from './decorators.js';
import { factorProblems } from './factors.problems.js';
import { RememberedCallers } from './remembered-callers.js';

/** Somebody who signs in for the day is not asked again; a session that was stolen and kept alive is. */
const WORKING_DAY_MINUTES = 720;

/** A coordinator sees identity only by stating a reason; that is the act, not the everyday reading of a caseworker. */
const unmasks = ({ roles }: Caller): boolean => !roles.includes('caseworker') && !roles.includes('lawyer');

type Targets = ReturnType<ExecutionContext['getHandler']>[];

@Injectable()
export class AccessGuard extends AuthGuard('bearer') {
  constructor(
    private readonly reflector: Reflector,
    private readonly database: Database,
    private readonly remembered: RememberedCallers,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets: Targets = [context.getHandler()];
    if (this.reflector.getAllAndOverride<string | undefined>(PUBLIC, targets) !== undefined) return true;
    const permission = this.reflector.getAllAndOverride<Permission | undefined>(PERMIT, targets);
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    request.provenByStatement = this.reflector.getAllAndOverride<boolean | undefined>(PROVEN_BY_STATEMENT, targets);
    let caller = await this.callerOf(context, request);
    let refusal = this.refusalOf(caller, permission, targets);
    // Nobody is refused for what they were a moment ago.
    if (refusal && caller.stamp !== undefined) {
      this.remembered.forget(caller.tokenHash);
      caller = await this.callerOf(context, request);
      refusal = this.refusalOf(caller, permission, targets);
    }
    if (!refusal) return true;
    if (permission !== undefined && !may(caller, permission)) await this.recordDenial(caller, request, permission);
    throw refusal;
  }

  private async callerOf(context: ExecutionContext, request: SignedInRequest): Promise<Caller> {
    await super.canActivate(context);
    if (!request.user) throw databaseProblems.sessionEnded({});
    return request.user;
  }

  /** Why this caller may not call this route just now; null when they may. */
  private refusalOf(caller: Caller, permission: Permission | undefined, targets: Targets): Problem | null {
    if (permission === undefined) return accessProblems.undeclared({});
    const enrolling = this.reflector.getAllAndOverride<boolean | undefined>(WHILE_ENROLLING, targets) ?? false;
    if (!enrolling && this.mustEnrol(caller)) return factorProblems.enrolFirst({});
    if (!may(caller, permission))
      // Until editions exist a researcher is told plainly that there are no figures, never a count.
      return permission === 'figure:read' ? accessProblems.editionsOnly({}) : accessProblems.denied({ permission });
    const when = this.reflector.getAllAndOverride<StepUpWhen | undefined>(STEP_UP, targets);
    const minutes = when === undefined ? null : this.proofMinutes(when, caller);
    return minutes === null ? null : this.proofMissing(caller, minutes);
  }

  /** How old a proof may be; null when none is asked for. */
  private proofMinutes(when: StepUpWhen, caller: Caller): number | null {
    if (when === 'always' || (mayReadIdentity(caller) === 'yes' && unmasks(caller))) return this.config.stepUpMinutes;
    // A program's token was made with a fresh proof, for what its scopes name, until its day.
    return when === 'to-search' && !caller.scopes ? WORKING_DAY_MINUTES : null;
  }

  /** Whoever sees names needs a second factor. A program's token was made with one. */
  private mustEnrol(caller: Caller): boolean {
    if (this.config.secondFactor === 'optional' || caller.scopes) return false;
    return seesIdentity(caller.roles) && caller.hasFactor !== true;
  }

  private proofMissing({ provenSecondsAgo, scopes }: Caller, minutes: number): Problem | null {
    if (scopes) return factorProblems.notForPrograms({});
    return (provenSecondsAgo ?? Infinity) >= minutes * 60 ? factorProblems.stepUp({}) : null;
  }

  override handleRequest<T>(error: unknown, caller: T | false): T {
    if (error) throw error;
    if (!caller) throw databaseProblems.sessionEnded({});
    return caller;
  }

  /** In its own transaction, so that no rollback can hide that somebody tried. */
  private async recordDenial(caller: Caller, request: FastifyRequest, permission: Permission): Promise<void> {
    await this.database.write(caller, (tx) =>
      tx.audit('access.denied', {
        details: { permission, method: request.method, route: request.routeOptions.url ?? null },
      }),
    );
  }
}
