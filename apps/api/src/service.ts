/** Puts the application together and starts it; used by the HTTP door, the demo and the tests. */
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { join } from 'node:path';
import {
  connectionFrom,
  Database,
  logInSeparately,
  loginsFrom,
  migrate,
  raiseWall,
  type NamedLogins,
} from '#lib/database';
import { routeTable } from './access/route-table.js';
import { SetUpService } from './access/set-up.service.js';
import { AppModule } from './app.module.js';
import { ONE_LOGIN } from './health/health.repository.js';
import { PurposeKeys } from './keys/purpose-keys.js';
import { NameIndex } from './names/name-index.service.js';
import { OneIndex } from './names/one-index.service.js';
import { Clock, SystemClock } from './platform/clock.js';
import { readKeys, type Config } from './platform/config.js';
import { fastifyAdapter, prepareHttp } from './platform/http.js';
import { log } from './platform/log.js';
import { buildDocument } from './platform/openapi.js';
import { shippedCodes } from './reference/shipped-codes.js';
import { PackLoader } from './reference/pack-loader.js';

export interface Service {
  readonly app: NestFastifyApplication;
  readonly baseUrl: string;
  readonly stop: () => Promise<void>;
}

/** The application without a port: what the tests and the document writer need. */
export async function createApp(
  config: Readonly<Config>,
  clock: Clock = new SystemClock(),
): Promise<NestFastifyApplication> {
  log.level = config.logLevel;
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, clock), fastifyAdapter(config), {
    logger: ['error', 'fatal'],
    bodyParser: false,
    abortOnError: false,
  });
  await prepareHttp(app, config, clock);
  return app;
}

/** The OpenAPI document of an application. */
export function documentOf(app: NestFastifyApplication, config: Readonly<Config>): OpenAPIObject {
  return buildDocument(app, routeTable(app), shippedCodes(join(config.root, 'countries')));
}

/**
 * Applies what is missing to the database: migrations, then the keys, then the packs, whose loading is signed with one.
 * Refused beside processes that find names in another way.
 */
export async function prepareData(app: NestFastifyApplication, config: Readonly<Config>): Promise<void> {
  if (config.migrateOnStart) await migrateDatabase(config);
  await logIn(app, config);
  await app.get(OneIndex).enter();
  await app.get(PurposeKeys).onModuleInit();
  const loaded = await app.get(PackLoader).loadAll();
  if (loaded.length > 0) log.info({ packs: loaded }, 'reference data loaded');
}

export async function migrateDatabase(config: Readonly<Config>): Promise<void> {
  await migrate({
    connection: connectionFrom(config.databaseUrl),
    migrationsDir: join(config.root, 'prisma/migrations'),
    log: (line) => log.info({ migration: line }, 'migration'),
  });
  await raiseWall({
    connection: connectionFrom(config.databaseUrl),
    logins: namesLogins(config) ? null : loginsFrom(readKeys(config.secretFile).database),
    log: (line) => log.info({ migration: line }, 'migration'),
  });
}

const namesLogins = (config: Readonly<Config>): boolean =>
  Object.values(namedLogins(config)).some((url) => url !== undefined);

function namedLogins(config: Readonly<Config>): NamedLogins {
  const named = (url: string): string | undefined => (url === '' ? undefined : url);
  return {
    serve: named(config.databaseServeUrl),
    work: named(config.databaseWorkUrl),
    statistics: named(config.databaseStatisticsUrl),
    audit: named(config.databaseAuditUrl),
    backup: named(config.databaseBackupUrl),
  };
}

/** Chooses the logins to serve with, before anything is asked of the database. */
export async function logIn(app: NestFastifyApplication, config: Readonly<Config>): Promise<void> {
  const logins = loginsFrom(readKeys(config.secretFile).database);
  const addresses = await logInSeparately(config.databaseUrl, logins, namedLogins(config));
  app.get(Database).use(addresses);
  if (!addresses.separate)
    log.warn(
      { warning: ONE_LOGIN },
      'The login of DATABASE_URL may make no roles, so it serves as well: it owns the tables, can switch off every policy and change the audit trail. See docs/operations.md, "Logins of the database".',
    );
}

export async function startService(config: Readonly<Config>): Promise<Service> {
  const app = await createApp(config);
  await prepareData(app, config);
  const document = documentOf(app, config);
  const text = JSON.stringify(document);
  const fastify = app.getHttpAdapter().getInstance();
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'docs/openapi.json',
    customSiteTitle: 'Amparo API',
    swaggerOptions: { validatorUrl: null },
  });
  await app.init();
  fastify.get('/openapi.json', (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(text),
  );
  await app.listen(config.port, config.host);
  const address = app.getHttpServer().address() as { port: number };
  const baseUrl = config.publicUrl || `http://${config.host}:${address.port}`;
  app.get(NameIndex).begin();
  const code = await app.get(SetUpService).codeIfNeeded();
  process.stdout.write(`Amparo listens at ${baseUrl}  (documentation: ${baseUrl}/docs)\n`);
  if (code !== null) {
    process.stdout.write(
      `\nNobody has an account yet. Create the first administrator with this one-time code, good for 24 hours:\n\n    ${code}\n\n`,
    );
    process.stdout.write(
      `  curl -X POST ${baseUrl}/v1/setup -H 'content-type: application/json' -d '{"code":"${code}","organisation":"…","acronym":"…","country":"SV","office":"…","displayName":"…","email":"…","password":"…"}'\n\n`,
    );
  }
  const stop = async (): Promise<void> => {
    await app.close();
    await app.get(Database).close();
  };
  return { app, baseUrl, stop };
}
