/** Text into markup. Everything that comes from a label, a title or a person passes through here. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters have no business in a page. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

export const withoutControls = (text: string): string => text.replace(CONTROLS, '');

export function escapeMarkup(text: string): string {
  return withoutControls(text).replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}

/** A CSS string (an escape swallows the space after it) in which nothing but letters, digits and spaces is left unescaped. */
export function cssString(text: string): string {
  const escaped = [...text].map((letter) =>
    /[\p{L}\p{N} ]/u.test(letter) ? letter : `\\${(letter.codePointAt(0) ?? 0).toString(16).padStart(6, '0')} `,
  );
  return `"${escaped.join('')}"`;
}

/** Only web addresses become links. */
export function isWebAddress(address: string): boolean {
  return /^https?:\/\/[^\s"'<>]+$/i.test(address);
}
