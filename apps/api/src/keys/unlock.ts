/**
 * Gives the passphrase to a service that waits for it at its socket (passphrase-source.ts): typed at a terminal, where
 * it is not shown, or piped in. It is in no argument, because those stand in the list of processes for everybody.
 */
import { connect } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { KeyRefusal } from './key-provider.js';

type Typed = Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };

/** What the service answers in one word. */
const SAYINGS: Readonly<Record<string, string>> = {
  '': 'The service ended the conversation.',
  failed: 'The service could not take it; its log says why.',
  wrong: 'That is not the passphrase.',
};
const ENTER = /[\r\n]/;
const INTERRUPT = '\u0003';
const ERASE = /[\u0008\u007f]/;

/** One line of what is typed or piped in; at a terminal nothing of it is shown. */
export async function readSecretly(input: Typed, prompt: Writable): Promise<string> {
  input.setEncoding('utf8');
  if (input.isTTY === true) {
    prompt.write('Passphrase: ');
    input.setRawMode?.(true);
  }
  let text = '';
  try {
    for await (const part of input as AsyncIterable<string>)
      for (const letter of part) {
        if (ENTER.test(letter)) return text;
        if (letter === INTERRUPT && input.isTTY === true) throw new KeyRefusal('Nothing was given.');
        text = ERASE.test(letter) && input.isTTY === true ? [...text].slice(0, -1).join('') : text + letter;
      }
    return text;
  } finally {
    if (input.isTTY === true) {
      input.setRawMode?.(false);
      prompt.write('\n');
    }
  }
}

/** Hands it over and answers what the service says: it is open, or why it is not. */
export function unlock(socket: string, passphrase: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const client = connect(socket, () => client.write(`${passphrase}\n`));
    let answer = '';
    client.setEncoding('utf8');
    client.on('data', (part) => (answer += String(part)));
    client.on('error', () => reject(new KeyRefusal(`No service waits for a passphrase at ${socket}.`)));
    client.on('close', () => {
      const said = answer.trim();
      // Anything but one of its words is a sentence for the operator: that a first passphrase is too short, for instance.
      if (said === 'open') resolve('The service is open.');
      else reject(new KeyRefusal(SAYINGS[said] ?? said));
    });
  });
}
