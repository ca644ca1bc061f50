/**
 * As much of an S3-compatible store as backups use, in memory, on a free port. It computes each signature anew from what
 * came over the wire, with code of its own, and refuses what does not fit.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface S3Server {
  readonly endpoint: string;
  /** By their whole path, bucket first. */
  readonly objects: Map<string, Buffer>;
  /** Requests as `METHOD path?query`, in order. */
  readonly asked: string[];
  /** Answers so many of the next requests with 500. */
  failing: number;
  /** Keeps only so many bytes of what is written, as a store that lies. */
  keeping: number;
  /** Uploads in parts that were begun and neither ended nor given up. */
  readonly uploads: Map<string, Map<number, Buffer>>;
  readonly stop: () => Promise<void>;
}

export const KEY = { keyId: 'spec', secret: 'a secret for a spec', region: 'eu-north-1', service: 's3' };
const PAGE = 2;

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
const mac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

function refusalOf(request: IncomingMessage, body: Buffer): string | null {
  const header = (name: string): string => String(request.headers[name] ?? '');
  const [, credential = '', names = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/.exec(header('authorization')) ?? [];
  const [keyId, day = '', region = '', service = '', end = ''] = credential.split('/');
  const moment = header('x-amz-date');
  const sentAt = Date.parse(moment.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
  if (keyId !== KEY.keyId) return 'InvalidAccessKeyId';
  if (!(Math.abs(Date.now() - sentAt) < 900_000) || !moment.startsWith(day)) return 'RequestTimeTooSkewed';
  if (header('x-amz-content-sha256') !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  if (!['host', 'x-amz-date', 'x-amz-content-sha256'].every((name) => names.split(';').includes(name)))
    return 'AccessDenied';
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const parameters = query
    .split('&')
    .filter((one) => one !== '')
    .map((one) => (one.includes('=') ? one : `${one}=`).replace(/\+/g, '%20'))
    .sort();
  const canonical = [
    ...[request.method, path, parameters.join('&')],
    ...names.split(';').map((name) => `${name}:${header(name)}`),
    ...['', names, sha256(body)],
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', moment, [day, region, service, end].join('/'), sha256(canonical)].join('\n');
  const key = mac(mac(mac(mac(`AWS4${KEY.secret}`, day), KEY.region), 's3'), 'aws4_request');
  return mac(key, text).toString('hex') === signature ? null : 'SignatureDoesNotMatch';
}

const xml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

export async function s3Server(): Promise<S3Server> {
  const objects: S3Server['objects'] = new Map();
  const uploads: S3Server['uploads'] = new Map();
  const state = { objects, uploads, asked: [] as string[], failing: 0, keeping: Infinity };

  function answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const end = (status: number, text: Buffer | string = '', headers: Record<string, string> = {}): void => {
      response
        .writeHead(status, { 'content-length': String(Buffer.byteLength(text)), ...headers })
        .end(request.method === 'HEAD' ? undefined : text);
    };
    state.asked.push(`${request.method} ${request.url}`);
    if (state.failing > 0) {
      state.failing -= 1;
      return end(503, '<Error><Code>SlowDown</Code></Error>');
    }
    const refused = refusalOf(request, body);
    if (refused) return end(403, `<Error><Code>${refused}</Code><Message>secret words</Message></Error>`);
    const url = new URL(request.url ?? '', 'http://store');
    const path = decodeURIComponent(url.pathname.slice(1));
    const upload = uploads.get(url.searchParams.get('uploadId') ?? '');
    switch (request.method) {
      case 'GET': {
        if (url.searchParams.get('list-type') === '2') return end(200, list(path, url.searchParams));
        const found = objects.get(path);
        return found ? end(200, found) : end(404, '<Error><Code>NoSuchKey</Code></Error>');
      }
      case 'HEAD':
        return end(objects.has(path) ? 200 : 404, '', { 'content-length': String(objects.get(path)?.length ?? 0) });
      case 'PUT': {
        const kept = body.subarray(0, Math.min(body.length, state.keeping));
        if (upload) upload.set(Number(url.searchParams.get('partNumber')), kept);
        else objects.set(path, kept);
        return end(200, '', { etag: `"${sha256(kept).slice(0, 32)}"` });
      }
      case 'POST': {
        if (url.searchParams.has('uploads')) {
          const id = randomUUID();
          uploads.set(id, new Map());
          return end(200, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
        }
        const wanted = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)<\/ETag>/g)];
        const parts = wanted.map(([, number, tag]) => [upload?.get(Number(number)), tag] as const);
        if (!parts.every(([part, tag]) => part && `"${sha256(part).slice(0, 32)}"` === tag))
          return end(200, '<Error><Code>InvalidPart</Code></Error>');
        objects.set(path, Buffer.concat(parts.map(([part]) => part as Buffer)));
        uploads.delete(url.searchParams.get('uploadId') ?? '');
        return end(200, '<CompleteMultipartUploadResult></CompleteMultipartUploadResult>');
      }
      default:
        if (upload) uploads.delete(url.searchParams.get('uploadId') ?? '');
        else objects.delete(path);
        return end(204);
    }
  }

  function list(bucket: string, query: URLSearchParams): string {
    const prefix = `${bucket}/${query.get('prefix') ?? ''}`;
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    const from = Number(query.get('continuation-token') ?? 0);
    const next = from + PAGE < keys.length ? `<NextContinuationToken>${from + PAGE}</NextContinuationToken>` : '';
    const page = keys
      .slice(from, from + PAGE)
      .map((key) => `<Contents><Key>${xml(key.slice(bucket.length + 1))}</Key></Contents>`);
    return `<ListBucketResult>${page.join('')}${next}</ListBucketResult>`;
  }

  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => answer(request, Buffer.concat(pieces), response));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    endpoint: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  });
}
