/** The operator's side of a start with a passphrase. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { GivenPassphrase } from '../../src/keys/passphrase-source.js';
import { readSecretly, unlock } from '../../src/keys/unlock.js';
import { log } from '../../src/platform/log.js';

const WORDS = 'seven words that dice have drawn here';
let folder: string;
beforeAll(() => {
  log.level = 'silent';
  folder = mkdtempSync(join(tmpdir(), 'amparo-unlock-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A terminal: what is typed comes letter by letter, and raw mode is remembered. */
function terminal(...typed: readonly string[]) {
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    raw: [] as boolean[],
    setRawMode: (raw: boolean) => input.raw.push(raw),
  });
  for (const part of typed) input.write(part);
  const shown = new PassThrough();
  return { input, shown };
}

describe('a passphrase', () => {
  it('is typed without being shown, and the terminal is as before afterwards', async () => {
    const { input, shown } = terminal('se', 'vem\u007fn', ' words\r', 'more');
    expect(await readSecretly(input, shown)).toBe('seven words');
    expect(input.raw).toEqual([true, false]);
    expect(String(shown.read())).toBe('Passphrase: \n');
  });

  it('is given up with Ctrl-C', async () => {
    const { input, shown } = terminal('sev\u0003en\r');
    await expect(readSecretly(input, shown)).rejects.toThrow('Nothing was given.');
    expect(input.raw).toEqual([true, false]);
  });

  it('may be piped in, with or without an end of line', async () => {
    for (const text of [`${WORDS}\n`, WORDS]) {
      const input = new PassThrough();
      input.end(text);
      expect(await readSecretly(input, new PassThrough())).toBe(WORDS);
    }
  });
});

describe('a service that waits for its passphrase', () => {
  it('opens with the right one, says so of a wrong one, and is not there before and after', async () => {
    const socket = join(folder, 'unlock.sock');
    await expect(unlock(socket, WORDS)).rejects.toThrow('No service waits');
    const source = new GivenPassphrase({ passphrase: '', nextPassphrase: '', socket });
    const opened = source.ask((given) => Promise.resolve(given === WORDS));
    // It listens when its folder has the socket, which takes no time that a person would notice.
    const asked = async (words: string): Promise<string> => {
      for (;;) {
        const said = await unlock(socket, words).catch((error: Error) => error.message);
        if (!said.startsWith('No service waits')) return said;
      }
    };
    expect(await asked('another one')).toBe('That is not the passphrase.');
    expect(await asked(WORDS)).toBe('The service is open.');
    await opened;
    await expect(unlock(socket, WORDS)).rejects.toThrow('No service waits');
  });
});
