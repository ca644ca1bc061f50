export { Database, auditRow, DEFAULT_DATABASE_OPTIONS, servedBy } from './database.js';
export type {
  Actor,
  Asking,
  AuditLine,
  AuditRow,
  DatabaseOptions,
  Questions,
  Session,
  SignedRows,
  Tx,
  WriteOptions,
} from './database.js';
export { Disagreement } from './agreement.js';
export type { Agreement, Subject } from './agreement.js';
export type { Addresses } from './pools.js';
export type { Listening } from './listening.js';
export { Gathering } from './gathering.js';
export type { GatheringOptions } from './gathering.js';
export { given } from './given.js';
export { NeighbouringIds } from './neighbouring-ids.js';
export { SqlFile, sqlFile } from './sql-file.js';
export type { CompiledSql, SqlParameter, SqlValues } from './sql-file.js';
export { databaseProblem, databaseProblems, isContention, isNobodysFault } from './postgres-problems.js';
export { Prisma } from './generated/client.js';
export { migrate, MigrationError, connectionFrom } from './migrate.js';
export type { Connection, Migrated, MigrateOptions } from './migrate.js';
export { copyOptions, DumpError, Snapshot } from './copy/dump.js';
export { BeingRestored, LivingData, Load } from './copy/load.js';
export type { LoadOptions } from './copy/load.js';
export type { CopiedTable } from './copy/standing.js';
export { loginsFrom, roleOf } from './wall/duties.js';
export type { Duty, Logins } from './wall/duties.js';
export { logInSeparately, RefusedLogin } from './wall/serving.js';
export type { Named as NamedLogins } from './wall/serving.js';
export { raiseWall } from './wall/raise.js';
