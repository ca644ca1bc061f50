/**
 * The indicators: what each figure means, as documented data. Codes and pairs of names follow report-forms.md §2; a
 * definition that changes is a new code, because printed figures refer to it.
 */
import { DIMENSIONS, type Dimension, type DimensionOf } from './dimensions.js';
import type { Unit } from './figure.js';

/** How an indicator is computed. */
export type Computation =
  | {
      readonly kind: 'count';
      readonly of: DimensionOf;
      readonly unit: 'units' | 'persons';
      readonly where?: Readonly<Record<string, readonly string[]>>;
    }
  /** Share of the counted units whose dimension has one of the codes, among those where it is known. */
  | {
      readonly kind: 'share';
      readonly of: DimensionOf;
      readonly dimension: string;
      readonly codes: readonly string[];
      readonly not?: boolean;
      readonly where?: Readonly<Record<string, readonly string[]>>;
    }
  | { readonly kind: 'wait' }
  | { readonly kind: 'limit' }
  | { readonly kind: 'rate' };

export interface Indicator {
  readonly code: string;
  readonly unit: Unit;
  readonly computation: Computation;
  readonly en: string;
  readonly es: string;
  readonly numerator: { readonly en: string; readonly es: string };
  readonly denominator: { readonly en: string; readonly es: string } | null;
  /** Which hedge the number needs in prose (report-forms.md §3): an own list is known to be incomplete. */
  readonly hedge: 'at-least' | 'documented' | 'estimate';
  readonly source: string;
}

const CHILDREN = ['AGE_0_11', 'AGE_12_15', 'AGE_16_17'];
const WARRANTS = ['WARRANT_JUDICIAL', 'WARRANT_PROSECUTOR'];
const IN_CUSTODY = ['NOT_BEFORE_JUDGE', 'PRETRIAL', 'CONVICTED', 'RELEASE_ORDERED', 'UNKNOWN'];

