/** What can be wrong with a mapping profile, in words for whoever wrote it. A value of the profile may be repeated: it is no case data. */

const FAULTS = {
  map: ['must be a map', 'debe ser un mapa'],
  list: ['must be a list', 'debe ser una lista'],
  texts: ['must be a list of texts', 'debe ser una lista de textos'],
  text: ['must be a text', 'debe ser un texto'],
  flag: ['must be true or false', 'debe ser true o false'],
  number: ['must be a whole number that the target can take', 'debe ser un número entero que el campo admita'],
  range: ['min is greater than max', 'min es mayor que max'],
  key: ['there is no key "{}"', 'no existe la clave "{}"'],
  word: ['must be one of: {}', 'debe ser una de estas palabras: {}'],
  origin: [
    'needs exactly one of column, columns, value, same, before, after',
    'necesita exactamente una de column, columns, value, same, before, after',
  ],
  columns: ['names no column', 'no nombra ninguna columna'],
  spelling: ['"{}" is no date spelling', '"{}" no es una forma de escribir fechas'],
  idle: ['the key "{}" has no effect here', 'la clave "{}" no tiene efecto aquí'],
  ways: ['is read in more than one way', 'se lee de más de una manera'],
  kind: ['a target of kind {} is not read like this', 'un campo de tipo {} no se lee así'],
  value: ['is not a value that a target of kind {} takes', 'no es un valor que admita un campo de tipo {}'],
  special: [
    'must be skip, UNKNOWN, REFUSED, NOT_ASKED, NOT_APPLICABLE or OTHER, and only where a code is read',
    'debe ser skip, UNKNOWN, REFUSED, NOT_ASKED, NOT_APPLICABLE u OTHER, y solo donde se lee un código',
  ],
  reference: ['this mapping has no date called "{}"', 'esta correspondencia no tiene ninguna fecha llamada "{}"'],
  circle: ['the date is made from itself', 'la fecha se obtiene de sí misma'],
  target: ['there is no such target', 'no existe ese campo'],
  field: ['there is no such field', 'no existe ese campo del hecho'],
  event: ['there is no kind of event "{}"', 'no existe el tipo de hecho "{}"'],
  at: ['an event needs `at`', 'un hecho necesita `at`'],
  delimiter: ['must be auto, ",", ";" or a tab', 'debe ser auto, ",", ";" o un tabulador'],
  encoding: ['must be utf-8', 'debe ser utf-8'],
  code: ['must be lower case letters, digits and hyphens', 'debe tener solo minúsculas, cifras y guiones'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

export type MappingFault = keyof typeof FAULTS;
export const MAPPING_FAULTS = Object.keys(FAULTS) as readonly MappingFault[];

/** A profile that cannot be used: which key is at fault, and what is wrong with it, in both languages. */
export class MappingError extends Error {
  readonly en: string;
  readonly es: string;

  constructor(
    readonly key: string,
    readonly fault: MappingFault,
    fact = '',
  ) {
    const [en, es] = FAULTS[fault].map((sentence) => `${key}: ${sentence.replace('{}', () => fact)}`);
    super(en);
    this.en = en ?? '';
    this.es = es ?? '';
  }
}

/** Gives up reading a profile. */
export function fail(key: string, fault: MappingFault, fact?: string): never {
  throw new MappingError(key, fault, fact);
}
