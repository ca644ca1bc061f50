/**
 * Every setting of the service, read once at start and frozen. This is the only file that reads the environment
 * (house rule "one-environment-reader"); docs/configuration.md is checked against it.
 */
import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, validateSync } from 'class-validator';
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { startRefusals } from './start-refusals.js';

export class Config {
  /** Address of the Postgres server and database. */
  @Matches(/^postgres(ql)?:\/\/.+/, { message: 'DATABASE_URL must be a postgres:// address' })
  databaseUrl!: string;

  /** Logins that the operator made for acts, background work, figures and the trail; all of them, or none (docs/operations.md). */
  @Matches(/^(|postgres(ql)?:\/\/.+)$/, { message: 'DATABASE_SERVE_URL must be a postgres:// address' })
  databaseServeUrl!: string;

  @Matches(/^(|postgres(ql)?:\/\/.+)$/, { message: 'DATABASE_WORK_URL must be a postgres:// address' })
  databaseWorkUrl!: string;

  @Matches(/^(|postgres(ql)?:\/\/.+)$/, { message: 'DATABASE_STATISTICS_URL must be a postgres:// address' })
  databaseStatisticsUrl!: string;

  @Matches(/^(|postgres(ql)?:\/\/.+)$/, { message: 'DATABASE_AUDIT_URL must be a postgres:// address' })
  databaseAuditUrl!: string;

  /** The login that copies everything for a backup and writes nothing, where the operator made the others. */
  @Matches(/^(|postgres(ql)?:\/\/.+)$/, { message: 'DATABASE_BACKUP_URL must be a postgres:// address' })
  databaseBackupUrl!: string;

  /** Port to listen on. */
  @IsInt()
  @Min(0)
  @Max(65_535)
  port!: number;

  /** Address to listen on; the default is this machine only. */
  @IsString()
  host!: string;

  /** The address clients use, for links; empty means `http://host:port`. */
  @IsString()
  publicUrl!: string;

  /** Apply migrations and load the shipped country packs when the service starts. */
  @IsBoolean()
  migrateOnStart!: boolean;

  /** Country packs to load at start, comma separated folder names under `countries/`. */
  @IsString()
  countries!: string;

  /** `strict` for real use, `wide` for demonstrations and load tests on a private machine, `off` for tests. */
  @IsIn(['strict', 'wide', 'off'])
  rateLimits!: 'strict' | 'wide' | 'off';

  /** Smallest log level that is written. */
  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
  logLevel!: string;

  /** Connections to the database for acts; on two cores more than 16 is slower. */
  @IsInt()
  @Min(2)
  @Max(200)
  databaseConnections!: number;

  /** Minutes an access token is good for. It is looked up at every request, so ending a session acts at once anyway. */
  @IsInt()
  @Min(1)
  @Max(120)
  accessTokenMinutes!: number;

  /** Addresses of reverse proxies whose X-Forwarded-For is believed, comma separated; empty believes none. */
  @IsString()
  trustProxy!: string;

  /** Where the service may be reached over HTTP without a proxy: on this machine, or anywhere (a laboratory, a demo). */
  @IsIn(['local', 'anywhere'])
  plainHttp!: 'local' | 'anywhere';

  /** Whom a finder of a weakness should tell: an address beginning with mailto: or https://, shown in security.txt. */
  @Matches(/^(|mailto:\S+@\S+|https:\/\/\S+)$/, { message: 'it must begin with mailto: or https://' })
  securityContact!: string;

  /** File with the installation's secret (cursors, match keys); made with tight rights when missing. */
  @IsString()
  secretFile!: string;

  /** Who holds the wrapping keys: a file, a passphrase given at every start, or a vault elsewhere (docs/encryption.md). */
  @IsIn(['file', 'passphrase', 'vault'])
  keyProvider!: 'file' | 'passphrase' | 'vault';

  /** File with the wrapping keys; empty means `wrapping.key` beside the secret. Made with tight rights when nothing needs it yet. */
  @IsString()
  keyFile!: string;

  /** The passphrase, best as KEY_PASSPHRASE_FILE; empty means that somebody gives it at the socket. */
  @IsString()
  keyPassphrase!: string;

  /** The passphrase that comes next, while it is being changed. */
  @IsString()
  keyPassphraseNext!: string;

  /** Unix socket at which the passphrase is awaited; empty means `unlock.sock` beside the secret. */
  @IsString()
  keySocket!: string;

