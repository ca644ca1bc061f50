/** Languages a report is written in, and texts that exist in both. */

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The same words in each language. */
export type Words = Readonly<Record<Language, string>>;

/** `comma` writes 36,277.5 (English, es-SV); `point` writes 36.277,5 (text edited for the European Union). */
export type NumberStyle = 'comma' | 'point';

export type Gender = 'feminine' | 'masculine';
