/** What the service does not start with, and what it does. */
import { readConfig, SETTINGS } from './config.js';

const DATABASE_URL = 'postgres://amparo@127.0.0.1:5432/amparo';
const start = (environment: Readonly<Record<string, string>>) => readConfig({ DATABASE_URL, ...environment });
const PRODUCTION = { NODE_ENV: 'production' };
const BEHIND_PROXY = { HOST: '0.0.0.0', TRUST_PROXY: '172.30.77.2', ...PRODUCTION };

describe('the service starts', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['with nothing but a database', {}],
    [
      'with backups every day for two recipients',
      { BACKUP_EVERY_HOURS: '24', BACKUP_RECIPIENT: 'x', BACKUP_KEYS_RECIPIENT: 'y' },
    ],
    ['on this machine by name', { HOST: 'localhost' }],
    ['on this machine by its other address', { HOST: '::1' }],
    ['for others behind a proxy', BEHIND_PROXY],
    [
      'for others behind a proxy with its public address',
      { ...BEHIND_PROXY, PUBLIC_URL: 'https://amparo.example.org' },
    ],
    ['for others in clear where that was said', { HOST: '0.0.0.0', PLAIN_HTTP: 'anywhere' }],
    ['with proxies on several networks', { ...BEHIND_PROXY, TRUST_PROXY: '10.0.0.0/8, 2001:db8::1, loopback' }],
    ['with a database next door', { DATABASE_URL: 'postgres://amparo@postgres:5432/amparo' }],
    ['with a database in the same house', { DATABASE_URL: 'postgres://amparo@10.1.2.3:5432/amparo' }],
    ['with a database on a socket', { DATABASE_URL: 'postgres://amparo@x/amparo?host=/run/postgresql' }],
    ['with a database far away, encrypted', { DATABASE_URL: 'postgres://amparo@db.example.org/a?sslmode=verify-full' }],
  ])('%s', (_what, environment) => {
    expect(start(environment).databaseUrl).not.toBe('');
  });
});

describe('the service refuses to start', () => {
  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['for others without a proxy', { HOST: '0.0.0.0', ...PRODUCTION }, /HOST: .*TRUST_PROXY/],
    ['on an address of the house without a proxy', { HOST: '192.168.1.5', ...PRODUCTION }, /HOST: .*TRUST_PROXY/],
    ['on a name that is not this machine', { HOST: 'amparo.example.org', ...PRODUCTION }, /HOST: /],
    ['for others while it is being developed', { HOST: '::', TRUST_PROXY: '10.0.0.1' }, /HOST: .*NODE_ENV/],
    ['for others without a brake on guessing', { ...BEHIND_PROXY, RATE_LIMITS: 'off' }, /RATE_LIMITS: /],
    [
      'with passwords going over HTTP',
      { ...BEHIND_PROXY, PUBLIC_URL: 'http://amparo.example.org' },
      /PUBLIC_URL: .*https/,
    ],
    ['with a public address that has a path', { PUBLIC_URL: 'https://amparo.example.org/api' }, /PUBLIC_URL: /],
    ['with a public address that is none', { PUBLIC_URL: 'amparo.example.org' }, /PUBLIC_URL: /],
    ['with a public address that is a program', { PUBLIC_URL: 'javascript:alert(1)' }, /PUBLIC_URL: /],
    ['believing everybody', { ...BEHIND_PROXY, TRUST_PROXY: '0.0.0.0/0' }, /TRUST_PROXY: /],
    ['believing everybody of the new kind', { ...BEHIND_PROXY, TRUST_PROXY: '::/0' }, /TRUST_PROXY: /],
    ['believing a word', { ...BEHIND_PROXY, TRUST_PROXY: 'true' }, /TRUST_PROXY: /],
    ['believing a network that is none', { ...BEHIND_PROXY, TRUST_PROXY: '10.0.0.0/99' }, /TRUST_PROXY: /],
    [
      'with testimony crossing a network in clear',
      { DATABASE_URL: 'postgres://a@db.example.org/a' },
      /DATABASE_URL: .*sslmode/,
    ],
    [
      'with TLS only if the other side likes',
      { DATABASE_URL: 'postgres://a@203.0.113.9/a?sslmode=prefer' },
      /DATABASE_URL: /,
    ],
    [
      'with backups that nobody could open',
      { BACKUP_EVERY_HOURS: '24', BACKUP_RECIPIENT: 'x' },
      /BACKUP_EVERY_HOURS: /,
    ],
    ['with a word for PLAIN_HTTP that it does not know', { PLAIN_HTTP: 'yes' }, /PLAIN_HTTP: /],
  ])('%s', (_what, environment, message) => {
    expect(() => start(environment)).toThrow(message);
  });

  it('with every fault at once, and with no value in the message', () => {
    const wrong = {
      HOST: '0.0.0.0',
      PUBLIC_URL: 'http://secreto.example',
      DATABASE_URL: 'postgres://u:secreto@far.example/d',
    };
    expect(() => start(wrong)).toThrow(/HOST: [\s\S]*/);
    try {
      start(wrong);
    } catch (error) {
      expect((error as Error).message).toMatch(/PUBLIC_URL: [\s\S]*DATABASE_URL: [\s\S]*HOST: /);
      expect((error as Error).message).not.toContain('secreto');
    }
  });
});

describe('secrets', () => {
  const SECRET = /(PASSWORD|PASSPHRASE|SECRET|TOKEN|KEY|DATABASE_URL)(_NEXT)?$/;
  /** The name under which Vault knows the key; whoever knows the name has nothing. */
  const NAME = 'VAULT_KEY';
  it('have no default, so that no installation shares one with another', () => {
    const secrets = Object.values(SETTINGS).filter(({ variable }) => SECRET.test(variable) && variable !== NAME);
    expect(secrets.map(({ variable }) => variable)).toEqual(
      expect.arrayContaining(['DATABASE_URL', 'KEY_PASSPHRASE', 'VAULT_TOKEN']),
    );
    expect(secrets.filter(({ fallback }) => fallback !== '')).toEqual([]);
  });
});
