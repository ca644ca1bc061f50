/** Door 3: operator commands, run beside a serving installation or alone. Each says what it did; each can be repeated. */
import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parseArgs } from 'node:util';
import { orderDenial, type DenyOrder } from './access/deny-list.service.js';
import { DenyOrders } from './access/deny-orders.service.js';
import { SetUpService } from './access/set-up.service.js';
import { OperatorService } from './accounts/operator.service.js';
import { auditCheckpoint, auditCheckReceipt, auditReceipt, auditVerify, type Said } from './audit/audit.commands.js';
import {
  drillBackup,
  listBackups,
  makeBackup,
  makeRecipient,
  pruneBackups,
  restoreBackup,
  type Ground,
} from './backups/backups.commands.js';
import { FactsService } from './record/facts.service.js';
import { KeyCareService } from './protection/key-care.service.js';
import { readSecretly, unlock } from './keys/unlock.js';
import { readConfig, type Config } from './platform/config.js';
import { tellCrashesWithoutWords } from './platform/crash.js';
import { isId } from './platform/validation/fields.js';
import { CatalogueService } from './reference/catalogue.service.js';
import { PackLoader } from './reference/pack-loader.js';
import { createApp, logIn, migrateDatabase } from './service.js';

interface Command {
  readonly use: string;
  readonly says: string;
  readonly run: (
    app: NestFastifyApplication,
    words: readonly string[],
    options: Readonly<Record<string, string | undefined>>,
  ) => Promise<string | Said>;
}

const need = (value: string | undefined, name: string): string => {
  if (value === undefined || value === '') throw new Error(`--${name} is needed`);
  return value;
};

