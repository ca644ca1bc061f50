/** Signing in as tests do it: with a password, with the codes of an authenticator app, with a software authenticator. */
import { agentFor, emailOf, PASSWORD, type Agent, type Who } from '#lib/testing';
import { totpCode, totpStep } from '#lib/access';
import type { Response } from 'supertest';
import type { ServiceUnderTest } from './service-under-test.js';

export interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly id: string; readonly roles: readonly string[] };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

/** An authenticator app that has scanned a secret; `ahead` steps forward, so that a test need not wait for a new code. */
export const codeOf = (secret: string, at: Date, ahead = 0): string =>
  totpCode(fromBase32(secret), totpStep(at) + ahead);

export const trySignIn = (api: ServiceUnderTest, who: Who, password = PASSWORD) =>
  api.holding(null).post('/v1/sessions', { email: emailOf(who), password });

export const agentOf = (api: ServiceUnderTest, response: Response): Agent =>
  agentFor(api.baseUrl, (response.body as Session).accessToken);

/** Gives somebody of the cast an authenticator app; answers its secret and the recovery codes. */
export async function withApp(api: ServiceUnderTest, agent: Agent): Promise<{ secret: string; codes: string[] }> {
  const { secret } = (await agent.post('/v1/me/factors/totp').expect(201)).body as { secret: string };
  const { recoveryCodes } = (
    await agent.post('/v1/me/factors/totp/confirmation', { code: codeOf(secret, api.clock.now()) }).expect(201)
  ).body as { recoveryCodes: string[] };
  return { secret, codes: recoveryCodes };
}

/** The challenge that follows on the right password. */
export async function challengeFor(api: ServiceUnderTest, who: Who): Promise<string> {
  return ((await trySignIn(api, who).expect(401)).body as { challenge: string }).challenge;
}
