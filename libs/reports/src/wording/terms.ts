/**
 * Heads, titles and short words in both languages, side by side (report-forms.md §5 and §11). Whole sentences live in
 * `english.ts` and `spanish.ts`.
 */
import type { Language, Words } from '../language.js';

export const SECTION_TITLES = {
  scale: { en: 'Scale', es: 'Magnitud' },
  people: { en: 'Who was detained', es: 'Quiénes son las personas detenidas' },
  arrest: { en: 'How people were arrested', es: 'Cómo fueron las detenciones' },
  judge: { en: 'Time to first judge', es: 'Tiempo hasta el primer juez' },
  deaths: { en: 'Deaths in custody', es: 'Muertes bajo custodia' },
  remedies: { en: 'Habeas corpus and releases', es: 'Habeas corpus y liberaciones' },
  official: { en: 'Official counts beside documented ones', es: 'Cifras oficiales junto a las documentadas' },
  summary: { en: 'Summary of findings', es: 'Resumen de hallazgos' },
  recommendations: { en: 'Recommendations', es: 'Recomendaciones' },
  completeness: { en: 'Completeness of the data', es: 'Integridad de los datos' },
  method: { en: 'Method and limits', es: 'Método y límites' },
  register: { en: 'Figure register', es: 'Registro de cifras' },
  notes: { en: 'Notes', es: 'Notas' },
} as const satisfies Record<string, Words>;
export type SectionName = keyof typeof SECTION_TITLES;

/** What a table or chart shows; place and period follow. */
export const TITLES = {
  arrestsOverTime: { en: 'Arrests by month of arrest', es: 'Detenciones por mes' },
  arrestsChart: { en: 'Arrests by month, with the running total', es: 'Detenciones por mes y acumulado' },
  ageAndSex: { en: 'Arrests by age and sex of the person', es: 'Detenciones por edad y sexo de la persona' },
  area: { en: 'Arrests by place of arrest', es: 'Detenciones por lugar de detención' },
  ground: { en: 'Arrests by legal ground', es: 'Detenciones por base legal' },
  basisChart: {
    en: 'Stated or apparent basis of arrest',
    es: 'Motivo señalado o aparente de la detención',
  },
  basisByForce: {
    en: 'Basis of arrest by arresting force, all arrests',
    es: 'Motivo de la detención según la fuerza que detuvo, todas las detenciones',
  },
  timeToJudge: {
    en: 'Time from arrest to first judge, by month of arrest',
    es: 'Tiempo desde la detención hasta el primer juez, por mes de detención',
  },
  limits: {
    en: 'Wait for a judge against time limits, all arrests',
    es: 'Espera hasta el juez frente a los plazos, todas las detenciones',
  },
  curve: {
    en: 'Share not yet before a judge, by day since arrest',
    es: 'Proporción que aún no había visto a un juez, por día desde la detención',
  },
  dots: {
    en: 'Days to first judge, by month of arrest',
    es: 'Días hasta el primer juez, por mes de detención',
  },
  manner: { en: 'Deaths in custody by assessed class', es: 'Muertes bajo custodia según la clase asignada' },
  remedies: {
    en: 'Habeas corpus petitions by latest known status',
    es: 'Peticiones de habeas corpus según su último estado conocido',
  },
  official: { en: 'Official counts and documented ones', es: 'Cifras oficiales y documentadas' },
  lists: { en: 'Counts by other organisations', es: 'Recuentos de otras organizaciones' },
  summary: { en: 'Summary of findings', es: 'Resumen de hallazgos' },
  completeness: { en: 'Completeness by field', es: 'Integridad por campo' },
} as const satisfies Record<string, Words>;