const COMMANDS: Readonly<Record<string, Command>> = {
  migrate: {
    use: 'migrate',
    says: 'Apply migrations that are missing. Repeating it changes nothing.',
    run: async () => {
      await migrateDatabase(readConfig());
      return 'The database has every migration.';
    },
  },
  'country load': {
    use: 'country load [name …]',
    says: 'Load country packs from countries/ (all configured ones when none is named). An unchanged pack is left alone.',
    run: async (app, words) => {
      const loaded = await app.get(PackLoader).loadAll(words.length > 0 ? words : undefined);
      return loaded.length > 0 ? `Loaded: ${loaded.join(', ')}.` : 'Every pack was loaded already.';
    },
  },
  'facts rebuild': {
    use: 'facts rebuild',
    says: 'Throw away the narrow rows that figures are counted from and make them again from the events.',
    run: async (app) => {
      // A serving process reads the codes when it loads the packs; here nobody has.
      await app.get(CatalogueService).load();
      const people = await app.get(FactsService).rebuild((done) => process.stdout.write(`\r${done} people`));
      return `\nFacts of ${people} people were made again.`;
    },
  },
  'keys status': {
    use: 'keys status',
    says: 'Say who holds the wrapping key, which one is in use, and what each of them wraps.',
    run: async (app) => JSON.stringify(await app.get(KeyCareService).status(), null, 2),
  },
  'keys rotate-wrapping': {
    use: 'keys rotate-wrapping',
    says: 'Take a new wrapping key into use. Earlier ones still open old backups. Restart the service afterwards.',
    run: async (app) => {
      const { name, rewrapped } = await app.get(KeyCareService).rotateWrapping();
      return `The wrapping key in use is ${name}; ${rewrapped} keys were wrapped anew.`;
    },
  },
  'keys rotate-data': {
    use: 'keys rotate-data',
    says: 'Give every case new data keys and seal everything anew. Can be killed and given again; the service goes on meanwhile.',
    run: async (app) => {
      const cases = await app.get(KeyCareService).rotateData((left) => process.stdout.write(`\r${left} cases wait `));
      return `\n${cases} cases were sealed under new data keys.`;
    },
  },
  'setup code': {
    use: 'setup code',
    says: 'Print a new one-time code for the first administrator, while there is no account.',
    run: async (app) =>
      (await app.get(SetUpService).codeIfNeeded()) ?? 'There are accounts already; an administrator creates more.',
  },
  'organisation create': {
    use: 'organisation create --name N --acronym ABC --country SV --office O --email E --display-name D',
    says: 'Create a further organisation with its first administrator; prints a one-time password.',
    run: async (app, _words, options) => {
      const { password } = await app.get(OperatorService).createOrganisation({
        name: need(options['name'], 'name'),
        acronym: need(options['acronym'], 'acronym'),
        country: need(options['country'], 'country'),
        office: need(options['office'], 'office'),
        email: need(options['email'], 'email'),
        displayName: need(options['display-name'], 'display-name'),
      });
      return `Created. The administrator signs in with this password and changes it:\n\n    ${password}\n`;
    },
  },
  'user password': {
    use: 'user password --email E',
    says: 'Give somebody a new random password and end their sessions.',
    run: async (app, _words, options) =>
      `The new password is:\n\n    ${await app.get(OperatorService).newPassword(need(options['email'], 'email'))}\n`,
  },
  'user end-sessions': {
    use: 'user end-sessions --email E',
    says: 'Sign somebody out everywhere, at once.',
    run: async (app, _words, options) =>
      `${await app.get(OperatorService).endSessions(need(options['email'], 'email'))} sessions were ended.`,
  },
  'audit verify': {
    use: 'audit verify [--checkpoint FILE|DIR]',
    says: 'Compute the whole audit trail again and compare it with checkpoints kept outside. Names what was tampered with; ends with 1 then.',
    run: (app, _words, options) => auditVerify(app, options),
  },
  'office revoke': {
    use: 'office revoke --office ID-OR-NAME',
    says: 'Revoke an office now: close it and end every session and token of its people. Repeating it changes nothing.',
    run: async (app, _words, options) => {
      const { sessions, tokens } = await app.get(OperatorService).revokeOffice(need(options['office'], 'office'));
      return `The office is closed. ${sessions} sessions and ${tokens} tokens of its people were ended.`;
    },
  },
  'sessions end': {
    use: 'sessions end --everybody | --user ID | --office ID',
    says: 'End every session of everybody, a person or an office. Works while the database is down: see operations.md.',
    // The order was given before the application was begun (below); here the database is told.
    run: async (app, _words, options) => {
      await app.get(DenyOrders).tell();
      return `Sessions of ${orderIn(options)} were ended.`;
    },
  },
  'audit checkpoint': {
    use: 'audit checkpoint [--letter]',
    says: 'Print the last signed checkpoint of the audit trail, to be kept elsewhere; --letter puts mail headers before it.',
    run: (app, _words, options) => auditCheckpoint(app, options),
  },
  'audit receipt': {
    use: 'audit receipt ID [--checkpoint FILE]',
    says: 'Print the proof that an entry is in the trail, and that an earlier checkpoint is its beginning.',
    run: auditReceipt,
  },
  'audit check-receipt': {
    use: 'audit check-receipt FILE [--key KEY]',
    says: 'Check a receipt with nothing but the file: no database, no settings. Ends with 1 when it does not hold.',
    // Answered below, before anything is read or connected.
    run: (_app, words, options) => auditCheckReceipt(words, options),
  },
  backup: {
    use: 'backup [--to DIR|s3://bucket/prefix]',
    says: 'Make an encrypted backup: the data, and apart from it the keys (docs/backups.md).',
    run: (app, _words, options) => makeBackup(app, options),
  },
  'backup list': {
    use: 'backup list [--to DIR|s3://…]',
    says: 'List the backups, newest first.',
    run: (app, _words, options) => listBackups(app, options),
  },
  'backup prune': {
    use: 'backup prune [--to DIR|s3://…]',
    says: 'Remove the backups that BACKUP_KEEP and BACKUP_KEYS_DAYS no longer keep.',
    run: (app, _words, options) => pruneBackups(app, options),
  },
};

/** Commands that run without the application, because it cannot start yet or must start on another database. */
const ALONE: Readonly<Record<string, Omit<Command, 'run'> & { readonly run: () => Promise<string> }>> = {
  'keys unlock': {
    use: 'keys unlock',
    says: 'Give the passphrase to a service that waits for it: type it, nothing is shown. After each start with KEY_PROVIDER=passphrase.',
    run: async () => unlock(readConfig().keySocket, await readSecretly(process.stdin, process.stderr)),
  },
  'backup new-recipient': {
    use: 'backup new-recipient',
    says: 'Print a recipient for backups and the recovery key that opens what is sealed for it. Twice: one for data, one for keys.',
    run: async () => makeRecipient(),
  },
  restore: {
    use: 'restore --from FILE|DIR|s3://… [--keys FILE] [--recovery-key FILE,FILE] [--into postgres://…] [--over-living-data]',
    says: 'Restore a backup into an empty database, compare every table, put the key files in their place.',
    run: () => restoreBackup(readConfig(), values, ground),
  },
  drill: {
    use: 'drill [--from FILE|DIR|s3://…] [--scratch postgres://…]',
    says: 'Restore the newest backup into a scratch database, compare and check it, keep the proof. Ends with 1 when anything differs.',
    run: () => drillBackup(readConfig(), values, ground),
  },
};