  /** Address of Vault or OpenBao. */
  @Matches(/^(|https?:\/\/.+)$/, { message: 'VAULT_ADDR must be an https:// address' })
  vaultAddr!: string;

  /** Token that may use the transit key, best as VAULT_TOKEN_FILE. */
  @IsString()
  vaultToken!: string;

  /** Name of the transit key. */
  @Matches(/^[\w.-]+$/, { message: 'VAULT_KEY must be the name of a transit key' })
  vaultKey!: string;

  /** How people are found by name: `memory`, of which nothing is stored, or `blind`, by stored keyed digests. */
  @IsIn(['memory', 'blind'])
  nameIndex!: 'memory' | 'blind';

  /** Whether roles that see who a person is need a second factor: `required`, or `optional` for demonstrations and tests. */
  @IsIn(['required', 'optional'])
  secondFactor!: 'required' | 'optional';

  /** Minutes that a proof of who one is stays fresh enough for exports, unmasking, keys and accounts. */
  @IsInt()
  @Min(1)
  @Max(720)
  stepUpMinutes!: number;

  /** Origin of the pages that use passkeys, e.g. `https://amparo.example.org`; empty means PUBLIC_URL, or localhost. */
  @Matches(/^(https?:\/\/[^/]+)?$/, { message: 'PASSKEY_ORIGIN must be an origin such as https://amparo.example.org' })
  passkeyOrigin!: string;

  /** Domain that passkeys are bound to; empty means the host of the origin. */
  @IsString()
  passkeyDomain!: string;

  /** Folder of orders to end sessions that hold even while the database is down. */
  @IsString()
  denyFolder!: string;

  /** Issuer of an OpenID Connect provider; empty (the default) switches sign-in through one off. */
  @Matches(/^(https:\/\/\S+|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\S*)?$/, {
    message: 'OIDC_ISSUER must be an https:// address',
  })
  oidcIssuer!: string;

  /** What this service is called at the provider. */
  @IsString()
  oidcClientId!: string;

  /** The secret that goes with it; empty for a public client. */
  @IsString()
  oidcClientSecret!: string;

  /** Where the provider sends people back to; registered there. */
  @IsString()
  oidcRedirectUri!: string;

  /** Values of `acr` or `amr` that count as a second factor, comma separated; empty counts none. */
  @IsString()
  oidcMfaValues!: string;

  /** How often a person may read identity or testimony on one day before others are told; at three times as many it stops. 0 sets no budget. */
  @IsInt()
  @Min(0)
  @Max(100_000)
  readingBudget!: number;

  /** Folder outside, for signed audit checkpoints; empty keeps them in the database only (docs/audit.md). */
  @IsString()
  auditCheckpointDir!: string;

  /** Time of day, UTC, at which the audit trail is verified; `off` never. */
  @Matches(/^(off|([01]\d|2[0-3]):[0-5]\d)$/, { message: 'AUDIT_VERIFY_AT must be a time of day (HH:MM, UTC) or off' })
  auditVerifyAt!: string;

  /** Where backups go: a folder, or `s3://bucket/prefix`. */
  @IsString()
  backupDir!: string;

  /** Who can open the data of a backup without this machine: a recipient that `admin backup new-recipient` made. */
  @IsString()
  backupRecipient!: string;

  /** Who can open the keys of a backup: another recipient, kept by somebody else. */
  @IsString()
  backupKeysRecipient!: string;

  /** Hours between backups that the service makes by itself; 0 makes none. */
  @IsInt()
  @Min(0)
  @Max(8_760)
  backupEveryHours!: number;

  /** Of how many days, weeks and months the newest backup is kept, for instance `7,5,12`. */
  @Matches(/^\d{1,3},\d{1,3},\d{1,3}$/, { message: 'BACKUP_KEEP must be three numbers: days,weeks,months' })
  backupKeep!: string;

  /** Days for which the keys of a backup are kept: an erased person is gone when the last copy of their key is. */
  @IsInt()
  @Min(1)
  @Max(3_650)
  backupKeysDays!: number;

  /** Address of an S3-compatible store, `https://…`; for backups to `s3://`. */
  @Matches(/^(|https?:\/\/[^/]+\/?)$/, { message: 'S3_ENDPOINT must be an address without a path' })
  s3Endpoint!: string;

  /** Region that requests are signed for. */
  @IsString()
  s3Region!: string;

  /** Name of the access key, best as S3_KEY_ID_FILE. */
  @IsString()
  s3KeyId!: string;

