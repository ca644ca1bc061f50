/**
 * An S3-compatible store: objects written whole or in parts, read as a stream, listed, removed; each request signed.
 * An object has its name when all of it arrived. The store sees names, sizes and times, and nothing of the content.
 */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { BackupRefusal, objectPath, signed, type SigningKey } from '#lib/backup';
import type { Clock } from '../platform/clock.js';
import type { BackupStore } from './backup-store.js';

export interface S3Settings {
  readonly endpoint: string;
  readonly bucket: string;
  /** Begins every object's name; empty, or without a slash at its end. */
  readonly prefix: string;
  readonly key: SigningKey;
  /** Where artefacts are written before they are sent, and read to. */
  readonly folder: string;
  /** Larger objects are sent in parts of this size. */
  readonly partBytes: number;
}

/** S3 takes no smaller ones, but for the last; the most parts of an object are 10,000. */
export const PART_BYTES = 16 * 1024 * 1024;
const TIMEOUT_MS = 120_000;
const TRIES = 3;

interface Ask {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD';
  readonly name?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export class S3Store implements BackupStore {
  readonly where: string;

  constructor(
    private readonly settings: S3Settings,
    private readonly clock: Clock,
  ) {
    this.where = `s3://${settings.bucket}${settings.prefix === '' ? '' : `/${settings.prefix}`}`;
  }

  async workFolder(): Promise<string> {
    await mkdir(this.settings.folder, { recursive: true, mode: 0o700 });
    return this.settings.folder;
  }

  async names(): Promise<string[]> {
    const start = this.settings.prefix === '' ? '' : `${this.settings.prefix}/`;
    const names: string[] = [];
    let token: string | undefined;
    do {
      const query = {
        'list-type': '2',
        prefix: start,
        ...(token === undefined ? {} : { 'continuation-token': token }),
      };
      const page = await (await this.ask({ method: 'GET', query })).text();
      names.push(...elements(page, 'Key').map((key) => key.slice(start.length)));
      token = elements(page, 'NextContinuationToken')[0];
    } while (token !== undefined);
    return names;
  }

  async put(name: string, file: string): Promise<void> {
    const { size } = await stat(file);
    if (size <= this.settings.partBytes) {
      const [whole = Buffer.alloc(0)] = await all(partsOf(file, size));
      await this.ask({ method: 'PUT', name, body: whole });
    } else await this.putInParts(name, file);
    const there = await this.bytesOf(name);
    if (there !== size)
      throw new BackupRefusal(`${this.where}: ${there} bytes of ${name} arrived, and ${size} were sent.`);
    await rm(file);
  }

  async fetch(name: string): Promise<{ file: string; forget: () => Promise<void> }> {
    const file = join(await this.workFolder(), `${name}.${randomUUID()}.fetched`);
    const forget = (): Promise<void> => rm(file, { force: true });
    try {
      const answer = await this.ask({ method: 'GET', name });
      if (!answer.body) throw new BackupRefusal(`${this.where}: ${name} is empty.`);
      await pipeline(Readable.fromWeb(answer.body), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
      return { file, forget };
    } catch (error) {
      await forget();
      throw error;
    }
  }

  async bytesOf(name: string): Promise<number> {
    const answer = await this.ask({ method: 'HEAD', name });
    return Number(answer.headers.get('content-length') ?? -1);
  }

  async remove(name: string): Promise<void> {
    await this.ask({ method: 'DELETE', name });
  }

  private async putInParts(name: string, file: string): Promise<void> {
    const begun = await (await this.ask({ method: 'POST', name, query: { uploads: '' } })).text();
    const [uploadId = ''] = elements(begun, 'UploadId');
    try {
      const tags: string[] = [];
      for await (const body of partsOf(file, this.settings.partBytes)) {
        const partNumber = String(tags.length + 1);
        const answer = await this.ask({ method: 'PUT', name, query: { partNumber, uploadId }, body });
        tags.push(answer.headers.get('etag') ?? '');
        await answer.body?.cancel();
      }
      const parts = tags.map((tag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${tag}</ETag></Part>`);
      const body = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
      const ended = await (await this.ask({ method: 'POST', name, query: { uploadId }, body })).text();
      // It may say 200 first and fail while it puts the parts together.
      if (elements(ended, 'Error').length > 0 || !ended.includes('CompleteMultipartUploadResult'))
        throw new BackupRefusal(`${this.where} did not put the parts of ${name} together.`);
    } catch (error) {
      await this.ask({ method: 'DELETE', name, query: { uploadId } }).catch(() => undefined);
      throw error;
    }
  }

  /** One request, repeated when the store does not answer or fails. What it refuses is said without its words. */
  private async ask(asked: Ask): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const { answer, failure } = await this.attempt(asked).then(
        (given) => ({ answer: given, failure: '' }),
        (error: Error) => ({ answer: null, failure: error.name }),
      );
      if ((answer === null || answer.status >= 500) && attempt < TRIES) {
        await pause(200 * 4 ** attempt);
        continue;
      }
      if (answer === null) throw new BackupRefusal(`${this.where} does not answer (${failure}).`);
      if (answer.ok) return answer;
      const [code = ''] = elements(await answer.text().catch(() => ''), 'Code');
      const what = `${asked.method} ${asked.name ?? 'the list'}`;
      const known = /^\w{1,60}$/.exec(code)?.[0] ?? '';
      throw new BackupRefusal(`${this.where} refused ${what}: HTTP ${answer.status} ${known}`.trim());
    }
  }

  private attempt({ method, name, query = {}, body = Buffer.alloc(0) }: Ask): Promise<Response> {
    const { endpoint, bucket, prefix, key } = this.settings;
    const place = name === undefined ? [bucket] : [bucket, ...(prefix === '' ? [] : [prefix]), name];
    const url = new URL(objectPath(...place), endpoint);
    for (const [one, value] of Object.entries(query)) url.searchParams.set(one, value);
    return fetch(url, {
      method,
      headers: signed({ method, url, headers: {}, body, at: this.clock.now() }, key),
      ...(method === 'PUT' || method === 'POST' ? { body: new Uint8Array(body) } : {}),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  }
}

/** Texts of an element, wherever it stands. The answers of a store are flat enough for that. */
const elements = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g'))].map(([, text = '']) =>
    text
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&apos;/g, "'")
      .replace(/&amp;/g, '&'),
  );

async function* partsOf(file: string, bytes: number): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r');
  try {
    for (;;) {
      const part = Buffer.alloc(bytes);
      let filled = 0;
      for (let read = -1; read !== 0 && filled < bytes; filled += read)
        ({ bytesRead: read } = await handle.read(part, filled, bytes - filled));
      if (filled === 0) return;
      yield part.subarray(0, filled);
      if (filled < bytes) return;
    }
  } finally {
    await handle.close();
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
