/**
 * What may be said about an error that nobody foresaw: its class, its code and where in the program it arose. Never
 * its message, because that quotes what was being read, stored or typed (threat model T16).
 */
export interface ErrorFacts {
  readonly kind: string;
  readonly code?: string;
  readonly frames: readonly string[];
}

const FRAME = /^\s+at .*$/;
const MOST_FRAMES = 8;
/** Codes are words of programs: `ECONNRESET`, `22P02`. Anything else in that place may be somebody's text. */
const CODE = /^[A-Z0-9_]{1,40}$/;

/** The facts of anything that was thrown. */
export function errorFacts(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { kind: typeof error, frames: [] };
  const { code } = error as { code?: unknown };
  return {
    kind: error.constructor.name,
    ...(typeof code === 'string' && CODE.test(code) ? { code } : {}),
    frames: framesOf(error),
  };
}

/** A stack begins with the message, and a message may have lines that look like frames: it is cut off first. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  const told = message === '' ? -1 : stack.indexOf(message);
  const below = told < 0 ? stack : stack.slice(told + message.length);
  // A message that is not where a stack has it was changed afterwards; then nothing of the stack can be trusted.
  if (message !== '' && told < 0) return [];
  return below
    .split('\n')
    .filter((line) => FRAME.test(line))
    .slice(0, MOST_FRAMES)
    .map((line) => line.trim());
}
