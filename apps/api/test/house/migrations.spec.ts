/** Migrations come in order, and each begins by saying why it exists. */
import { filesAt, spoken, type Offence, type SourceFile } from './source-tree.js';

const FOLDER = /^prisma\/migrations\/(\d{14})_([a-z0-9]+(?:[-_][a-z0-9]+)*)\/migration\.sql$/;

function faults(files: readonly SourceFile[]): readonly Offence[] {
  const found: Offence[] = [];
  let before = '';
  for (const { path: file, text } of files) {
    const date = FOLDER.exec(file)?.[1];
    if (date === undefined)
      found.push({ file, line: 1, advice: 'Name the folder <14 digits>_<name>: node bin/migration.mjs new <name>.' });
    else if (date === before)
      found.push({ file, line: 1, advice: 'Another migration has this moment: give it a later one.' });
    before = date ?? before;
    const [first = ''] = text.split('\n');
    if (!/^-- [A-Z].{19,}/.test(first) || /replace this/i.test(first))
      found.push({ file, line: 1, advice: 'Begin with a sentence that says why the migration exists.' });
  }
  return found;
}

describe('migrations', () => {
  it('are named by their moment, no two alike, and begin with the reason', () => {
    expect(spoken(faults(filesAt(/^prisma\/migrations\/[^/]+\/.*\.sql$/)))).toEqual([]);
  });

  it('would be found wanting', () => {
    const file = (folder: string, text: string): SourceFile => ({
      path: `prisma/migrations/${folder}/migration.sql`,
      text,
    });
    const why = '-- A release may name who ordered it.\n';
    const bad = [
      file('20261121000000_a', why),
      file('20261121000000_b', why),
      file('latest', why),
      file('20261122000000_c', 'CREATE'),
    ];
    expect(faults(bad)).toHaveLength(3);
    expect(faults([file('20261121000000_a', why), file('20261122000000_b', why)])).toEqual([]);
  });
});