export const HEADS = {
  month: { en: 'Month of arrest', es: 'Mes de detención' },
  new: { en: 'New arrests', es: 'Nuevas detenciones' },
  cumulative: { en: 'Cumulative', es: 'Acumulado' },
  basis: { en: 'Basis', es: 'Motivo' },
  joint: { en: 'Joint', es: 'Conjunta' },
  other: { en: 'Other', es: 'Otra' },
  unknown: { en: 'Unknown', es: 'Sin dato' },
  total: { en: 'Total', es: 'Total' },
  percent: { en: '%', es: '%' },
  age: { en: 'Age at arrest (years)', es: 'Edad al ser detenida' },
  ground: { en: 'Legal ground', es: 'Base legal' },
  arrests: { en: 'Arrests', es: 'Detenciones' },
  period: { en: 'Period', es: 'Periodo' },
  periodOfArrest: { en: 'Period of arrest', es: 'Periodo de detención' },
  entered: { en: 'n with known day', es: 'n con día conocido' },
  median: { en: 'Median (days)', es: 'Mediana (días)' },
  quartiles: { en: 'IQR (days)', es: 'RIC (días)' },
  longest: { en: 'Max. (days)', es: 'Máx. (días)' },
  censored: { en: 'Not yet seen a judge', es: 'Aún sin juez' },
  limit: { en: 'Limit', es: 'Plazo' },
  exceeds: { en: 'Over the limit', es: 'Superan el plazo' },
  within: { en: 'Within it', es: 'Dentro del plazo' },
  undetermined: { en: 'Undetermined', es: 'Indeterminado' },
  notYet: { en: 'Still held, not over', es: 'Siguen detenidas, sin superarlo' },
  ended: { en: 'Ended without judge', es: 'Terminó sin juez' },
  day: { en: 'Day since arrest', es: 'Día desde la detención' },
  stillWaiting: { en: 'Not yet before a judge', es: 'Aún sin ver a un juez' },
  interval: { en: '95% interval (%)', es: 'Intervalo del 95 % (%)' },
  class: { en: 'Assessed class', es: 'Clase asignada' },
  deaths: { en: 'Deaths', es: 'Muertes' },
  autopsy: { en: 'With autopsy seen', es: 'Autopsia vista' },
  photographs: { en: 'With photographs', es: 'Con fotografías' },
  differs: { en: 'Official cause differs', es: 'Causa oficial difiere' },
  status: { en: 'Latest known status', es: 'Último estado conocido' },
  petitions: { en: 'Petitions', es: 'Peticiones' },
  indicator: { en: 'Indicator', es: 'Indicador' },
  official: { en: 'Official count', es: 'Cifra oficial' },
  asOf: { en: 'As of', es: 'Al' },
  documented: { en: 'Documented', es: 'Documentado' },
  difference: { en: 'Difference', es: 'Diferencia' },
  note: { en: 'Note', es: 'Nota' },
  owner: { en: 'List of', es: 'Lista de' },
  count: { en: 'Count', es: 'Recuento' },
  hedge: { en: 'As stated', es: 'Salvedad' },
  value: { en: 'Value', es: 'Valor' },
  base: { en: 'Base (n)', es: 'Base (n)' },
  grade: { en: 'Source grade', es: 'Calidad de la fuente' },
  field: { en: 'Field', es: 'Campo' },
  known: { en: 'Known', es: 'Conocido' },
  missing: { en: 'Unknown', es: 'Desconocido' },
  refused: { en: 'Refused', es: 'No quiso responder' },
  notAsked: { en: 'Not asked', es: 'No se preguntó' },
  notApplicable: { en: 'Not applicable', es: 'No aplica' },
  percentKnown: { en: '% known', es: '% conocido' },
  area: { en: 'Area', es: 'Lugar' },
} as const satisfies Record<string, Words>;

