import { Injectable } from '@nestjs/common';
import { Database, sqlFile } from '#lib/database';
import type { Challenge, ChallengeKind } from './challenge.js';

const insertChallenge = sqlFile(import.meta.url, './sql/insert-challenge.sql');
const takeChallenge = sqlFile(import.meta.url, './sql/take-challenge.sql');
const useChallenge = sqlFile(import.meta.url, './sql/use-challenge.sql');

/** How often an answer may be tried: a code is six digits, and a hand slips. */
const ATTEMPTS = 5;

@Injectable()
export class ChallengesRepository {
  constructor(private readonly database: Database) {}

  async insert(hash: Buffer, kind: ChallengeKind, challenge: Challenge, expiresAt: Date, now: Date): Promise<void> {
    const { userId, actingId, question } = challenge;
    await this.database.statement(null, insertChallenge, {
      hash,
      kind,
      expiresAt,
      now,
      ...(userId === null ? {} : { user: userId }),
      ...(actingId === null ? {} : { acting: actingId }),
      ...(question === null ? {} : { question }),
    });
  }

  async take(hash: Buffer, kind: ChallengeKind, now: Date): Promise<Challenge | null> {
    const [row] = await this.database.statement<Challenge>(null, takeChallenge, {
      hash,
      kind,
      now,
      attempts: ATTEMPTS,
    });
    return row ?? null;
  }

  async use(hash: Buffer, now: Date): Promise<boolean> {
    return (await this.database.statement(null, useChallenge, { hash, now })).length === 1;
  }
}
