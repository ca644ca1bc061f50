/** Whether a file may leave for a purpose, decided for one case on the day on which it leaves. */
import type { Purpose } from './purposes.js';
import { standingConsents, type ConsentGiven } from './standing.js';

export interface Wish {
  readonly purpose: Purpose;
  /** Whether names and testimony are to go along. */
  readonly identity: boolean;
  /** Whether somebody who may sets aside that consent was not asked for or ran out. */
  readonly override: boolean;
  readonly consents: readonly ConsentGiven[];
  readonly confidentiality: string;
  /** The day on which it leaves. */
  readonly day: string;
}

export type Decision =
  | {
      readonly may: true;
      /** Consents on which it rests, and missing ones that were set aside. */
      readonly uses: readonly string[];
      readonly overridden: readonly string[];
    }
  | {
      readonly may: false;
      /**
       * `sealed`: the case leaves by no way; `names-never`: names do not go to this purpose; `names-restricted`: the file
       * says that its names stay; `consent`: uses are missing.
       */
      readonly because: 'sealed' | 'names-never' | 'names-restricted' | 'consent';
      readonly missing: readonly string[];
      /** Of the missing ones those to which the person said no. Nobody sets that aside. */
      readonly refused: readonly string[];
    };

const no = (because: 'sealed' | 'names-never' | 'names-restricted'): Decision => ({
  may: false,
  because,
  missing: [],
  refused: [],
});

/**
 * Every use that the purpose needs must hold on the day, and for names the use by which names go. Setting aside fills in
 * only what nobody was asked or what ran out, never a no, and never brings names along.
 */
export function decide({ purpose, identity, override, consents, confidentiality, day }: Wish): Decision {
  if (confidentiality === 'SEALED') return no('sealed');
  if (identity && purpose.namesBy === null) return no('names-never');
  if (identity && confidentiality === 'RESTRICTED_NAMES') return no('names-restricted');
  const standing = standingConsents(consents, day);
  const needed = [...new Set([...purpose.needs, ...(identity && purpose.namesBy !== null ? [purpose.namesBy] : [])])];
  const missing = needed.filter((use) => standing.get(use) !== 'given');
  const refused = missing.filter((use) => standing.get(use) === 'refused');
  const setAside = override && !identity && refused.length === 0;
  if (missing.length > 0 && !setAside) return { may: false, because: 'consent', missing, refused };
  return { may: true, uses: needed.filter((use) => !missing.includes(use)), overridden: missing };
}
