/**
 * Verification: goes through the whole trail once, leaf by leaf, with the checkpoints beside it, and names what is not
 * as it was signed. Between two checkpoints lies a segment. A segment that does not lead to its signed root is examined
 * by itself, and the next one starts again from the signed right edge, so that one forgery does not hide the next.
 */
import { openCheckpointApart, type Checkpoint } from './checkpoint.js';
import { canonicalEntry, hasItsMac, leafOf, type SignedFacts } from './entry.js';
import { Findings } from './findings.js';
import type { NoteKey } from './signing.js';
import { Frontier, leafDigest, type WholeSubtree } from './tree.js';

/** A leaf with the entry it was made from; null when there is no such entry. */
export interface StoredLeaf {
  readonly position: number;
  readonly entryId: string;
  readonly digest: Buffer;
  readonly entry: SignedFacts | null;
}

export interface StoredCheckpoint {
  readonly size: number;
  readonly note: string;
  /** Right edge of the tree as it was. */
  readonly frontier: Buffer;
}

/** How many leaves a tree has when a whole subtree of it is complete. */
export const endOf = ({ level, position }: Pick<WholeSubtree, 'level' | 'position'>): number =>
  (position + 1) * 2 ** level;

/** A checkpoint that was kept outside, and where. */
export interface OutsideCheckpoint {
  readonly from: string;
  readonly note: string;
}

export interface TrailToVerify {
  readonly macKey: Uint8Array;
  readonly signedBy: NoteKey;
  /** Leaves by position, in pieces. */
  readonly leaves: AsyncIterable<readonly StoredLeaf[]>;
  /** Checkpoints by size, in pieces. */
  readonly checkpoints: AsyncIterable<readonly StoredCheckpoint[]>;
  /** Kept subtrees by where they end and by level, in pieces. */
  readonly nodes: AsyncIterable<readonly WholeSubtree[]>;
  readonly outside: readonly OutsideCheckpoint[];
  readonly progress?: (entries: number) => void;
}

export interface Verified {
  readonly findings: Findings;
  /** Leaves that were read. */
  readonly entries: number;
  readonly checkpoints: number;
  /** The last checkpoint of the database that holds. */
  readonly last: Checkpoint | null;
  /** The largest checkpoint outside that the trail continues. */
  readonly outside: Checkpoint | null;
}

interface OpenedCheckpoint extends StoredCheckpoint {
  /** What it says, if the installation signed it and it says the size under which it is kept. */
  readonly opened: Checkpoint | null;
}

/** One leaf of the segment that is being read. */
interface Read {
  readonly position: number;
  readonly entryId: string;
  readonly at: string | null;
  readonly stored: Buffer;
  /** The digest of the entry as it is now; null without an entry. */
  readonly computed: Buffer | null;
  readonly hasMac: boolean;
}

/** Verifies a trail; reads every leaf and checkpoint once and keeps one segment in memory. */
export async function verifyTrail(trail: TrailToVerify): Promise<Verified> {
  return new Verification(trail).run();
}

class Verification {
  private readonly findings = new Findings();
  private readonly outside = new Map<number, (Checkpoint & { from: string })[]>();
  private tree = Frontier.empty();
  /** The tree as it was at the last checkpoint, from which a segment can be tried again. */
  private start = Frontier.empty();
  private segment: Read[] = [];
  /** Subtrees that the leaves of the segment completed. */
  private completed = new Map<string, WholeSubtree>();
  private readonly nodes: AsyncGenerator<WholeSubtree, undefined>;
  private node: IteratorResult<WholeSubtree, undefined> | null = null;
  private met: { readonly size: number; readonly root: Buffer }[] = [];
  /** Whether the segment has a gap, so that no root can be told at its end. */
  private broken = false;
  /** The next place in the tree. */
  private next = 0;
  private checkpoints = 0;
  private last: Checkpoint | null = null;
  private agreed: Checkpoint | null = null;

  constructor(private readonly trail: TrailToVerify) {
    this.nodes = each(trail.nodes);
  }

