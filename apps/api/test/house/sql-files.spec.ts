/** Every `.sql` file says what it answers and takes, and what it changes is audited (`libs/database/src/sql-file.ts`). */
import { dirname, join } from 'node:path';
import { filesAt, lineAt, spoken, type Offence, type SourceFile } from './source-tree.js';

const PARAMETER = /^-- @param \{\w+(\[\])?\} \$(\d+):\w+\?? {2}\S/;

/** The comment lines before the statement, and where the statement begins. */
function headerOf(text: string): { readonly header: readonly string[]; readonly body: string } {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => !line.startsWith('--') && line.trim() !== '');
  const end = start < 0 ? lines.length : start;
  return { header: lines.slice(0, end).filter((line) => line.trim() !== ''), body: lines.slice(end).join('\n') };
}

/** A header is one or more sentences, then one line for each parameter, numbered from 1 without a gap. */
function badHeader({ path: file, text }: SourceFile, isFragment: boolean): readonly Offence[] {
  const { header, body } = headerOf(text);
  const parameters = header.filter((line) => line.startsWith('-- @param'));
  const sentences = header.slice(0, header.length - parameters.length);
  const say = (line: number, advice: string): Offence => ({ file, line, advice });
  const found: Offence[] = [];
  if (!/^-- [A-Z].{10,}/.test(sentences[0] ?? '') || !/[.:)]$/.test(sentences.at(-1) ?? ''))
    found.push(say(1, 'Begin with a sentence that says what it answers: `-- Whether the database answers.`'));
  parameters.forEach((line, at) => {
    const position = PARAMETER.exec(line)?.[2];
    if (position === undefined || !header.slice(-parameters.length).includes(line))
      found.push(say(header.indexOf(line) + 1, 'Write `-- @param {Type} $1:name  what it is`, after the sentences.'));
    else if (Number(position) !== at + 1) found.push(say(header.indexOf(line) + 1, `This is parameter $${at + 1}.`));
  });
  if (isFragment && parameters.length > 0)
    found.push(say(1, 'A fragment declares no parameters: the file that includes it does.'));
  const used = new Set([...body.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  for (const number of used) if (number > parameters.length) found.push(say(1, `$${number} has no @param line.`));
  return found;
}

/** A statement that changes rows writes its own audit row, or says in its header who does. */
function unaudited({ path: file, text }: SourceFile): readonly Offence[] {
  const { header, body: written } = headerOf(text);
  const body = written.replace(/--(?!\?).*$/gm, (comment) => ' '.repeat(comment.length));
  const change = /\b(INSERT INTO|UPDATE \w+ SET|UPDATE \w+ \w+ SET|DELETE FROM|MERGE INTO|TRUNCATE)\b/i.exec(body);
  if (!change || /INSERT INTO audit_entry/i.test(body) || /audit/i.test(header.join(' '))) return [];
  const line = lineAt(text, text.length - body.length + change.index);
  return [
    { file, line, advice: 'It changes rows: write the audit row here, or say in the header which act is audited.' },
  ];
}

describe('the .sql files', () => {
  const files = filesAt(/^apps\/.*\.sql$/);
  const fragments = new Set(
    files.flatMap(({ path, text }) =>
      [...text.matchAll(/^\s*-- @include (\S+)/gm)].map(([, name = '']) => join(dirname(path), name)),
    ),
  );

  it('begin with what they answer and what they take', () => {
    expect(spoken(files.flatMap((file) => badHeader(file, fragments.has(file.path))))).toEqual([]);
  });

  it('audit what they change', () => {
    expect(spoken(files.filter(({ path }) => path.startsWith('apps/api/')).flatMap(unaudited))).toEqual([]);
  });

  it('ask no clock where a figure is asked for: the cut-off is a parameter', () => {
    const clock = /\b(now\(\)|current_date|current_timestamp|localtimestamp|clock_timestamp\(\))/i;
    expect(files.filter(({ path, text }) => path.includes('/figures/') && clock.test(text))).toEqual([]);
  });
});

describe('the rules about .sql files', () => {
  const bad = (text: string, fragment = false): readonly string[] =>
    spoken(badHeader({ path: 'a.sql', text }, fragment));

  it('find a missing sentence, a parameter out of order, an undescribed and an undeclared one', () => {
    expect(bad('SELECT 1')).toHaveLength(1);
    expect(bad('-- Counts the cases there are.\nSELECT 1')).toEqual([]);
    expect(bad('-- Counts the cases there are.\n-- @param {Int} $2:limit  rows\nSELECT 1')).toHaveLength(1);
    expect(bad('-- Counts the cases there are.\n-- @param {Int} $1:limit\nSELECT 1')).toHaveLength(1);
    expect(bad('-- Counts the cases there are.\nSELECT $1')).toHaveLength(1);
    expect(bad('-- Counts the cases there are.\n-- @param {Int} $1:a  rows\n', true)).toHaveLength(1);
  });

  it('find a change that nobody audits', () => {
    const text = '-- Ends a session.\nDELETE FROM session';
    expect(spoken(unaudited({ path: 'a.sql', text }))).toEqual([expect.stringMatching(/^a\.sql:2 /)]);
    expect(unaudited({ path: 'a.sql', text: text.replace('session.', 'session; its act is audited.') })).toEqual([]);
  });
});
