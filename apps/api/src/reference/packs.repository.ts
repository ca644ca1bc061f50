/** Packs as rows. A code keeps its row and its number for ever; lists that nothing points at are replaced whole. */
import { Injectable } from '@nestjs/common';
import { Database, given, Prisma, type Tx } from '#lib/database';
import type { PackTerm } from './pack-files.js';
import { date, type packAreas, type packLists, type packPlaces, type packReadings } from './pack-rows.js';

export interface LoadedPack {
  readonly code: string;
  readonly en: string;
  readonly es: string;
  readonly zone: string;
  readonly locale: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly digest: string;
  readonly loadedAt: Date;
}

export interface StoredTerm {
  readonly id: number;
  readonly country: string;
  readonly code: string;
  readonly bit: number | null;
}

export interface NewVocabulary {
  readonly code: string;
  readonly en: string;
  readonly es: string;
  readonly multi: boolean;
  readonly source: string | null;
}

const json = (value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull =>
  (value as Prisma.InputJsonValue | undefined) ?? Prisma.DbNull;

const termColumns = (term: PackTerm, position: number) => ({
  parent: term.parent ?? null,
  en: term.en,
  es: term.es,
  definition: json(term.definition),
  attributes: json(term.attributes),
  public: term.public ?? true,
  position,
  validFrom: date(term.validFrom),
  validTo: date(term.validTo),
});

@Injectable()
export class PacksRepository {
  constructor(private readonly database: Database) {}

  async digestOf(code: string): Promise<string | null> {
    return (
      (await this.database.prisma.country.findFirst({ where: { code }, select: { digest: true } }))?.digest ?? null
    );
  }

  /** Two processes that start together must not both add the same term. */
  async lock(tx: Tx): Promise<void> {
    await tx.prisma.$executeRaw`select pg_advisory_xact_lock(7412001)`;
  }

  async savePack(tx: Tx, { code, ...pack }: LoadedPack): Promise<void> {
    const data = { ...pack, settings: pack.settings as Prisma.InputJsonValue };
    const changed = await tx.prisma.country.updateMany({ where: { code }, data });
    if (changed.count === 0) await tx.prisma.country.create({ data: { code, ...data } });
  }

  async saveVocabulary(tx: Tx, { code, ...data }: NewVocabulary): Promise<void> {
    const changed = await tx.prisma.vocabulary.updateMany({ where: { code }, data });
    if (changed.count === 0) await tx.prisma.vocabulary.create({ data: { code, ...data } });
  }

  /** Whether a case may have several terms of the list. */
  async isMulti(tx: Tx, vocabulary: string): Promise<boolean> {
    return (await tx.prisma.vocabulary.findFirstOrThrow({ where: { code: vocabulary } })).multi;
  }

  termsOf(tx: Tx, vocabulary: string): Promise<StoredTerm[]> {
    return tx.prisma.term.findMany({
      where: { vocabulary },
      select: { id: true, country: true, code: true, bit: true },
    });
  }

  async insertTerm(
    tx: Tx,
    vocabulary: string,
    country: string,
    term: PackTerm,
    position: number,
    bit: number | null,
  ): Promise<void> {
    await tx.prisma.term.create({
      data: { vocabulary, country, code: term.code, bit, ...termColumns(term, position) },
    });
  }

  /** @param bit a first bit for a term that had none; undefined leaves what is there */
  async updateTerm(tx: Tx, id: number, term: PackTerm, position: number, bit: number | undefined): Promise<void> {
    await tx.prisma.term.updateMany({ where: { id }, data: { ...termColumns(term, position), ...given({ bit }) } });
  }

  async saveAreas(tx: Tx, country: string, areas: ReturnType<typeof packAreas>): Promise<void> {
    const known = await idsByCode(tx.prisma.area.findMany({ where: { country }, select: { id: true, code: true } }));
    for (const { code, ...rest } of areas) {
      const [id, data] = [known.get(code), { country, ...rest }];
      if (id === undefined) await tx.prisma.area.create({ data: { code, ...data } });
      else await tx.prisma.area.updateMany({ where: { id }, data });
    }
  }

  async replaceReadings(tx: Tx, areas: readonly string[], readings: ReturnType<typeof packReadings>): Promise<void> {
    await tx.prisma.areaReading.deleteMany({ where: { area: { in: [...areas] } } });
    await tx.prisma.areaReading.createMany({ data: readings });
  }

  async savePlaces(tx: Tx, country: string, places: ReturnType<typeof packPlaces>): Promise<void> {
    const known = await idsByCode(tx.prisma.place.findMany({ where: { country }, select: { id: true, code: true } }));
    for (const { code, ...rest } of places) {
      const [id, data] = [known.get(code), { country, ...rest }];
      if (id === undefined) await tx.prisma.place.create({ data: { code, ...data } });
      else await tx.prisma.place.updateMany({ where: { id }, data });
    }
  }

  async replaceLists(tx: Tx, country: string, lists: ReturnType<typeof packLists>): Promise<void> {
    const { prisma } = tx;
    const where = { country };
    await prisma.emergencyPeriod.deleteMany({ where });
    await prisma.emergencyPeriod.createMany({ data: lists.emergencyPeriods });
    await prisma.capacity.deleteMany({ where });
    await prisma.capacity.createMany({ data: lists.capacities });
    await prisma.population.deleteMany({ where });
    await prisma.population.createMany({ data: lists.population });
    await prisma.publishedFigure.deleteMany({ where });
    await prisma.publishedFigure.createMany({ data: lists.publishedFigures });
  }
}

async function idsByCode(
  rows: PromiseLike<readonly { readonly id: number; readonly code: string }[]>,
): Promise<ReadonlyMap<string, number>> {
  return new Map((await rows).map(({ id, code }) => [code, id]));
}
