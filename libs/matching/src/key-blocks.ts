/**
 * Which files share a key (`blocking.ts`), kept in memory: of each key only a number remains, so a name cannot be read
 * off it, and it takes a few bytes. Two keys that fall on one number make two files be compared that need not be.
 */

/** How far a search goes. */
export interface BlockLimits {
  /** A key that more files share than this says little about who somebody is, and is passed over. */
  readonly mostSharing: number;
  /** So many files are worth comparing with one; those that share the rarest keys come first. */
  readonly mostPartners: number;
}

/** FNV-1a in 31 bits: a number that an engine keeps without a box. */
function numberOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) {
    hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) & 0x7fffffff;
}

export class KeyBlocks {
  private readonly places = new Map<string, number>();
  private readonly ids: string[] = [];
  private readonly numbers: (readonly number[])[] = [];
  private readonly free: number[] = [];
  /** Files by key: one place, or a list of places. */
  private readonly blocks = new Map<number, number | number[]>();

  get size(): number {
    return this.places.size;
  }

  /** Whether a file is among them. */
  has(id: string): boolean {
    return this.places.has(id);
  }

  /** Puts a file under its keys, in the place of those it had. */
  set(id: string, keys: readonly string[]): void {
    this.delete(id);
    if (keys.length === 0) return;
    const place = this.free.pop() ?? this.ids.length;
    this.places.set(id, place);
    this.ids[place] = id;
    this.numbers[place] = [...new Set(keys.map(numberOf))];
    for (const number of this.numbers[place]) {
      const block = this.blocks.get(number);
      if (block === undefined) this.blocks.set(number, place);
      else if (typeof block === 'number') this.blocks.set(number, [block, place]);
      else block.push(place);
    }
  }

  delete(id: string): void {
    const place = this.places.get(id);
    if (place === undefined) return;
    for (const number of this.numbers[place] ?? []) {
      const block = this.blocks.get(number);
      if (typeof block === 'object') block.splice(block.indexOf(place), 1);
      if (typeof block === 'number' || block?.length === 0) this.blocks.delete(number);
    }
    this.places.delete(id);
    this.numbers[place] = [];
    this.free.push(place);
  }

  /** The files under one key. */
  *under(key: string): Generator<string> {
    const block = this.blocks.get(numberOf(key));
    if (typeof block === 'number') yield this.ids[block]!;
    else for (const place of block ?? []) yield this.ids[place]!;
  }

  /** How many files stand under one key. */
  countUnder(key: string): number {
    const block = this.blocks.get(numberOf(key));
    if (block === undefined) return 0;
    return typeof block === 'number' ? 1 : block.length;
  }
}

/**
 * The files worth comparing with one file, the most promising first: every key that two files share counts the more, the
 * fewer share it. Files may stand in several places, as long as none stands in two.
 *
 * @example partnersOf('a', blockingKeys(person), [blocks], { mostSharing: 400, mostPartners: 15 })
 */
export function partnersOf(
  id: string,
  keys: readonly string[],
  places: readonly KeyBlocks[],
  { mostSharing, mostPartners }: BlockLimits,
): readonly string[] {
  const promise = new Map<string, number>();
  for (const key of new Set(keys)) {
    const sharing = places.reduce((sum, blocks) => sum + blocks.countUnder(key), 0);
    if (sharing > mostSharing) continue;
    for (const blocks of places)
      for (const other of blocks.under(key))
        if (other !== id) promise.set(other, (promise.get(other) ?? 0) + 1 / sharing);
  }
  const found = [...promise];
  if (found.length > mostPartners) found.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return found.slice(0, mostPartners).map(([other]) => other);
}
