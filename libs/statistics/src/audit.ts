/**
 * Arithmetic that a reader of a report can redo, and that published figures on detention have failed (report-forms.md
 * §4, A1 to A8). Each audit takes printed numbers and returns what does not fit; an empty list means that all is well.
 * Messages carry numbers and the dates of a series, never a name or a text of a case.
 */

/** What can be found, by stable code. */
export type AuditCode =
  | 'total.does-not-add-up'
  | 'share.no-base'
  | 'share.above-its-base'
  | 'share.does-not-fit-its-base'
  | 'classes.do-not-add-to-100'
  | 'cumulative.falls'
  | 'occupancy.no-capacity'
  | 'occupancy.printed-as-overcrowding'
  | 'occupancy.overcrowding-printed-as-occupancy'
  | 'occupancy.does-not-fit'
  | 'rate.no-population'
  | 'rate.does-not-fit-its-numerator';

/** A sentence in both languages of our reports. */
export interface Bilingual {
  readonly en: string;
  readonly es: string;
}

export interface AuditFinding {
  readonly code: AuditCode;
  readonly message: Bilingual;
  /** The place the caller named: a table and row, a figure id. */
  readonly where: string;
}

/** Classes that exclude each other add to 100 within this many percentage points. Source: report-forms.md §4. */
export const CLASSES_TOLERANCE = 0.5;

const finding = (code: AuditCode, where: string, en: string, es: string): readonly AuditFinding[] => [
  { code, message: { en, es }, where },
];

function assertNumbers(...numbers: readonly number[]): void {
  if (!numbers.every(Number.isFinite)) throw new RangeError('an audit needs finite numbers');
}

/** Comma for thousands and point for decimals, in English and in the Spanish of El Salvador (report-forms.md §10). */
const written = (value: number, decimals = 0): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: decimals, useGrouping: true });

const percentEn = (value: number, decimals: number): string => `${written(value, decimals)}%`;
const percentEs = (value: number, decimals: number): string => `${written(value, decimals)}\u00a0%`;

/** Whether a number printed with so many decimals can stand for the exact one: within half a unit of the last place. */
const canStandFor = (printed: number, exact: number, decimals: number): boolean =>
  Math.abs(printed - exact) <= 0.5 * 10 ** -decimals + 1e-9 * Math.max(1, Math.abs(exact));

/**
 * Parts against the total printed beside them. Counts must agree exactly; `tolerance` is for rounded parts. Parts that
 * exceed the total often mean that one unit was counted under several classes.
 *
 * Source: report-forms.md §4, A7 and A8. @throws RangeError on a number that is not finite
 * @example auditTotal({ where: 'T10', parts: [17734, 8461, 5823], total: 31868 })[0]?.code // 'total.does-not-add-up'
 */
export function auditTotal(table: {
  readonly where: string;
  readonly parts: readonly number[];
  readonly total: number;
  readonly tolerance?: number;
}): readonly AuditFinding[] {
  const { where, parts, total, tolerance = 0 } = table;
  assertNumbers(...parts, total, tolerance);
  const sum = parts.reduce((all, part) => all + part, 0);
  if (Math.abs(sum - total) <= tolerance + 1e-9 * Math.max(1, Math.abs(total))) return [];
  const [s, t, d] = [written(sum, 2), written(total, 2), written(Math.abs(sum - total), 2)];
  return finding(
    'total.does-not-add-up',
    where,
    `The parts add up to ${s}, but the total is given as ${t} (difference ${d}).`,
    `Las partes suman ${s}, pero el total indicado es ${t} (diferencia ${d}).`,
  );
}

/**
 * A printed percentage against its numerator and base, within the rounding of its `decimals` (0 when absent). The
 * message says which base, or which numerator, the percentage would fit: usually that is what was meant.
 *
 * Source: report-forms.md §4, A1, A2, A6, A8, A9. @throws RangeError on a number that is not finite
 * @example auditShare({ where: 'T8', numerator: 96, base: 239, percent: 45 }) // 45% fits a base of about 213
 */
