/**
 * Rows of the intake form (samples/kobo-intake-sv) about invented people, with the shares of samples/intake-2022.csv:
 * one in fourteen arrests known to the month only, dates in two spellings, one in eleven without a hearing yet, few
 * released, fewer dead, a tenth of the rows with line breaks and quotes in the account.
 */
import { chanceOf, type Chance } from './chance.js';
import { inventIdentity } from './people.js';

export const COLUMNS = [
  '_uuid',
  '_submission_time',
  'consentimiento',
  'informante_relacion',
  'nombres',
  'apellidos',
  'dui',
  'sexo',
  'fecha_nacimiento',
  'edad',
  'ocupacion',
  'vulnerabilidad',
  'detencion_fecha',
  'detencion_hora',
  'detencion_departamento',
  'detencion_distrito',
  'base_legal',
  'motivos',
  'autoridad',
  'regimen_excepcion',
  'lugar_detencion',
  'audiencia_fecha',
  'audiencia_tipo',
  'audiencia_imputados',
  'audiencia_modo',
  'defensa',
  'medida',
  'delitos',
  'contacto_fecha',
  'habeas_fecha',
  'habeas_estado',
  'liberacion_fecha',
  'liberacion_tipo',
  'fallecimiento_fecha',
  'fallecimiento_lugar',
  'causa_oficial',
  'manera_evaluada',
  'signos',
  'relato',
] as const;

export type IntakeRow = Readonly<Record<(typeof COLUMNS)[number], string>>;

/** A district with the department it lies in. */
export interface District {
  readonly code: string;
  readonly department: string;
}

const DAY = 86_400_000;
const FIRST = Date.UTC(2022, 2, 27);
const CUT_OFF = Date.UTC(2023, 2, 27);
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const slashed = (at: number): string => day(at).split('-').reverse().join('/');
const MONTHS = 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' ');

const CONSENTS = [
  ['INTERNAL_CASE ANON_STATISTICS', 76],
  ['INTERNAL_CASE ANON_STATISTICS LEGAL_REPRESENTATION', 21],
  ['INTERNAL_CASE', 2],
  ['INTERNAL_CASE LEGAL_REPRESENTATION', 1],
] as const;
const RELATIONS = ['hija', 'padre', 'hermana', 'vecino', 'esposa', 'madre', 'abogado', 'hermano'];
const OCCUPATIONS = [
  ['DAY_LABOURER', 21],
  ['FARM_WORKER', 19],
  ['STREET_VENDOR', 16],
  ['STUDENT', 9],
  ['', 8],
  ['DRIVER', 8],
  ['UNEMPLOYED', 8],
  ['DOMESTIC_WORK', 6],
  ['FISHER', 2],
  ['PUBLIC_EMPLOYEE', 2],
  ['TEACHER', 1],
] as const;
const GROUNDS = [
  ['NONE', 57.5],
  ['EMERGENCY_ONLY', 18],
  ['FLAGRANTE_CLAIMED', 7.5],
  ['FLAGRANTE', 4.5],
  ['SUMMONED', 3.5],
  ['WARRANT_CLAIMED', 2.5],
  ['WARRANT_JUDICIAL', 2.5],
  ['WARRANT_PROSECUTOR', 2],
  ['REARREST_RELEASE', 1],
  ['', 1],
] as const;
const BASES = [
  ['ANON_TIP', 28],
  ['NOT_TOLD', 21],
  ['RESIDENCE', 21],
  ['PRIOR_RECORD', 13],
  ['NERVOUS', 10],
  ['FAMILY_LINK', 9],
  ['POLICE_FILE', 9],
  ['TATTOO_GANG', 8],
  ['TATTOO_OTHER', 8],
  ['APPEARANCE', 7],
  ['ACCUSED_NEIGHBOUR', 6],
  ['QUOTA', 5],
] as const;
const FORCES = [
  ['PNC', 70],
  ['PNC FAES', 18],
  ['FAES', 8],
  ['', 3],
  ['UNIDENTIFIED_HOODED', 1],
] as const;
const PLACES = [
  ['SV-LAESPERANZA', 32],
  ['SV-IZALCO', 28],
  ['SV-ILOPANGO', 12],
  ['SV-APANTEOS', 9],
  ['', 6],
  ['SV-SANMIGUEL', 5],
  ['SV-QUEZALTEPEQUE', 5],
  ['SV-CIUDADBARRIOS', 4],
] as const;
const CHARGES = [
  ['AGRUPACIONES_ILICITAS', 81],
  ['ORG_TERRORISTA', 12],
  ['NONE_YET', 5],
  ['EXTORSION', 2],
] as const;
const HABEAS = [
  ['NO_ANSWER', 42],
  ['FILED', 30],
  ['INADMISSIBLE', 18],
  ['ADMITTED', 8],
  ['GRANTED', 2],
] as const;
const ACCOUNTS = [
  ['', 34],
  ['Línea 1\nLínea 2 con coma, y; punto y coma', 19],
  ['Lo sacaron de la casa de noche; “no mostraron orden”.', 17],
  ['Dijo: "volvemos por él", sin explicar, y se fueron.', 15],
  ['La familia no fue informada del traslado.', 15],
] as const;

