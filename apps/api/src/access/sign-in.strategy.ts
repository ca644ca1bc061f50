/** Sign-in through Passport: an address and a password in the body, and nothing else counts. */
import { ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-strategy';
import type { FastifyRequest } from 'fastify';
import { bodyPipe } from '../platform/validation/body.pipe.js';
import { SignInBody } from './sessions.dto.js';
import { sessionProblems } from './sessions.problems.js';
import { originOf } from './request-origin.js';
import { SignInService, type SignedIn } from './sign-in.service.js';

type Verify = (request: FastifyRequest, done: (error: Error | null, user?: SignedIn | false) => void) => void;

class PasswordStrategy extends Strategy {
  readonly name = 'sign-in';

  constructor(private readonly verify: Verify) {
    super();
  }

  override authenticate(request: unknown): void {
    this.verify(request as FastifyRequest, (error, user) => {
      if (error) this.error(error);
      else if (user) this.success(user);
      else this.fail(401);
    });
  }
}

@Injectable()
export class SignInStrategy extends PassportStrategy(PasswordStrategy, 'sign-in') {
  constructor(private readonly signIn: SignInService) {
    super();
  }

  async validate(request: FastifyRequest): Promise<SignedIn> {
    const body = (await bodyPipe.transform(request.body, { type: 'body', metatype: SignInBody })) as SignInBody;
    return this.signIn.withPassword(body, originOf(request));
  }
}

@Injectable()
export class SignInGuard extends AuthGuard('sign-in') {
  override handleRequest<T>(error: unknown, user: T | false, _info: unknown, _context: ExecutionContext): T {
    if (error) throw error;
    if (!user) throw sessionProblems.refused({});
    return user;
  }
}
