/**
 * Puts packs into the database: repeatable, safe beside running requests, and careful with what must never change.
 * A code keeps its number for ever; a term that left its pack keeps its row and is only closed by a last day in the
 * pack itself.
 */
import { Inject, Injectable } from '@nestjs/common';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Database, type Tx } from '#lib/database';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { CONFIG } from '../platform/provided.js';
import { CatalogueService } from './catalogue.service.js';
import { readPack, type PackFiles, type PackTerm, type PackVocabulary } from './pack-files.js';
import { packAreas, packLists, packPlaces, packReadings } from './pack-rows.js';
import { PacksRepository, type StoredTerm } from './packs.repository.js';
import { packProblems } from './reference.problems.js';

const CORE = 'CORE';

/** Lists of which fact rows keep a mask although a case has one value at a time. */
const ALSO_MASKED = new Set([
  'REMEDY_STATUS',
  'CONSENT_USE',
  'DEATH_DOCUMENT',
  'SIGN',
  'CHARGE',
  'FORCE',
  'ARREST_BASIS',
  'VULNERABILITY',
]);
const BITS = 63;
/** Unknown, refused and so on stand behind every other term of a list. */
const SPECIAL_POSITION = 10_000;

@Injectable()
export class PackLoader {
  constructor(
    private readonly database: Database,
    private readonly catalogues: CatalogueService,
    private readonly clock: Clock,
    private readonly packs: PacksRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Loads the core and then the packs named in the configuration. Says which were loaded anew. */
  async loadAll(folders: readonly string[] = foldersOf(this.config)): Promise<readonly string[]> {
    const loaded: string[] = [];
    for (const folder of ['core', ...folders]) if (await this.load(folder)) loaded.push(folder);
    await this.catalogues.load();
    return loaded;
  }

  /** Loads one pack; false when it is there already as it is. */
  async load(folder: string): Promise<boolean> {
    const path = join(this.config.root, 'countries', folder);
    if (!/^[a-z0-9-]+$/.test(folder) || !existsSync(path)) throw packProblems.missing({ folder });
    const pack = readPack(path);
    const code = pack.settings === null ? CORE : String(pack.settings['code']);
    if ((await this.packs.digestOf(code)) === pack.digest) return false;
    await this.database.write(null, (tx) => this.save(tx, pack, code), {
      transactionTimeoutMs: 120_000,
      statementTimeoutMs: 60_000,
    });
    return true;
  }

  private async save(tx: Tx, pack: PackFiles, code: string): Promise<void> {
    await this.packs.lock(tx);
    await this.packs.savePack(tx, { ...settingsOf(pack, code), code, digest: pack.digest, loadedAt: this.clock.now() });
    for (const list of pack.vocabularies)
      await this.saveVocabulary(tx, list, code === CORE ? '' : code, pack.specialValues);
    const areas = packAreas(pack);
    await this.packs.saveAreas(tx, code, areas);
    await this.packs.replaceReadings(
      tx,
      areas.map((area) => area.code),
      packReadings(pack),
    );
    await this.packs.savePlaces(tx, code, packPlaces(pack));
    await this.packs.replaceLists(tx, code, packLists(pack, code));
    await tx.audit('reference.loaded', { details: { pack: code, digest: pack.digest } });
  }

  private async saveVocabulary(
    tx: Tx,
    list: PackVocabulary,
    country: string,
    special: readonly PackTerm[],
  ): Promise<void> {
    const code = list.code ?? list.extends ?? '';
    if (list.code !== undefined) {
      await this.packs.saveVocabulary(tx, {
        code,
        en: list.en ?? code,
        es: list.es ?? code,
        multi: list.multi ?? false,
        source: list.source ?? null,
      });
    }
    const masked = (await this.packs.isMulti(tx, code)) || ALSO_MASKED.has(code);
    const existing = await this.packs.termsOf(tx, code);
    const nextBit = freeBits(code, existing);
    const isCore = country === '';
    for (const [index, term] of [...list.terms, ...(isCore ? special : [])].entries()) {
      const position = index >= list.terms.length ? SPECIAL_POSITION + index : index;
      const old = existing.find((candidate) => candidate.country === country && candidate.code === term.code);
      if (!old) await this.packs.insertTerm(tx, code, country, term, position, masked ? nextBit() : null);
      else await this.packs.updateTerm(tx, old.id, term, position, masked && old.bit === null ? nextBit() : undefined);
    }
  }
}

const foldersOf = (config: Config): string[] =>
  config.countries
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** What a pack says of its country; the core is of none. */
function settingsOf(pack: PackFiles, code: string) {
  const settings = pack.settings ?? { code, en: 'Core', es: 'Núcleo', zone: 'UTC', locale: { code: 'en' } };
  const locale = settings['locale'] as { code: string } | string;
  return {
    en: String(settings['en']),
    es: String(settings['es']),
    zone: String(settings['zone']),
    locale: typeof locale === 'string' ? locale : locale.code,
    settings,
  };
}

/** Gives out the bits that no term of the list has, the lowest first. */
function freeBits(vocabulary: string, existing: readonly StoredTerm[]): () => number {
  const taken = new Set(existing.map((term) => term.bit));
  return () => {
    for (let bit = 0; bit < BITS; bit++) {
      if (taken.has(bit)) continue;
      taken.add(bit);
      return bit;
    }
    throw packProblems.full({ vocabulary });
  };
}
