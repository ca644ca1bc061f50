/**
 * Names in memory: opened once after the start, and kept in step with what is recorded, amended and erased: here, because
 * every act says so; elsewhere, because processes tell each other, and by looking: each time while this process does not
 * hear the others, and from time to time while it does. A dump of the database finds nothing of it; who reads our memory
 * has the keys anyway. The keys by which probable duplicates meet lie here as well, as numbers.
 */
import { setImmediate } from 'node:timers/promises';
import { blockingKeys, KeyBlocks, NameBook, partnersOf, writtenNumber } from '#lib/matching';
import type { Tx } from '#lib/database';
import { Clock } from '../platform/clock.js';
import { errorFacts } from '../platform/error-facts.js';
import { log } from '../platform/log.js';
import { matchPersonOf } from '../record/match-rows.js';
import type { Catalogue } from '../reference/catalogue.js';
import {
  LIMITS,
  NameIndex,
  type FileToCompare,
  type NameHit,
  type NameQuery,
  type Pair,
} from './name-index.service.js';
import type { NameNews } from './name-news.js';
import type { IndexedPerson, NamesRepository } from './names.repository.js';

/** So many people are opened at a time; requests that wait have their turn in between. */
const PAGE = 100;
/** Files whose partners are looked up before requests that wait have their turn. */
const FILES_AT_ONCE = 25;
/** A case may be committed a while after the moment it names: the longest transaction of an import is a minute. */
const OVERLAP_MS = 90_000;
const MOST_NEWS = 1_000;
/** How often is looked for what was changed and not told. */
const LOOK_MS = 30_000;

interface Book {
  readonly names: NameBook;
  readonly numbers: Map<string, Set<string>>;
  /** The document number under which a case stands. */
  readonly numberOf: Map<string, string>;
  readonly blocks: KeyBlocks;
}

export class MemoryNameIndex extends NameIndex {
  private readonly books = new Map<string, Book>();
  private building: Promise<void> | null = null;
  /** Cases to be read again. */
  private readonly unread = new Set<string>();
  /** Cases that have been read since they were recorded, as far back as is looked. */
  private recent = new Set<string>();
  private lookedAt = 0;
  /** What was heard in an earlier epoch leaves a gap before this one. */
  private lookedIn = 0;
  /** Reading anew is done by one at a time, in turn. */
  private turn: Promise<void> = Promise.resolve();
  /** Files that only a transaction knows, for as long as it lives. */
  private readonly within = new WeakMap<Tx, Map<string, KeyBlocks>>();

  constructor(
    private readonly clock: Clock,
    private readonly names: NamesRepository,
    private readonly catalogue: Catalogue,
    private readonly news: NameNews,
  ) {
    super();
  }

  begin(): void {
    this.built().catch((error: unknown) =>
      log.warn({ error: errorFacts(error) }, 'names could not be opened yet; the first search tries again'),
    );
  }

  changed(caseIds: readonly string[]): void {
    this.news.tell(caseIds);
    this.readAgain(caseIds);
  }

  async search(organisationId: string, { name, documentNumber }: NameQuery, limit: number): Promise<NameHit[]> {
    await this.keepUp();
    const book = this.bookOf(organisationId);
    const number = writtenNumber(documentNumber);
    const byNumber = number === null ? [] : [...(book.numbers.get(number) ?? [])];
    const byName = name === null ? [] : book.names.search(name, limit);
    const hits = new Map<string, number>(byName.map(({ id, score }) => [id, score]));
    for (const id of byNumber) hits.set(id, 1);
    return [...hits]
      .map(([caseId, score]) => ({ caseId, score }))
      .sort((a, b) => b.score - a.score)
      .slice(0, limit);
  }

  async partnersOf(tx: Tx, organisationId: string, files: readonly FileToCompare[]): Promise<Pair[]> {
    // Files are compared once: nobody may be missing then who was recorded before.
    await this.keepUp({ look: true });
    const { blocks } = this.bookOf(organisationId);
    const own = this.blocksWithin(tx, organisationId);
    const keysOf = new Map(files.map(({ id, person }) => [id, blockingKeys(person)]));
    for (const [id, keys] of keysOf) if (!blocks.has(id)) own.set(id, keys);
    const pairs: Pair[] = [];
    let done = 0;
    for (const [id, keys] of keysOf) {
      for (const other of partnersOf(id, keys, [blocks, own], LIMITS)) pairs.push({ from: id, to: other });
      if (++done % FILES_AT_ONCE === 0) await setImmediate();
    }
    return pairs;
  }

