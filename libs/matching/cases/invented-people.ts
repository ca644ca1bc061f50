/**
 * Invented case files for the specs: no real person. Names follow a steep distribution, families are taken together,
 * and second files of one person carry the errors that informants, court lists and forms make. Other names, other
 * errors and other proportions than `samples/intake-2022.csv`.
 */
import { addDays, eventDate, type EventDate } from '#lib/time';
import type { MatchPerson } from '../src/person.js';

export interface InventedFile {
  readonly id: string;
  readonly person: MatchPerson;
}

export interface InventedRegister {
  readonly files: readonly InventedFile[];
  /** Pairs of ids that are of one person. */
  readonly duplicates: readonly (readonly [string, string])[];
}

/** Mulberry32: the same numbers on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The most usual first; half of them are in no table of the library. */
const MEN = words(`
  José Juan Carlos Luis Francisco Mauricio Pedro Salvador Antonio René Daniel Rafael Julio Nelson Alexander Walter
  Ernesto Mario Marvin Walter Dennis Milton Arnulfo Eliseo Ovidio Lisandro Wilian Franklin Eliezer Adalberto Melquisedec
  Gamaliel Balmore Ever Osmín Rutilio Nahúm Abimael Efraín Isidro Porfirio Saúl Teófilo Everardo Bonifacio Eleazar Odir
  Yonatan Stanley Jairo Herberth Amadeo Baudilio Cayetano Delfino Eladio Fausto Genaro Hermenegildo Inocente Jeovany
  Kenny Leónidas Maclovio Nectalí Orestes Presentación Quirino Remberto Sigfredo Tránsito Ubaldo Venancio Wenceslao Zenón
`);
const WOMEN = words(`
  María Ana Rosa Carmen Morena Sandra Dora Mirna Gladys Marta Teresa Guadalupe Yanira Ester Lilian Evangelina Deysi
  Telma Zulma Ermelinda Nohemy Arely Maritza Isolina Bessy Candelaria Domitila Eduviges Filomena Griselda Herminia Idalia
  Jesenia Keila Lorenza Maura Nolvia Ofelia Petrona Quirina Rutilia Saturnina Tomasa Ubaldina Virgilia Xenia Ysabel Zonia
`);
const SURNAMES = words(`
  Hernández Martínez López García Rodríguez Rivera Ramírez Pérez Flores González Sánchez Vásquez Cruz Gómez Mejía Díaz
  Ramos Torres Morales Mendoza Santos Campos Bonilla Argueta Henríquez Palacios Peña Molina Serrano Sorto Chicas Umaña
  Quijada Zaldívar Arriaza Burgos Cañénguez Doradea Elías Fabián Garay Henao Interiano Jerez Landos Menéndez Nerio Opico
  Pocasangre Quezada Rauda Sigüenza Tamacas Urías Villeda Yanes Zúñiga Amaya Belloso Cárcamo Damas Erazo Fajardo Grijalva
  Huezo Iraheta Jaco Laínez Machado Naves Osegueda Pleitez Quant Rugamas Sermeño Tisnado Ulloa Viscarra Zetino Ábrego
  Bermúdez Colindres Duarte Esquivel Fermán Gochez Hueso Izaguirre Jurado Leiva Mixco Navas Olivares Portal Recinos Sasso
  Tenorio Urquilla Ventura Yánez Zeledón Ascencio Barillas Cea Durán Escoto Figueroa Galeas Ibarra Joya Lipe Mazariego
`);
const NICKNAMES: Readonly<Record<string, string>> = {
  José: 'Chepe',
  Francisco: 'Chico',
  Salvador: 'Chamba',
  Antonio: 'Toño',
  Rafael: 'Rafa',
  Ernesto: 'Neto',
  Mauricio: 'Mauri',
  Juan: 'Juancho',
  Carlos: 'Carlitos',
  Guadalupe: 'Lupita',
  Teresa: 'Tere',
  Rosa: 'Rosita',
};
const FIRST_DAY = '2022-03-27';
const PRISONS = words('P1 P2 P3 P4 P5 P6');