  /** Secret of the access key, best as S3_SECRET_FILE. */
  @IsString()
  s3Secret!: string;

  /** Run long work (imports, reports) and seal the audit trail in this process. */
  @IsBoolean()
  worker!: boolean;

  /** Where country packs and samples lie. */
  @IsOptional()
  @IsString()
  root!: string;
}

interface Setting {
  readonly variable: string;
  readonly fallback: string;
  readonly kind: 'text' | 'number' | 'flag';
}

/** Variable, default and kind of every setting. `docs/configuration.md` lists the same. */
export const SETTINGS: Readonly<Record<keyof Config, Setting>> = {
  databaseUrl: { variable: 'DATABASE_URL', fallback: '', kind: 'text' },
  databaseServeUrl: { variable: 'DATABASE_SERVE_URL', fallback: '', kind: 'text' },
  databaseWorkUrl: { variable: 'DATABASE_WORK_URL', fallback: '', kind: 'text' },
  databaseStatisticsUrl: { variable: 'DATABASE_STATISTICS_URL', fallback: '', kind: 'text' },
  databaseAuditUrl: { variable: 'DATABASE_AUDIT_URL', fallback: '', kind: 'text' },
  databaseBackupUrl: { variable: 'DATABASE_BACKUP_URL', fallback: '', kind: 'text' },
  port: { variable: 'PORT', fallback: '3000', kind: 'number' },
  host: { variable: 'HOST', fallback: '127.0.0.1', kind: 'text' },
  publicUrl: { variable: 'PUBLIC_URL', fallback: '', kind: 'text' },
  migrateOnStart: { variable: 'MIGRATE_ON_START', fallback: 'true', kind: 'flag' },
  countries: { variable: 'COUNTRIES', fallback: 'sv,us-ca', kind: 'text' },
  rateLimits: { variable: 'RATE_LIMITS', fallback: 'strict', kind: 'text' },
  logLevel: { variable: 'LOG_LEVEL', fallback: 'info', kind: 'text' },
  databaseConnections: { variable: 'DATABASE_CONNECTIONS', fallback: '14', kind: 'number' },
  accessTokenMinutes: { variable: 'ACCESS_TOKEN_MINUTES', fallback: '30', kind: 'number' },
  trustProxy: { variable: 'TRUST_PROXY', fallback: '', kind: 'text' },
  plainHttp: { variable: 'PLAIN_HTTP', fallback: 'local', kind: 'text' },
  securityContact: { variable: 'SECURITY_CONTACT', fallback: '', kind: 'text' },
  secretFile: { variable: 'SECRET_FILE', fallback: 'var/secret.key', kind: 'text' },
  keyProvider: { variable: 'KEY_PROVIDER', fallback: 'file', kind: 'text' },
  keyFile: { variable: 'KEY_FILE', fallback: '', kind: 'text' },
  keyPassphrase: { variable: 'KEY_PASSPHRASE', fallback: '', kind: 'text' },
  keyPassphraseNext: { variable: 'KEY_PASSPHRASE_NEXT', fallback: '', kind: 'text' },
  keySocket: { variable: 'KEY_SOCKET', fallback: '', kind: 'text' },
  vaultAddr: { variable: 'VAULT_ADDR', fallback: '', kind: 'text' },
  vaultToken: { variable: 'VAULT_TOKEN', fallback: '', kind: 'text' },
  vaultKey: { variable: 'VAULT_KEY', fallback: 'amparo', kind: 'text' },
  nameIndex: { variable: 'NAME_INDEX', fallback: 'memory', kind: 'text' },
  readingBudget: { variable: 'READING_BUDGET', fallback: '300', kind: 'number' },
  auditCheckpointDir: { variable: 'AUDIT_CHECKPOINT_DIR', fallback: '', kind: 'text' },
  auditVerifyAt: { variable: 'AUDIT_VERIFY_AT', fallback: '08:00', kind: 'text' },
  secondFactor: { variable: 'SECOND_FACTOR', fallback: 'required', kind: 'text' },
  stepUpMinutes: { variable: 'STEP_UP_MINUTES', fallback: '5', kind: 'number' },
  passkeyOrigin: { variable: 'PASSKEY_ORIGIN', fallback: '', kind: 'text' },
  passkeyDomain: { variable: 'PASSKEY_DOMAIN', fallback: '', kind: 'text' },
  denyFolder: { variable: 'DENY_FOLDER', fallback: 'var/denied', kind: 'text' },
  oidcIssuer: { variable: 'OIDC_ISSUER', fallback: '', kind: 'text' },
  oidcClientId: { variable: 'OIDC_CLIENT_ID', fallback: '', kind: 'text' },
  oidcClientSecret: { variable: 'OIDC_CLIENT_SECRET', fallback: '', kind: 'text' },
  oidcRedirectUri: { variable: 'OIDC_REDIRECT_URI', fallback: '', kind: 'text' },
  oidcMfaValues: { variable: 'OIDC_MFA_VALUES', fallback: 'mfa', kind: 'text' },
  backupDir: { variable: 'BACKUP_DIR', fallback: 'var/backups', kind: 'text' },
  backupRecipient: { variable: 'BACKUP_RECIPIENT', fallback: '', kind: 'text' },
  backupKeysRecipient: { variable: 'BACKUP_KEYS_RECIPIENT', fallback: '', kind: 'text' },
  backupEveryHours: { variable: 'BACKUP_EVERY_HOURS', fallback: '0', kind: 'number' },
  backupKeep: { variable: 'BACKUP_KEEP', fallback: '7,5,12', kind: 'text' },
  backupKeysDays: { variable: 'BACKUP_KEYS_DAYS', fallback: '30', kind: 'number' },
  s3Endpoint: { variable: 'S3_ENDPOINT', fallback: '', kind: 'text' },
  s3Region: { variable: 'S3_REGION', fallback: 'us-east-1', kind: 'text' },
  s3KeyId: { variable: 'S3_KEY_ID', fallback: '', kind: 'text' },
  s3Secret: { variable: 'S3_SECRET', fallback: '', kind: 'text' },
  worker: { variable: 'WORKER', fallback: 'true', kind: 'flag' },
  root: { variable: 'AMPARO_ROOT', fallback: '.', kind: 'text' },
};

