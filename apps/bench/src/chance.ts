/** Seeded chance: the same seed gives the same invented people on every machine. */

export interface Chance {
  /** A number from 0 up to 1. */
  next(): number;
  /** A whole number from 0 up to `end`. */
  below(end: number): number;
  /** Whether something of this probability happens. */
  is(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One of the items, each as often as its weight says. */
  weighted<T>(items: readonly (readonly [T, number])[]): T;
  uuid(): string;
}

/** sfc32 (Doty-Humphrey), seeded by mixing the number and the name of what it is for. */
export function chanceOf(seed: number, purpose: string): Chance {
  let mixed = seed >>> 0;
  for (const letter of purpose) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 0x9e3779b1) >>> 0;
  let [a, b, c, d] = [mixed, mixed ^ 0x85ebca6b, mixed ^ 0xc2b2ae35, 1];
  const bits = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let warmUp = 0; warmUp < 16; warmUp++) bits();
  const next = (): number => bits() / 2 ** 32;
  const below = (end: number): number => Math.floor(next() * end);
  const hex = (): string => bits().toString(16).padStart(8, '0');
  return {
    next,
    below,
    is: (probability) => next() < probability,
    pick: (list) => list[below(list.length)]!,
    weighted: (items) => {
      let rest = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      return (items.find(([, weight]) => (rest -= weight) < 0) ?? items.at(-1)!)[0];
    },
    uuid: () => {
      const [one, two, three, four] = [hex(), hex(), hex(), hex()];
      return `${one}-${two.slice(0, 4)}-4${two.slice(5)}-${'89ab'[below(4)]}${three.slice(1, 4)}-${three.slice(4)}${four}`;
    },
  };
}
