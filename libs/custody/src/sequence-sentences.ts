/** The sentences of `sequence.ts`, in English and Spanish. They name kinds of events and never a value (design §9). */
import type { TimelineKind } from './types.js';

export interface Sentences {
  readonly en: string;
  readonly es: string;
}

/** How a kind is written in a problem code (style.md §2): `custody-spell.before-arrest`. */
export function kindInCode(kind: TimelineKind): string {
  return kind === 'custodySpell' ? 'custody-spell' : kind;
}

const KINDS: Readonly<Record<TimelineKind, Sentences>> = {
  arrest: { en: 'The arrest', es: 'La detención' },
  custodySpell: { en: 'The stay in a place of detention', es: 'La permanencia en un lugar de detención' },
  hearing: { en: 'The hearing', es: 'La audiencia' },
  measure: { en: 'The measure', es: 'La medida' },
  charge: { en: 'The charge', es: 'La imputación' },
  counsel: { en: 'The legal defence', es: 'La defensa' },
  contact: { en: 'The contact', es: 'El contacto' },
  remedy: { en: 'The remedy', es: 'El recurso' },
  violation: { en: 'The violation', es: 'La violación' },
  death: { en: 'The death', es: 'El fallecimiento' },
  release: { en: 'The release', es: 'La liberación' },
};

/** What can be wrong with the order of events. */
export type Contradiction = 'in-future' | 'reversed' | 'before-arrest' | 'after-death' | 'after-arrest';

const CLAUSES: Readonly<Record<Contradiction, Sentences>> = {
  'in-future': { en: 'is dated in the future.', es: 'tiene una fecha futura.' },
  reversed: { en: 'ends before it begins.', es: 'termina antes de empezar.' },
  'before-arrest': { en: 'is dated before the arrest.', es: 'tiene una fecha anterior a la detención.' },
  'after-death': { en: 'is dated after the death.', es: 'tiene una fecha posterior al fallecimiento.' },
  'after-arrest': { en: 'is dated after the arrest.', es: 'tiene una fecha posterior a la detención.' },
};

const BIRTH: Sentences = { en: 'The birth', es: 'El nacimiento' };

/** The sentence for one contradiction of one kind of event, or of the birth. */
export function sentencesFor(subject: TimelineKind | 'birth', contradiction: Contradiction): Sentences {
  const kind = subject === 'birth' ? BIRTH : KINDS[subject];
  const clause = CLAUSES[contradiction];
  return { en: `${kind.en} ${clause.en}`, es: `${kind.es} ${clause.es}` };
}
