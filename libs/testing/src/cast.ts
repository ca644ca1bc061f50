/**
 * The cast: people with fixed roles, offices and organisations, the same in every test. Whoever needs somebody else
 * creates them as an administrator would. Nobody here exists.
 */
import { createHash } from 'node:crypto';
import type { Caller, Role } from '#lib/access';

/** Two organisations share the installation; the second one must never notice anything of the first. */
export const ORGANISATIONS = {
  house: {
    id: '0a000000-0000-4000-8000-000000000001',
    no: 1,
    name: 'Casa de los Derechos',
    acronym: 'CDD',
    country: 'SV',
  },
  other: { id: '0a000000-0000-4000-8000-000000000002', no: 2, name: 'Otra Casa', acronym: 'OTR', country: 'SV' },
} as const;

export const OFFICES = {
  central: { id: '0f000000-0000-4000-8000-000000000001', no: 1, organisation: 'house', name: 'Oficina central' },
  west: { id: '0f000000-0000-4000-8000-000000000002', no: 2, organisation: 'house', name: 'Oficina occidente' },
  other: { id: '0f000000-0000-4000-8000-000000000003', no: 3, organisation: 'other', name: 'Oficina única' },
} as const satisfies Record<string, { organisation: keyof typeof ORGANISATIONS } & Record<string, unknown>>;

interface Member {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly office: keyof typeof OFFICES;
}

/** The six roles of design §4 in one organisation, some colleagues, and people of another organisation. */
export const CAST = {
  caseworker: { name: 'Amina', roles: ['caseworker'], office: 'central' },
  lawyer: { name: 'Luis', roles: ['lawyer'], office: 'central' },
  coordinator: { name: 'Carla', roles: ['coordinator'], office: 'central' },
  researcher: { name: 'Rosa', roles: ['researcher'], office: 'central' },
  administrator: { name: 'Adela', roles: ['administrator'], office: 'central' },
  auditor: { name: 'Aurelio', roles: ['auditor'], office: 'central' },
  colleague: { name: 'Tomás', roles: ['caseworker'], office: 'central' },
  'caseworker in the west': { name: 'Wanda', roles: ['caseworker'], office: 'west' },
  'second lawyer': { name: 'Lidia', roles: ['lawyer'], office: 'west' },
  'second coordinator': { name: 'Celia', roles: ['coordinator'], office: 'west' },
  'stranger caseworker': { name: 'Sara', roles: ['caseworker'], office: 'other' },
  'stranger coordinator': { name: 'Saúl', roles: ['coordinator'], office: 'other' },
  'stranger administrator': { name: 'Silvia', roles: ['administrator'], office: 'other' },
  'stranger auditor': { name: 'Simón', roles: ['auditor'], office: 'other' },
} as const satisfies Record<string, Member>;

export type Who = keyof typeof CAST;
export const EVERYBODY = Object.keys(CAST) as Who[];

/** Everybody's password. */
export const PASSWORD = 'four words make a sentence';

const uuidFrom = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export const idOf = (who: Who): string => uuidFrom(`person ${who}`);
export const sessionIdOf = (who: Who): string => uuidFrom(`session ${who}`);
export const emailOf = (who: Who): string => `${who.replaceAll(' ', '.')}@example.org`;

/** The access token of a session that was begun when the database was made, so that no test waits for a password hash. */
export const tokenOf = (who: Who): string => createHash('sha256').update(`token ${who}`).digest('base64url');

/** A member of the cast as services and repositories know them, for tests that do not go through HTTP. */
export function callerOf(who: Who, more: Partial<Pick<Caller, 'reason' | 'requestId' | 'roles'>> = {}): Caller {
  const { roles, office: officeKey } = CAST[who];
  const office = OFFICES[officeKey];
  const organisation = ORGANISATIONS[office.organisation];
  return {
    userId: idOf(who),
    sessionId: sessionIdOf(who),
    organisationId: organisation.id,
    organisationNo: organisation.no,
    acronym: organisation.acronym,
    country: organisation.country,
    officeId: office.id,
    officeNo: office.no,
    tokenHash: createHash('sha256').update(tokenOf(who)).digest(),
    roles,
    requestId: uuidFrom(`request ${who}`),
    reason: null,
    ...more,
  };
}