  async run(): Promise<Verified> {
    await this.readOutside();
    const checkpoints = each(opened(this.trail.checkpoints, this.trail.signedBy));
    let checkpoint = await checkpoints.next();
    for await (const piece of this.trail.leaves) {
      for (const leaf of piece) {
        for (; !checkpoint.done && checkpoint.value.size <= leaf.position; checkpoint = await checkpoints.next()) {
          this.skipTo(checkpoint.value.size);
          await this.close(checkpoint.value);
        }
        this.skipTo(leaf.position);
        this.take(leaf);
      }
      this.trail.progress?.(this.next);
    }
    const end = this.next;
    for (; !checkpoint.done; checkpoint = await checkpoints.next()) {
      if (checkpoint.value.size > this.next) this.cutOff(checkpoint.value);
      else await this.close(checkpoint.value);
    }
    this.compareOutside();
    this.findUnsigned();
    this.findMissingOutside();
    const { findings, last, agreed } = this;
    return { findings, entries: end, checkpoints: this.checkpoints, last, outside: agreed };
  }

  private async readOutside(): Promise<void> {
    for (const { from, note } of this.trail.outside) {
      const found = await openCheckpointApart(note, this.trail.signedBy);
      if (found) this.outside.set(found.size, [...(this.outside.get(found.size) ?? []), { ...found, from }]);
      else this.findings.add('outside', `A checkpoint in ${from} was not signed by this installation.`);
    }
  }

  /** Places without a leaf. */
  private skipTo(position: number): void {
    if (this.next >= position) return;
    const [from, to] = [this.next, position - 1];
    this.findings.add('removed', `${places(from, to)} of the trail ${from === to ? 'is' : 'are'} gone.`, { from, to });
    this.broken = true;
    this.next = position;
  }

  private take(leaf: StoredLeaf): void {
    const { position, entryId, entry, digest } = leaf;
    const canonical = entry && canonicalEntry(entry);
    const read: Read = {
      position,
      entryId,
      at: entry?.at ?? null,
      stored: digest,
      computed: entry && canonical && leafDigest(leafOf(canonical, entry.mac)),
      hasMac: entry !== null && canonical !== null && hasItsMac(this.trail.macKey, canonical, entry.mac),
    };
    this.segment.push(read);
    for (const subtree of this.tree.append(digest)) this.completed.set(nameOf(subtree), subtree);
    this.next = position + 1;
    this.judge(read);
    if (!this.broken && this.outside.has(this.next)) this.met.push({ size: this.next, root: this.tree.root() });
  }

  /** An entry beside its leaf. Whether the leaf itself is right is told at the end of the segment. */
  private judge({ position, entryId, at, stored, computed, hasMac }: Read): void {
    const where = { entryId, from: position, at };
    if (computed === null)
      this.findings.add('removed', `Entry ${entryId} was removed; its place ${position} is still sealed.`, where);
    else if (!hasMac && !computed.equals(stored))
      this.findings.add('edited', `Entry ${entryId} was changed after it was sealed.`, where);
    else if (!hasMac)
      this.findings.add(
        'forged',
        `Entry ${entryId} was put in or changed without the key, before it was sealed.`,
        where,
      );
  }

  /** Roots of the segment that are signed outside as well. They count once the segment itself has been judged. */
  private compareOutside(): void {
    for (const { size, root } of this.met) this.compareAt(size, root);
    this.met = [];
  }

  private compareAt(size: number, root: Buffer): void {
    for (const signed of this.outside.get(size) ?? []) {
      if (signed.root.equals(root)) {
        if (signed.size >= (this.agreed?.size ?? 0)) this.agreed = signed;
      } else {
        const since = this.agreed ? ` They agree up to entry ${this.agreed.size}.` : '';
        this.findings.add(
          'forked',
          `The first ${signed.size} entries are not the ones that the checkpoint in ${signed.from} signed.${since}`,
          { from: this.agreed?.size ?? 0, to: signed.size - 1, at: signed.at },
        );
      }
    }
    this.outside.delete(size);
  }

