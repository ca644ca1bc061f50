/** A date with both bounds, in day numbers, as the comparisons of dates need it. */
import { dayNumber, earliestDay, latestDay, type EventDate } from '#lib/time';

export interface Span {
  readonly first: number;
  readonly last: number;
}

/** The days on which something may have happened, or null when one end is open or nothing is known. */
export function spanOf(date: EventDate | null): Span | null {
  if (date === null) return null;
  const earliest = earliestDay(date);
  const latest = latestDay(date);
  if (earliest === null || latest === null) return null;
  const first = dayNumber(earliest);
  return { first, last: latest === earliest ? first : dayNumber(latest) };
}

export const lengthOf = ({ first, last }: Span): number => last - first + 1;
export const isOneDay = ({ first, last }: Span): boolean => first === last;

/** Days between two spans: 0 when they share a day, 1 when one ends on the eve of the other. */
export const gapBetween = (a: Span, b: Span): number => Math.max(0, a.first - b.last, b.first - a.last);
