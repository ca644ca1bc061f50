/** Month labels under a chart: every month if there is room, the year under the first one and under each January. */
import { writeShortMonth } from '../dates.js';
import type { Language } from '../language.js';
import { label } from './drawing.js';
import { MUTED, SMALL_SIZE } from './palette.js';

export interface Band {
  readonly left: number;
  readonly width: number;
  readonly count: number;
}

/** The middle of the i-th of equal parts. */
export const middle = ({ left, width, count }: Band, i: number): number => left + ((i + 0.5) * width) / count;

/** A label needs this much room. */
const ROOM = 30;

export function monthLabels(months: readonly string[], band: Band, y: number, language: Language) {
  const every = Math.max(1, Math.ceil((ROOM * months.length) / band.width));
  return months.flatMap((month, i) => {
    const x = middle(band, i);
    const name =
      i % every === 0 ? [label(x, y, writeShortMonth(month, language), { align: 'center', size: SMALL_SIZE })] : [];
    const opens = i === 0 || month.endsWith('-01');
    const year = opens
      ? [label(x, y + 14, month.slice(0, 4), { align: 'center', size: SMALL_SIZE, fill: MUTED, weight: 'bold' })]
      : [];
    return [...name, ...year];
  });
}

/** The narrowest band in which every column may carry its number. */
export const roomForNumbers = (band: Band): boolean => band.width / band.count >= 34;
