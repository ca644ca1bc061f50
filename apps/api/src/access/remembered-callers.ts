/**
 * Who held which token a moment ago. On the routes that say so (`@ProvenByStatement`) the look-up of the token is left to
 * the statement that does the work, in its own transaction: it is told what was remembered and is refused when the
 * database knows better. So a revocation acts on the next request, as everywhere, and the hottest routes ask once.
 */
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { StampedHolder } from './sessions.repository.js';

const KEPT_MS = 60_000;
const MOST = 10_000;

@Injectable()
export class RememberedCallers {
  private readonly known = new Map<string, { readonly holder: StampedHolder; readonly since: number }>();

  constructor(private readonly clock: Clock) {}

  /** Who held this token at most a minute ago, with the age of their last proof as it is now. */
  recall(tokenHash: Buffer): StampedHolder | null {
    const key = tokenHash.toString('base64');
    const found = this.known.get(key);
    if (!found) return null;
    const elapsed = this.clock.now().getTime() - found.since;
    if (elapsed < 0 || elapsed > KEPT_MS) {
      this.known.delete(key);
      return null;
    }
    const { provenSecondsAgo, ...holder } = found.holder;
    if (provenSecondsAgo === null || provenSecondsAgo === undefined) return found.holder;
    return { ...holder, provenSecondsAgo: provenSecondsAgo + elapsed / 1_000 };
  }

  remember(tokenHash: Buffer, holder: StampedHolder): void {
    if (this.known.size >= MOST) this.known.clear();
    this.known.set(tokenHash.toString('base64'), { holder, since: this.clock.now().getTime() });
  }

  forget(tokenHash: Buffer): void {
    this.known.delete(tokenHash.toString('base64'));
  }
}
