/**
 * What may be text at all, decided before validation in one walk over body, query and parameters: bounded depth and
 * size, no NUL, no lone surrogates, no noncharacters, no keys that reach into prototypes (security/design.md §10).
 * Lone surrogates would otherwise be stored as U+FFFD without an error, which breaks evidence and search alike.
 */
import { pointerTo, problem, type Fault } from '#lib/problem';

export const gateProblems = {
  text: problem('text.not-allowed', 'invalid', () => 'A text holds characters that are never stored.'),
  shape: problem<{ limit: string }>(
    'request.too-complex',
    'invalid',
    ({ limit }) => `The request is nested or listed beyond what is read (${limit}).`,
  ),
  key: problem('request.forbidden-key', 'invalid', () => 'A property name is not allowed.'),
};

const MAX_DEPTH = 20;
const MAX_NODES = 10_000;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
/** C0 controls except tab, line feed and carriage return; DEL; noncharacters of the basic plane. */

const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFDD0-\uFDEF\uFFFE\uFFFF]/;

function textFault(text: string): string | null {
  if (text.includes('\u0000')) return 'text.nul';
  if (!text.isWellFormed()) return 'text.lone-surrogate';
  return FORBIDDEN.test(text) ? 'text.control-character' : null;
}

/** Throws when a value holds what is never accepted; returns it with every string in NFC. */
export function passTextGate(value: unknown, where: 'body' | 'query' | 'path'): void {
  const stack: { node: unknown; path: (string | number)[] }[] = [{ node: value, path: [] }];
  let nodes = 0;
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, path } = next;
    if (++nodes > MAX_NODES) throw gateProblems.shape({ limit: `${MAX_NODES} values` });
    if (path.length > MAX_DEPTH) throw gateProblems.shape({ limit: `${MAX_DEPTH} levels` });
    if (typeof node === 'string') {
      const code = textFault(node);
      if (code) throw gateProblems.text({}, [fault(where, path, code)]);
    } else if (Array.isArray(node)) {
      if (node.length > MAX_NODES) throw gateProblems.shape({ limit: `${MAX_NODES} values` });
      node.forEach((item, index) => stack.push({ node: item, path: [...path, index] }));
    } else if (typeof node === 'object' && node !== null) {
      for (const key of Object.keys(node)) {
        if (FORBIDDEN_KEYS.has(key) || textFault(key) !== null)
          throw gateProblems.key({}, [fault(where, path, 'key.forbidden')]);
        stack.push({ node: (node as Record<string, unknown>)[key], path: [...path, key] });
      }
    }
  }
}

function fault(where: string, path: readonly (string | number)[], code: string): Fault {
  const pointer = where === 'body' ? pointerTo(...path) : String(path[0] ?? where);
  return { pointer, code, detail: 'This text holds a character that is not allowed.' };
}