  /** The end of a segment: does it lead to the root that was signed? */
  private async close(checkpoint: OpenedCheckpoint): Promise<void> {
    this.checkpoints += 1;
    const signed = checkpoint.opened;
    if (!signed) {
      this.findings.add(
        'checkpoint',
        `The checkpoint over ${checkpoint.size} entries was not signed by this installation.`,
        {
          from: checkpoint.size - 1,
        },
      );
      // The segment goes on to the next checkpoint, and with it what its leaves complete.
      return;
    }
    if (!this.broken && this.tree.root().equals(signed.root)) {
      this.last = signed;
      this.compareOutside();
      await this.compareNodes(signed.size);
      if (!this.tree.bytes().equals(checkpoint.frontier)) this.nameEdge(signed);
      this.nameMisfits('moved', (read) => `is genuine, but place ${read.position} was sealed for another`);
    } else {
      if (this.broken) this.nameMisfits('leaf', () => 'is genuine, but does not fit its leaf');
      else this.examine(signed);
      const edge = Frontier.read(checkpoint.size, checkpoint.frontier);
      if (edge?.root().equals(signed.root)) {
        this.tree = edge;
        this.broken = false;
        this.last = signed;
        this.compareAt(signed.size, signed.root);
      } else {
        this.nameEdge(signed);
        this.broken = true;
      }
      await this.passNodes(signed.size);
    }
    this.start = this.tree.copy();
    this.completed = new Map();
    this.segment = [];
    this.met = [];
  }

  /** Kept digests of the segment, whose root is the signed one: receipts are made from them. */
  private async compareNodes(upTo: number): Promise<void> {
    for await (const { level, position, digest } of this.nodesUpTo(upTo)) {
      const name = nameOf({ level, position });
      const known = this.completed.get(name);
      this.completed.delete(name);
      if (known?.digest.equals(digest)) continue;
      const says = known ? 'is not what its leaves lead to' : 'stands for no subtree that is kept';
      this.nameNode({ level, position }, says);
    }
    for (const missing of this.completed.values()) this.nameNode(missing, 'is gone');
  }

  /** Over a damaged segment nothing can be said of them. */
  private async passNodes(upTo: number): Promise<void> {
    for await (const _passed of this.nodesUpTo(upTo));
  }

  private async *nodesUpTo(upTo: number): AsyncGenerator<WholeSubtree> {
    for (;;) {
      this.node ??= await this.nodes.next();
      if (this.node.done === true || endOf(this.node.value) > upTo) return;
      yield this.node.value;
      this.node = null;
    }
  }

  private nameNode(subtree: Pick<WholeSubtree, 'level' | 'position'>, says: string): void {
    const to = endOf(subtree) - 1;
    const from = Math.max(0, to + 1 - 2 ** subtree.level);
    this.findings.add(
      'node',
      `The digest kept over ${places(from, to).toLowerCase()} (level ${subtree.level}) ${says}.`,
      {
        from,
        to,
      },
    );
  }

  /** A segment with every leaf, and another root than the signed one. */
  private examine(signed: Checkpoint): void {
    const leadsThere = (digests: readonly (Buffer | null)[]): boolean => {
      const tree = this.start.copy();
      for (const digest of digests) {
        if (digest === null) return false;
        tree.append(digest);
      }
      return tree.root().equals(signed.root);
    };
    if (leadsThere(this.segment.map((read) => read.computed))) {
      this.nameMisfits('leaf', () => 'is as it was signed, but its leaf was changed');
      return;
    }
    // The sealer sorts a segment by moment and id, so a place that was exchanged inside it shows.
    const sorted = [...this.segment].sort((a, b) => order(a, b));
    if (leadsThere(sorted.map((read) => read.stored))) {
      sorted.forEach((read, index) => {
        const now = this.segment[index];
        if (now && now.entryId !== read.entryId)
          this.findings.add(
            'moved',
            `Entry ${now.entryId} stands at place ${now.position}, where ${read.entryId} was sealed.`,
            {
              entryId: now.entryId,
              from: now.position,
              at: now.at,
            },
          );
      });
      return;
    }
    const [from, to] = [this.start.size, signed.size - 1];
    this.findings.add(
      'altered',
      `${places(from, to)} of the trail are not the entries that were signed at ${signed.at}.`,
      {
        entryId: from === to ? (this.segment[0]?.entryId ?? null) : null,
        from,
        to,
        at: signed.at,
      },
    );
  }

