/**
 * Why two files are thought to be, or not to be, of one person: stable codes (stored, answered by the API) and the
 * sentence for each in English and Spanish. A reason names what agrees, never a value of the file.
 */
interface Sentence {
  readonly en: string;
  readonly es: string;
}

export const REASONS = {
  NAME_SAME: { en: 'The full names are the same.', es: 'Los nombres completos son iguales.' },
  NAME_SPELLING: {
    en: 'A name is spelled differently but sounds or looks alike.',
    es: 'Un nombre está escrito de otra forma, pero suena o se ve parecido.',
  },
  NAME_INITIAL: { en: 'A name is given by its initial only.', es: 'Un nombre aparece solo con su inicial.' },
  NAME_FIELDS_MIXED: {
    en: 'A given name in one file stands among the surnames of the other.',
    es: 'Un nombre de pila de un expediente está entre los apellidos del otro.',
  },
  NICKNAME: {
    en: 'A given name is a familiar form of the other.',
    es: 'Un nombre de pila es forma familiar del otro.',
  },
  GIVEN_NAME_MISSING: {
    en: 'A given name is missing in one of the files.',
    es: 'Falta un nombre de pila en uno de los expedientes.',
  },
  GIVEN_NAME_DIFFERENT: {
    en: 'A given name is different.',
    es: 'Un nombre de pila es distinto.',
  },
  SURNAME_MISSING: {
    en: 'A surname is missing in one of the files.',
    es: 'Falta un apellido en uno de los expedientes.',
  },
  SURNAME_DIFFERENT: { en: 'A surname is different.', es: 'Un apellido es distinto.' },
  SURNAMES_SWAPPED: { en: 'The surnames stand in the other order.', es: 'Los apellidos están en orden inverso.' },
  DOCUMENT_SAME: { en: 'The document numbers are the same.', es: 'Los números de documento son iguales.' },
  DOCUMENT_ONE_DIGIT: {
    en: 'The document numbers differ by one slip: one character, or two that changed places.',
    es: 'Los números de documento difieren en un descuido: un carácter, o dos que cambiaron de lugar.',
  },
  DOCUMENT_DIFFERENT: { en: 'The document numbers are different.', es: 'Los números de documento son distintos.' },
  SEX_DIFFERENT: { en: 'The recorded sex is different.', es: 'El sexo registrado es distinto.' },
  BIRTH_SAME: { en: 'The dates of birth are the same.', es: 'Las fechas de nacimiento son iguales.' },
  BIRTH_DAY_MONTH_SWAPPED: {
    en: 'The dates of birth are the same once day and month change places.',
    es: 'Las fechas de nacimiento son iguales si el día y el mes cambian de lugar.',
  },
  BIRTH_ONE_PART: {
    en: 'The dates of birth differ in the day, the month or the year only.',
    es: 'Las fechas de nacimiento difieren solo en el día, el mes o el año.',
  },
  BIRTH_COMPATIBLE: {
    en: 'The dates of birth, as far as they are known, may be the same.',
    es: 'Las fechas de nacimiento, hasta donde se conocen, pueden ser la misma.',
  },
  BIRTH_DIFFERENT: { en: 'The dates of birth are different.', es: 'Las fechas de nacimiento son distintas.' },
  AGE_COMPATIBLE: { en: 'The ages fit together.', es: 'Las edades concuerdan.' },
  AGE_DIFFERENT: { en: 'The ages do not fit together.', es: 'Las edades no concuerdan.' },
  ARREST_SAME_DAY: { en: 'The arrests were on the same day.', es: 'Las detenciones fueron el mismo día.' },
  ARREST_NEAR: {
    en: 'The arrests were at most three days apart.',
    es: 'Las detenciones distan tres días como máximo.',
  },
  ARREST_COMPATIBLE: {
    en: 'The dates of arrest, as far as they are known, may be the same.',
    es: 'Las fechas de detención, hasta donde se conocen, pueden ser la misma.',
  },
  ARREST_DIFFERENT: {
    en: 'The dates of arrest are different; a second arrest is possible.',
    es: 'Las fechas de detención son distintas; puede tratarse de otra detención.',
  },
  DISTRICT_SAME: { en: 'The arrests were in the same district.', es: 'Las detenciones fueron en el mismo distrito.' },
  DEPARTMENT_SAME: {
    en: 'The arrests were in the same department.',
    es: 'Las detenciones fueron en el mismo departamento.',
  },
  DEPARTMENT_DIFFERENT: {
    en: 'The arrests were in different departments.',
    es: 'Las detenciones fueron en departamentos distintos.',
  },
  PLACE_SAME: { en: 'The place of custody is the same.', es: 'El lugar de detención es el mismo.' },
} as const satisfies Readonly<Record<string, Sentence>>;

export type Reason = keyof typeof REASONS;
