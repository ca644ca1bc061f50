/**
 * Guessing passwords is slowed down, and nobody is locked out: a lockout would hand an off switch to whoever wants the
 * caseworkers out (security/design.md §2). State is in Postgres, so it survives a restart and holds for two processes.
 * Keys are keyed digests of an account name or an address; a name that has no account is treated the same.
 *
 *   a known device   has a counter of its own and pays for nobody else's failures
 *   anybody else     shares one counter an account, and a bucket of attempts an address and a network
 *   a hundred failures in a row   close the password for unknown devices; a passkey or a recovery code opens it again
 */
import { Inject, Injectable } from '@nestjs/common';
import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { problem, Problem } from '#lib/problem';
import { Clock } from '../platform/clock.js';
import { Config, type Keys } from '../platform/config.js';
import { CONFIG, KEYS } from '../platform/provided.js';
import { deviceOf } from './device.js';
import { ThrottleRepository, type Bucket, type Delays } from './throttle.repository.js';

export const throttleProblems = {
  slowDown: (seconds: number): Problem =>
    problem(
      'sign-in.slow-down',
      'too-many',
      () => 'Too many attempts. Wait a little before the next one.',
      seconds,
    )({}),
  closed: problem(
    'sign-in.closed',
    'too-many',
    () =>
      'Too many failures in a row. Sign in from a device that you used before, with a passkey, or with a recovery code.',
    3_600,
  ),
};

interface Limits {
  /** Failures that cost nothing, and then the first delay and the longest one, in seconds. */
  readonly account: Delays;
  readonly address: Bucket;
  readonly network: Bucket;
}

const LIMITS: Readonly<Record<'strict' | 'wide', Limits>> = {
  strict: {
    account: { free: 10, first: 1, longest: 900, inARow: 100 },
    address: { capacity: 120, perSecond: 0.2 },
    network: { capacity: 600, perSecond: 1 },
  },
  wide: {
    account: { free: 100_000, first: 1, longest: 10, inARow: 1_000_000 },
    address: { capacity: 100_000, perSecond: 1_000 },
    network: { capacity: 100_000, perSecond: 1_000 },
  },
};

/** Who tries, as far as that is known before anything is proven. */
export interface Attempt {
  /** The account's address in the form it is compared in. */
  readonly email: string;
  readonly address: string;
  /** What the device cookie says. */
  readonly device: string | undefined;
}

/** The network an address is of: the first three bytes, or the first 48 bits. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address.split('.').slice(0, 3).join('.');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return networkOf(mapped);
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const behind = tail === undefined || tail === '' ? [] : tail.split(':');
  const all =
    tail === undefined ? groups : [...groups, ...Array<string>(8 - groups.length - behind.length).fill('0'), ...behind];
  return all
    .slice(0, 3)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}

@Injectable()
export class SignInThrottle {
  constructor(
    private readonly clock: Clock,
    private readonly failures: ThrottleRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(KEYS) private readonly keys: Keys,
  ) {}

  /** Refuses with 429 while a delay runs, a bucket is empty, or the password is closed for unknown devices. */
  async check(attempt: Attempt, options: { readonly ownerProof?: boolean } = {}): Promise<void> {
    if (this.config.rateLimits === 'off') return;
    const limits = LIMITS[this.config.rateLimits];
    const now = this.clock.now();
    const own = this.counterOf(attempt);
    if (own.kind === 'account') await this.checkAddress(attempt.address);
    // A passkey or a code of 128 bits is not guessed: whoever brings one waits for nobody's failures.
    if (options.ownerProof) return;
    const state = await this.failures.stateOf(own.key, now);
    if (state.inARow >= limits.account.inARow) throw throttleProblems.closed({});
    if (state.seconds > 0) throw throttleProblems.slowDown(state.seconds);
  }

  /** Takes one attempt out of the buckets of an address and its network. */
  async checkAddress(address: string): Promise<void> {
    if (this.config.rateLimits === 'off') return;
    const limits = LIMITS[this.config.rateLimits];
    const now = this.clock.now();
    const wait = Math.max(
      await this.failures.takeAttempt(this.key('address', address), now, limits.address),
      await this.failures.takeAttempt(this.key('network', networkOf(address)), now, limits.network),
    );
    if (wait > 0) throw throttleProblems.slowDown(wait);
  }

  async failed(attempt: Attempt): Promise<void> {
    if (this.config.rateLimits === 'off') return;
    await this.failures.countFailure(
      this.counterOf(attempt).key,
      this.clock.now(),
      LIMITS[this.config.rateLimits].account,
    );
  }

  /** A success clears the counter it was under, not the address: one known password must not pay for guessing others. */
  async succeeded(attempt: Attempt): Promise<void> {
    if (this.config.rateLimits === 'off') return;
    await this.failures.forgetFailures(this.counterOf(attempt).key);
  }

  /** Opens a password again that was closed: whoever has a passkey or a recovery code is its owner. */
  async reopen(email: string): Promise<void> {
    if (this.config.rateLimits === 'off') return;
    await this.failures.forgetFailures(this.key('account', email));
  }

  private counterOf({ email, device }: Attempt): { readonly kind: 'account' | 'device'; readonly key: Buffer } {
    const id = deviceOf(this.keys.throttle, email, device);
    return id === null
      ? { kind: 'account', key: this.key('account', email) }
      : { kind: 'device', key: this.key('device', id.toString('hex')) };
  }

  private key(kind: 'account' | 'address' | 'network' | 'device', value: string): Buffer {
    return createHmac('sha256', this.keys.throttle).update(`${kind}\0${value}`).digest();
  }
}
