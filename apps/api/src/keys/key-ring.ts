/** Data keys of some cases, unwrapped: the keys that open what is stored, and the newest one to seal with. */
import type { DataKey } from '#lib/sealing';

export const KEY_CLASSES = ['identity', 'testimony', 'source'] as const;

/** What a data key is for; who may not read a class has no use for its key. */
export type KeyClass = (typeof KEY_CLASSES)[number];

export class KeyRing {
  private readonly keys = new Map<string, DataKey>();
  private readonly newest = new Map<string, DataKey>();

  add(caseId: string, keyClass: string, key: DataKey): void {
    const name = `${caseId}|${keyClass}`;
    this.keys.set(`${name}|${key.version}`, key);
    if (key.version > (this.newest.get(name)?.version ?? 0)) this.newest.set(name, key);
  }

  /** The key that a stored value names; undefined when it was destroyed or never was. */
  get(caseId: string, keyClass: string, version: number): DataKey | undefined {
    return this.keys.get(`${caseId}|${keyClass}|${version}`);
  }

  /** The key to seal with. */
  latest(caseId: string, keyClass: string): DataKey | undefined {
    return this.newest.get(`${caseId}|${keyClass}`);
  }
}
