/**
 * How alike two short texts are: 1 the same, 0 nothing in common. Counts code points after NFC, so that `é` is one
 * letter however it was typed.
 *
 * Jaro, M. A. (1989), "Advances in record-linkage methodology as applied to matching the 1985 Census of Tampa,
 * Florida", JASA 84(406), 414-420. Winkler, W. E. (1990), "String comparator metrics and enhanced decision rules in
 * the Fellegi-Sunter model of record linkage", Proc. Section on Survey Research Methods, ASA, 354-359.
 */

/** Winkler's reward for each letter of a common beginning, and the longest beginning that is rewarded. */
const PREFIX_SCALE = 0.1;
const PREFIX_LONGEST = 4;

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** ASCII is its own NFC, which saves asking. */
function codePoints(text: string): readonly number[] {
  const points: number[] = [];
  if (isAscii(text)) {
    for (let at = 0; at < text.length; at++) points.push(text.charCodeAt(at));
    return points;
  }
  for (const character of text.normalize('NFC')) points.push(character.codePointAt(0) ?? 0);
  return points;
}

function jaroOf(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const takenOfB = new Uint8Array(b.length);
  const commonOfA: number[] = [];
  for (let i = 0; i < a.length; i++) {
    const last = Math.min(b.length - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= last; j++) {
      if (takenOfB[j] === 1 || a[i] !== b[j]) continue;
      takenOfB[j] = 1;
      commonOfA.push(a[i]!);
      break;
    }
  }
  const common = commonOfA.length;
  if (common === 0) return 0;
  let outOfOrder = 0;
  let next = 0;
  for (let j = 0; j < b.length; j++) {
    if (takenOfB[j] === 1 && b[j] !== commonOfA[next++]) outOfOrder++;
  }
  const transpositions = outOfOrder / 2;
  return (common / a.length + common / b.length + (common - transpositions) / common) / 3;
}

const LONGEST_SHORT = 32;
const COMMON = new Uint8Array(LONGEST_SHORT);

/** The same for two short ASCII texts: letters taken are bits, and nothing is put into lists. */
function jaroOfShort(a: string, b: string): number {
  const [ofA, ofB] = [a.length, b.length];
  if (ofA === 0 || ofB === 0) return ofA === ofB ? 1 : 0;
  const reach = Math.max(0, (Math.max(ofA, ofB) >> 1) - 1);
  let [common, taken] = [0, 0];
  for (let i = 0; i < ofA; i++) {
    const letter = a.charCodeAt(i);
    const last = Math.min(ofB - 1, i + reach);
    for (let j = i > reach ? i - reach : 0; j <= last; j++) {
      if (b.charCodeAt(j) !== letter || (taken & (1 << j)) !== 0) continue;
      taken |= 1 << j;
      COMMON[common++] = letter;
      break;
    }
  }
  if (common === 0) return 0;
  let [outOfOrder, next] = [0, 0];
  for (let j = 0; j < ofB; j++) {
    if ((taken & (1 << j)) !== 0 && b.charCodeAt(j) !== COMMON[next++]) outOfOrder++;
  }
  const transpositions = outOfOrder / 2;
  return (common / ofA + common / ofB + (common - transpositions) / common) / 3;
}

const isShort = (text: string): boolean => text.length <= LONGEST_SHORT && isAscii(text);

/**
 * Jaro (1989): with `c` letters in common (no farther apart than half the longer text, less one) and `t` half the
 * number of those that stand in another order, (c/|a| + c/|b| + (c - t)/c) / 3.
 *
 * @example jaro('MARHTA', 'MARTHA') // 0.944…
 */
export function jaro(a: string, b: string): number {
  return isShort(a) && isShort(b) ? jaroOfShort(a, b) : jaroOf(codePoints(a), codePoints(b));
}

/**
 * Winkler (1990): Jaro, plus a tenth of what is missing for each of the first (at most four) letters that agree. No
 * threshold of 0.7 below which the reward is withheld; the reference cases are computed without one.
 *
 * @example jaroWinkler('MARHTA', 'MARTHA') // 0.961…
 */
export function jaroWinkler(a: string, b: string): number {
  if (isShort(a) && isShort(b)) {
    const longest = Math.min(PREFIX_LONGEST, a.length, b.length);
    let prefix = 0;
    while (prefix < longest && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
    return rewarded(jaroOfShort(a, b), prefix);
  }
  const [left, right] = [codePoints(a), codePoints(b)];
  const longest = Math.min(PREFIX_LONGEST, left.length, right.length);
  let prefix = 0;
  while (prefix < longest && left[prefix] === right[prefix]) prefix++;
  return rewarded(jaroOf(left, right), prefix);
}

const rewarded = (similarity: number, prefix: number): number => similarity + prefix * PREFIX_SCALE * (1 - similarity);