/** The application on a database, beside or without a serving process. */
async function start(settings: Readonly<Config>): Promise<NestFastifyApplication> {
  const app = await createApp({ ...settings, worker: false, logLevel: 'warn' });
  await logIn(app, settings);
  await app.init();
  return app;
}

const ground: Ground = { start, migrate: migrateDatabase };
/** Whose sessions are to end. */
function orderIn(options: Readonly<Record<string, string | boolean | undefined>>): DenyOrder {
  const { everybody, user, office } = options;
  if (everybody === true && user === undefined && office === undefined) return 'everybody';
  const id = user ?? office;
  if (everybody === undefined && typeof id === 'string' && isId(id) && (user === undefined) !== (office === undefined))
    return user === undefined ? `office.${id}` : `user.${id}`;
  throw new Error(
    'Say one of --everybody, --user ID, --office ID. An id is a UUID, as /v1/users and /v1/offices list it.',
  );
}

/** Gives the order first, so that it holds whatever becomes of the database. */
async function endSessions(): Promise<void> {
  const order = orderIn(options);
  const { denyFolder } = readConfig();
  orderDenial(denyFolder, order);
  await inTheApplication('sessions end').catch(() => {
    end(
      `The database cannot be reached. The order is in ${denyFolder}: every request of ${order} is refused from now on, ` +
        'and the sessions are ended as soon as the database is back and a server runs.',
    );
  });
}

function help(): string {
  const lines = [...Object.values(COMMANDS), ...Object.values(ALONE)].map(
    (command) => `  npm run admin -- ${command.use}\n      ${command.says}`,
  );
  return `Operator commands\n\n${lines.join('\n')}\n`;
}

tellCrashesWithoutWords('admin');
const { positionals, values } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    help: { type: 'boolean', short: 'h' },
    name: { type: 'string' },
    acronym: { type: 'string' },
    country: { type: 'string' },
    office: { type: 'string' },
    email: { type: 'string' },
    'display-name': { type: 'string' },
    checkpoint: { type: 'string' },
    letter: { type: 'boolean' },
    key: { type: 'string' },
    to: { type: 'string' },
    from: { type: 'string' },
    into: { type: 'string' },
    keys: { type: 'string' },
    'recovery-key': { type: 'string' },
    'over-living-data': { type: 'boolean' },
    scratch: { type: 'string' },
    everybody: { type: 'boolean' },
    user: { type: 'string' },
  },
});
const word = [positionals.slice(0, 2).join(' '), positionals[0] ?? ''].find(
  (name) => name in COMMANDS || name in ALONE,
);
if (values['help'] === true || word === undefined) {
  process.stdout.write(help());
  process.exit(values['help'] === true || positionals.length === 0 ? 0 : 2);
}
const words = positionals.slice(word.split(' ').length);
const options = values as Record<string, string | undefined>;

/** Says what came out and ends with its code. Standard output may be a pipe, so it is waited for. */
function end(said: string | Said | undefined): void {
  const { says, code } = typeof said === 'object' ? said : { says: said ?? '', code: 0 };
  process.stdout.write(`${says}\n`, () => process.exit(code));
}

/** Runs a command beside or without a serving process, on the same database. */
async function inTheApplication(command: string): Promise<void> {
  const config = readConfig();
  const app = await createApp({ ...config, worker: false, logLevel: 'warn' });
  // The keys are in tables, so there is nothing to open before the tables are made.
  if (command !== 'migrate') {
    await logIn(app, config);
    await app.init();
  }
  const said = await COMMANDS[command]?.run(app, words, options);
  await app.close();
  end(said);
}

try {
  if (word === 'audit check-receipt') end(await auditCheckReceipt(words, options));
  else if (word in ALONE) end(await ALONE[word]?.run());
  else if (word === 'sessions end') await endSessions();
  else await inTheApplication(word);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
