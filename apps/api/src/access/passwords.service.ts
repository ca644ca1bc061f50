/**
 * Argon2id (RFC 9106), as strong as this machine bears: from 64 MiB and three passes down to 19 MiB and two (OWASP,
 * ASVS), chosen at start by trying. The parameters stand in each record, and a weaker record is made anew when its owner
 * signs in. Hashing takes memory and a thread, so few run at once and few wait; beyond that a caller is asked to come back.
 */
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Algorithm, hashRaw } from '@node-rs/argon2';
import { randomBytes, randomUUID } from 'node:crypto';
import { totalmem } from 'node:os';
import { passwordForm } from '#lib/access';
import { Database } from '#lib/database';
import { PurposeKeys } from '../keys/purpose-keys.js';
import { log } from '../platform/log.js';
import {
  DIGEST_BYTES,
  fromPhc,
  matchOf,
  newRecord,
  openRecord,
  sealRecord,
  type Cost,
  type PasswordRecord,
} from './password-record.js';
import { PasswordsRepository } from './passwords.repository.js';
import { passwordProblems } from './sessions.problems.js';

/** Strongest first. The last one is taken on any machine. */
const COSTS: readonly Cost[] = [
  { memory: 65_536, passes: 3 },
  { memory: 47_104, passes: 3 },
  { memory: 32_768, passes: 3 },
  { memory: 24_576, passes: 2 },
  { memory: 19_456, passes: 2 },
];
/** Longest a hash may take on an idle machine. */
const BUDGET_MS = 350;
const AT_ONCE = 2;
const WAITING = 32;
/** Hashes that run at once take at most this part of the memory. */
const MEMORY_SHARE = 1 / 8;

/** A password of somebody, hashed and not yet sealed to an account. */
export type HashedPassword = Pick<PasswordRecord, 'cost' | 'salt' | 'own'>;

/** A record as an account has it. */
export interface StoredPassword {
  readonly userId: string;
  readonly passwordHash: string;
}

export interface Verified {
  readonly fits: 'own' | 'duress' | null;
  /** The record to keep instead, where the one there is was made with less than this machine bears. */
  readonly better: string | null;
}

const digestOf = (
  password: string,
  { cost, lanes, salt }: Pick<PasswordRecord, 'cost' | 'lanes' | 'salt'>,
): Promise<Buffer> =>
  hashRaw(passwordForm(password), {
    algorithm: 2 satisfies Algorithm as Algorithm,
    memoryCost: cost.memory,
    timeCost: cost.passes,
    parallelism: lanes,
    outputLen: DIGEST_BYTES,
    salt,
  });

/** The strongest cost that this machine bears. */
export async function costForThisMachine(memoryBytes: number, tryOut: (cost: Cost) => Promise<number>): Promise<Cost> {
  const last = COSTS.at(-1) as Cost;
  for (const cost of COSTS) {
    if (cost !== last && cost.memory * 1024 * AT_ONCE > memoryBytes * MEMORY_SHARE) continue;
    if (cost === last) return cost;
    // A first run may have paid for fetching the memory; the second one tells.
    if ((await tryOut(cost)) <= BUDGET_MS || (await tryOut(cost)) <= BUDGET_MS) return cost;
  }
  return last;
}