  /** Entries with the MAC of their writer that are not what their leaf was made from. */
  private nameMisfits(kind: 'moved' | 'leaf', says: (read: Read) => string): void {
    for (const read of this.segment) {
      if (!read.hasMac || !read.computed || read.computed.equals(read.stored)) continue;
      const { entryId, position, at } = read;
      this.findings.add(kind, `Entry ${entryId} ${says(read)}.`, { entryId, from: position, at });
    }
  }

  /** What the next seal would have begun from is not what was signed. */
  private nameEdge({ size, at }: Checkpoint): void {
    const says = `The right edge kept with the checkpoint over ${size} entries was changed.`;
    this.findings.add('checkpoint', says, { from: size - 1, at });
  }

  private cutOff({ size, opened: signed }: OpenedCheckpoint): void {
    this.checkpoints += 1;
    if (!signed) {
      this.findings.add('checkpoint', `The checkpoint over ${size} entries was not signed by this installation.`, {
        from: size - 1,
      });
      return;
    }
    this.findings.add(
      'truncated',
      `${places(this.next, size - 1)} of the trail, signed at ${signed.at}, are cut off.`,
      {
        from: this.next,
        to: size - 1,
        at: signed.at,
      },
    );
    this.next = size;
    this.broken = true;
    this.segment = [];
  }

  /** Leaves behind the last checkpoint: a leaf and its checkpoint are always written together. */
  private findUnsigned(): void {
    const first = this.segment[0];
    const end = this.segment.at(-1);
    if (first && end)
      this.findings.add('checkpoint', `${places(first.position, end.position)} have leaves that no checkpoint signs.`, {
        entryId: first === end ? first.entryId : null,
        from: first.position,
        to: end.position,
      });
  }

  private findMissingOutside(): void {
    for (const list of this.outside.values())
      for (const { size, at, from } of list) {
        if (size === 0) continue;
        const says =
          size > this.next
            ? `The checkpoint in ${from}, signed at ${at}, covers ${size} entries; the trail has ${this.next}: ${places(this.next, size - 1)} are cut off, or the database is an older one.`
            : `The checkpoint in ${from}, signed at ${at}, cannot be compared: the entries before it are damaged.`;
        const kind = size > this.next ? 'truncated' : 'forked';
        this.findings.add(kind, says, { from: Math.min(this.next, size - 1), to: size - 1, at });
      }
  }
}

const order = (a: Read, b: Read): number =>
  (a.at ?? '') < (b.at ?? '') ? -1 : (a.at ?? '') > (b.at ?? '') ? 1 : a.entryId < b.entryId ? -1 : 1;

const nameOf = ({ level, position }: Pick<WholeSubtree, 'level' | 'position'>): string => `${level}/${position}`;

const places = (from: number, to: number): string => (from === to ? `Place ${from}` : `Places ${from} to ${to}`);

async function* each<T>(pieces: AsyncIterable<readonly T[]>): AsyncGenerator<T, undefined> {
  for await (const piece of pieces) yield* piece;
}

/** Checkpoints with their signatures checked, a piece at once so that all cores work on them. */
async function* opened(
  pieces: AsyncIterable<readonly StoredCheckpoint[]>,
  key: NoteKey,
): AsyncGenerator<readonly OpenedCheckpoint[]> {
  for await (const piece of pieces)
    yield await Promise.all(
      piece.map(async (checkpoint) => {
        const found = await openCheckpointApart(checkpoint.note, key);
        return { ...checkpoint, opened: found?.size === checkpoint.size ? found : null };
      }),
    );
}
