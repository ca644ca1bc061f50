import type { Figure } from '../figures.js';
import { FigureBook } from '../figures.js';
import type { Runs } from '../document.js';
import { plainText, Speech } from '../speech.js';
import { englishSentences } from './english.js';
import type { Part, Sentences } from './sentences.js';
import { spanishSentences } from './spanish.js';

const voice = {
  organisation: 'Ejemplo',
  place: 'El Salvador',
  from: '2022-03-27',
  to: '2023-03-27',
  cutOff: '2023-03-27',
  allDocumented: false,
};
const english = englishSentences({ ...voice, speech: new Speech('en') });
const spanish = spanishSentences({ ...voice, speech: new Speech('es') });

const book = new FigureBook();
let next = 0;

/** A figure of its own; only its value and base matter to a sentence. */
function figure(value: number | null, { measure = 'count', base = null as number | null } = {}): Figure {
  next += 1;
  return book.enter({
    indicator: 'arrests_total',
    unit: 'arrest',
    measure: measure as 'count',
    slice: { place: [String(next)] },
    value,
    base,
    part: null,
    state: { kind: 'own-list', complete: false },
    origin: { kind: 'stated' },
    suppression: 'none',
  });
}

const part = (value: number, base: number): Part => ({
  part: figure(value),
  base: figure(base),
  share: figure(base === 0 ? null : value / base, { measure: 'share', base }),
});

const text = (runs: Runs | null): string | null => (runs === null ? null : plainText(runs));
const both = (say: (sentences: Sentences) => Runs | null): readonly (string | null)[] => [
  text(say(english)),
  text(say(spanish)),
];

