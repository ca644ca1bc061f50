/**
 * Queries stand in `*.repository.ts`, so that what the database is asked can be read in one place. That nobody else
 * imports Prisma is a boundary; this looks at the client that a `Database` or a `Tx` carries with it.
 */
import { filesAt, linesWith, spoken, withoutComments, type Offence, type SourceFile } from './source-tree.js';

const ADVICE = 'Ask the feature’s repository, or put the query there.';

const asks = (file: SourceFile): readonly Offence[] => [
  ...linesWith(
    withoutComments(file),
    /\.prisma\b|\bsqlFile\(|\btx\.sql\b|\bdatabase\.(statement|ask)(<[^>]*>)?\(\w/,
    ADVICE,
  ),
  ...linesWith(withoutComments(file), /import\s*\{[^}]*\bPrisma\b[^}]*\}\s*from\s*'#lib\/database'/, ADVICE),
];

describe('queries', () => {
  it('stand in repositories', () => {
    const files = filesAt(/^apps\/api\/src\/.*\.ts$/, /\.repository\.ts$/);
    expect(spoken(files.flatMap(asks))).toEqual([]);
  });

  it('are found wherever else they stand', () => {
    const lines = [
      'await tx.prisma.office.count();',
      'await this.database.ask<Row>(file, {});',
      "const readCase = sqlFile(import.meta.url, './sql/read-cases.sql');",
      "import { Database, Prisma } from '#lib/database';",
      "import { Database } from '#lib/database'; // not .prisma",
      'await this.cases.readCase(caller, caseId);',
    ];
    expect(asks({ path: 'a.ts', text: lines.join('\n') }).map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  });
});
