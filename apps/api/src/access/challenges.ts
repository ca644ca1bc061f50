/** Challenges: what the service asked somebody, kept here, answered once, within five minutes. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { hashToken, looksLikeToken, newToken } from '../platform/tokens.js';
import type { Challenge, ChallengeKind } from './challenge.js';
import { ChallengesRepository } from './challenges.repository.js';

const MINUTES = 5;

@Injectable()
export class Challenges {
  constructor(
    private readonly clock: Clock,
    private readonly challenges: ChallengesRepository,
  ) {}

  /** Asks, and answers the token with which the reply comes back. */
  async ask(kind: ChallengeKind, challenge: Challenge): Promise<string> {
    const { token, hash } = newToken();
    const now = this.clock.now();
    await this.challenges.insert(hash, kind, challenge, new Date(now.getTime() + MINUTES * 60_000), now);
    return token;
  }

  /** The challenge of a token, while it may still be answered; each look is an attempt. */
  async take(kind: ChallengeKind, token: string): Promise<(Challenge & { readonly hash: Buffer }) | null> {
    if (!looksLikeToken(token)) return null;
    const hash = hashToken(token);
    const found = await this.challenges.take(hash, kind, this.clock.now());
    return found && { ...found, hash };
  }

  /** Uses a challenge up; whether nobody did before. */
  use(hash: Buffer): Promise<boolean> {
    return this.challenges.use(hash, this.clock.now());
  }
}
