/**
 * How a Spanish name sounds in Central America, written so that spellings that are heard alike are the same text:
 * Menjívar and Menjibar, Cortez and Cortés, Yesenia and Jessenia, Huezo and Güezo.
 *
 * A key is compared, never shown. The table below is the whole of the rule: at each letter the first line that fits
 * is taken, then letters that follow their own likeness are written once. Spellings differ far more often than
 * persons do, so where in doubt the rule folds; the cost is a longer list for a human to read.
 */

interface SoundRule {
  readonly spelling: string;
  /** The next letter after the spelling must be one of these; absent means any, or none. */
  readonly before?: string;
  /** Only as the first letters of the name. */
  readonly where?: 'start';
  readonly sound: string;
  readonly why: string;
}

const VOWELS = 'aeiou';

/**
 * `C` stands for ch, so that it stays apart from c. Letters without a line keep themselves. Input is folded (see
 * `names.ts`), so accents, and the tilde of ñ, are already gone: ñ is n here, because lists in capital letters lose
 * the tilde (MUNOZ, NUNEZ) far more often than two persons differ in nothing else.
 */
export const SOUND_RULES: readonly SoundRule[] = [
  { spelling: 'v', sound: 'b', why: 'b and v are one sound (betacismo)' },
  { spelling: 'ch', sound: 'C', why: 'ch is one sound of its own' },
  { spelling: 'sh', sound: 'C', why: 'English sh is heard and written as ch: Sherly, Cherly' },
  { spelling: 'cc', before: 'ei', sound: 's', why: 'Concepcción, Consepsion: heard as one s' },
  { spelling: 'ck', sound: 'k', why: 'Erick, Erik' },
  { spelling: 'c', before: 'eiy', sound: 's', why: 'seseo: c before e and i is s' },
  { spelling: 'c', sound: 'k', why: 'hard c' },
  { spelling: 'qu', before: 'ei', sound: 'k', why: 'qu before e and i is k' },
  { spelling: 'q', sound: 'k', why: 'Jaqueline, Jaqline' },
  { spelling: 'z', sound: 's', why: 'seseo: z is s' },
  { spelling: 'sc', before: 'ei', sound: 's', why: 'Ascencio, Asencio' },
  { spelling: 'xim', where: 'start', sound: 'yim', why: 'Ximena, Jimena' },
  { spelling: 'x', where: 'start', sound: 's', why: 'Xiomara, Siomara; Xóchitl, Sóchil' },
  { spelling: 'x', sound: 'ks', why: 'Alexis, Alecsis' },
  { spelling: 'hue', where: 'start', sound: 'we', why: 'Huezo, Güezo, Wezo' },
  { spelling: 'hui', where: 'start', sound: 'wi', why: 'Huilfredo, Wilfredo' },
  { spelling: 'gua', where: 'start', sound: 'wa', why: 'Guadalupe, Wadalupe; Gualter, Walter' },
  { spelling: 'u', before: VOWELS, where: 'start', sound: 'w', why: 'Uendy, Wendy' },
  { spelling: 'h', sound: '', why: 'h is mute' },
  { spelling: 'ph', sound: 'f', why: 'Stephanie, Estefanie' },
  { spelling: 'th', sound: 't', why: 'Edith, Edit' },
  { spelling: 'll', before: VOWELS, sound: 'y', why: 'yeísmo: ll is y' },
  { spelling: 'y', before: VOWELS, sound: 'y', why: 'y before a vowel' },
  { spelling: 'y', sound: 'i', why: 'y as a vowel: Nelly, Neli; Rubí, Ruby' },
  { spelling: 'j', where: 'start', sound: 'y', why: 'English j is heard as y: Jesenia, Yesenia; Jonathan, Yonatan' },
  { spelling: 'g', before: 'ei', where: 'start', sound: 'y', why: 'Gerson, Jerson, Yerson; Jiménez, Giménez' },
  { spelling: 'gue', sound: 'ge', why: 'the u is mute; a dotted ü has lost its dots by now' },
  { spelling: 'gui', sound: 'gi', why: 'the u is mute' },
  { spelling: 'g', before: 'ei', sound: 'j', why: 'Virginia, Birjinia' },
  { spelling: 'm', before: 'bpv', sound: 'n', why: 'Campos, Canpos' },
  { spelling: 'st', where: 'start', sound: 'est', why: 'Stanley, Estanley' },
];

/** By code of the first letter. Spellings of more letters go first; of two of one length, the one with a condition. */
const RULES_BY_LETTER: readonly (readonly SoundRule[] | undefined)[] = (() => {
  const weight = (rule: SoundRule): number =>
    rule.spelling.length * 4 + (rule.where === 'start' ? 2 : 0) + (rule.before === undefined ? 0 : 1);
  const byLetter: SoundRule[][] = [];
  for (const rule of [...SOUND_RULES].sort((x, y) => weight(y) - weight(x))) {
    (byLetter[rule.spelling.charCodeAt(0)] ??= []).push(rule);
  }
  return Array.from(byLetter);
})();

function fits(rule: SoundRule, token: string, at: number): boolean {
  if (rule.where === 'start' && at > 0) return false;
  if (rule.spelling.length > 1 && !token.startsWith(rule.spelling, at)) return false;
  const next = token.charAt(at + rule.spelling.length);
  return rule.before === undefined || (next !== '' && rule.before.includes(next));
}

/**
 * The sound of one folded name token (`names.ts`). A token that is all mute letters keeps its spelling, so that no
 * name has an empty sound.
 *
 * @example phoneticKey('menjivar') === phoneticKey('menjibar')
 */
export function phoneticKey(token: string): string {
  let key = '';
  let at = 0;
  while (at < token.length) {
    const rule = RULES_BY_LETTER[token.charCodeAt(at)]?.find((candidate) => fits(candidate, token, at));
    const sound = rule === undefined ? token.charAt(at) : rule.sound;
    const isRepeated = sound !== '' && key !== '' && key.charCodeAt(key.length - 1) === sound.charCodeAt(0);
    key += isRepeated ? sound.slice(1) : sound;
    at += rule === undefined ? 1 : rule.spelling.length;
  }
  return key === '' ? token : key;
}
