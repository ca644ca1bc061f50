/** The questions behind figures: one `.sql` file each, read only, answered in groups of rows. */
import { Injectable } from '@nestjs/common';
import { Database, sqlFile, type Asking, type Questions, type SqlFile } from '#lib/database';
import type { LimitSummary } from '#lib/statistics';
import type { QuestionValues } from './question.js';

const COUNTS = {
  arrest: sqlFile(import.meta.url, './sql/arrests.sql'),
  death: sqlFile(import.meta.url, './sql/deaths.sql'),
  hearing: sqlFile(import.meta.url, './sql/hearings.sql'),
  release: sqlFile(import.meta.url, './sql/releases.sql'),
  remedy: sqlFile(import.meta.url, './sql/remedies.sql'),
  violation: sqlFile(import.meta.url, './sql/violations.sql'),
} as const;
const waits = sqlFile(import.meta.url, './sql/waits.sql');
const limits = sqlFile(import.meta.url, './sql/limits.sql');
const personDays = sqlFile(import.meta.url, './sql/person-days.sql');
const dataVersion = sqlFile(import.meta.url, './sql/data-version.sql');

/** The state of the data that a question was asked of. */
export interface DataVersion {
  readonly version: string;
  readonly snapshot: string;
}

/** So many units under one combination of up to three dimensions, as the numbers that facts carry. */
export interface CountRow extends DataVersion {
  readonly d1: string | null;
  readonly d2: string | null;
  readonly d3: string | null;
  readonly n: number;
}
export interface WaitRow extends CountRow {
  /** Null for arrests whose dates are not known to the day. */
  readonly days: number | null;
  readonly event: boolean;
}
export interface LimitRow extends CountRow {
  readonly verdict: keyof LimitSummary;
}
export interface HeldRow extends CountRow {
  readonly days: number;
  readonly deaths: number;
  readonly imprecise: number;
}

export type Counted = keyof typeof COUNTS;

@Injectable()
export class FiguresRepository {
  /** Where questions are asked when they are all asked of one moment. */
  private moment: Questions | null = null;

  constructor(private readonly database: Database) {}

  /** Hands out a repository that answers every question from the data of one moment. */
  atOneMoment<T>(asking: Asking, work: (figures: FiguresRepository) => Promise<T>): Promise<T> {
    return this.database.atOneMoment(asking, (moment) => {
      const figures = new FiguresRepository(this.database);
      figures.moment = moment;
      return work(figures);
    });
  }

  counts(asking: Asking, of: Counted, values: QuestionValues, unit: 'units' | 'persons'): Promise<CountRow[]> {
    return this.ask<CountRow>(asking, COUNTS[of], { ...values, [unit]: true });
  }

  waits(asking: Asking, values: QuestionValues): Promise<WaitRow[]> {
    return this.ask<WaitRow>(asking, waits, values);
  }

  limits(asking: Asking, values: QuestionValues, zone: string, limit: string): Promise<LimitRow[]> {
    return this.ask<LimitRow>(asking, limits, { ...values, zone, limit });
  }

  /** Days in custody between two days. A rate has a period of its own, so that of the question does not narrow it again. */
  personDays(asking: Asking, values: QuestionValues, firstDay: string, lastDay: string): Promise<HeldRow[]> {
    return this.ask<HeldRow>(asking, personDays, {
      ...values,
      from: undefined,
      to: undefined,
      firstDay,
      lastDay,
    });
  }

  async dataVersion(asking: Asking, organisationNo: number): Promise<DataVersion> {
    const [row] = await this.ask<DataVersion>(asking, dataVersion, { organisationNo });
    return row ?? { version: '0', snapshot: '' };
  }

  private ask<Row>(asking: Asking, file: SqlFile, values: QuestionValues): Promise<Row[]> {
    return this.moment ? this.moment.ask<Row>(file, values) : this.database.ask<Row>(asking, file, values);
  }

  /** Offices of an organisation: the number that facts carry, to the id. */
  async officeIds(organisationId: string): Promise<ReadonlyMap<number, string>> {
    const offices = await this.database.prisma.office.findMany({
      where: { organisationId },
      select: { no: true, id: true },
    });
    return new Map(offices.map((office) => [office.no, office.id]));
  }
}
