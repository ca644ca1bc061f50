/** Numbers, dates and figures said in one language and one number style. */
import { writeDate } from './dates.js';
import type { Run, Runs } from './document.js';
import type { Figure } from './figures.js';
import { hedgeFor } from './hedges.js';
import type { Gender, Language, NumberStyle } from './language.js';
import { writeInWords, writeNumber, writePartOf, writePercent, writeRange } from './numbers.js';

/** A noun that is counted. */
export interface Noun {
  readonly one: string;
  readonly many: string;
  readonly gender: Gender;
}

/** What may stand in a sentence; null leaves nothing. */
export type Piece = string | Run | Runs | null;

/**
 * A sentence of words and figures.
 *
 * @example
 *   prose`In ${speech.words(part)} of the ${speech.digits(base)} cases`
 */
export function prose(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Runs {
  const all = strings.flatMap((text, place): Runs => {
    const piece = pieces[place] ?? null;
    const runs: Runs =
      piece === null
        ? []
        : typeof piece === 'string'
          ? [{ kind: 'text', text: piece }]
          : 'kind' in piece
            ? [piece]
            : piece;
    return [{ kind: 'text', text }, ...runs];
  });
  return joinTexts(all);
}

/** Neighbouring texts become one, empty ones go. */
function joinTexts(runs: Runs): Runs {
  return runs.reduce<Run[]>((joined, run) => {
    const last = joined.at(-1);
    if (run.kind !== 'text') return [...joined, run];
    if (run.text === '') return joined;
    if (last?.kind !== 'text') return [...joined, run];
    return [...joined.slice(0, -1), { kind: 'text', text: last.text + run.text }];
  }, []);
}

/** `department` as `Department`. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A sentence begins with a capital. */
export function capital(runs: Runs): Runs {
  const [first, ...rest] = runs;
  if (first === undefined || first.kind === 'note') return runs;
  return [{ ...first, text: capitalised(first.text) }, ...rest];
}

/** The text of runs without links: for tiles, descriptions and comparisons. */
export const plainText = (runs: Runs): string => runs.map((run) => (run.kind === 'note' ? '' : run.text)).join('');

const NONE = {
  en: { feminine: 'none', masculine: 'none' },
  es: { feminine: 'ninguna', masculine: 'ninguno' },
} as const;

const NO = {
  en: { feminine: 'no', masculine: 'no' },
  es: { feminine: 'ninguna', masculine: 'ningún' },
} as const;

export class Speech {
  constructor(
    readonly language: Language,
    readonly style: NumberStyle = 'comma',
  ) {}

  date(date: string): string {
    return writeDate(date, this.language);
  }

  number(value: number, decimals = 0): string {
    return writeNumber(value, decimals, this.style);
  }

  range(from: string, to: string): string {
    return writeRange(from, to, this.language);
  }

  /** How a figure is printed in a table. */
  text(figure: Figure): string {
    if (figure.value === null) return '..';
    switch (figure.measure) {
      case 'share': {
        const base = figure.base ?? 0;
        return (
          writePercent(figure.value, base, this.language, this.style) ??
          writePartOf(figure.part ?? 0, base, this.language, this.style)
        );
      }
      case 'waiting':
        return writePercent(figure.value, figure.base ?? 0, this.language, this.style) ?? '..';
      case 'waiting-lower':
      case 'waiting-upper':
        return this.number(figure.value * 100, 1);
      case 'rate':
      case 'rate-lower':
      case 'rate-upper':
        return this.number(figure.value, 1);
      default:
        return this.number(figure.value, Number.isInteger(figure.value) || figure.value >= 100 ? 0 : 1);
    }
  }

  /** A figure in digits. */
  digits(figure: Figure): Run {
    return { kind: 'figure', figure: figure.id, text: this.text(figure) };
  }

  /** A figure in prose: words to ten, "none" for nothing. */
  words(figure: Figure, gender: Gender = 'feminine'): Run {
    const text = figure.value === 0 ? NONE[this.language][gender] : this.inWords(figure, gender);
    return { kind: 'figure', figure: figure.id, text };
  }

  /** `2,402 people`, `una persona`, `ninguna muerte`: number and noun in agreement. */
  counted(figure: Figure, noun: Noun): Runs {
    if (figure.value === 0) {
      const none: Run = { kind: 'figure', figure: figure.id, text: NO[this.language][noun.gender] };
      return prose`${none} ${this.language === 'en' ? noun.many : noun.one}`;
    }
    const short = figure.value === 1 && this.language === 'es' && noun.gender === 'masculine';
    const number: Run = { kind: 'figure', figure: figure.id, text: short ? 'un' : this.inWords(figure, noun.gender) };
    return prose`${number} ${figure.value === 1 ? noun.one : noun.many}`;
  }

  /** The same under the hedge that the state of the data asks for: `at least 2,402 people`, `no people`. */
  hedged(figure: Figure, noun: Noun): Runs {
    const { before, after } = hedgeFor(figure.state, figure.value ?? 0, this.language, this.style);
    return prose`${before}${this.counted(figure, noun)}${after}`;
  }

  /** The hedge and the number alone, for tiles and tables. */
  hedgedDigits(figure: Figure): Runs {
    const { before, after } = hedgeFor(figure.state, figure.value ?? 0, this.language, this.style);
    return prose`${before}${this.digits(figure)}${after}`;
  }

  /** One form for one, another for several; nothing is plural in English and singular in Spanish. */
  agree(figure: Figure, one: string, many: string): string {
    const singular = figure.value === 1 || (figure.value === 0 && this.language === 'es');
    return singular ? one : many;
  }

  /** ` (58.0%)`; nothing when the base is too small for a percentage, or when the sentence says "all". */
  bracketed(share: Figure): Runs {
    if (share.value === null || share.value === 1 || writePercent(share.value, share.base ?? 0, this.language) === null)
      return [];
    return prose` (${this.digits(share)})`;
  }

  /** `13–16`, two figures in one place. */
  interval(lower: Figure, upper: Figure): Runs {
    return prose`${this.digits(lower)}${this.range('', '')}${this.digits(upper)}`;
  }

  private inWords(figure: Figure, gender: Gender): string {
    const value = figure.value;
    if (value === null) return '..';
    return Number.isInteger(value) && figure.measure !== 'share'
      ? writeInWords(value, this.language, gender, this.style)
      : this.text(figure);
  }
}