export const INDICATORS: readonly Indicator[] = [
  {
    code: 'arrests_total',
    unit: 'arrest',
    computation: { kind: 'count', of: 'arrest', unit: 'units' },
    en: 'Documented arrests',
    es: 'Detenciones documentadas',
    numerator: {
      en: 'arrests on file, each counted once after merging files on one person',
      es: 'detenciones registradas, cada una contada una vez tras unir los expedientes de una persona',
    },
    denominator: null,
    hedge: 'at-least',
    source: 'report-forms.md §2, arrests_total',
  },
  {
    code: 'persons_total',
    unit: 'person',
    computation: { kind: 'count', of: 'arrest', unit: 'persons' },
    en: 'People whose arrest is documented',
    es: 'Personas cuya detención está documentada',
    numerator: { en: 'people with at least one arrest on file', es: 'personas con al menos una detención registrada' },
    denominator: null,
    hedge: 'at-least',
    source: 'report-forms.md §2',
  },
  {
    code: 'children_arrested',
    unit: 'arrest',
    computation: { kind: 'count', of: 'arrest', unit: 'units', where: { ageBand: CHILDREN } },
    en: 'Arrests of children (under 18)',
    es: 'Detenciones de niñas, niños y adolescentes (menores de 18)',
    numerator: {
      en: 'arrests of people under 18 on the day of arrest',
      es: 'detenciones de personas menores de 18 años el día de la detención',
    },
    denominator: null,
    hedge: 'at-least',
    source: 'report-forms.md §2, children_arrested',
  },
  {
    code: 'no_warrant_share',
    unit: 'arrest',
    computation: { kind: 'share', of: 'arrest', dimension: 'legalGround', codes: WARRANTS, not: true },
    en: 'Arrested without a warrant being shown',
    es: 'Detenciones sin mostrar orden',
    numerator: {
      en: 'arrests at which no judicial or prosecutor’s warrant was shown',
      es: 'detenciones en que no se mostró orden judicial ni de la fiscalía',
    },
    denominator: { en: 'arrests whose legal ground is known', es: 'detenciones cuya base legal se conoce' },
    hedge: 'documented',
    source: 'report-forms.md §2, no_warrant_share',
  },
  {
    code: 'no_flagrante_share',
    unit: 'arrest',
    computation: {
      kind: 'share',
      of: 'arrest',
      dimension: 'legalGround',
      codes: [...WARRANTS, 'FLAGRANTE'],
      not: true,
    },
    en: 'Neither warrant nor caught in the act',
    es: 'Sin orden ni flagrancia',
    numerator: {
      en: 'arrests without a warrant shown in which the person was not caught in the act',
      es: 'detenciones sin orden mostrada en que la persona no fue sorprendida en flagrancia',
    },
    denominator: { en: 'arrests whose legal ground is known', es: 'detenciones cuya base legal se conoce' },
    hedge: 'documented',
    source: 'report-forms.md §2, no_flagrante_share',
  },
  {
    code: 'pretrial_ordered_share',
    unit: 'arrest',
    computation: { kind: 'share', of: 'arrest', dimension: 'measure', codes: ['PRETRIAL_DETENTION'] },
    en: 'Sent to pretrial detention',
    es: 'Con detención provisional',
    numerator: {
      en: 'arrests after which pretrial detention was ordered',
      es: 'detenciones tras las que se decretó detención provisional',
    },
    denominator: {
      en: 'arrests after which the measure ordered is known',
      es: 'detenciones en que se conoce la medida decretada',
    },
    hedge: 'documented',
    source: 'report-forms.md §2, pretrial_ordered_share',
  },
  {
    code: 'days_to_judge',
    unit: 'arrest',
    computation: { kind: 'wait' },
    en: 'Days before the first judge',
    es: 'Días hasta el primer juez',
    numerator: {
      en: 'days from the arrest (day 0) to the first hearing before a judge, in the room or by video; people still waiting are counted up to the last day their state was known, to release or to death (Kaplan-Meier)',
      es: 'días desde la detención (día 0) hasta la primera audiencia ante juez, presencial o por video; quienes siguen esperando cuentan hasta el último día en que se conoció su situación, la liberación o la muerte (Kaplan-Meier)',
    },
    denominator: { en: 'arrests whose dates are known to the day', es: 'detenciones con fechas conocidas al día' },
    hedge: 'documented',
    source: 'survival.md §1 to §3',
  },
  {
    code: 'over_limit',
    unit: 'arrest',
    computation: { kind: 'limit' },
    en: 'Waits for a judge against a limit',
    es: 'Esperas hasta el juez frente a un plazo',
    numerator: {
      en: 'arrests by whether the wait certainly exceeds the limit, is certainly within it, or cannot be told from uncertain dates',
      es: 'detenciones según la espera exceda con certeza el plazo, quede con certeza dentro de él o no pueda determinarse por fechas inciertas',
    },
    denominator: { en: 'all arrests on file', es: 'todas las detenciones registradas' },
    hedge: 'documented',
    source: 'law.md §1, design consequences 7 and 8; docs/indicators.md, over_limit',
  },
  {
    code: 'deaths_custody',
    unit: 'death',
    computation: { kind: 'count', of: 'death', unit: 'units', where: { statusAtDeath: IN_CUSTODY } },
    en: 'Deaths in custody',
    es: 'Muertes bajo custodia',
    numerator: {
      en: 'deaths of people in custody; deaths after release are counted apart',
      es: 'muertes de personas bajo custodia; las posteriores a la liberación se cuentan aparte',
    },
    denominator: null,
    hedge: 'at-least',
    source: 'report-forms.md §2, deaths_custody',
  },
  {
    code: 'released_died',
    unit: 'death',
    computation: {
      kind: 'count',
      of: 'death',
      unit: 'units',
      where: { statusAtDeath: ['RELEASED_LE_30D', 'RELEASED_31_180D'] },
    },
    en: 'Deaths within 180 days of release',
    es: 'Fallecidas dentro de 180 días tras la liberación',
    numerator: {
      en: 'deaths within 180 days of leaving custody',
      es: 'muertes dentro de los 180 días posteriores a la salida',
    },
    denominator: null,
    hedge: 'at-least',
    source: 'design.md §1, Death; report-forms.md §2, released_died',
  },
  {
    code: 'death_rate',
    unit: 'death',
    computation: { kind: 'rate' },
    en: 'Deaths in custody per 1,000 person-years',
    es: 'Muertes bajo custodia por 1,000 personas-año',
    numerator: {
      en: 'deaths in custody of people whose dates are known to the day',
      es: 'muertes bajo custodia de personas con fechas conocidas al día',
    },
    denominator: {
      en: 'days in custody of those arrests, up to release, death, or the last day on which the person was known to be held',
      es: 'días bajo custodia de esas detenciones, hasta la liberación, la muerte o el último día en que se supo que seguían detenidas',
    },
    hedge: 'documented',
    source: 'survival.md §8 (Garwood interval)',
  },
  {
    code: 'unconvicted_at_death',
    unit: 'death',
    computation: {
      kind: 'share',
      of: 'death',
      dimension: 'statusAtDeath',
      codes: ['NOT_BEFORE_JUDGE', 'PRETRIAL', 'RELEASE_ORDERED'],
      where: { statusAtDeath: IN_CUSTODY },
    },
    en: 'Without a conviction at death',
    es: 'Sin condena al morir',
    numerator: { en: 'deaths in custody of people not convicted', es: 'muertes bajo custodia de personas sin condena' },
    denominator: {
      en: 'deaths in custody with known legal status',
      es: 'muertes bajo custodia con situación jurídica conocida',
    },
    hedge: 'documented',
    source: 'report-forms.md §2, unconvicted_at_death',
  },
  {
    code: 'releases_total',
    unit: 'release',
    computation: { kind: 'count', of: 'release', unit: 'units' },
    en: 'Releases',
    es: 'Liberaciones',
    numerator: { en: 'people leaving custody alive', es: 'personas que salieron con vida de la custodia' },
    denominator: null,
    hedge: 'at-least',
    source: 'report-forms.md §2, releases_total; design.md §1, Release',
  },
  {
    code: 'hc_filed',
    unit: 'remedy',
    computation: { kind: 'count', of: 'remedy', unit: 'units', where: { remedyType: ['HABEAS_CORPUS'] } },
    en: 'Habeas corpus petitions filed',
    es: 'Hábeas corpus presentados',
    numerator: { en: 'petitions for habeas corpus on file', es: 'solicitudes de hábeas corpus registradas' },
    denominator: null,
    hedge: 'at-least',
    source: 'report-forms.md §2, hc_filed',
  },
  {
    code: 'remedies_total',
    unit: 'remedy',
    computation: { kind: 'count', of: 'remedy', unit: 'units' },
    en: 'Petitions of every kind',
    es: 'Recursos de todo tipo',
    numerator: { en: 'petitions on file', es: 'recursos registrados' },
    denominator: null,
    hedge: 'at-least',
    source: 'report-forms.md §2',
  },
  {
    code: 'hearings_total',
    unit: 'hearing',
    computation: { kind: 'count', of: 'hearing', unit: 'units' },
    en: 'Hearings',
    es: 'Audiencias',
    numerator: {
      en: 'hearings on file, one for each person who was in it',
      es: 'audiencias registradas, una por cada persona que estuvo en ella',
    },
    denominator: null,
    hedge: 'at-least',
    source: 'report-forms.md §2, hearing_size',
  },
  {
    code: 'violations_total',
    unit: 'violation',
    computation: { kind: 'count', of: 'violation', unit: 'units' },
    en: 'Violations recorded',
    es: 'Hechos violatorios registrados',
    numerator: { en: 'violations on file', es: 'hechos violatorios registrados' },
    denominator: null,
    hedge: 'at-least',
    source: 'report-forms.md §2, violations_total',
  },
];

export const indicatorNamed = (code: string): Indicator | undefined => INDICATORS.find((one) => one.code === code);

/** The dimensions an indicator can be split by: those of the arrest, and those of what it counts. */
export function dimensionsOf(indicator: Indicator): readonly Dimension[] {
  const { computation } = indicator;
  const own = computation.kind === 'count' || computation.kind === 'share' ? computation.of : 'arrest';
  return DIMENSIONS.filter((one) => one.of === 'arrest' || one.of === own);
}
