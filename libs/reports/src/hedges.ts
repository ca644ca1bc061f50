/**
 * The word beside a number follows from the state of the data behind it and is never typed in prose
 * (report-forms.md §3). Never "at least" before an estimate, never "exactly".
 */
import { writeDate } from './dates.js';
import type { Language, NumberStyle } from './language.js';
import { writeNumber, writeRange } from './numbers.js';

/** How another body put its number. */
export const QUALIFIERS = ['exact', 'at least', 'more than', 'about', 'nearly', 'up to'] as const;
export type Qualifier = (typeof QUALIFIERS)[number];

export type DataState =
  /** Our own list. A list that people reach only if they can and dare is never complete. */
  | { readonly kind: 'own-list'; readonly complete: boolean }
  /** A part of an own list whose size is printed beside it: complete for that universe. */
  | { readonly kind: 'part-of-list' }
  | { readonly kind: 'part-verified'; readonly verified: number }
  | {
      readonly kind: 'official';
      readonly institution: string;
      /** False when nobody outside can check it; then `organisation` says so. */
      readonly checkable: boolean;
      readonly organisation: string;
      readonly qualifier: Qualifier;
    }
  | {
      readonly kind: 'estimate';
      readonly lower: number | null;
      readonly upper: number | null;
      readonly decimals: number;
    }
  | { readonly kind: 'single-source' }
  | { readonly kind: 'attribution' }
  | { readonly kind: 'ongoing'; readonly on: string }
  | { readonly kind: 'rounded'; readonly down: boolean }
  | { readonly kind: 'suppressed'; readonly below: number };

export interface Hedge {
  readonly before: string;
  readonly after: string;
}

const BARE: Hedge = { before: '', after: '' };

const QUALIFIER_WORDS: Readonly<Record<Language, Readonly<Record<Qualifier, string>>>> = {
  en: {
    exact: '',
    'at least': 'at least ',
    'more than': 'more than ',
    about: 'about ',
    nearly: 'nearly ',
    'up to': 'up to ',
  },
  es: {
    exact: '',
    'at least': 'al menos ',
    'more than': 'más de ',
    about: 'cerca de ',
    nearly: 'casi ',
    'up to': 'hasta ',
  },
};

/** What another body wrote before its number, `more than ` or `más de `; nothing when it gave the number itself. */
export function qualifierWords(qualifier: Qualifier, language: Language): string {
  return QUALIFIER_WORDS[language][qualifier];
}

/**
 * Reads the first words of a free remark such as `more than; government` from a register of published figures.
 *
 * @example
 *   qualifierOf('over; official'); // 'more than'
 */
export function qualifierOf(remark: string): Qualifier {
  const words = remark.trim().toLowerCase().replace(/-/g, ' ');
  if (words.startsWith('over')) return 'more than';
  if (words.startsWith('almost')) return 'nearly';
  return QUALIFIERS.find((qualifier) => words.startsWith(qualifier)) ?? 'exact';
}

/** The hedge for a number whose data is in this state. `value` matters only because nobody says "at least none". */
export function hedgeFor(state: DataState, value: number, language: Language, style: NumberStyle = 'comma'): Hedge {
  const english = language === 'en';
  switch (state.kind) {
    case 'own-list':
      return state.complete || value === 0 ? BARE : { before: english ? 'at least ' : 'al menos ', after: '' };
    case 'part-of-list':
      return BARE;
    case 'part-verified': {
      const verified = writeNumber(state.verified, 0, style);
      return {
        before: '',
        after: english
          ? ` documented, of which ${verified} verified`
          : ` documentados, de los cuales ${verified} verificados`,
      };
    }
    case 'official': {
      const before = qualifierWords(state.qualifier, language);
      if (state.checkable) return { before, after: (english ? ', according to ' : ', según ') + state.institution };
      return {
        before,
        after: english
          ? `, a figure ${state.organisation} could not verify`
          : `, cifra que ${state.organisation} no pudo verificar`,
      };
    }
    case 'estimate': {
      const interval =
        state.lower === null || state.upper === null
          ? ''
          : writeRange(
              writeNumber(state.lower, state.decimals, style),
              writeNumber(state.upper, state.decimals, style),
              language,
            );
      const brackets = english ? ` (95% interval ${interval})` : ` (intervalo del 95\u00a0%: ${interval})`;
      return { before: english ? 'an estimated ' : 'una estimación de ', after: interval === '' ? '' : brackets };
    }
    case 'single-source':
      return { before: english ? 'reportedly ' : 'según se informa, ', after: '' };
    case 'attribution':
      return { before: english ? 'allegedly ' : 'presuntamente ', after: '' };
    case 'ongoing':
      return {
        before: '',
        after: english ? ` as of ${writeDate(state.on, language)}` : ` al ${writeDate(state.on, language)}`,
      };
    case 'rounded':
      if (state.down) return { before: english ? 'more than ' : 'más de ', after: '' };
      return { before: english ? 'nearly ' : 'casi ', after: '' };
    case 'suppressed':
      return { before: english ? 'fewer than ' : 'menos de ', after: '' };
  }
}

/** A number with its hedge on both sides. */
export function hedged(state: DataState, value: number, language: Language, style: NumberStyle = 'comma'): string {
  const shown = state.kind === 'suppressed' ? state.below : value;
  const { before, after } = hedgeFor(state, value, language, style);
  return before + writeNumber(shown, 0, style) + after;
}
