/**
 * Where a passphrase comes from: the setting (a file, rather than the environment), or somebody who gives it at the
 * service's Unix socket with `npm run admin -- keys unlock`. Nothing else is served until then.
 */
import { chmodSync, existsSync, lstatSync, mkdirSync, unlinkSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { log } from '../platform/log.js';
import { KeyRefusal } from './key-provider.js';
import type { PassphraseSource } from './passphrase.provider.js';

export interface PassphraseSettings {
  readonly passphrase: string;
  readonly nextPassphrase: string;
  readonly socket: string;
}

/** Longest passphrase that is read from the socket. */
const LONGEST = 1_024;

export class GivenPassphrase implements PassphraseSource {
  constructor(private readonly settings: PassphraseSettings) {}

  async ask(accept: (passphrase: string) => Promise<boolean>): Promise<void> {
    if (this.settings.passphrase !== '') {
      await accept(this.settings.passphrase);
      // Halfway through a change of passphrase some keys need the one and some the other.
      if (this.settings.nextPassphrase !== '') await accept(this.settings.nextPassphrase);
      return;
    }
    await this.atSocket(accept);
  }

  async next(): Promise<string> {
    if (this.settings.nextPassphrase === '')
      throw new KeyRefusal('Give the new passphrase in KEY_PASSPHRASE_NEXT_FILE (or KEY_PASSPHRASE_NEXT).');
    return this.settings.nextPassphrase;
  }

  /** Waits at the socket; a wrong passphrase is answered and the next one awaited. */
  private atSocket(accept: (passphrase: string) => Promise<boolean>): Promise<void> {
    const { socket } = this.settings;
    mkdirSync(dirname(socket), { recursive: true, mode: 0o700 });
    // One that is left from before a crash; anything else of that name is not ours to remove.
    if (existsSync(socket) && lstatSync(socket).isSocket()) unlinkSync(socket);
    return new Promise((resolve, reject) => {
      let busy = Promise.resolve();
      const server = createServer((client) => {
        client.on('error', () => undefined);
        readLine(client, (passphrase) => {
          // One at a time: each try takes a quarter of a gigabyte.
          busy = busy.then(async () => {
            try {
              const good = await accept(passphrase);
              client.end(good ? 'open\n' : 'wrong\n');
              if (good) server.close(() => resolve());
            } catch (error) {
              client.end(error instanceof KeyRefusal ? `${error.message}\n` : 'failed\n');
              if (!(error instanceof KeyRefusal)) server.close(() => reject(error as Error));
            }
          });
        });
      });
      server.on('error', reject);
      server.listen(socket, () => {
        chmodSync(socket, 0o600);
        log.warn({ socket }, 'waiting for the passphrase: npm run admin -- keys unlock');
        process.stderr.write(`Waiting for the passphrase at ${socket}:  npm run admin -- keys unlock\n`);
      });
    });
  }
}

function readLine(client: Socket, line: (text: string) => void): void {
  let text = '';
  client.setEncoding('utf8');
  client.on('data', (part: string) => {
    text += part;
    const end = text.indexOf('\n');
    if (end >= 0) {
      client.removeAllListeners('data');
      line(text.slice(0, end));
    } else if (text.length > LONGEST) client.destroy();
  });
}