export function auditShare(share: {
  readonly where: string;
  readonly numerator: number;
  readonly base: number;
  readonly percent: number;
  readonly decimals?: number;
}): readonly AuditFinding[] {
  const { where, numerator, base, percent, decimals = 0 } = share;
  assertNumbers(numerator, base, percent, decimals);
  const [x, n] = [written(numerator, 2), written(base, 2)];
  if (base <= 0) {
    return finding(
      'share.no-base',
      where,
      `A percentage is given on a base of ${n}.`,
      `Se indica un porcentaje sobre una base de ${n}.`,
    );
  }
  if (numerator > base) {
    return finding(
      'share.above-its-base',
      where,
      `The part (${x}) is larger than its base (${n}).`,
      `La parte (${x}) es mayor que su base (${n}).`,
    );
  }
  const exact = (100 * numerator) / base;
  if (canStandFor(percent, exact, decimals)) return [];
  const [fittingBase, fittingPart] = [written((100 * numerator) / percent), written((base * percent) / 100)];
  const hintEn =
    percent > 0 && numerator > 0
      ? ` It would fit a base of about ${fittingBase} or a part of about ${fittingPart}.`
      : '';
  const hintEs =
    percent > 0 && numerator > 0
      ? ` Correspondería a una base de unos ${fittingBase} o a una parte de unos ${fittingPart}.`
      : '';
  return finding(
    'share.does-not-fit-its-base',
    where,
    `${x} of ${n} is ${percentEn(exact, decimals + 1)}, but ${percentEn(percent, decimals)} is printed.${hintEn}`,
    `${x} de ${n} es el ${percentEs(exact, decimals + 1)}, pero se indica el ${percentEs(percent, decimals)}.${hintEs}`,
  );
}

/**
 * Percentages of classes that exclude each other and leave nobody out: their sum against 100 ± 0.5. Not for
 * multiple-answer questions, whose shares may add to more. No classes are no finding.
 *
 * Source: report-forms.md §4. @throws RangeError on a number that is not finite
 */
export function auditExclusiveShares(table: {
  readonly where: string;
  readonly percents: readonly number[];
}): readonly AuditFinding[] {
  const { where, percents } = table;
  assertNumbers(...percents);
  const sum = percents.reduce((all, percent) => all + percent, 0);
  if (percents.length === 0 || Math.abs(sum - 100) <= CLASSES_TOLERANCE + 1e-9) return [];
  return finding(
    'classes.do-not-add-to-100',
    where,
    `The classes exclude each other, but their shares add up to ${percentEn(sum, 2)}.`,
    `Las clases son excluyentes, pero sus porcentajes suman el ${percentEs(sum, 2)}.`,
  );
}

/** One reading of a running total, in the order of time. */
export interface CumulativePoint {
  /** How the reading is dated in print, for the message. */
  readonly at: string;
  readonly value: number;
}

/**
 * A running total within one list, in the order of time: it may stand still and never falls. One finding per fall. Do
 * not feed it readings from different lists: those overlap and must be neither added nor chained.
 *
 * Source: report-forms.md §4 and A10. @throws RangeError on a number that is not finite
 */
export function auditCumulative(series: {
  readonly where: string;
  readonly points: readonly CumulativePoint[];
}): readonly AuditFinding[] {
  const { where, points } = series;
  assertNumbers(...points.map(({ value }) => value));
  return points.flatMap((point, i) => {
    const before = points[i - 1];
    if (before === undefined || point.value >= before.value) return [];
    const [from, to] = [written(before.value, 2), written(point.value, 2)];
    return finding(
      'cumulative.falls',
      where,
      `A cumulative series falls from ${from} (${before.at}) to ${to} (${point.at}).`,
      `Una serie acumulada baja de ${from} (${before.at}) a ${to} (${point.at}).`,
    );
  });
}

/**
 * Occupancy (people / places) and overcrowding (people / places - 1), in percent, which differ by 100 points and are
 * printed one for the other. `label` is the word that stands in the text.
 *
 * Source: report-forms.md §4, A4. @throws RangeError on a number that is not finite
 */
