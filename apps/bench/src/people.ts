/** Names of people who do not exist: common ones, as often as common names are, and rare ones made of syllables. */
import type { Chance } from './chance.js';

const GIVEN_M =
  'José Juan Carlos Luis Óscar Mario Edwin Josué Kevin Wilber Nelson Rafael Manuel Salvador Ernesto Rubén Tomás Adán Elmer Moisés'.split(
    ' ',
  );
const GIVEN_F =
  'María Ana Marta Blanca Yesenia Ingrid Sandra Karla Rosa Elena Gloria Silvia Idalia Noemí Delmy Xiomara Lidia Roxana Evelyn Dinora'.split(
    ' ',
  );
const FAMILY =
  'Hernández Martínez López García Rivas Flores Ramírez Pérez Cruz Guevara Reyes Aguilar Menjívar Escobar Chávez Gómez Castro Portillo Alvarado Ayala Mejía Orellana Guardado Cortez Umaña Beltrán Quintanilla Zelaya Henríquez Calderón Melgar Lemus Serrano Monterrosa Villalta Argueta Figueroa Landaverde Membreño Turcios'.split(
    ' ',
  );
const SYLLABLES = 'ba ce chi do fu ga jue la me ni ño pa que ri sa tu va xi yo zu'.split(' ');

/** Three in ten people have a name that few others have. */
const RARE = 0.3;

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);
const rare = (chance: Chance): string => capital(Array.from({ length: 3 }, () => chance.pick(SYLLABLES)).join(''));
/** Low ranks come up far more often, as with real names. */
const common = (chance: Chance, list: readonly string[]): string =>
  list[Math.floor(chance.next() ** 1.8 * list.length)]!;
const name = (chance: Chance, list: readonly string[]): string =>
  chance.is(RARE) ? rare(chance) : common(chance, list);

export interface InventedIdentity {
  readonly givenNames: string;
  readonly familyNames: string;
  /** Empty when nobody knows the number. */
  readonly documentNumber: string;
}

/** A name, and for a little more than half a document number. */
export function inventIdentity(chance: Chance, sex: string): InventedIdentity {
  const given = sex === 'F' ? GIVEN_F : GIVEN_M;
  const first = name(chance, given);
  return {
    givenNames: chance.is(0.7) ? `${first} ${name(chance, given)}` : first,
    familyNames: `${name(chance, FAMILY)} ${name(chance, FAMILY)}`,
    documentNumber: chance.is(0.55) ? `${String(chance.below(1e8)).padStart(8, '0')}-${chance.below(10)}` : '',
  };
}
