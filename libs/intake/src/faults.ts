/** What can be wrong with a row, by stable code, in words for whoever corrects the form. Values are never repeated. */

export interface RowFault {
  readonly column: string;
  readonly code: string;
}

const SENTENCES: Readonly<Record<string, readonly [string, string]>> = {
  required: ['This cell must not be empty.', 'Esta celda no puede quedar vacía.'],
  'code.unknown': ['The list of this column has no such code.', 'La lista de esta columna no tiene ese código.'],
  'area.unknown': ['The country pack has no such area.', 'El paquete del país no tiene esa área.'],
  'area.not-within': [
    'This area does not lie in the one named beside it.',
    'Esta área no pertenece a la indicada al lado.',
  ],
  'area.other-country': ['This area lies in another country.', 'Esta área pertenece a otro país.'],
  'place.unknown': ['The country pack has no such place.', 'El paquete del país no tiene ese lugar.'],
  'date.malformed': ['This is not a date as the form writes it.', 'No es una fecha como las escribe el formulario.'],
  'date.impossible': ['The calendar has no such day.', 'Ese día no existe en el calendario.'],
  'date.out-of-range': ['The year is outside 1800 to 2199.', 'El año está fuera de 1800 a 2199.'],
  'date.reversed': ['The range ends before it begins.', 'El periodo termina antes de empezar.'],
  'integer.malformed': ['This must be a whole number.', 'Debe ser un número entero.'],
  'integer.out-of-range': ['The number is outside what is plausible.', 'El número está fuera de lo plausible.'],
  'text.too-long': ['The text is too long.', 'El texto es demasiado largo.'],
  'text.control-character': [
    'The text holds characters that are never stored.',
    'El texto tiene caracteres que no se guardan.',
  ],
  'text.bidirectional-control': [
    'A name holds characters that turn the reading order.',
    'Un nombre tiene caracteres que cambian el orden de lectura.',
  ],
  'text.formula': [
    'A name begins like a spreadsheet formula.',
    'Un nombre empieza como una fórmula de hoja de cálculo.',
  ],
  'row.columns': [
    'The row has more or fewer cells than the header.',
    'La fila tiene más o menos celdas que el encabezado.',
  ],
  'row.malformed': ['The row is not well-formed CSV.', 'La fila no es CSV bien formado.'],
  'row.differs-from-record': [
    'A case with this id is on record with other content; record the difference as a correction.',
    'Ya hay un caso con este identificador y otro contenido; registre la diferencia como corrección.',
  ],
  'external-id.malformed': [
    'The id must be 1 to 200 printable ASCII characters.',
    'El identificador debe tener de 1 a 200 caracteres ASCII imprimibles.',
  ],
  'arrest.after-known-on': [
    'The arrest is dated after the day on which the form was sent.',
    'La detención tiene fecha posterior al envío del formulario.',
  ],
  'arrest.in-future': ['The arrest is dated in the future.', 'La detención tiene fecha futura.'],
  'arrest.after-death': [
    'The arrest is dated after the death.',
    'La detención tiene fecha posterior al fallecimiento.',
  ],
  'hearing.before-arrest': [
    'The hearing is dated before the arrest.',
    'La audiencia tiene fecha anterior a la detención.',
  ],
  'hearing.after-death': [
    'The hearing is dated after the death.',
    'La audiencia tiene fecha posterior al fallecimiento.',
  ],
  'hearing.in-future': ['The hearing is dated in the future.', 'La audiencia tiene fecha futura.'],
  'death.before-arrest': [
    'The death is dated before the arrest.',
    'El fallecimiento tiene fecha anterior a la detención.',
  ],
  'death.in-future': ['The death is dated in the future.', 'El fallecimiento tiene fecha futura.'],
  'release.before-arrest': [
    'The release is dated before the arrest.',
    'La liberación tiene fecha anterior a la detención.',
  ],
  'release.after-death': [
    'The release is dated after the death.',
    'La liberación tiene fecha posterior al fallecimiento.',
  ],
  'release.in-future': ['The release is dated in the future.', 'La liberación tiene fecha futura.'],
  'birth.after-arrest': ['The birth is dated after the arrest.', 'El nacimiento tiene fecha posterior a la detención.'],
};

/** What may be wrong between two dates of a row, whatever they are dates of. */
const ORDER = /\.(?:in-future|reversed|before-arrest|after-arrest|after-death)$/;
const OF_ORDER = [
  'This date cannot be in this order with the others.',
  'Esta fecha no puede estar en este orden con las demás.',
] as const;
const OF_ANYTHING = ['This cell cannot be accepted.', 'Esta celda no se puede aceptar.'] as const;

/** The sentence of a code; a code that has none of its own gets a general one. */
export function rowSentence(code: string, language: 'en' | 'es'): string {
  const own = Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : undefined;
  const [en, es] = own ?? (ORDER.test(code) ? OF_ORDER : OF_ANYTHING);
  return language === 'en' ? en : es;
}