/** Arrests came in a wave: most in the first weeks, then fewer and fewer. */
const arrestDay = (chance: Chance): number => FIRST + Math.floor(chance.next() ** 2.2 * 360) * DAY;

function written(chance: Chance, at: number, arrest = false): string {
  if (arrest && chance.is(0.074)) {
    const [year, month] = [day(at).slice(0, 4), Number(day(at).slice(5, 7))];
    return chance.pick([day(at).slice(0, 7), `${day(at).slice(5, 7)}/${year}`, `${MONTHS[month - 1]} ${year}`]);
  }
  return chance.is(0.2) ? slashed(at) : day(at);
}

/** The day of the hearing, when there was one by the cut-off: a median of about a fortnight. */
function hearingDay(chance: Chance, arrested: number): number | null {
  const at =
    arrested +
    Math.max(1, Math.round(15 * Math.exp(0.9 * (chance.next() + chance.next() + chance.next() - 1.5) * 2))) * DAY;
  return chance.is(0.07) || at > CUT_OFF ? null : at;
}

function hearing(chance: Chance, at: number | null): Partial<IntakeRow> {
  if (at === null) return {};
  return {
    audiencia_fecha: written(chance, at),
    audiencia_tipo: 'MEASURES_HEARING',
    audiencia_imputados: String(1 + Math.floor(chance.next() ** 2 * 500)),
    audiencia_modo: chance.is(0.76) ? 'VIDEO' : 'IN_PERSON',
    defensa: chance.weighted([
      ['PUBLIC_PGR', 82],
      ['PRIVATE_PAID', 10],
      ['NGO', 8],
    ]),
    medida: chance.is(0.95) ? 'PRETRIAL_DETENTION' : 'ALTERNATIVE',
  };
}

const within = (chance: Chance, from: number): number =>
  from + Math.floor(chance.next() * ((CUT_OFF - from) / DAY)) * DAY;

/** How custody ended, for the few of whom it is known; after the hearing, where there was one. */
function ending(chance: Chance, after: number): Partial<IntakeRow> {
  const from = after + 5 * DAY;
  if (from >= CUT_OFF) return {};
  if (chance.is(0.05))
    return {
      liberacion_fecha: written(chance, within(chance, from)),
      liberacion_tipo: chance.is(0.77) ? 'RELEASED_MEASURES' : 'RELEASED_CLEARED',
    };
  if (!chance.is(0.019)) return {};
  return {
    fallecimiento_fecha: written(chance, within(chance, from)),
    fallecimiento_lugar: chance.pick(['HOSPITAL', 'CELL', 'UNKNOWN', 'INFIRMARY']),
    causa_oficial: chance.pick(['PULMONARY_OEDEMA_UNSPEC', 'UNKNOWN', 'MULTI_ORGAN_UNSPEC', 'RENAL_FAILURE']),
    manera_evaluada: chance.pick(['UNDETERMINED', 'NATURAL_PATHOLOGICAL', 'SUSPICIOUS', 'VIOLENT']),
    signos: chance.is(0.5) ? chance.pick(['FRACTURE', 'BRUISES', 'EMACIATION FRACTURE']) : '',
  };
}