export interface Proportions {
  readonly persons: number;
  /** Second files per person, 0 to 1. */
  readonly duplicates: number;
  /** Arrests that take a brother or sister along, 0 to 1. */
  readonly relatives: number;
  /** Days over which the arrests spread. */
  readonly days: number;
}

/** Builds a register; the same seed gives the same one. */
export function inventRegister(seed: number, proportions: Proportions): InventedRegister {
  const random = randomFrom(seed);
  const chance = (p: number): boolean => random() < p;
  const upTo = (n: number): number => Math.floor(random() * n);
  /** Zipf-like: the first of a list is drawn far more often than the last. */
  const usual = (list: readonly string[]): string => list[Math.floor(list.length * random() ** 2.6)]!;
  const day = (text: string): EventDate => eventDate(text);

  function number(): string {
    const digits = Array.from({ length: 9 }, () => upTo(10)).join('');
    return `${digits.slice(0, 8)}-${digits.slice(8)}`;
  }

  function birthday(): string {
    return addDays('2004-12-31', -Math.floor(random() ** 1.6 * 45 * 365));
  }

  function person(): MatchPerson {
    const isWoman = chance(0.14);
    const names = isWoman ? WOMEN : MEN;
    const department = Math.floor(random() ** 1.8 * 14);
    const arrested = addDays(FIRST_DAY, Math.floor(random() ** 2 * proportions.days));
    const born = birthday();
    return {
      givenNames: chance(0.65) ? `${usual(names)} ${usual(names)}` : usual(names),
      familyNames: chance(0.93) ? `${usual(SURNAMES)} ${usual(SURNAMES)}` : usual(SURNAMES),
      documentNumber: chance(0.55) ? number() : null,
      sex: isWoman ? 'F' : 'M',
      born: chance(0.7) ? day(born) : null,
      ageAtArrest: chance(0.9) ? Number(arrested.slice(0, 4)) - Number(born.slice(0, 4)) : null,
      arrestedAt: chance(0.92) ? day(arrested) : chance(0.8) ? day(arrested.slice(0, 7)) : null,
      area1: `D${department}`,
      area3: chance(0.95) ? `D${department}-${Math.floor(random() ** 1.5 * 19)}` : null,
      place: chance(0.9) ? usual(PRISONS) : null,
    };
  }

  /** A brother or sister taken in the same night: another given name, another birth, the same surnames. */
  function relativeOf(one: MatchPerson): MatchPerson {
    const other = person();
    const age = other.ageAtArrest;
    return {
      ...other,
      ...{ familyNames: one.familyNames, arrestedAt: one.arrestedAt, area1: one.area1, area3: one.area3 },
      ...{ place: chance(0.8) ? one.place : other.place, ageAtArrest: age },
    };
  }

  const ERRORS: readonly (readonly [number, (file: MatchPerson) => Partial<MatchPerson>])[] = [
    [3, ({ givenNames }) => ({ givenNames: givenNames?.split(' ')[0] ?? null })],
    [1, ({ givenNames }) => ({ givenNames: givenNames?.split(' ').at(-1) ?? null })],
    [
      2,
      (file) => ({
        givenNames: file.givenNames && plain(file.givenNames),
        familyNames: file.familyNames && plain(file.familyNames),
      }),
    ],
    [2, ({ givenNames }) => ({ givenNames: givenNames?.replace(/^\S+/, (name) => NICKNAMES[name] ?? name) ?? null })],
    [2, ({ familyNames }) => ({ familyNames: familyNames && transposed(familyNames) })],
    [2, ({ givenNames }) => ({ givenNames: givenNames && transposed(givenNames) })],
    [2, ({ familyNames }) => ({ familyNames: familyNames && heard(familyNames) })],
    [2, ({ givenNames }) => ({ givenNames: givenNames && heard(givenNames) })],
    [3, ({ familyNames }) => ({ familyNames: familyNames?.split(' ')[0] ?? null })],
    [2, ({ familyNames }) => ({ familyNames: familyNames?.split(' ').reverse().join(' ') ?? null })],
    [1, ({ givenNames }) => ({ givenNames: givenNames?.replace(/ (\S)\S*$/, ' $1.') ?? null })],
    [4, () => ({ documentNumber: null })],
    [
      2,
      ({ documentNumber: n }) => ({
        documentNumber: n && n.slice(0, 4) + String((Number(n[4]) + 3) % 10) + n.slice(5),
      }),
    ],
    [1, ({ documentNumber: n }) => ({ documentNumber: n && number() })],
    [4, () => ({ born: null })],
    [2, ({ born }) => ({ born: born && day(born.edtf.slice(0, 4)) })],
    [2, ({ born }) => ({ born: born && swapped(born) })],
    [
      1,
      ({ born }) => ({
        born: born && day(`${Number(born.edtf.slice(0, 4)) - 10}${born.edtf.slice(4)}`.replace('-02-29', '-02-28')),
      }),
    ],
    [2, ({ ageAtArrest: age }) => ({ ageAtArrest: age && age + (chance(0.5) ? 1 : -1) })],
    [3, ({ arrestedAt: at }) => ({ arrestedAt: at && shifted(at, chance(0.5) ? 1 : -1) })],
    [1, ({ arrestedAt: at }) => ({ arrestedAt: at && shifted(at, chance(0.5) ? 3 : -3) })],
    [2, ({ arrestedAt: at }) => ({ arrestedAt: at && day(at.edtf.slice(0, 7)) })],
    [1, ({ arrestedAt: at }) => ({ arrestedAt: at && at.precision === 'DAY' ? day(`${at.edtf}~`) : at })],
    [2, ({ area1 }) => ({ area3: `${area1}-${upTo(19)}` })],
    [1, () => ({ area3: null })],
    [3, () => ({ place: usual(PRISONS) })],
  ];
  const weights = ERRORS.reduce((sum, [weight]) => sum + weight, 0);

  const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();

  /** Two neighbouring letters of the longest word change places. */
  function transposed(text: string): string {
    const longest = text.split(' ').reduce((a, b) => (b.length > a.length ? b : a));
    if (longest.length < 5) return text;
    const at = 1 + upTo(longest.length - 3);
    return text.replace(longest, longest.slice(0, at) + longest[at + 1]! + longest[at]! + longest.slice(at + 2));
  }

  /** Written as heard. */
  function heard(text: string): string {
    const pairs = [/v/gi, 'b', /z/gi, 's', /ll/gi, 'y', /h/g, '', /qu/gi, 'k', /ce/gi, 'se', /ñ/gi, 'n'] as const;
    const at = upTo(pairs.length / 2) * 2;
    return text.replace(pairs[at] as RegExp, pairs[at + 1] as string);
  }

  function swapped(born: EventDate): EventDate {
    const [year, month = '', dayOfMonth = ''] = born.edtf.split('-');
    return Number(dayOfMonth) <= 12 && month !== '' ? day(`${year}-${dayOfMonth}-${month}`) : born;
  }

  function shifted(at: EventDate, days: number): EventDate {
    return at.precision === 'DAY' ? day(addDays(at.edtf, days)) : at;
  }

  /** One to four errors, drawn by weight. */
  function secondFileOf(one: MatchPerson): MatchPerson {
    let file = one;
    for (let n = 1 + upTo(4); n > 0; n--) {
      let at = random() * weights;
      const [, error] = ERRORS.find(([weight]) => (at -= weight) < 0)!;
      file = { ...file, ...error(file) };
    }
    return file;
  }

  const files: InventedFile[] = [];
  const duplicates: (readonly [string, string])[] = [];
  const open = (opened: MatchPerson): string => {
    const id = `file-${files.length}`;
    files.push({ id, person: opened });
    return id;
  };
  for (let n = 0; n < proportions.persons; n++) {
    const one = person();
    const id = open(one);
    if (chance(proportions.relatives)) open(relativeOf(one));
    if (chance(proportions.duplicates)) duplicates.push([id, open(secondFileOf(one))]);
  }
  return { files, duplicates };
}
