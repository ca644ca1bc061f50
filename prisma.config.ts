/**
 * For Prisma's own command line (`prisma generate`, and `prisma migrate deploy` where its engine can be had). The
 * program itself does not read this file; its migrations are applied by libs/database/src/migrate.ts.
 */
import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  // Not Prisma's env(): that throws without the variable, and generating needs no database.
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
