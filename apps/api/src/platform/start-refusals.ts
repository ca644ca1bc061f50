/**
 * Settings that are well formed and dangerous together. The service does not start with them; each refusal says what
 * would happen and what to set instead (threat model T11). What protects people must not hang on somebody remembering
 * a page of instructions.
 */
import { BlockList, isIP } from 'node:net';

export interface Exposure {
  readonly host: string;
  readonly publicUrl: string;
  readonly trustProxy: string;
  readonly plainHttp: 'local' | 'anywhere';
  readonly rateLimits: 'strict' | 'wide' | 'off';
  readonly databaseUrl: string;
  readonly backupEveryHours: number;
  readonly backupRecipient: string;
  readonly backupKeysRecipient: string;
}

const LOCAL = new BlockList();
LOCAL.addSubnet('127.0.0.0', 8, 'ipv4');
LOCAL.addAddress('::1', 'ipv6');

const NEAR = new BlockList();
for (const [net, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const)
  NEAR.addSubnet(net, bits, 'ipv4');
NEAR.addAddress('::1', 'ipv6');
NEAR.addSubnet('fc00::', 7, 'ipv6');
NEAR.addSubnet('fe80::', 10, 'ipv6');

const listed = (list: BlockList, host: string): boolean => {
  const version = isIP(host);
  return version !== 0 && list.check(host, version === 4 ? 'ipv4' : 'ipv6');
};
const onThisMachine = (host: string): boolean => host === 'localhost' || listed(LOCAL, host);
const bare = (host: string): string => host.replace(/^\[|\]$/g, '');

/** Every reason not to start, as `VARIABLE: why and what to do`. Empty when there is none. */
export function startRefusals(config: Exposure, nodeEnv: string | undefined): readonly string[] {
  return [
    ...config.trustProxy.split(',').map((entry) => trustFault(entry.trim())),
    addressFault(config),
    databaseFault(config.databaseUrl),
    backupFault(config),
    ...(onThisMachine(config.host) || config.plainHttp === 'anywhere' ? [] : exposureFaults(config, nodeEnv)),
  ].filter((fault) => fault !== null);
}

function exposureFaults(config: Exposure, nodeEnv: string | undefined): readonly (string | null)[] {
  return [
    config.trustProxy === ''
      ? 'HOST: others can reach this server there, and it speaks HTTP. Put a reverse proxy with TLS in front and name its address in TRUST_PROXY; on a network where nobody else is, set PLAIN_HTTP=anywhere'
      : null,
    nodeEnv === 'production'
      ? null
      : 'HOST: others can reach this server there, so NODE_ENV must be production (npm start sets it)',
    config.rateLimits === 'off'
      ? 'RATE_LIMITS: off takes the brake on guessing away; others can reach this server'
      : null,
  ];
}

/** Whoever is trusted chooses the address by which callers are throttled. */
function trustFault(entry: string): string | null {
  if (entry === '' || ['loopback', 'linklocal', 'uniquelocal'].includes(entry)) return null;
  const [address = '', bits, more] = entry.split('/');
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  if (version === 0 || more !== undefined || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most)))
    return 'TRUST_PROXY: each entry must be the address of a proxy, or a network such as 172.30.77.0/28';
  // A network as wide as this trusts strangers.
  return bits !== undefined && Number(bits) < (version === 4 ? 8 : 16)
    ? 'TRUST_PROXY: this network is so wide that anybody could say to be somebody else; name the proxy'
    : null;
}

function addressFault({ publicUrl, plainHttp }: Exposure): string | null {
  if (publicUrl === '') return null;
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.origin !== publicUrl.replace(/\/$/, ''))
    return 'PUBLIC_URL: it must be an address such as https://amparo.example.org, without anything behind it';
  return url.protocol === 'http:' && plainHttp !== 'anywhere' && !onThisMachine(bare(url.hostname))
    ? 'PUBLIC_URL: people would send passwords and names over HTTP; it must begin with https://'
    : null;
}

/** Testimony must not cross a network in clear. A neighbour on a private network or in the same set of containers may be asked without TLS. */
function databaseFault(databaseUrl: string): string | null {
  if (!URL.canParse(databaseUrl)) return null;
  const { hostname, searchParams } = new URL(databaseUrl);
  const host = bare(searchParams.get('host') ?? hostname);
  const near = host === '' || host.startsWith('/') || !/[.:]/.test(host) || listed(NEAR, host);
  if (near || ['require', 'verify-ca', 'verify-full'].includes(searchParams.get('sslmode') ?? '')) return null;
  return 'DATABASE_URL: the database is on another network; add ?sslmode=verify-full, so that names do not travel in clear';
}

/** Somebody who asked for backups every night must not learn in a year that there are none. */
function backupFault({ backupEveryHours, backupRecipient, backupKeysRecipient }: Exposure): string | null {
  return backupEveryHours > 0 && (backupRecipient === '' || backupKeysRecipient === '')
    ? 'BACKUP_EVERY_HOURS: nobody could open these backups without this machine, so none would be made; set BACKUP_RECIPIENT and BACKUP_KEYS_RECIPIENT to what `npm run admin -- backup new-recipient` prints'
    : null;
}
