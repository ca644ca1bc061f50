/**
 * Prisma's schema engine as WebAssembly, for one purpose: the SQL that leads from one version of the schema to another.
 * For authors and tests only; the production image does not contain the package, so nothing at run time may import this.
 */
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { readFile } from 'node:fs/promises';

export interface SchemaFile {
  path: string;
  content: string;
}

/** The SQL that turns a database with schema `from` (or an empty one) into one with schema `to`; '' when nothing differs. */
export async function schemaSql(from: SchemaFile[] | 'empty', to: SchemaFile[]): Promise<string> {
  const { SchemaEngine } = await load();
  const engine = await SchemaEngine.new(
    { datamodels: to.map(({ path, content }) => [path, content]) },
    () => undefined,
    noDatabase,
  );
  const { exitCode, stdout } = await engine.diff({
    from: from === 'empty' ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: from },
    to: { tag: 'schemaDatamodel', files: to },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return exitCode === 2 ? (stdout ?? '').trim() : '';
}

/** Node has it; the type packages we use do not describe it. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

type Engine = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');
let loaded: Promise<Engine> | undefined;

function load(): Promise<Engine> {
  loaded ??= (async () => {
    const engine = await import('@prisma/schema-engine-wasm/schema_engine_bg');
    const here = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
    const bytes = await readFile(new URL('./schema_engine_bg.wasm', here));
    const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': engine });
    engine.__wbg_set_wasm(instance.exports);
    (instance.exports.__wbindgen_start as () => void)();
    return engine;
  })();
  return loaded;
}

/**
 * The engine wants a connection before it compares anything, and asks it one question: is there a schema `public`, and
 * which version is the server. The answers are ours, so that authoring a migration needs no server.
 */
const noDatabase = bindMigrationAwareSqlAdapterFactory({
  provider: 'postgres',
  adapterName: 'none',
  connect: async () => silent,
  connectToShadowDb: async () => silent,
} as never);

const nothing = (): never => {
  throw new Error('comparing schemas needs no database');
};

const silent = {
  provider: 'postgres',
  adapterName: 'none',
  queryRaw: async () => ({
    columnNames: ['exists', 'version', 'numeric_version'],
    columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
    rows: [[true, 'PostgreSQL 17.0', 170_000]],
  }),
  executeRaw: async () => 0,
  executeScript: nothing,
  startTransaction: nothing,
  getConnectionInfo: () => ({ schemaName: 'public', maxBindValues: 32_766, supportsRelationJoins: true }),
  dispose: async () => undefined,
};
