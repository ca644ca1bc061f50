/** Nothing that opens a door is in the tree: no key, token or password of anybody. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lineAt, PATHS, read, ROOT, spoken, type Offence, type SourceFile } from './source-tree.js';

const SHAPES: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/g,
  'a key of Amazon': /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  'a token of GitHub': /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{50,})/g,
  'a token of GitLab': /\bglpat-[\w-]{20,}/g,
  'a token of npm': /\bnpm_[A-Za-z0-9]{36}\b/g,
  'a token of Slack': /\bxox[abprs]-[\w-]{10,}/g,
  'a key of Google': /\bAIza[\w-]{35}\b/g,
  'a key of a payment or model service': /\bsk[-_](?:live|ant|proj)[-_][\w-]{16,}/g,
  'a signed token': /\beyJ[\w-]{16,}\.eyJ[\w-]{16,}\.[\w-]{16,}/g,
  // `postgres://user:password@host`: a password that is a variable or one of the words below is none.
  'a database password':
    /\bpostgres(?:ql)?:\/\/[^\s:@/'"`]+:(?!\$|%24|password@|secret@|wrong@|…|<|\{)[^\s@/'"`$]{8,}@/g,
};
const KEY_FILES = /(^|\/)(\.env(\..+)?|\.npmrc|\.pgpass|id_(rsa|dsa|ecdsa|ed25519)|.+\.(pem|key|p12|pfx|jks|kdbx))$/;
const BINARY = /\.(png|jpg|jpeg|gif|ico|woff2?|wasm)$/;

const secretsIn = ({ path: file, text }: SourceFile): readonly Offence[] =>
  Object.entries(SHAPES).flatMap(([what, shape]) =>
    [...text.matchAll(shape)].map((found) => ({
      file,
      line: lineAt(text, found.index),
      advice: `This looks like ${what}. Revoke it first, then take it out of the history.`,
    })),
  );

describe('secrets', () => {
  const files = PATHS.filter((path) => !BINARY.test(path) && statSync(join(ROOT, path)).size < 4_000_000);

  it('are in no file', () => {
    expect(files.length).toBeGreaterThan(400);
    expect(
      spoken(
        files
          .filter((path) => !path.endsWith('house/secrets.spec.ts'))
          .map(read)
          .flatMap(secretsIn),
      ),
    ).toEqual([]);
  });

  it('are not kept as files, and what a program makes for itself stays out of version control', () => {
    expect(PATHS.filter((path) => KEY_FILES.test(path))).toEqual([]);
    expect(PATHS.filter((path) => path.startsWith('var/'))).toEqual([]);
    expect(existsSync(join(ROOT, '.gitignore')) && read('.gitignore').text).toMatch(/^var\/$/m);
  });

  it('would be recognised', () => {
    const planted = [
      '-----BEGIN RSA PRIVATE KEY-----',
      `AKIA${'ABCDEFGH12345678'}`,
      `ghp_${'a1'.repeat(18)}`,
      `npm_${'a1'.repeat(18)}`,
      `eyJ${'hbGciOiJIUzI1NiIs'}.eyJ${'zdWIiOiIxMjM0NTY3'}.${'SflKxwRJSMeKKF2QT4'}`,
      'postgres://amparo:correct-horse@db.example.org/amparo',
    ];
    for (const text of planted) expect(secretsIn({ path: 'a.ts', text })).toHaveLength(1);
    for (const text of ['postgres://nobody@127.0.0.1:1/none', 'postgres://u:${password}@h/d', 'sha512-eyJ', 'AKIA'])
      expect(secretsIn({ path: 'a.ts', text })).toEqual([]);
  });
});