function valueOf(setting: Setting, text: string): unknown {
  switch (setting.kind) {
    case 'number':
      return /^\d+$/.test(text) ? Number(text) : text;
    case 'flag':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'text':
      return text;
  }
}

/**
 * Reads the environment. A value may also come from a file named by the variable with `_FILE` behind it, so that
 * secrets need not stand in the environment. Fails with every fault at once, naming variables and never values.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Readonly<Config> {
  const plain: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(SETTINGS)) {
    const file = environment[`${setting.variable}_FILE`];
    const text = file !== undefined && file !== '' ? readFileSync(file, 'utf8').trim() : environment[setting.variable];
    plain[key] = valueOf(setting, text === undefined || text === '' ? setting.fallback : text);
  }
  const config = plainToInstance(Config, plain);
  const faults = validateSync(config).map((fault) => {
    const variable = SETTINGS[fault.property as keyof Config].variable;
    return `${variable}: ${Object.values(fault.constraints ?? {}).join('; ')}`;
  });
  if (faults.length === 0) faults.push(...startRefusals(config, environment['NODE_ENV']));
  if (faults.length > 0) throw new Error(`The configuration is not usable.\n  ${faults.join('\n  ')}`);
  config.root = resolve(config.root);
  config.secretFile = resolve(config.secretFile);
  if (config.auditCheckpointDir !== '') config.auditCheckpointDir = resolve(config.auditCheckpointDir);
  config.keyFile = config.keyFile === '' ? join(dirname(config.secretFile), 'wrapping.key') : resolve(config.keyFile);
  if (!config.backupDir.startsWith('s3://')) config.backupDir = resolve(config.backupDir);
  config.keySocket =
    config.keySocket === '' ? join(dirname(config.secretFile), 'unlock.sock') : resolve(config.keySocket);
  config.denyFolder = resolve(config.denyFolder);
  return Object.freeze(config);
}

/** Keys derived from the installation's one secret, each for one purpose. */
export interface Keys {
  readonly cursor: Buffer;
  /** For digests of names; null where none are stored. */
  readonly match: Buffer | null;
  readonly throttle: Buffer;
  /** Passwords of the database logins. */
  readonly database: Buffer;
}

/** Reads the secret, or makes one that only this user can read. */
export function readKeys(file: string): Keys {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    // `wx` so that two processes starting together end up with one secret.
    try {
      writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  chmodSync(file, 0o600);
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length < 32) throw new Error(`The secret in ${file} is too short; it needs at least 32 characters.`);
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, createHash('sha256').update('amparo').digest(), purpose, 32));
  return {
    cursor: derive('cursor'),
    match: derive('match'),
    throttle: derive('throttle'),
    database: derive('database'),
  };
}