  private blocksWithin(tx: Tx, organisationId: string): KeyBlocks {
    const known = this.within.get(tx) ?? new Map<string, KeyBlocks>();
    this.within.set(tx, known);
    const blocks = known.get(organisationId) ?? new KeyBlocks();
    known.set(organisationId, blocks);
    return blocks;
  }

  private bookOf(organisationId: string): Book {
    const known = this.books.get(organisationId);
    if (known) return known;
    const book = { names: new NameBook(), numbers: new Map(), numberOf: new Map(), blocks: new KeyBlocks() };
    this.books.set(organisationId, book);
    return book;
  }

  private readAgain(caseIds: readonly string[]): void {
    // Whoever has not begun reads everything later.
    if (this.building === null) return;
    for (const id of caseIds) this.unread.add(id);
    // Where nobody searches, what there is to read must not grow for ever.
    if (this.unread.size > MOST_NEWS) void this.keepUp().catch(() => undefined);
  }

  /**
   * Takes in what this process did before, and what it has heard of the others.
   * @param look looks for everything that anybody committed before
   */
  private async keepUp({ look = false } = {}): Promise<void> {
    await this.built();
    const mine = this.turn.then(() => this.takeIn(look));
    this.turn = mine.catch(() => undefined);
    await mine;
  }

  private async takeIn(look: boolean): Promise<void> {
    const { epoch } = this.news;
    const isHeard = epoch !== 0 && epoch === this.lookedIn;
    if (look || !isHeard || this.clock.now().getTime() - this.lookedAt >= LOOK_MS) {
      await this.lookForNews();
      this.lookedIn = epoch;
    }
    const ids = [...this.unread];
    this.unread.clear();
    try {
      for (let at = 0; at < ids.length; at += PAGE) {
        for (const person of await this.names.people({ cases: ids.slice(at, at + PAGE) }, PAGE)) this.put(person);
        if (at > 0) await setImmediate();
      }
      for (const id of ids) this.recent.add(id);
    } catch (error) {
      this.readAgain(ids);
      throw error;
    }
  }

  private async lookForNews(): Promise<void> {
    const now = this.clock.now().getTime();
    const changed = await this.names.changedSince(new Date(Math.min(this.lookedAt, now) - OVERLAP_MS));
    for (const { id, recorded } of changed) if (!recorded || !this.recent.has(id)) this.unread.add(id);
    this.recent = new Set(changed.flatMap(({ id, recorded }) => (recorded && this.recent.has(id) ? [id] : [])));
    this.lookedAt = now;
  }

  private built(): Promise<void> {
    this.building ??= this.build().catch((error: unknown) => {
      this.building = null;
      throw error;
    });
    return this.building;
  }

  private async build(): Promise<void> {
    this.news.hear((caseIds) => this.readAgain(caseIds));
    this.lookedAt = this.clock.now().getTime();
    for (let after: string | null = null; ;) {
      const page: IndexedPerson[] = await this.names.people({ after }, PAGE);
      for (const person of page) this.put(person);
      if (page.length < PAGE) break;
      after = page.at(-1)?.id ?? null;
      await setImmediate();
    }
  }

  private put(person: IndexedPerson): void {
    const { id } = person;
    const book = this.bookOf(person.organisationId);
    const before = book.numberOf.get(id);
    if (before !== undefined) {
      book.numbers.get(before)?.delete(id);
      if (book.numbers.get(before)?.size === 0) book.numbers.delete(before);
      book.numberOf.delete(id);
    }
    if (person.erased) {
      book.names.delete(id);
      book.blocks.delete(id);
      return;
    }
    book.names.set(id, person);
    book.blocks.set(id, blockingKeys(matchPersonOf(person, this.catalogue)));
    const number = writtenNumber(person.documentNumber);
    if (number === null) return;
    book.numberOf.set(id, number);
    const bearers = book.numbers.get(number);
    if (bearers) bearers.add(id);
    else book.numbers.set(number, new Set([id]));
  }
}
