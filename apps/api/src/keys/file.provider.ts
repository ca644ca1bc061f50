/**
 * Wrapping keys in a file beside the service, readable by its user only: a stolen database or backup is useless without
 * it, a seized machine is not. One line a key, `<name> <base64url>`; the last one is in use, the others still unwrap.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { KEY_BYTES, nameOfKey, unwrapLocally, wrapLocally } from '#lib/sealing';
import { KeyRefusal, type KeyHealth, type KeyProvider, type WrappedKey } from './key-provider.js';

const HEAD =
  '# Wrapping keys of this Amparo installation. Whoever has this file and the database can read everything.\n';
const LINE = /^([0-9a-f]{8}) ([A-Za-z0-9_-]{43})$/;

export class FileProvider implements KeyProvider {
  readonly kind = 'file';
  /** By name, oldest first. */
  private keys = new Map<string, Buffer>();

  constructor(private readonly file: string) {}

  async open(needed: readonly string[]): Promise<void> {
    if (!existsSync(this.file)) {
      if (needed.length > 0)
        throw new KeyRefusal(
          `This database needs the wrapping key ${needed.join(', ')}, and there is no key file ${this.file}. ` +
            'Put the key file back (it is kept apart from the database), or name it in KEY_FILE.',
        );
      this.create();
    }
    this.read();
    const missing = needed.filter((name) => !this.keys.has(name));
    if (missing.length > 0)
      throw new KeyRefusal(
        `This database needs the wrapping key ${missing.join(', ')}; the key file ${this.file} holds ` +
          `${[...this.keys.keys()].join(', ')}. It belongs to another installation or is an older copy.`,
      );
  }

  current(): string {
    const name = [...this.keys.keys()].at(-1);
    if (name === undefined) throw new Error('the key file was not read yet');
    return name;
  }

  async wrap(key: Uint8Array, context: string): Promise<WrappedKey> {
    const wrappedBy = this.current();
    return { wrappedBy, blob: wrapLocally(this.key(wrappedBy), wrappedBy, key, context) };
  }

  async unwrap({ wrappedBy, blob }: WrappedKey, context: string): Promise<Buffer> {
    const key = unwrapLocally(this.key(wrappedBy), wrappedBy, blob, context);
    if (!key) throw new KeyRefusal(`A key wrapped by ${wrappedBy} (${context}) is damaged or was moved.`);
    return key;
  }

  async rotate(): Promise<string> {
    this.read();
    const key = randomBytes(KEY_BYTES);
    const aside = `${this.file}.${process.pid}.new`;
    write(aside, HEAD + [...this.keys.values(), key].map(lineOf).join(''));
    renameSync(aside, this.file);
    this.read();
    return this.current();
  }

  async health(): Promise<KeyHealth> {
    return {
      ok: this.keys.size > 0 && existsSync(this.file),
      current: this.current(),
      seizure: 'The wrapping key lies on this machine: whoever seizes the machine with its disk can read everything.',
    };
  }

  private key(name: string): Buffer {
    // Another process may have rotated since: its key is in the file.
    if (!this.keys.has(name)) this.read();
    const key = this.keys.get(name);
    if (!key) throw new KeyRefusal(`The wrapping key ${name} is needed and is not in ${this.file}.`);
    return key;
  }

  private create(): void {
    mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
    try {
      write(this.file, HEAD + lineOf(randomBytes(KEY_BYTES)));
    } catch (error) {
      // Two processes starting together end up with one file.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }

  private read(): void {
    const handle = openSync(this.file, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { mode, uid } = fstatSync(handle);
      if ((mode & 0o077) !== 0)
        throw new KeyRefusal(`Others may read or change the key file ${this.file}: chmod 0400 it, and ask who has.`);
      if (process.getuid !== undefined && uid !== process.getuid())
        throw new KeyRefusal(`The key file ${this.file} belongs to another user than the one this service runs as.`);
      const lines = readFileSync(handle, 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'));
      const keys = new Map(lines.map((line, index) => entryOf(line, index, this.file)));
      if (keys.size === 0) throw new KeyRefusal(`The key file ${this.file} holds no key.`);
      this.keys = keys;
    } finally {
      closeSync(handle);
    }
  }
}

const nameOf = (key: Uint8Array): string => `file:${nameOfKey(key)}`;
const lineOf = (key: Buffer): string => `${nameOfKey(key)} ${key.toString('base64url')}\n`;

function entryOf(line: string, index: number, file: string): [string, Buffer] {
  const [, name, text] = LINE.exec(line) ?? [];
  const key = Buffer.from(text ?? '', 'base64url');
  if (key.length !== KEY_BYTES || nameOfKey(key) !== name)
    throw new KeyRefusal(`Key ${index + 1} in the key file ${file} is damaged.`);
  return [nameOf(key), key];
}

/** A new file with its content on the disk, readable by this user only. */
function write(file: string, content: string): void {
  const handle = openSync(file, 'wx', 0o400);
  try {
    writeSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
