/**
 * Signing in through an OpenID Connect provider, where one is configured; off by default, because a provider can be made to
 * sign in as anybody who is linked. Somebody links their own account, signed in and with a fresh proof; an address that the
 * provider tells links nothing.
 */
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { Database, servedBy } from '#lib/database';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { CONFIG } from '../platform/provided.js';
import { Challenges } from './challenges.js';
import { newQuestion, OidcProvider, type OidcQuestion, type OidcSomebody } from './oidc-provider.js';
import { oidcProblems } from './oidc.problems.js';
import { OidcRepository } from './oidc.repository.js';
import { SignInService, type Origin, type SignedIn } from './sign-in.service.js';

@Injectable()
export class OidcService implements OnModuleInit {
  private provider: OidcProvider | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly challenges: Challenges,
    private readonly identities: OidcRepository,
    private readonly signIn: SignInService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret } = this.config;
    const redirectUri = this.config.oidcRedirectUri;
    if (issuer === '') return;
    if (clientId === '' || redirectUri === '')
      throw new Error('OIDC_ISSUER is set; OIDC_CLIENT_ID and OIDC_REDIRECT_URI are needed too.');
    this.provider = new OidcProvider({ issuer, clientId, clientSecret, redirectUri });
  }

  /** Where to send somebody, and the challenge with which their code comes back. */
  async begin(): Promise<{ readonly challenge: string; readonly url: string }> {
    const provider = this.configured();
    const question = newQuestion();
    const asked = { userId: null, actingId: null, question: JSON.stringify(question) };
    const challenge = await this.challenges.ask('oidc', asked);
    return { challenge, url: await provider.address(challenge, question).catch(unavailable) };
  }

  /** Signs in whoever the code speaks of, if an account is linked to them; a second factor is asked for as ever. */
  async withCode(challenge: string, code: string, origin: Origin): Promise<SignedIn> {
    const somebody = await this.answered(challenge, code);
    const userId = await this.identities.userOf(somebody);
    if (userId === null) throw oidcProblems.refused({});
    const counted = this.config.oidcMfaValues.split(',').map((value) => value.trim());
    const strong = somebody.methods.some((method) => method !== '' && counted.includes(method));
    return this.signIn.asLinked(userId, strong, origin);
  }

  /** Links the caller's account to whoever the code speaks of. */
  async link(caller: Caller, challenge: string, code: string): Promise<void> {
    const somebody = await this.answered(challenge, code);
    await this.database.write(servedBy(caller), async (tx) => {
      if (!(await this.identities.link(tx, somebody, caller.userId, this.clock.now())))
        throw oidcProblems.linkedAlready({});
      await tx.audit('oidc.linked', { subjectId: caller.userId });
    });
  }

  async unlink(caller: Caller): Promise<void> {
    await this.database.write(servedBy(caller), async (tx) => {
      await this.identities.unlink(tx, caller.userId);
      await tx.audit('oidc.unlinked', { subjectId: caller.userId });
    });
  }

  private async answered(challenge: string, code: string): Promise<OidcSomebody> {
    const provider = this.configured();
    const asked = await this.challenges.take('oidc', challenge);
    if (!asked?.question || !(await this.challenges.use(asked.hash))) throw oidcProblems.refused({});
    const question = JSON.parse(asked.question) as OidcQuestion;
    const somebody = await provider.somebody(code, question, this.clock.now()).catch(unavailable);
    if (!somebody) throw oidcProblems.refused({});
    return somebody;
  }

  private configured(): OidcProvider {
    if (!this.provider) throw oidcProblems.off({});
    return this.provider;
  }
}

function unavailable(): never {
  throw oidcProblems.unavailable({});
}
