/** The source tree as the house rules read it, and what a broken rule says. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(fileURLToPath(new URL('../../../../', import.meta.url)));

/** One file of the tree: where it is, and what it says. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Where a rule is broken and what to do about it. */
export interface Offence {
  readonly file: string;
  readonly line: number;
  readonly advice: string;
}

/**
 * Every file that is, or would be, in version control. Without git (an unpacked archive) nothing could be said about
 * what belongs to the tree, so the rules fail rather than pass over an empty list.
 */
export const PATHS: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '-z'],
  { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
)
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(ROOT, path)))
  .filter((path) => !path.startsWith('apps/api/test/house/offences/'))
  .sort();

/** Reads one file of the tree. */
export const read = (path: string): SourceFile => ({ path, text: readFileSync(join(ROOT, path), 'utf8') });

/** Reads the files whose path matches. A pattern that finds nothing is a mistake in the rule. */
export function filesAt(wanted: RegExp, unwanted: RegExp = /(?!)/): readonly SourceFile[] {
  const found = PATHS.filter((path) => wanted.test(path) && !unwanted.test(path)).map(read);
  if (found.length === 0) throw new Error(`No file is at ${wanted.source}: the rule would pass without looking.`);
  return found;
}

/** An offence on every line that matches. */
export const linesWith = (file: SourceFile, pattern: RegExp, advice: string): readonly Offence[] =>
  file.text.split('\n').flatMap((line, at) => (pattern.test(line) ? [{ file: file.path, line: at + 1, advice }] : []));

/** The line on which a position of a text stands. */
export const lineAt = (text: string, position: number): number => text.slice(0, position).split('\n').length;

/** Offences as a person reads them: `file:line  what to do`. A rule expects the empty list. */
export const spoken = (offences: readonly Offence[]): readonly string[] =>
  offences.map(({ file, line, advice }) => `${file}:${line}  ${advice}`);

/** The code of a TypeScript file with its comments blanked out; lines stay where they were. */
export const withoutComments = ({ path, text }: SourceFile): SourceFile => ({
  path,
  text: text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/.*$/gm, (comment) =>
      ' '.repeat(comment.length).replace(/^ /, comment.startsWith('\n') ? '\n' : ' '),
    ),
});
