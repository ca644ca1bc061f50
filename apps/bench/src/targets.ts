/** The ratios that a run is judged by, with floor and aim, and what each was found to be. */
import type { HttpResult, Operation, Variant } from './http-part.js';
import type { Results } from './results.js';

export interface Judged {
  readonly name: string;
  /** Null when this run did not measure it; `why` says so. */
  readonly found: number | null;
  readonly floor: number;
  readonly aim: number;
  /** Whether a larger number is better. */
  readonly more: boolean;
  readonly why?: string;
}

export type Verdict = 'aim' | 'floor' | 'missed' | 'not measured';

export function verdictOf({ found, floor, aim, more }: Judged): Verdict {
  if (found === null) return 'not measured';
  const reaches = (wanted: number): boolean => (more ? found >= wanted : found <= wanted);
  return reaches(aim) ? 'aim' : reaches(floor) ? 'floor' : 'missed';
}

/** Directus' share of what a bare server does, measured once on this kind of machine. */
const DIRECTUS = { read: 0.025, list: 0.045, record: 0.03 } as const;

const ratio = (over: number | undefined, under: number | undefined): number | null =>
  over === undefined || under === undefined || under === 0 ? null : over / under;

/** Medians of one variant of one operation, at the size at which everything was measured. */
export function turnAt(
  results: Results,
  operation: Operation,
  variant: Variant,
  connections = 16,
  part = mainPart(results),
) {
  return part?.results.find(
    (result: HttpResult) => result.operation === operation && result.connections === connections,
  )?.turns[variant];
}

export const mainPart = (results: Results) =>
  results.http.find((part) => part.results.some((result) => result.connections === 64)) ?? results.http.at(-1);

const toBare = (results: Results, operation: Operation, connections: number): number | null =>
  ratio(
    turnAt(results, operation, 'service', connections)?.perSecond,
    turnAt(results, operation, 'bare', connections)?.perSecond,
  );

/** How many times longer one request takes at the largest size than at the smallest. */
function growth(results: Results, operation: Operation): number | null {
  const [first, last] = [results.http[0], results.http.at(-1)];
  if (!first || !last || first === last) return null;
  return ratio(
    turnAt(results, operation, 'service', 16, first)?.perSecond,
    turnAt(results, operation, 'service', 16, last)?.perSecond,
  );
}

/** Every target with what was found. */
export function judge(results: Results): readonly Judged[] {
  const toDirectus = (operation: 'read' | 'list' | 'record'): number | null => {
    const found = toBare(results, operation, 16);
    return found === null ? null : found / DIRECTUS[operation];
  };
  const spread = (operation: Operation): number | null =>
    ratio(turnAt(results, operation, 'service')?.p99, turnAt(results, operation, 'service')?.p50);
  const figure = (start: string): number | null => {
    const found = results.figures.find((one) => one.name.startsWith(start));
    return ratio(found?.facts, found?.normalised);
  };
  const { imports } = results;
  const [small, large] = [imports?.results[0], imports?.results.at(-1)];
  const sizes =
    results.http.length > 1
      ? `${count(results.http.at(-1)!.cases)} cases ÷ at ${count(results.http[0]!.cases)}`
      : 'the largest ÷ at the smallest size';
  const deep = mainPart(results)?.deepPage ?? 500;
  return [
    ...([16, 64] as const).flatMap((connections): Judged[] => [
      {
        name: `Record a case ÷ bare, ${connections} connections`,
        found: toBare(results, 'record', connections),
        floor: 0.25,
        aim: 0.45,
        more: true,
      },
      {
        name: `Read a case with names, audited ÷ bare, ${connections} connections`,
        found: toBare(results, 'read', connections),
        floor: 0.35,
        aim: 0.6,
        more: true,
      },
      {
        name: `Read a case without names ÷ bare, ${connections} connections`,
        found: toBare(results, 'readWithoutNames', connections),
        floor: 0.35,
        aim: 0.6,
        more: true,
      },
      {
        name: `List page, filtered ÷ bare, ${connections} connections`,
        found: toBare(results, 'list', connections),
        floor: 0.35,
        aim: 0.6,
        more: true,
      },
    ]),
    { name: 'Record ÷ what Directus reaches', found: toDirectus('record'), floor: 8, aim: 15, more: true },
    { name: 'Read ÷ what Directus reaches', found: toDirectus('read'), floor: 8, aim: 15, more: true },
    { name: 'List ÷ what Directus reaches', found: toDirectus('list'), floor: 8, aim: 15, more: true },
    { name: 'Record: p99 ÷ p50, 16 connections', found: spread('record'), floor: 12, aim: 6, more: false },
    { name: 'Read: p99 ÷ p50, 16 connections', found: spread('read'), floor: 12, aim: 6, more: false },
    { name: 'List: p99 ÷ p50, 16 connections', found: spread('list'), floor: 12, aim: 6, more: false },
    {
      name: 'Import, rows a second ÷ COPY of the same rows',
      found: ratio(imports?.rowsPerSecond, imports?.copyRowsPerSecond),
      floor: 0.05,
      aim: 0.15,
      more: true,
    },
    {
      name: '1-way table with two filters, facts ÷ normalised',
      found: figure('1-way'),
      floor: 0.2,
      aim: 0.1,
      more: false,
    },
    {
      name: '2-way table with two filters, facts ÷ normalised',
      found: figure('2-way'),
      floor: 0.2,
      aim: 0.1,
      more: false,
    },
    {
      name: '3-way table with two filters, facts ÷ normalised',
      found: figure('3-way'),
      floor: 0.2,
      aim: 0.1,
      more: false,
    },
    {
      name: 'Kaplan–Meier by month of arrest, facts ÷ normalised',
      found: figure('Kaplan'),
      floor: 0.2,
      aim: 0.1,
      more: false,
    },
    {
      name: `Cost of recording at ${sizes}`,
      found: growth(results, 'record'),
      floor: 1.5,
      aim: 1.15,
      more: false,
      why: 'one size only',
    },
    {
      name: `Cost of a list page at ${sizes}`,
      found: growth(results, 'list'),
      floor: 1.5,
      aim: 1.15,
      more: false,
      why: 'one size only',
    },
    {
      name: `Cost of list page ${deep} ÷ page 1`,
      found: ratio(turnAt(results, 'list', 'service')?.perSecond, turnAt(results, 'listDeep', 'service')?.perSecond),
      floor: 1.5,
      aim: 1.1,
      more: false,
    },
    {
      name: `Peak memory: import of ${count(large?.rows ?? 100_000)} rows ÷ of ${count(small?.rows ?? 10_000)}`,
      found: small === large ? null : ratio(large?.memoryAtPeak ?? undefined, small?.memoryAtPeak ?? undefined),
      floor: 1.5,
      aim: 1.1,
      more: false,
      why: 'one file only, or the system does not tell',
    },
    {
      name: 'Edition table ÷ static file',
      found: null,
      floor: 1.5,
      aim: 1.1,
      more: false,
      why: 'there are no editions yet',
    },
  ];
}

/** A count with commas. */
export const count = (number: number): string => number.toLocaleString('en-US');
