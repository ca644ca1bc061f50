/** A person for the specs, from the few things that a spec is about. */
import { eventDate } from '#lib/time';
import type { MatchPerson } from '../src/person.js';

export interface Described extends Partial<Omit<MatchPerson, 'born' | 'arrestedAt'>> {
  readonly name?: string;
  readonly born?: string;
  readonly arrested?: string;
}

/** `name` is written "given names / surnames"; dates as EDTF; everything else is unknown. */
export function aPerson({ name, born, arrested, ...rest }: Described = {}): MatchPerson {
  const [given = '', family = ''] = (name ?? '').split('/').map((part) => part.trim());
  return {
    givenNames: given === '' ? null : given,
    familyNames: family === '' ? null : family,
    documentNumber: null,
    sex: 'UNKNOWN',
    born: born === undefined ? null : eventDate(born),
    ageAtArrest: null,
    arrestedAt: arrested === undefined ? null : eventDate(arrested),
    area1: null,
    area3: null,
    place: null,
    ...rest,
  };
}
