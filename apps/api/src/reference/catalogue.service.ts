/** Fills the catalogue at start, and again when a pack was loaded anywhere. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Catalogue } from './catalogue.js';
import { ReferenceRepository } from './reference.repository.js';

const RELOAD_MS = 30_000;

const stampOf = (packs: readonly { code: string; digest: string }[]): string =>
  packs
    .map((pack) => `${pack.code}:${pack.digest}`)
    .sort()
    .join('|');

@Injectable()
export class CatalogueService {
  private stamp = '';
  private checkedAt = 0;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly reference: ReferenceRepository,
  ) {}

  /** Reads everything again. */
  async load(): Promise<void> {
    const lists = await this.reference.lists();
    this.catalogue.fill(lists);
    this.stamp = stampOf(lists.countries);
  }

  /** Loads again when another process changed a pack; asks the database at most every half minute. */
  async refresh(): Promise<void> {
    const now = this.clock.now().getTime();
    if (now - this.checkedAt < RELOAD_MS) return;
    this.checkedAt = now;
    if (stampOf(await this.reference.packDigests()) !== this.stamp) await this.load();
  }
}
