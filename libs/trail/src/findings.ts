/** What verification can find, and how it is said. Identifiers, positions and moments only. */

export type FindingKind =
  | 'edited' // the entry is not what its writer signed
  | 'forged' // it was sealed as it stands, but nobody with the key wrote it
  | 'removed' // a place in the tree has no entry any more
  | 'moved' // the entry stands where another one was sealed
  | 'altered' // entries between two checkpoints are not the ones that were signed
  | 'inserted' // an entry is there that was never sealed when its time came
  | 'truncated' // the end of the trail is missing
  | 'leaf' // the digest of a leaf was changed, the entry was not
  | 'node' // a kept digest of a whole subtree, from which receipts are made, is not what the leaves lead to
  | 'checkpoint' // a checkpoint that the installation did not sign
  | 'forked' // the history is not the one that an outside checkpoint signs
  | 'outside'; // a checkpoint outside that the installation did not sign

export interface Finding {
  readonly kind: FindingKind;
  /** The entry, where it is known. */
  readonly entryId: string | null;
  /** First and last place in the tree, counted from 0. */
  readonly from: number | null;
  readonly to: number | null;
  /** The moment of the entry or of the checkpoint, where it is known. */
  readonly at: string | null;
  readonly says: string;
}

/** Collects findings: all are counted, and so many are kept as somebody can read. */
export class Findings {
  readonly kept: Finding[] = [];
  private counted = 0;

  constructor(private readonly limit = 1_000) {}

  add(kind: FindingKind, says: string, where: Partial<Omit<Finding, 'kind' | 'says'>> = {}): void {
    this.counted += 1;
    if (this.kept.length < this.limit) {
      const { entryId = null, from = null, to = from, at = null } = where;
      this.kept.push({ kind, says, entryId, from, to, at });
    }
  }

  get count(): number {
    return this.counted;
  }
}
