/** What must be read beside a figure. */
import { isMultiValued, type FigureRequest, type TableNote } from '#lib/statistics';
import type { Question } from './question.js';

export const NOTES = {
  multi: {
    code: 'multi-valued',
    en: 'One unit may be counted under several codes of this dimension; its cells do not add up to the total.',
    es: 'Una unidad puede contarse en varios códigos de esta dimensión; sus celdas no suman el total.',
  },
  month: {
    code: 'month-of-arrest',
    en: 'Arrests of which only the year is known stand under the year.',
    es: 'Las detenciones de las que solo se conoce el año figuran bajo el año.',
  },
  period: {
    code: 'may-be-in-period',
    en: 'The period takes in what may have happened in it; uncertain dates count when they may lie inside.',
    es: 'El periodo incluye lo que pudo ocurrir en él; las fechas inciertas cuentan cuando pueden quedar dentro.',
  },
  wait: {
    code: 'kaplan-meier',
    en: 'Kaplan-Meier estimate: people still waiting are counted up to the last day their state was known. Arrests whose dates are not known to the day are left out and counted.',
    es: 'Estimación de Kaplan-Meier: quienes siguen esperando cuentan hasta el último día en que se conoció su situación. Las detenciones con fechas no conocidas al día se dejan fuera y se cuentan.',
  },
  rate: {
    code: 'rate-day-precision',
    en: 'Deaths and person-days of arrests whose dates are known to the day; exact Poisson (Garwood) 95% interval; no rate below 100 person-years.',
    es: 'Muertes y personas-día de detenciones con fechas conocidas al día; intervalo exacto de Poisson (Garwood) del 95 %; sin tasa por debajo de 100 personas-año.',
  },
  stateNow: {
    code: 'present-record',
    en: 'Verification and consent are those on record now, whatever the cut-off.',
    es: 'La verificación y el consentimiento son los registrados ahora, sea cual sea el corte.',
  },
} as const satisfies Record<string, TableNote>;

/** Notes that follow from the question, whatever the indicator. */
export function generalNotes(question: Question, request: FigureRequest): TableNote[] {
  const has = (code: string): boolean =>
    question.dimensions.some((dimension) => dimension.code === code) || code in request.where;
  return [
    ...(question.dimensions.some(isMultiValued) ? [NOTES.multi] : []),
    ...(has('month') || has('deathMonth') ? [NOTES.month] : []),
    ...(request.from !== null || request.to !== null ? [NOTES.period] : []),
    ...(has('verification') || has('consent') || has('statisticsConsent') ? [NOTES.stateNow] : []),
  ];
}
