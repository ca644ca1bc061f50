import { describe, expect, it } from '@jest/globals';
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkMigrations } from './migration-check.js';

const adminUrl = process.env.TEST_DATABASE_URL ?? '';

describe('the schema and the migrations', () => {
  it('describe the same database', async () => {
    const { differences } = await checkMigrations({ adminUrl, prismaDir: 'prisma' });
    expect(differences).toEqual([]);
  });

  it('are seen to differ when a migration is missing', async () => {
    const prismaDir = await mkdtemp(path.join(tmpdir(), 'prisma-'));
    await cp('prisma', prismaDir, { recursive: true });
    await mkdir(path.join(prismaDir, 'migrations/99990101000000_by_hand'));
    await writeFile(
      path.join(prismaDir, 'migrations/99990101000000_by_hand/migration.sql'),
      '-- Not in the schema.\ncreate table by_hand (n integer);\n',
    );
    const { differences } = await checkMigrations({ adminUrl, prismaDir });
    expect(differences).toEqual(
      expect.arrayContaining([expect.stringContaining('table public.by_hand: the migrations make it')]),
    );
  });
});
