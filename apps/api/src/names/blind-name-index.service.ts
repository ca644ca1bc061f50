/**
 * Names found by stored keyed digests, for an installation with more people than a process should hold in memory. What it
 * finds is opened and scored like a search in memory. What the digests tell whoever has the database stands in
 * docs/adr/2026-11-27-name-index.md.
 */
import { askedWords, LEAST_SCORE, roundedScore, scoreOfName, soughtKeys, soughtNumberKey } from '#lib/matching';
import type { Tx } from '#lib/database';
import { digestOfKey } from '../record/match-rows.js';
import { NameIndex, type FileToCompare, type NameHit, type NameQuery, type Pair } from './name-index.service.js';
import type { NamesRepository } from './names.repository.js';

export class BlindNameIndex extends NameIndex {
  constructor(
    private readonly names: NamesRepository,
    private readonly key: Buffer,
  ) {
    super();
  }

  async search(organisationId: string, { name, documentNumber }: NameQuery, limit: number): Promise<NameHit[]> {
    const number = documentNumber === null ? null : soughtNumberKey(documentNumber);
    const [byName, byNumber] = await Promise.all([
      name === null ? [] : this.byName(organisationId, name, limit),
      number === null ? [] : this.names.filesWithNumber(organisationId, digestOfKey(number, this.key), limit),
    ]);
    const hits = new Map(byName.map((hit) => [hit.caseId, hit.score]));
    for (const id of byNumber) hits.set(id, 1);
    return [...hits]
      .map(([caseId, score]) => ({ caseId, score }))
      .sort((a, b) => b.score - a.score)
      .slice(0, limit);
  }

  partnersOf(tx: Tx, organisationId: string, files: readonly FileToCompare[]): Promise<Pair[]> {
    return this.names.pairsWith(
      tx,
      organisationId,
      files.map(({ id }) => id),
    );
  }

  /** What is stored is written by the act itself. */
  changed(): void {}

  begin(): void {}

  private async byName(organisationId: string, name: string, limit: number): Promise<NameHit[]> {
    const asked = askedWords(name);
    if (asked.length === 0) return [];
    const sought = soughtKeys(name).map(({ key, ...rest }) => ({ ...rest, digest: digestOfKey(key, this.key) }));
    const files = await this.names.filesWithNames(organisationId, sought, limit);
    const weights = files[0]?.weights ?? [];
    const people = await this.names.people({ cases: files.map(({ id }) => id) }, limit);
    return people
      .filter(({ erased }) => !erased)
      .map((person) => ({ caseId: person.id, score: scoreOfName(asked, weights, person) }))
      .filter(({ score }) => score >= LEAST_SCORE)
      .sort((a, b) => b.score - a.score || (a.caseId < b.caseId ? -1 : 1))
      .map(({ caseId, score }) => ({ caseId, score: roundedScore(score) }));
  }
}
