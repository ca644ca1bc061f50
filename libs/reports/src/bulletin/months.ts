/** The months of a bulletin, and which of them the period covers only in part. */
import type { Answer } from '../answers.js';
import { MISSING_CODES } from '../answers.js';
import { lastDayOf, monthsBetween } from '../dates.js';
import type { Draft } from './draft.js';

export interface PeriodMonth {
  readonly month: string;
  readonly partial: boolean;
  /** Last day of the month that belongs to the period. */
  readonly lastDay: string;
}

export function periodMonths(draft: Draft): readonly PeriodMonth[] {
  const { from, to } = draft.voice;
  return monthsBetween(from, to).map((month) => {
    const lastDay = lastDayOf(month) > to ? to : lastDayOf(month);
    return { month, partial: `${month}-01` < from || lastDay < lastDayOf(month), lastDay };
  });
}

/** Codes of arrests whose month is not known: the missing ones, and years alone. */
export function otherMonths(draft: Draft, answer: Answer): readonly string[] {
  const months = new Set(periodMonths(draft).map(({ month }) => month));
  return [...MISSING_CODES, ...answer.codes('month').filter((code) => !months.has(code))];
}

/** The name of that group in a slice. */
export const MONTH_UNKNOWN = ['*month unknown'] as const;

/** The footnote under a table by month that says which months are not whole. */
export function partialMonthNote(draft: Draft): string | null {
  if (!periodMonths(draft).some(({ partial }) => partial)) return null;
  const [from, to] = [draft.speech.date(draft.voice.from), draft.speech.date(draft.voice.to)];
  return draft.context.language === 'en'
    ? `Only partly in the period, which runs from ${from} to ${to}.`
    : `Incluido solo en parte: el periodo va del ${from} al ${to}.`;
}
