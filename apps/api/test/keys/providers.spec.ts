/** The three holders of wrapping keys: what each keeps, refuses, and says. */
import { jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestClock } from '#lib/testing';
import { FileProvider } from '../../src/keys/file.provider.js';
import { KeyRefusal, type KeyProvider } from '../../src/keys/key-provider.js';
import { PassphraseProvider, type PassphraseRecord } from '../../src/keys/passphrase.provider.js';
import { GivenPassphrase } from '../../src/keys/passphrase-source.js';
import { VaultProvider } from '../../src/keys/vault.provider.js';
import { log } from '../../src/platform/log.js';
import { TransitServer } from './transit-server.js';

log.level = 'silent';

let folder: string;
const transit = new TransitServer();
let address: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'amparo-keys-'));
  address = await transit.start();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await transit.stop();
});

const LIGHT = { memoryKib: 1_024, passes: 1 };
const WORDS = 'seis palabras que nadie mas conoce';
let files = 0;
const newFile = (): string => join(folder, `wrapping-${(files += 1)}.key`);
const vault = (token = transit.token, clock = new TestClock()): VaultProvider =>
  new VaultProvider({ address, token, key: 'amparo' }, clock);

function passphrase(records: PassphraseRecord[], words = WORDS, next = ''): PassphraseProvider {
  const store = { read: async () => records, add: async (record: PassphraseRecord) => void records.push(record) };
  const source = new GivenPassphrase({ passphrase: words, nextPassphrase: next, socket: join(folder, 'none') });
  return new PassphraseProvider(store, source, LIGHT);
}

const EVERY: readonly [string, () => KeyProvider][] = [
  ['file', () => new FileProvider(newFile())],
  ['passphrase', () => passphrase([], WORDS, 'otras seis palabras que nadie conoce')],
  ['vault', () => vault()],
];

describe.each(EVERY)('Every provider, here the %s,', (_kind, make) => {
  test('gives back what it wrapped, under the same context only', async () => {
    const provider = make();
    await provider.open([]);
    const key = randomBytes(32);
    const wrapped = await provider.wrap(key, 'installation|jobs');
    expect((await provider.unwrap(wrapped, 'installation|jobs')).equals(key)).toBe(true);
    await expect(provider.unwrap(wrapped, 'installation|pepper')).rejects.toThrow(KeyRefusal);
    expect(Buffer.from(wrapped.blob).includes(key)).toBe(false);
  });

  test('refuses a damaged key instead of giving another', async () => {
    const provider = make();
    await provider.open([]);
    const { wrappedBy, blob } = await provider.wrap(randomBytes(32), 'x');
    const damaged = Buffer.from(blob);
    const at = damaged.length - 3;
    damaged[at] = damaged[at] === 0x41 ? 0x42 : 0x41;
    await expect(provider.unwrap({ wrappedBy, blob: damaged }, 'x')).rejects.toThrow(KeyRefusal);
  });

  test('wraps with a new key after a rotation, and still opens what was wrapped before', async () => {
    const provider = make();
    await provider.open([]);
    const key = randomBytes(32);
    const before = await provider.wrap(key, 'x');
    const name = await provider.rotate();
    expect(name).not.toBe(before.wrappedBy);
    const after = await provider.wrap(key, 'x');
    expect(after.wrappedBy).toBe(name);
    expect((await provider.unwrap(before, 'x')).equals(key)).toBe(true);
    expect((await provider.unwrap(after, 'x')).equals(key)).toBe(true);
  });

  test('says of itself what a seized machine gives away', async () => {
    const provider = make();
    await provider.open([]);
    await expect(provider.health()).resolves.toMatchObject({ ok: true, seizure: expect.stringMatching(/machine/) });
  });
});

describe('The key file', () => {
  test('is made once, for its user only', async () => {
    const file = newFile();
    const provider = new FileProvider(file);
    await provider.open([]);
    expect(statSync(file).mode & 0o777).toBe(0o400);
    const again = new FileProvider(file);
    await again.open([provider.current()]);
    expect(again.current()).toBe(provider.current());
  });

  test('is not made anew where the database needs one: the refusal names the key and the file', async () => {
    const file = newFile();
    await expect(new FileProvider(file).open(['file:0123abcd'])).rejects.toThrow(/file:0123abcd.*wrapping-\d+\.key/s);
    expect(() => statSync(file)).toThrow('ENOENT');
  });

  test('of another installation is refused, and the refusal names the key that is needed', async () => {
    const file = newFile();
    const other = new FileProvider(file);
    await other.open([]);
    await expect(new FileProvider(file).open(['file:0123abcd'])).rejects.toThrow(
      /needs the wrapping key file:0123abcd/,
    );
  });

  test.each([0o440, 0o404, 0o420, 0o444, 0o666])('that others may touch (mode %i) is refused', async (mode) => {
    const file = newFile();
    await new FileProvider(file).open([]);
    chmodSync(file, mode);
    await expect(new FileProvider(file).open([])).rejects.toThrow(/Others may read or change/);
  });

  test('that is a link to somewhere else is refused', async () => {
    const [file, link] = [newFile(), newFile()];
    await new FileProvider(file).open([]);
    symlinkSync(file, link);
    await expect(new FileProvider(link).open([])).rejects.toThrow('ELOOP');
  });

  test('with a changed letter is refused and not used', async () => {
    const file = newFile();
    await new FileProvider(file).open([]);
    const text = readFileSync(file, 'utf8');
    const at = text.lastIndexOf(' ') + 5;
    chmodSync(file, 0o600);
    writeFileSync(file, text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1));
    await expect(new FileProvider(file).open([])).rejects.toThrow(/is damaged/);
    writeFileSync(file, '');
    await expect(new FileProvider(file).open([])).rejects.toThrow(/holds no key/);
  });

  test('rotated by another process is read again when its key is needed', async () => {
    const file = newFile();
    const [here, there] = [new FileProvider(file), new FileProvider(file)];
    await here.open([]);
    await there.open([]);
    await there.rotate();
    const key = randomBytes(32);
    expect((await here.unwrap(await there.wrap(key, 'x'), 'x')).equals(key)).toBe(true);
  });
});

