/** Addresses and networks that a program's token may come from. */
import { BlockList, isIP } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const NETWORK = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/;

interface Network {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly bits: number;
}

function parse(text: string): Network | null {
  const [, address = '', bits] = NETWORK.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0) return null;
  const most = version === 4 ? 32 : 128;
  const width = bits === undefined ? most : Number(bits);
  return width > most ? null : { address, family: version === 4 ? 'ipv4' : 'ipv6', bits: width };
}

/** Whether a text is an address or a network in CIDR form. */
export const isNetwork = (text: unknown): boolean => typeof text === 'string' && parse(text) !== null;

/** Whether an address lies in one of the networks. */
export function comesFrom(address: string, networks: readonly string[]): boolean {
  const plain = MAPPED.exec(address)?.[1] ?? address;
  const list = new BlockList();
  for (const text of networks) {
    const network = parse(text);
    if (network) list.addSubnet(network.address, network.bits, network.family);
  }
  return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}