function bases(chance: Chance): string {
  const count = chance.weighted([
    [1, 60],
    [2, 31],
    [3, 9],
  ]);
  return [...new Set(Array.from({ length: count }, () => chance.weighted(BASES)))].join(' ');
}

/** One row of the form. */
function rowOf(chance: Chance, districts: readonly District[]): IntakeRow {
  const arrested = arrestDay(chance);
  const heard = hearingDay(chance, arrested);
  const sex = chance.is(0.86) ? 'M' : 'F';
  const age = chance.is(0.12) ? 13 + chance.below(5) : 18 + Math.floor(chance.next() ** 1.6 * 40);
  const born = arrested - Math.round((age + 0.05 + 0.9 * chance.next()) * 365.25) * DAY;
  const district = chance.pick(districts);
  const blank = Object.fromEntries(COLUMNS.map((column) => [column, ''])) as unknown as IntakeRow;
  const identity = inventIdentity(chance, sex);
  return {
    ...blank,
    _uuid: chance.uuid(),
    _submission_time: `${day(chance.is(0.85) ? CUT_OFF : arrested + Math.min(60 * DAY, CUT_OFF - arrested))}T15:04:05`,
    consentimiento: chance.weighted(CONSENTS),
    informante_relacion: chance.pick(RELATIONS),
    nombres: identity.givenNames,
    apellidos: identity.familyNames,
    dui: identity.documentNumber,
    sexo: sex,
    fecha_nacimiento: chance.is(0.29) ? '' : chance.is(0.2) ? slashed(born) : day(born),
    edad: String(age),
    ocupacion: chance.weighted(OCCUPATIONS),
    vulnerabilidad: age < 18 ? 'CHILD' : chance.is(0.07) ? 'CHRONIC_ILLNESS' : '',
    detencion_fecha: written(chance, arrested, true),
    detencion_hora: chance.is(0.46)
      ? `${String(chance.below(24)).padStart(2, '0')}:${String(chance.below(60)).padStart(2, '0')}`
      : '',
    detencion_departamento: district.department,
    detencion_distrito: district.code,
    base_legal: chance.weighted(GROUNDS),
    motivos: bases(chance),
    autoridad: chance.weighted(FORCES),
    regimen_excepcion: chance.is(0.93) ? 'si' : 'no',
    lugar_detencion: chance.weighted(PLACES),
    ...hearing(chance, heard),
    delitos: chance.weighted(CHARGES),
    ...(chance.is(0.134) ? { contacto_fecha: written(chance, within(chance, arrested)) } : {}),
    ...(chance.is(0.216)
      ? { habeas_fecha: written(chance, within(chance, arrested)), habeas_estado: chance.weighted(HABEAS) }
      : {}),
    ...ending(chance, heard ?? arrested),
    relato: chance.weighted(ACCOUNTS),
  };
}

const quoted = (cell: string): string => (/[",\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The lines of a form export: a header, then as many rows as asked for. Another purpose gives other people. */
export function* intakeLines(
  seed: number,
  purpose: string,
  rows: number,
  districts: readonly District[],
): Generator<string> {
  const chance = chanceOf(seed, purpose);
  yield `\uFEFF${COLUMNS.join(',')}\n`;
  for (let row = 0; row < rows; row++) {
    const cells = rowOf(chance, districts);
    yield `${COLUMNS.map((column) => quoted(cells[column])).join(',')}\n`;
  }
}
