/** The two places where backups are kept, and what each promises about half an artefact. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderStore } from '../../src/backups/folder.store.js';
import { S3Store, type S3Settings } from '../../src/backups/s3.store.js';
import { storeAt } from '../../src/backups/stores.js';
import { SystemClock } from '../../src/platform/clock.js';
import type { Config } from '../../src/platform/config.js';
import { KEY, s3Server, type S3Server } from './s3-server.js';

const folder = mkdtempSync(join(tmpdir(), 'amparo-stores-'));
const aFile = (bytes: Buffer): string => {
  const file = join(folder, randomBytes(6).toString('hex'));
  writeFileSync(file, bytes);
  return file;
};
const PART = 1_000;

let server: S3Server;
beforeAll(async () => {
  server = await s3Server();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const s3 = (more: Partial<S3Settings> = {}): S3Store =>
  new S3Store(
    {
      ...{ endpoint: server.endpoint, bucket: 'backups', prefix: 'casa/los angeles', key: KEY, partBytes: PART },
      ...{ folder: join(folder, 'work'), ...more },
    },
    new SystemClock(),
  );
const says = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );

describe.each([
  ['a folder', () => new FolderStore(join(folder, 'store'))],
  ['an S3-compatible store', () => s3()],
])('%s', (_name, make) => {
  it('gives back what was put, under its name', async () => {
    const store = make();
    await store.workFolder();
    for (const length of [0, 1, PART, PART + 1, 3 * PART, 3 * PART + 17]) {
      const bytes = randomBytes(length);
      const file = aFile(bytes);
      await store.put(`a ${length}`, file);
      expect(existsSync(file)).toBe(false);
      expect(await store.bytesOf(`a ${length}`)).toBe(length);
      const fetched = await store.fetch(`a ${length}`);
      expect(readFileSync(fetched.file).equals(bytes)).toBe(true);
      await fetched.forget();
    }
    expect((await store.names()).sort()).toEqual(['a 0', 'a 1', 'a 1000', 'a 1001', 'a 3000', 'a 3017']);
  });

  it('forgets what was removed, and does not mind removing it twice', async () => {
    const store = make();
    await store.remove('a 1');
    await store.remove('a 1');
    expect(await store.names()).not.toContain('a 1');
    expect(await says(store.fetch('a 1').then(({ file }) => readFileSync(file)))).toMatch(/404|ENOENT/);
  });
});

describe('a folder', () => {
  it('that is not there yet has no backups', async () => {
    expect(await new FolderStore(join(folder, 'nowhere')).names()).toEqual([]);
  });
});

describe('an S3-compatible store', () => {
  it('is asked page after page, below its prefix only', async () => {
    server.objects.set('backups/casa/other.data', Buffer.alloc(1));
    server.asked.length = 0;
    expect(await s3().names()).not.toContain('other.data');
    expect(server.asked.filter((one) => one.includes('continuation-token')).length).toBeGreaterThan(1);
    expect(await s3({ prefix: 'nothing here' }).names()).toEqual([]);
  });

  it('is asked again when it fails, and not for ever', async () => {
    server.failing = 2;
    await s3().put('again', aFile(Buffer.from('x')));
    server.failing = 3;
    expect(await says(s3().put('never', aFile(Buffer.from('x'))))).toMatch(/HTTP 503 SlowDown/);
    server.failing = 0;
    expect(await s3().names()).not.toContain('never');
  });

  it('that lost a part has no object of that name, and nothing is left waiting', async () => {
    const file = aFile(randomBytes(3 * PART));
    server.keeping = 10;
    expect(await says(s3().put('short', file))).toMatch(/30 bytes of short arrived, and 3000 were sent/);
    server.keeping = Infinity;
    expect(existsSync(file)).toBe(true);
    await s3().remove('short');
    // The store fails at the second part.
    const ask = server.asked.length;
    const wrong = s3({ key: { ...KEY } });
    const put = wrong.put('half', aFile(randomBytes(3 * PART)));
    while (!server.asked.slice(ask).some((one) => one.includes('partNumber=1'))) await new Promise(setImmediate);
    server.failing = 3;
    expect(await says(put)).toMatch(/HTTP 503/);
    server.failing = 0;
    expect(await s3().names()).not.toContain('half');
    expect([...server.uploads]).toEqual([]);
  });

  it('refuses another secret, region or key, and its words are not repeated', async () => {
    for (const [key, code] of [
      [{ ...KEY, secret: 'wrong' }, 'SignatureDoesNotMatch'],
      [{ ...KEY, region: 'us-east-1' }, 'SignatureDoesNotMatch'],
      [{ ...KEY, keyId: 'other' }, 'InvalidAccessKeyId'],
    ] as const) {
      const said = await says(s3({ key }).names());
      expect(said).toContain(`HTTP 403 ${code}`);
      expect(said).not.toContain('secret words');
    }
  });

  it('that is not there is said to be so', async () => {
    expect(await says(s3({ endpoint: 'http://127.0.0.1:1' }).names())).toMatch(/s3:\/\/backups.* does not answer/);
  }, 60_000);
});

describe('the setting', () => {
  const config = {
    ...{
      s3Endpoint: 'https://store.example',
      s3KeyId: 'k',
      s3Secret: 's',
      s3Region: 'r',
      secretFile: '/var/x/secret.key',
    },
  } as unknown as Config;

  it('names a folder or a bucket', () => {
    expect(storeAt('/media/stick', config).where).toBe('/media/stick');
    expect(storeAt('s3://house/a/b/', config).where).toBe('s3://house/a/b');
    expect(storeAt('s3://house', config).where).toBe('s3://house');
  });

  it.each(['ftp://house', 's3://', 's3://UPPER/x', 'https://house/x'])('%s is neither', (where) => {
    expect(() => storeAt(where, config)).toThrow(/neither a folder nor s3/);
  });

  it('says which settings a bucket needs', () => {
    expect(() => storeAt('s3://house', { ...config, s3Secret: '' })).toThrow(/S3_ENDPOINT, S3_KEY_ID and S3_SECRET/);
  });

  it('leaves nothing beside the store', () => {
    expect(readdirSync(join(folder, 'work'))).toEqual([]);
  });
});
