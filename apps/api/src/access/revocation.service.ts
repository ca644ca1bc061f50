/** Ends what people hold: their sessions, those of their stand-ins, and the tokens of their programs. */
import { Injectable } from '@nestjs/common';
import type { Tx } from '#lib/database';
import { Clock } from '../platform/clock.js';
import { ServiceTokensRepository } from './service-tokens.repository.js';
import { SessionsRepository } from './sessions.repository.js';

/** Whose: a user's, everybody's in an office or in an organisation, or all there are. */
export type Whose =
  { readonly userId: string } | { readonly officeId: string } | { readonly organisationId: string } | 'all';

export interface Ended {
  readonly sessions: number;
  readonly tokens: number;
}

@Injectable()
export class RevocationService {
  constructor(
    private readonly clock: Clock,
    private readonly sessions: SessionsRepository,
    private readonly tokens: ServiceTokensRepository,
  ) {}

  /** Ends them inside somebody's transaction; the next request of each is refused. */
  async endFor(tx: Tx, whose: Whose, why: string): Promise<Ended> {
    const now = this.clock.now();
    const sessions = await this.sessions.endFamilies(tx, whose, now, why);
    const owners = whose === 'all' ? {} : 'userId' in whose ? { ownerId: whose.userId } : { owner: whose };
    return { sessions, tokens: await this.tokens.revoke(tx, owners, now, why) };
  }
}
