/** Exact figures: a question is read against the catalogue, asked as one `.sql` file, and answered as an exact table. */
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Caller } from '#lib/access';
import type { Asking } from '#lib/database';
import {
  deathRate,
  exactTable,
  indicatorNamed,
  isMultiValued,
  kaplanMeier,
  waitSummary,
  wilson,
  type ExactCell,
  type ExactTable,
  type FigureRequest,
  type Indicator,
  type LimitSummary,
  type TableNote,
} from '#lib/statistics';
import { caseProblems } from '../record/case.problems.js';
import { Catalogue, type Country } from '../reference/catalogue.js';
import { Decoder, Groups, UNKNOWN_CODES } from './decode.js';
import { generalNotes, NOTES } from './figure-notes.js';
import { figureProblems } from './figures.problems.js';
import { FiguresRepository, type Counted, type CountRow, type DataVersion } from './figures.repository.js';
import { questionOf, type Question } from './question.js';

/** Whose figures: one organisation's, of one country. The database looks for itself whether the asker may. */
export type Asker = Pick<Caller, 'organisationNo' | 'organisationId' | 'country'> & Asking;

interface Answered {
  readonly cells: readonly ExactCell[];
  readonly total: ExactCell;
  readonly unknown: number;
  readonly notes: readonly TableNote[];
  readonly version: DataVersion | null;
}

type Share = Extract<Indicator['computation'], { kind: 'share' }>;
/** What a cell holds beside its key, from the rows that fall into it. */
type Measure<Row> = (rows: readonly Row[]) => Omit<ExactCell, 'key'>;

const FIRST_DAY = '1900-01-01';
const sum = (rows: readonly { readonly n: number }[]): number => rows.reduce((total, row) => total + row.n, 0);

