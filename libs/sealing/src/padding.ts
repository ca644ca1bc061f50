/** Lengths tell: "no medical note" from "a long one", Ana from Maximiliana. So values are filled up to steps. */

/** Steps in bytes: names, numbers and addresses; narratives and notes. */
export const STEPS = { short: 64, text: 1024 } as const;

export type Step = keyof typeof STEPS;

const MARK = 0x80;

/** The bytes, a mark, and zeros up to the next step (ISO/IEC 7816-4). */
export function pad(bytes: Uint8Array, step: Step): Buffer {
  const size = STEPS[step];
  const padded = Buffer.alloc(Math.ceil((bytes.length + 1) / size) * size);
  padded.set(bytes);
  padded[bytes.length] = MARK;
  return padded;
}

/** What was padded; null when no mark stands behind the zeros. */
export function unpad(padded: Buffer): Buffer | null {
  let end = padded.length - 1;
  while (end >= 0 && padded[end] === 0) end -= 1;
  return end >= 0 && padded[end] === MARK ? padded.subarray(0, end) : null;
}
