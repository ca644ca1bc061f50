/** What the dates of two arrests say. */
import { mayCoincide, type EventDate } from '#lib/time';
import { EVIDENCE, NO_EVIDENCE, type Evidence } from './evidence.js';
import { gapBetween, isOneDay, lengthOf, type Span } from './span.js';

/** Dates known to a week or better are "near" when at most so many days lie between them. */
const NEAR_DAYS = 3;
const NARROW_DAYS = 7;
const MONTH_DAYS = 31;

/** As many equally likely days as the waves of arrests come to; the same number as in `arrestSameDay`. */
const EFFECTIVE_DAYS = 150;

/** Two imprecise dates that overlap; the wider one decides how easily that happens by chance. */
function compatible(widestInDays: number): Evidence {
  const bits = Math.max(0, Math.log2(0.9 / Math.min(1, widestInDays / EFFECTIVE_DAYS)));
  return { overStrangers: bits, overRelatives: 0, reasons: ['ARREST_COMPATIBLE'] };
}

function compareSpans(a: Span, b: Span): Evidence {
  const gap = gapBetween(a, b);
  const widest = Math.max(lengthOf(a), lengthOf(b));
  if (gap === 0) return isOneDay(a) && isOneDay(b) ? EVIDENCE.arrestSameDay : compatible(widest);
  if (gap <= NEAR_DAYS && widest <= NARROW_DAYS) return EVIDENCE.arrestNear;
  return gap <= MONTH_DAYS ? EVIDENCE.arrestDifferent : EVIDENCE.arrestDifferentFar;
}

/**
 * Weighs the dates of two arrests, given with their spans. "Before" and "after" have no span: they can contradict, but
 * never speak for one arrest.
 */
export function compareArrests(
  a: EventDate | null,
  spanOfA: Span | null,
  b: EventDate | null,
  spanOfB: Span | null,
): Evidence {
  if (spanOfA !== null && spanOfB !== null) return compareSpans(spanOfA, spanOfB);
  return a === null || b === null || mayCoincide(a, b) ? NO_EVIDENCE : EVIDENCE.arrestDifferent;
}