describe('The passphrase', () => {
  test('opens at the next start what it wrapped, and nothing of it is stored', async () => {
    const records: PassphraseRecord[] = [];
    const first = passphrase(records);
    await first.open([]);
    const key = randomBytes(32);
    const wrapped = await first.wrap(key, 'x');
    const second = passphrase(records);
    await second.open([wrapped.wrappedBy]);
    expect((await second.unwrap(wrapped, 'x')).equals(key)).toBe(true);
    expect(JSON.stringify(records)).not.toContain('palabras');
  });

  test('that is wrong is refused, and the refusal names the key that is needed', async () => {
    const records: PassphraseRecord[] = [];
    const first = passphrase(records);
    await first.open([]);
    const wrong = passphrase(records, 'otras seis palabras, las de ayer');
    await expect(wrong.open([first.current()])).rejects.toThrow(
      new RegExp(`does not open the wrapping key ${first.current()}`),
    );
  });

  test('that could be guessed is refused', async () => {
    await expect(passphrase([], 'amparo-2022').open([])).rejects.toThrow(/too short/);
  });

  test('can be given at the socket, and a wrong one is answered and the next one awaited', async () => {
    const records: PassphraseRecord[] = [];
    await passphrase(records).open([]);
    const socket = join(folder, 'unlock.sock');
    const store = { read: async () => records, add: async () => undefined };
    const source = new GivenPassphrase({ passphrase: '', nextPassphrase: '', socket });
    const provider = new PassphraseProvider(store, source, LIGHT);
    const silence = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const opened = provider.open([records[0]?.name ?? '']);
    const say = (words: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const client = connect(socket, () => client.write(`${words}\n`));
        client
          .setEncoding('utf8')
          .on('data', (text: string) => resolve(text))
          .on('error', reject);
      });
    while (!statSync(socket, { throwIfNoEntry: false })) await new Promise((soon) => setTimeout(soon, 5));
    silence.mockRestore();
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    expect(await say('no es esta la frase correcta')).toBe('wrong\n');
    expect(await say(WORDS)).toBe('open\n');
    await opened;
    expect(provider.current()).toBe(records[0]?.name);
  });
});

describe('The vault', () => {
  test('that does not know the token is not used: the start is refused, with the key that is needed', async () => {
    await expect(vault('stolen').open(['vault:amparo:v1'])).rejects.toThrow(/HTTP 403.*needs vault:amparo:v1/s);
  });

  test('is not asked for a key that another provider wrapped', async () => {
    await expect(vault().open(['file:0123abcd'])).rejects.toThrow(/needs the wrapping key file:0123abcd/);
  });

  test('whose token is revoked while we run answers 503: no key, nothing in clear', async () => {
    const provider = vault();
    await provider.open([]);
    const wrapped = await provider.wrap(randomBytes(32), 'x');
    const revoked = vault('revoked');
    await expect(revoked.unwrap(wrapped, 'x')).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(revoked.wrap(randomBytes(32), 'x')).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('that fails again and again is left alone for a while, and asked again afterwards', async () => {
    const clock = new TestClock();
    const provider = vault(transit.token, clock);
    await provider.open([]);
    const wrapped = await provider.wrap(randomBytes(32), 'x');
    transit.sealed = true;
    for (let failure = 0; failure < 3; failure++)
      await expect(provider.unwrap(wrapped, 'x')).rejects.toMatchObject({ code: 'keys.unavailable' });
    transit.sealed = false;
    const { asked } = transit;
    await expect(provider.unwrap(wrapped, 'x')).rejects.toMatchObject({ code: 'keys.unavailable' });
    expect(transit.asked).toBe(asked);
    clock.forward({ seconds: 11 });
    await expect(provider.unwrap(wrapped, 'x')).resolves.toHaveLength(32);
  });

  test('that took a version of its key away opens nothing wrapped with it', async () => {
    const provider = vault();
    await provider.open([]);
    const wrapped = await provider.wrap(randomBytes(32), 'x');
    await provider.rotate();
    transit.forget(Number(/v(\d+)$/.exec(wrapped.wrappedBy)?.[1]));
    await expect(provider.unwrap(wrapped, 'x')).rejects.toThrow(KeyRefusal);
  });
});