/** Fields of the completeness annex; the first administrative level has the name the country gives it. */
export const FIELD_NAMES: Readonly<Record<string, Words>> = {
  sex: { en: 'Sex', es: 'Sexo' },
  ageBand: { en: 'Age', es: 'Edad' },
  month: { en: 'Date of arrest (year or better)', es: 'Fecha de la detención (año o mejor)' },
  legalGround: { en: 'Legal ground', es: 'Base legal' },
  basis: { en: 'Basis of arrest', es: 'Motivo de la detención' },
  forceCombination: { en: 'Arresting force', es: 'Fuerza que detuvo' },
  emergencyRegime: { en: 'Under the emergency', es: 'Bajo el régimen de emergencia' },
  place: { en: 'Place of detention', es: 'Lugar de reclusión' },
  stage: { en: 'Procedural stage', es: 'Etapa procesal' },
  charge: { en: 'Charge', es: 'Delito imputado' },
  counsel: { en: 'Legal counsel', es: 'Defensa' },
  measure: { en: 'Measure ordered', es: 'Medida impuesta' },
  occupation: { en: 'Occupation', es: 'Ocupación' },
};

/** Rows that say why there is no value. */
export const MISSING_ROWS = {
  UNKNOWN: HEADS.unknown,
  REFUSED: { en: 'Refused to answer', es: 'No quiso responder' },
  NOT_ASKED: { en: 'Not asked', es: 'No se preguntó' },
  NOT_APPLICABLE: { en: 'Not applicable', es: 'No aplica' },
} as const satisfies Record<string, Words>;

/** What a published figure counts; `row` heads a table row, `noun` stands in a sentence. */
export const PUBLISHED_INDICATORS: Readonly<Record<string, { readonly row: Words; readonly noun: Words }>> = {
  arrests_total: {
    row: { en: 'People arrested', es: 'Personas detenidas' },
    noun: { en: 'people arrested', es: 'personas detenidas' },
  },
  children_arrested: {
    row: { en: 'Children arrested', es: 'Niñas, niños y adolescentes detenidos' },
    noun: { en: 'children arrested', es: 'niñas, niños y adolescentes detenidos' },
  },
  deaths_custody: {
    row: { en: 'Deaths in custody', es: 'Muertes bajo custodia' },
    noun: { en: 'deaths in custody', es: 'muertes bajo custodia' },
  },
  hc_filed: {
    row: { en: 'Habeas corpus petitions', es: 'Peticiones de habeas corpus' },
    noun: { en: 'habeas corpus petitions', es: 'peticiones de habeas corpus' },
  },
  releases_total: {
    row: { en: 'Releases', es: 'Liberaciones' },
    noun: { en: 'releases', es: 'liberaciones' },
  },
};

/** Legends and axes of charts. */
export const CHART_WORDS = {
  arrests: { en: 'Arrests', es: 'Detenciones' },
  perMonth: { en: 'arrests in the month', es: 'detenciones del mes' },
  runningTotal: { en: 'running total', es: 'acumulado' },
  partial: { en: 'month only partly in the period', es: 'mes incluido solo en parte' },
  days: { en: 'Days from arrest', es: 'Días desde la detención' },
  median: { en: 'median', es: 'mediana' },
  middleHalf: { en: 'middle half (25th to 75th percentile)', es: 'mitad central (percentiles 25 a 75)' },
  open: { en: 'not reached', es: 'no alcanzado' },
  stillWaiting: { en: 'Not yet before a judge', es: 'Aún sin ver a un juez' },
  share: { en: 'estimated share', es: 'proporción estimada' },
  band: { en: '95% interval', es: 'intervalo del 95 %' },
} as const satisfies Record<string, Words>;

/** Rows of the summary of findings and labels of the key figures. */
export const FINDINGS = {
  people: { en: 'people detained', es: 'personas detenidas' },
  arrests: { en: 'arrests', es: 'detenciones' },
  children: { en: 'children under 18', es: 'niñas, niños y adolescentes' },
  noWarrant: { en: 'no warrant, not caught in the act', es: 'sin orden ni flagrancia' },
  onlyEmergency: { en: 'emergency the only ground', es: 'emergencia como único fundamento' },
  median: { en: 'median days to first judge', es: 'días de mediana hasta el juez' },
  over: { en: 'waited more than', es: 'esperaron más de' },
  deaths: { en: 'deaths in custody', es: 'muertes bajo custodia' },
  rate: { en: 'deaths per 1,000 person-years', es: 'muertes por 1,000 personas-año' },
  petitions: { en: 'habeas corpus petitions', es: 'peticiones de habeas corpus' },
  granted: { en: 'habeas corpus granted', es: 'habeas corpus concedidos' },
  released: { en: 'releases from custody', es: 'liberaciones' },
} as const satisfies Record<string, Words>;

