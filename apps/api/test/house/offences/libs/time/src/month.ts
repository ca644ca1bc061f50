import { day } from './day.js';

export interface Month {
  readonly days: number;
}
export const last = (month: Month): number => day(month);