/** Processor time, not time on the wall: what else the machine does at this moment must not make records weaker. */
async function millisecondsOf(cost: Cost): Promise<number> {
  const before = process.cpuUsage();
  await digestOf(randomUUID(), { cost, lanes: 1, salt: randomBytes(16) });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

@Injectable()
export class PasswordsService implements OnApplicationBootstrap {
  private running = 0;
  private readonly queue: (() => void)[] = [];
  private readonly cost: Promise<Cost>;
  /** The record of a password nobody has: signing in to an account that does not exist costs the same. */
  private readonly nobody: Promise<PasswordRecord>;

  constructor(
    private readonly database: Database,
    private readonly keys: PurposeKeys,
    private readonly records: PasswordsRepository,
  ) {
    this.cost = costForThisMachine(totalmem(), millisecondsOf);
    this.nobody = this.cost.then((cost) => newRecord(cost, randomBytes(16), randomBytes(DIGEST_BYTES)));
  }

  /** Seals what an earlier version kept in the open, once: later an open record is somebody's doing and does not count. */
  async onApplicationBootstrap(): Promise<void> {
    const open = await this.records.openRecords();
    if (open.length === 0) return;
    if (await this.records.hasSealedRecords()) {
      log.error({ records: open.length }, 'password records that are not sealed were found; they open nothing');
      return;
    }
    await this.database.write(null, async (tx) => {
      for (const { userId, stored } of open) {
        const record = fromPhc(stored);
        if (record) await this.records.replace(tx, userId, stored, this.seal(userId, record));
      }
      await tx.audit('password.records-sealed', { details: { records: open.length } });
    });
  }

  async hash(password: string): Promise<HashedPassword> {
    const cost = await this.cost;
    const salt = randomBytes(16);
    return { cost, salt, own: await this.slot(() => digestOf(password, { cost, lanes: 1, salt })) };
  }

  /** The record of a hashed password for an account, as it is stored. */
  recordFor(userId: string, { cost, salt, own }: HashedPassword): string {
    return this.seal(userId, newRecord(cost, salt, own));
  }

  /**
   * Which password of an account this is. With no account the same work is done for nothing, at the cost of somebody
   * else's record: records of several costs may stand side by side, and an address without an account must not be the
   * only one of its kind.
   */
  async verify(
    account: StoredPassword | null,
    password: string,
    somebodyElse: StoredPassword | null = null,
  ): Promise<Verified> {
    const known = this.opened(account);
    const record = known ?? this.opened(somebodyElse) ?? (await this.nobody);
    const digest = await this.slot(() => digestOf(password, record)).catch((error: unknown) => refuseWork(error));
    const match = digest && matchOf(record, digest);
    if (!account || !known || !match) return { fits: null, better: null };
    return { fits: match, better: match === 'own' ? await this.better(account.userId, known, password) : null };
  }

  /** The stored record with another password, the one of every day or the one under duress; the other stays. */
  async withPassword(which: 'own' | 'duress', userId: string, stored: string, password: string): Promise<string> {
    const known = openRecord(this.keys.get('pepper'), userId, stored);
    // One salt for both, so that one hash tells which it is; with nothing to keep, a new one.
    if (!known || (which === 'own' && !known.hasDuress)) return this.recordFor(userId, await this.hash(password));
    const digest = await this.slot(() => digestOf(password, known));
    return this.seal(
      userId,
      which === 'own' ? { ...known, own: digest } : { ...known, duress: digest, hasDuress: true },
    );
  }

  /** The stored record without a password under duress. */
  withoutDuress(userId: string, stored: string): string {
    const known = openRecord(this.keys.get('pepper'), userId, stored);
    return known ? this.seal(userId, newRecord(known.cost, known.salt, known.own, known.lanes)) : stored;
  }

  private opened(stored: StoredPassword | null): PasswordRecord | null {
    return stored && openRecord(this.keys.get('pepper'), stored.userId, stored.passwordHash);
  }

  private async better(userId: string, known: PasswordRecord, password: string): Promise<string | null> {
    const wanted = await this.cost;
    const weaker = known.cost.memory * known.cost.passes < wanted.memory * wanted.passes;
    // With a password under duress in the record the salt and cost must stay those of both.
    return weaker && !known.hasDuress ? this.recordFor(userId, await this.hash(password)) : null;
  }

  private seal(userId: string, record: PasswordRecord): string {
    return sealRecord(this.keys.get('pepper'), userId, record);
  }

  private async slot<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) {
      if (this.queue.length >= WAITING) throw passwordProblems.busy({});
      await new Promise<void>((free) => this.queue.push(free));
    }
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
      this.queue.shift()?.();
    }
  }
}

/** A hash that could not be made fits nothing; being asked to come back is passed on. */
function refuseWork(error: unknown): null {
  if (error instanceof Error && error.name === 'Problem') throw error;
  return null;
}
