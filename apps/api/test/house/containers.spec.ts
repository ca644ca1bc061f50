/** What the containers may do (threat model T3, T11), read from the files that start them. */
import { parse } from 'yaml';
import { read } from './source-tree.js';

interface Container {
  readonly image: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly privileged?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly ulimits?: { readonly core?: number };
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[] | Readonly<Record<string, { ipv4_address?: string } | null>>;
}
interface Compose {
  readonly services: Readonly<Record<string, Container>>;
  readonly networks: Readonly<Record<string, { internal?: boolean }>>;
}

const compose = parse(read('docker-compose.yml').text) as Compose;
const containers = Object.entries(compose.services);
const networksOf = ({ networks = [] }: Container): readonly string[] =>
  Array.isArray(networks) ? (networks as readonly string[]) : Object.keys(networks);
const addressOf = (name: string): string | undefined =>
  (compose.services[name]?.networks as Record<string, { ipv4_address?: string }>)['front']?.ipv4_address;

describe('every container', () => {
  it.each(containers)('%s runs without rights and cannot change its own program', (name, container) => {
    expect(container.read_only).toBe(true);
    expect(container.cap_drop).toEqual(['ALL']);
    expect(container.cap_add ?? []).toEqual(name === 'proxy' ? ['NET_BIND_SERVICE'] : []);
    expect(container.security_opt).toEqual(['no-new-privileges:true']);
    expect(container.privileged).toBeUndefined();
    expect(container.ulimits?.core).toBe(0);
  });

  it.each(containers)('%s has no secret in its environment', (_name, { environment = {} }) => {
    const secrets = Object.keys(environment).filter((key) =>
      /(PASSWORD|PASSPHRASE|SECRET|TOKEN|KEY|DATABASE_URL)$/.test(key),
    );
    expect(secrets).toEqual([]);
  });

  it.each(containers)(
    '%s gets no socket of the machine and no folder of it to write into',
    (_name, { volumes = [] }) => {
      expect(volumes.filter((volume) => /docker\.sock/.test(volume))).toEqual([]);
      expect(volumes.filter((volume) => /^[./~]/.test(volume) && !volume.endsWith(':ro'))).toEqual([]);
    },
  );
});

describe('the network', () => {
  it('gives the database no way out and nobody but the server to talk to', () => {
    expect(compose.networks['database']).toEqual({ internal: true });
    const there = containers
      .filter(([, container]) => networksOf(container).includes('database'))
      .map(([name]) => name);
    expect(there.filter((name) => name === 'proxy')).toEqual([]);
    expect(networksOf(compose.services['postgres']!)).toEqual(['database']);
    expect(compose.services['postgres']!.ports).toBeUndefined();
  });

  it('lets the world reach the proxy only', () => {
    const open = containers.flatMap(([name, { ports = [] }]) =>
      ports.filter((port) => !port.startsWith('127.0.0.1:')).map(() => name),
    );
    expect([...new Set(open)]).toEqual(['proxy']);
  });

  it('makes the server believe the proxy and nobody else', () => {
    expect(compose.services['api']!.environment!['TRUST_PROXY']).toBe(addressOf('proxy'));
    expect(addressOf('proxy')).toMatch(/^[\d.]+$/);
    expect(compose.services['api']!.environment!['PUBLIC_URL']).toMatch(/^https:\/\//);
  });
});

describe('the proxy', () => {
  const { text } = read('bin/docker/Caddyfile');

  it('speaks TLS 1.3, passes no metrics on, and has no door for commands', () => {
    expect(text).toMatch(/tls \{\s*protocols tls1\.3\s*\}/);
    expect(text).toMatch(/@inside path \/metrics \/metrics\/\*\s+respond @inside 404/);
    expect(text).toMatch(/^\tadmin off$/m);
    expect(text).toContain('reverse_proxy {$UPSTREAM:api:3000}');
  });

  it('keeps no log of who asked for what', () => {
    expect(text).not.toMatch(/^\s*log \{/m);
    expect(text).toMatch(/exclude http\.log\.error/);
  });
});

describe('the image', () => {
  const { text } = read('Dockerfile');
  const last = text.slice(text.lastIndexOf('\nFROM '));

  it('runs as a user that owns nothing of the program, without npm, and says how it is', () => {
    expect(last).toMatch(/^USER node$/m);
    expect(last.indexOf('USER node')).toBeGreaterThan(last.lastIndexOf('COPY'));
    expect(last).toMatch(/rm -rf .*node_modules.*npm/);
    expect(last).toMatch(/^ENV NODE_ENV=production /m);
    expect(last).toMatch(/^HEALTHCHECK /m);
    expect(last).not.toMatch(/--chown=node|\bcurl\b|\bwget\b|\bADD\b/);
  });

  it('runs nothing of a package while it is built', () => {
    expect([...text.matchAll(/npm ci .*/g)].filter(([line]) => !line.includes('--ignore-scripts'))).toEqual([]);
  });
});