export function auditOccupancy(facility: {
  readonly where: string;
  readonly people: number;
  readonly places: number;
  readonly percent: number;
  readonly label: 'occupancy' | 'overcrowding';
  readonly decimals?: number;
}): readonly AuditFinding[] {
  const { where, people, places, percent, label, decimals = 0 } = facility;
  assertNumbers(people, places, percent, decimals);
  if (places <= 0) {
    return finding(
      'occupancy.no-capacity',
      where,
      `${label === 'occupancy' ? 'Occupancy' : 'Overcrowding'} is given without a capacity.`,
      `Se indica ${label === 'occupancy' ? 'una ocupación' : 'un hacinamiento'} sin capacidad.`,
    );
  }
  const occupancy = (100 * people) / places;
  const overcrowding = occupancy - 100;
  const [asLabelled, asOther] = label === 'occupancy' ? [occupancy, overcrowding] : [overcrowding, occupancy];
  if (canStandFor(percent, asLabelled, decimals)) return [];
  const [p, n] = [written(people), written(places)];
  const bothEn = `occupancy is ${percentEn(occupancy, decimals)} and overcrowding ${percentEn(overcrowding, decimals)}`;
  const bothEs = `la ocupación es del ${percentEs(occupancy, decimals)} y el hacinamiento del ${percentEs(overcrowding, decimals)}`;
  const mixedUp = canStandFor(percent, asOther, decimals);
  const wordEs = label === 'occupancy' ? 'ocupación' : 'hacinamiento';
  const en = `With ${p} people in ${n} places ${bothEn}; ${percentEn(percent, decimals)} is printed as ${label}.`;
  const es = `Con ${p} personas en ${n} plazas ${bothEs}; se indica el ${percentEs(percent, decimals)} como ${wordEs}.`;
  if (!mixedUp) return finding('occupancy.does-not-fit', where, en, es);
  return label === 'overcrowding'
    ? finding('occupancy.printed-as-overcrowding', where, en, es)
    : finding('occupancy.overcrowding-printed-as-occupancy', where, en, es);
}

/**
 * A printed rate against its numerator and population, within the rounding of its `decimals` (0 when absent). `per` is
 * 100,000 when absent. The message says which numerator the rate would fit: often one of another date.
 *
 * Source: report-forms.md §4, A3. @throws RangeError on a number that is not finite
 * @example auditRate({ where: 'T1', numerator: 96000, population: 6_330_000, rate: 605 }) // 605 fits about 38,297
 */
export function auditRate(rate: {
  readonly where: string;
  readonly numerator: number;
  readonly population: number;
  readonly rate: number;
  readonly per?: number;
  readonly decimals?: number;
}): readonly AuditFinding[] {
  const { where, numerator, population, rate: printed, per = 100_000, decimals = 0 } = rate;
  assertNumbers(numerator, population, printed, per, decimals);
  const [x, n, k] = [written(numerator, 2), written(population, 2), written(per)];
  if (population <= 0) {
    return finding(
      'rate.no-population',
      where,
      `A rate is given on a population of ${n}.`,
      `Se indica una tasa sobre una población de ${n}.`,
    );
  }
  const exact = (numerator / population) * per;
  if (canStandFor(printed, exact, decimals)) return [];
  const [shouldBe, isPrinted, fitting] = [
    written(exact, decimals + 1),
    written(printed, decimals),
    written((printed * population) / per),
  ];
  return finding(
    'rate.does-not-fit-its-numerator',
    where,
    `${x} in a population of ${n} is ${shouldBe} per ${k}, but ${isPrinted} is printed; that would fit a numerator of about ${fitting}. Numerator and rate must be of one date.`,
    `${x} en una población de ${n} equivale a ${shouldBe} por cada ${k}, pero se indica ${isPrinted}, que correspondería a un numerador de unos ${fitting}. El numerador y la tasa deben ser de una misma fecha.`,
  );
}