describe('sentences agree with their numbers', () => {
  it.each([
    [0, 'recorded no detentions in El Salvador.', 'no registró ninguna detención en El Salvador.'],
    [
      1,
      'recorded the detention of at least one person in El Salvador.',
      'registró la detención de al menos una persona en El Salvador.',
    ],
    [
      2,
      'recorded the detention of at least two people in El Salvador.',
      'registró la detención de al menos dos personas en El Salvador.',
    ],
    [
      2402,
      'recorded the detention of at least 2,402 people in El Salvador.',
      'registró la detención de al menos 2,402 personas en El Salvador.',
    ],
  ])('opening with %i', (n, en, es) => {
    const people = figure(n);
    expect(both((sentences) => sentences.opening(people))).toEqual([
      `Between 27 March 2022 and 27 March 2023, Ejemplo ${en}`,
      `Entre el 27 de marzo de 2022 y el 27 de marzo de 2023, Ejemplo ${es}`,
    ]);
  });

  it.each([
    [0, 'No deaths in custody were recorded between', 'No se registró ninguna muerte bajo custodia entre'],
    [1, 'At least one person died in custody between', 'Al menos una persona murió bajo custodia entre'],
    [2, 'At least two people died in custody between', 'Al menos dos personas murieron bajo custodia entre'],
  ])('deaths: %i', (n, en, es) => {
    const deaths = figure(n);
    const [saidEn, saidEs] = both((sentences) => sentences.deaths(deaths));
    expect(saidEn).toContain(en);
    expect(saidEs).toContain(es);
  });

  it.each([
    [0, 40, null, null],
    [1, 1, 'The only one whose legal status', 'La única cuya situación jurídica se conoce no tenía condena.'],
    [1, 40, 'one had not been convicted.', 'una no tenía condena.'],
    [2, 40, 'two had not been convicted.', 'dos no tenían condena.'],
    [40, 40, 'None of the 40 whose legal status is known had been', 'Ninguna de las 40 cuya situación jurídica'],
  ])('unconvicted: %i of %i', (n, of, en, es) => {
    const [unconvicted, known] = [figure(n), figure(of)];
    const said = both((sentences) => sentences.unconvicted(unconvicted, known));
    if (en === null) expect(said).toEqual([null, null]);
    else expect(said).toEqual([expect.stringContaining(en), expect.stringContaining(es ?? '')]);
  });

  it.each([
    [0, 0, null, null],
    [0, 1, null, null],
    [1, 1, 'In the only arrest whose legal ground is known, no warrant', 'En la única detención cuya base legal'],
    [2, 2, 'In both arrests whose legal ground is known, no warrant', 'En las dos detenciones cuya base legal'],
    [0, 9, 'In none of the nine arrests', 'En ninguna de las nueve detenciones'],
    [1, 9, 'In one of the nine arrests', 'En una de las nueve detenciones'],
    [9, 19, 'In nine of the 19 arrests whose legal ground is known, no', 'En nueve de las 19 detenciones cuya'],
    [11, 20, 'In 11 of the 20 arrests whose legal ground is known (55%), no', 'se conoce (55\u00a0%), no se mostró'],
    [1380, 2380, 'In 1,380 of the 2,380 arrests whose legal ground is known (58.0%)', '(58.0\u00a0%)'],
  ])('share %i of %i', (n, of, en, es) => {
    const none = part(n, of);
    const said = both((sentences) => sentences.noWarrant(none));
    if (en === null) expect(said).toEqual([null, null]);
    else expect(said).toEqual([expect.stringContaining(en), expect.stringContaining(es ?? '')]);
  });

  it.each([
    [0, 'no extensions', 'it had not been extended by', 'no se había prorrogado.'],
    [1, 'one', 'it had been extended one time by', 'se había prorrogado una vez.'],
    [12, 'several', 'it had been extended 12 times by', 'se había prorrogado 12 veces.'],
  ])('emergency extended %i times (%s)', (n, _name, en, es) => {
    const extensions = figure(n);
    expect(text(english.emergency('the state of emergency', '2022-03-27', 'Legislative Decree 333', extensions))).toBe(
      `The state of emergency was declared on 27 March 2022 by Legislative Decree 333; ${en} 27 March 2023.`,
    );
    expect(text(spanish.emergency('el régimen de excepción', '2022-03-27', null, extensions))).toBe(
      `El régimen de excepción se decretó el 27 de marzo de 2022; al 27 de marzo de 2023 ${es}`,
    );
  });

  it.each([
    [0, 0, 'none had been admitted and none granted', 'ninguna había sido admitida y ninguna concedida'],
    [1, 0, 'one had been admitted and none granted', 'una había sido admitida y ninguna concedida'],
    [2, 1, 'two had been admitted and one granted', 'dos habían sido admitidas y una concedida'],
  ])('habeas corpus: %i admitted, %i granted', (admitted, granted, en, es) => {
    const figures = [figure(30), figure(admitted), figure(granted)] as const;
    const [saidEn, saidEs] = both((sentences) => sentences.habeas(...figures));
    expect(saidEn).toBe(`Of 30 habeas corpus petitions known to Ejemplo, ${en} by 27 March 2023.`);
    expect(saidEs).toBe(`De 30 peticiones de habeas corpus conocidas por Ejemplo, ${es} al 27 de marzo de 2023.`);
  });

  it('the median says that it is estimated, with its interval', () => {
    const [median, entered, low, high] = [figure(15), figure(2224), figure(14), figure(16)];
    const [saidEn, saidEs] = both((sentences) => sentences.median(median, entered, [low, high], 'arrest'));
    expect(saidEn).toContain('waited an estimated 15 days or more to see a judge (95% interval 14–16).');
    expect(saidEs).toContain(
      'esperó, según la estimación, 15 días o más para ver a un juez (intervalo del 95\u00a0%: 14-16).',
    );
  });

  it('a median that was not reached is not invented', () => {
    const [median, entered] = [figure(null), figure(8)];
    const [saidEn, saidEs] = both((sentences) =>
      sentences.median(median, entered, [figure(null), figure(null)], 'arrest'),
    );
    expect(saidEn).toContain('cannot be determined');
    expect(saidEs).toContain('no puede determinarse');
  });

  it('says which limit was exceeded, and never "violation"', () => {
    const counts = { ...part(2134, 2402), limit: '72 hours', basis: null, undetermined: figure(1) };
    expect(text(english.overLimit(counts))).toBe(
      'In 2,134 of the 2,402 arrests (88.8%) the wait exceeded 72 hours; in one the recorded dates do not settle it.',
    );
    expect(text(spanish.overLimit({ ...counts, limit: 'las 72 horas' }))).toBe(
      'En 2,134 de las 2,402 detenciones (88.8\u00a0%) la espera superó las 72 horas; en una las fechas registradas no permiten determinarlo.',
    );
  });
});