export const SHORT = {
  tableLabel: { en: 'Table', es: 'Cuadro' },
  chartLabel: { en: 'Chart', es: 'Gráfico' },
  annexLabel: { en: 'Annex', es: 'Anexo' },
  contents: { en: 'Contents', es: 'Contenido' },
  keyFigures: { en: 'Key figures', es: 'Cifras clave' },
  abstract: { en: 'In brief', es: 'En síntesis' },
  skip: { en: 'Skip to the findings', es: 'Ir a los hallazgos' },
  warning: { en: 'Warning: arithmetic checks failed', es: 'Advertencia: fallaron comprobaciones aritméticas' },
  chartData: { en: 'Data of this chart', es: 'Datos de este gráfico' },
  page: { en: 'Page', es: 'Página' },
  of: { en: 'of', es: 'de' },
  register: { en: 'Register', es: 'Registro' },
  estimate: { en: 'Register, estimate', es: 'Registro, estimación' },
  partial: { en: 'month only partly in the period', es: 'mes incluido solo en parte' },
  lastAccessed: { en: 'Address', es: 'Dirección' },
  cutOff: { en: 'Data cut-off', es: 'Corte de datos' },
  baseN: { en: 'Base', es: 'Base' },
  covers: { en: 'Period of arrest', es: 'Periodo de detención' },
  dataVersion: { en: 'Data version', es: 'Versión de los datos' },
  preparedOn: { en: 'Prepared on', es: 'Elaborado el' },
  documentNumber: { en: 'Document', es: 'Documento' },
  back: { en: 'Back to the text', es: 'Volver al texto' },
  inRegister: { en: 'In the figure register:', es: 'En el registro de cifras:' },
  otherFigures: {
    en: 'Figures stated with the report or published by others',
    es: 'Cifras aportadas con el informe o publicadas por otros',
  },
  suppression: { en: 'Suppression: none', es: 'Supresión: ninguna' },
  symbols: {
    en: '– does not apply; .. not available; 0 none.',
    es: '– no aplica; .. no disponible; 0 ninguno.',
  },
} as const satisfies Record<string, Words>;

/** Picks the reading of one language. */
export const said = (words: Words, language: Language): string => words[language];

const NOUNS: Readonly<Record<string, { readonly one: Words; readonly many: Words }>> = {
  person: { one: { en: 'person', es: 'persona' }, many: { en: 'people', es: 'personas' } },
  arrest: { one: { en: 'arrest', es: 'detención' }, many: { en: 'arrests', es: 'detenciones' } },
  hearing: { one: { en: 'hearing', es: 'audiencia' }, many: { en: 'hearings', es: 'audiencias' } },
  death: { one: { en: 'death', es: 'muerte' }, many: { en: 'deaths', es: 'muertes' } },
  remedy: { one: { en: 'petition', es: 'petición' }, many: { en: 'petitions', es: 'peticiones' } },
  complaint: { one: { en: 'complaint', es: 'denuncia' }, many: { en: 'complaints', es: 'denuncias' } },
  violation: { one: { en: 'violation', es: 'hecho' }, many: { en: 'violations', es: 'hechos' } },
  release: { one: { en: 'release', es: 'liberación' }, many: { en: 'releases', es: 'liberaciones' } },
  facility: { one: { en: 'facility', es: 'centro' }, many: { en: 'facilities', es: 'centros' } },
};

/** The unit of count in words, `arrests`. */
export function unitNoun(unit: string, value: number, language: Language): string {
  const noun = NOUNS[unit];
  return noun === undefined ? unit : (value === 1 ? noun.one : noun.many)[language];
}
