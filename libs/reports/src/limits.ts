/** Time limits as a country pack gives them, in ISO 8601, and how they are said. */
import type { Language, Words } from './language.js';

export interface TimeLimit {
  /** `PT48H`, `P3D`, `P15D`. */
  readonly duration: string;
  /** Whose limit it is, said after a comma: `the limit of the Constitution`. */
  readonly basis?: Words;
}

/** The international guide and the two limits most often asked about; a pack may bring its own. */
export const USUAL_LIMITS: readonly TimeLimit[] = [{ duration: 'PT48H' }, { duration: 'P3D' }, { duration: 'P15D' }];

/** Laws count short limits in hours: three days are 72 hours. */
const LONGEST_IN_HOURS_DAYS = 3;

export function limitDays(duration: string): number {
  const [, days, hours] = /^P(?:(\d+)D)?(?:T(\d+)H)?$/.exec(duration) ?? [];
  if (days === undefined && hours === undefined)
    throw new RangeError('A limit must be whole days or hours in ISO 8601.');
  return Number(days ?? 0) + Number(hours ?? 0) / 24;
}

/** `48 h` or `15 d`, for heads and guide lines. */
export function shortLimit(duration: string, language: Language): string {
  const days = limitDays(duration);
  if (days <= LONGEST_IN_HOURS_DAYS) return `${days * 24} h`;
  return language === 'en' ? `${days} days` : `${days} días`;
}

/** `72 hours`, `las 72 horas`, `los 15 días`: as a sentence needs it. */
export function spokenLimit(duration: string, language: Language): string {
  const days = limitDays(duration);
  if (days <= LONGEST_IN_HOURS_DAYS) return language === 'en' ? `${days * 24} hours` : `las ${days * 24} horas`;
  return language === 'en' ? `${days} days` : `los ${days} días`;
}
