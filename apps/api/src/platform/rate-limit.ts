/**
 * A bucket of requests per caller (or per address for whoever has not signed in): full to begin with, refilled all the
 * time. It keeps one client from taking the service away from the others; guessing passwords has its own, stricter
 * brake in the database (access/throttle.ts).
 */
import { problem, type Problem } from '#lib/problem';

export interface Limit {
  readonly capacity: number;
  readonly perSecond: number;
}

export const LIMITS: Readonly<Record<'strict' | 'wide', Limit>> = {
  strict: { capacity: 1_200, perSecond: 60 },
  wide: { capacity: 100_000, perSecond: 20_000 },
};

export const rateProblems = {
  tooMany: (seconds: number): Problem =>
    problem('request.too-many', 'too-many', () => 'Too many requests; wait a little.', seconds)({}),
};
const FORGET_BEYOND = 50_000;

export class RateLimiter {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(private readonly limit: Limit | null) {}

  /** Takes one request out of the bucket of a key, or refuses with 429 and the seconds to wait. */
  take(key: string, nowMs: number): void {
    if (this.limit === null) return;
    const bucket = this.buckets.get(key) ?? { tokens: this.limit.capacity, at: nowMs };
    const tokens = Math.min(this.limit.capacity, bucket.tokens + ((nowMs - bucket.at) / 1000) * this.limit.perSecond);
    if (tokens < 1) throw rateProblems.tooMany(Math.ceil((1 - tokens) / this.limit.perSecond));
    if (this.buckets.size > FORGET_BEYOND) this.buckets.clear();
    this.buckets.set(key, { tokens: tokens - 1, at: nowMs });
  }
}
