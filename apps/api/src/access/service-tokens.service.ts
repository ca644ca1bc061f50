/**
 * Tokens for programs. One can do what its owner may do at that moment, of that only its scopes, from its addresses, until
 * it expires; it proves nobody, so it never does what needs a fresh proof. Shown once, kept as a digest.
 */
import { Injectable } from '@nestjs/common';
import { may, type Caller, type Permission } from '#lib/access';
import { Database, servedBy } from '#lib/database';
import { Answer, created } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { newToken } from '../platform/tokens.js';
import type { CreateServiceTokenBody, CreatedServiceTokenView, ServiceTokenView } from './service-tokens.dto.js';
import { serviceTokenProblems } from './service-tokens.problems.js';
import { ServiceTokensRepository, type ServiceToken } from './service-tokens.repository.js';

const DAY_MS = 86_400_000;

@Injectable()
export class ServiceTokensService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tokens: ServiceTokensRepository,
  ) {}

  /** Makes a token. The answer holds the secret and is therefore not kept for a retry. */
  async create(caller: Caller, body: CreateServiceTokenBody): Promise<Answer<CreatedServiceTokenView>> {
    const scopes = body.scopes as Permission[];
    const beyond = scopes.findIndex((scope) => !may(caller, scope));
    if (beyond >= 0)
      throw serviceTokenProblems.beyond({}, [
        { pointer: `/scopes/${beyond}`, code: 'scope.not-yours', detail: 'You do not hold this permission.' },
      ]);
    const { token, hash } = newToken();
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + body.days * DAY_MS);
    const { name, addresses = [] } = body;
    const made = { ownerId: caller.userId, name, scopes, addresses, createdAt, expiresAt };
    return this.database.write(servedBy(caller), async (tx) => {
      const id = await this.tokens.insert(tx, { ...made, hash });
      await tx.audit('service-token.created', {
        subjectId: id,
        details: { scopes, days: body.days, addresses: addresses.length },
      });
      return created({ ...toView({ ...made, id, lastUsedAt: null }), token }, `/v1/service-tokens/${id}`);
    });
  }

  /** One's own tokens; an administrator sees those of everybody in the organisation. */
  async list(caller: Caller): Promise<ServiceTokenView[]> {
    const found = await this.tokens.tokensOf(reachOf(caller), this.clock.now());
    return found.map(toView);
  }

  async revoke(caller: Caller, id: string): Promise<void> {
    const reach = reachOf(caller);
    await this.database.write(servedBy(caller), async (tx) => {
      const where = { id, ...('ownerId' in reach ? reach : { owner: reach }) };
      if ((await this.tokens.revoke(tx, where, this.clock.now(), 'revoked')) === 0)
        throw serviceTokenProblems.notFound({});
      await tx.audit('service-token.revoked', { subjectId: id });
    });
  }
}

const reachOf = (caller: Caller): { readonly ownerId: string } | { readonly organisationId: string } =>
  may(caller, 'user:manage') ? { organisationId: caller.organisationId } : { ownerId: caller.userId };

const toView = ({
  id,
  ownerId,
  name,
  scopes,
  addresses,
  createdAt,
  expiresAt,
  lastUsedAt,
}: ServiceToken): ServiceTokenView => ({
  id,
  ownerId,
  name,
  scopes,
  addresses,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});