@Injectable()
export class FiguresService {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly figures: FiguresRepository,
  ) {}

  /** Answers one question exactly. */
  async answer(asker: Asker, request: FigureRequest, countryCode: string = asker.country): Promise<ExactTable> {
    const indicator = indicatorNamed(request.indicator);
    if (!indicator) throw figureProblems.unknownIndicator({});
    const country = this.catalogue.country(countryCode);
    if (!country || countryCode === 'CORE') throw caseProblems.countryUnknown({});
    const question = questionOf(request, indicator, country, asker.organisationNo, this.catalogue);
    const decoder = new Decoder(question.dimensions, country.code, this.catalogue, await this.offices(asker, question));
    const answered = await this.compute(asker, indicator, question, decoder, request, country);
    const version = answered.version ?? (await this.figures.dataVersion(asker, asker.organisationNo));
    const multiValued = question.dimensions.filter(isMultiValued).map((dimension) => dimension.code);
    return exactTable({
      request,
      indicator: indicator.code,
      unit: indicator.unit,
      dataVersion: versionName(version),
      multiValued,
      cells: answered.cells,
      total: answered.total,
      unknown: answered.unknown,
      notes: [...answered.notes, ...generalNotes(question, request)],
    });
  }

  /** Answers several questions from the data of one moment, so that all carry the same version. */
  atOneMoment<T>(asker: Asker, work: (figures: Pick<FiguresService, 'answer'>) => Promise<T>): Promise<T> {
    return this.figures.atOneMoment(asker, (figures) => work(new FiguresService(this.catalogue, figures)));
  }

  private compute(
    asker: Asker,
    indicator: Indicator,
    question: Question,
    decoder: Decoder,
    request: FigureRequest,
    country: Country,
  ): Promise<Answered> {
    const { computation } = indicator;
    switch (computation.kind) {
      case 'count':
        return this.count(asker, computation.of, question, decoder, computation.unit);
      case 'share':
        return this.share(asker, question, decoder, computation);
      case 'wait':
        return this.wait(asker, question, decoder);
      case 'limit':
        return this.limit(asker, question, decoder, request, country);
      case 'rate':
        return this.rate(asker, question, decoder, request);
    }
  }

  private async count(
    asker: Asker,
    of: Counted,
    question: Question,
    decoder: Decoder,
    unit: 'units' | 'persons',
  ): Promise<Answered> {
    const rows = await this.figures.counts(asker, of, question.values, unit);
    return answeredBy(rows, decoder, [], (list) => ({ value: sum(list) }));
  }

  /** A share is counted by its own dimension beside those asked for; only known codes are in its base. */
  private async share(asker: Asker, question: Question, decoder: Decoder, share: Share): Promise<Answered> {
    if (question.dimensions.length > 2)
      throw figureProblems.badQuestion({}, [
        { pointer: 'by', code: 'dimension.too-many', detail: 'A share can be split by two dimensions at most.' },
      ]);
    const slot = `d${question.dimensions.length + 1}` as 'd1' | 'd2' | 'd3';
    const rows = await this.figures.counts(asker, share.of, { ...question.values, [slot]: share.dimension }, 'units');
    const codeOf = (row: CountRow): string => this.catalogue.termById(Number(row[slot]))?.code ?? 'UNKNOWN';
    const answered = answeredBy(rows, decoder, [], (list) => {
      const known = list.filter((row) => !UNKNOWN_CODES.has(codeOf(row)) && codeOf(row) !== 'NOT_APPLICABLE');
      const part = known.filter((row) => share.codes.includes(codeOf(row)) !== (share.not ?? false));
      const [value, base] = [sum(part), sum(known)];
      return { value, base, share: wilson(value, base) };
    });
    const unknownShare = sum(rows.filter((row) => UNKNOWN_CODES.has(codeOf(row))));
    return { ...answered, unknown: Math.max(answered.unknown, unknownShare) };
  }

  private async wait(asker: Asker, question: Question, decoder: Decoder): Promise<Answered> {
    const rows = await this.figures.waits(asker, question.values);
    return answeredBy(rows, decoder, [NOTES.wait], (list) => {
      const usable = list.filter((row) => row.days !== null);
      const curve = kaplanMeier(usable.map((row) => ({ time: row.days ?? 0, event: row.event, count: row.n })));
      return { value: sum(list), wait: waitSummary(curve, sum(list) - sum(usable)) };
    });
  }

  private async limit(
    asker: Asker,
    question: Question,
    decoder: Decoder,
    request: FigureRequest,
    country: Country,
  ): Promise<Answered> {
    const rows = await this.figures.limits(asker, question.values, country.zone, request.limit ?? 'P3D');
    return answeredBy(rows, decoder, [], (list) => {
      const of = (verdict: keyof LimitSummary): number => sum(list.filter((row) => row.verdict === verdict));
      const limit = {
        exceeds: of('exceeds'),
        within: of('within'),
        undetermined: of('undetermined'),
        notYet: of('notYet'),
        endedWithoutJudge: of('endedWithoutJudge'),
      };
      return { value: sum(list), limit };
    });
  }

  private async rate(
    asker: Asker,
    question: Question,
    decoder: Decoder,
    { from, to, asOf }: FigureRequest,
  ): Promise<Answered> {
    const rows = await this.figures.personDays(
      asker,
      question.values,
      from ?? FIRST_DAY,
      to !== null && to < asOf ? to : asOf,
    );
    return answeredBy(rows, decoder, [NOTES.rate], (list) => {
      const days = list.reduce((total, row) => total + row.days, 0);
      const deaths = list.reduce((total, row) => total + row.deaths, 0);
      return { value: deaths, rate: deathRate(deaths, days) };
    });
  }

  private async offices(asker: Asker, question: Question): Promise<ReadonlyMap<number, string>> {
    const asked = question.dimensions.some((dimension) => dimension.kind === 'office');
    return asked ? this.figures.officeIds(asker.organisationId) : new Map();
  }
}

/** Groups rows under their codes and measures each group, and all of them together. */
function answeredBy<Row extends CountRow>(
  rows: readonly Row[],
  decoder: Decoder,
  notes: readonly TableNote[],
  measure: Measure<Row>,
): Answered {
  const groups = new Groups<Row>();
  let unknown = 0;
  for (const row of rows) {
    const decoded = decoder.keysOf(row);
    groups.add(decoded.keys, row);
    if (decoded.unknown) unknown += row.n;
  }
  return {
    cells: groups.sorted().map(({ key, rows: list }) => ({ key, ...measure(list) })),
    total: { key: {}, ...measure(groups.all) },
    unknown,
    notes,
    version: rows[0] ?? null,
  };
}

/** `v1042`; with a digest behind it when changes were under way while the question was asked. */
function versionName({ version, snapshot }: DataVersion): string {
  const underWay = snapshot.split(':')[2] ?? '';
  return underWay === ''
    ? `v${version}`
    : `v${version}+${createHash('sha256').update(snapshot).digest('hex').slice(0, 8)}`;
}
