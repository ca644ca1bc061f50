/**
 * An OpenID Connect provider as a client sees it: discovery, the address to send somebody to, and what a code is worth.
 * Code flow with PKCE and a nonce; an ID token counts only when it was signed with one of a few algorithms by a key that the
 * provider publishes, for us, now, in answer to this very question.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';

/** Asymmetric, and nothing that a provider's public key could be mistaken for a secret of. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const ANSWER_MS = 5_000;
const TOKEN_AGE = '10m';
const TOLERANCE_SECONDS = 60;

export interface ClientSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}

/** What must come back with the code, kept where the browser cannot reach it. */
export interface OidcQuestion {
  readonly nonce: string;
  readonly verifier: string;
}

/** Somebody, as the provider says; issuer and subject name them, nothing else does. */
export interface OidcSomebody {
  readonly issuer: string;
  readonly subject: string;
  /** How they proved it: `acr` and `amr` together. */
  readonly methods: readonly string[];
}

interface Endpoints {
  readonly authorization: string;
  readonly token: string;
  readonly keys: JWTVerifyGetKey;
}

export const newQuestion = (): OidcQuestion => ({
  nonce: randomBytes(32).toString('base64url'),
  verifier: randomBytes(32).toString('base64url'),
});

export class OidcProvider {
  private found: Promise<Endpoints> | undefined;

  constructor(private readonly settings: ClientSettings) {}

  /** Where to send somebody who is to sign in. */
  async address(state: string, { nonce, verifier }: OidcQuestion): Promise<string> {
    const { clientId, redirectUri } = this.settings;
    const url = new URL((await this.endpoints()).authorization);
    const asked = {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: 'openid',
      state,
      nonce,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    return url.href;
  }

  /** Who a code speaks of, or null when what the provider answers cannot be believed. Throws when it does not answer. */
  async somebody(code: string, { nonce, verifier }: OidcQuestion, now: Date): Promise<OidcSomebody | null> {
    const { issuer, clientId } = this.settings;
    const { token, keys } = await this.endpoints();
    const idToken = await this.exchange(token, code, verifier);
    if (idToken === null) return null;
    try {
      const { payload } = await jwtVerify(idToken, keys, {
        issuer,
        audience: clientId,
        algorithms: ALGORITHMS,
        maxTokenAge: TOKEN_AGE,
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: now,
        requiredClaims: ['sub', 'exp', 'iat', 'nonce'],
      });
      const ours = payload['nonce'] === nonce && isForUs(payload, clientId);
      return ours && payload.sub ? { issuer, subject: payload.sub, methods: methodsOf(payload) } : null;
    } catch {
      return null;
    }
  }

  private async exchange(endpoint: string, code: string, verifier: string): Promise<string | null> {
    const { clientId, clientSecret, redirectUri } = this.settings;
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...(clientSecret === '' ? { client_id: clientId } : {}),
    });
    const basic = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
    const answer = await fetch(endpoint, {
      method: 'POST',
      body: form,
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_MS),
      headers: clientSecret === '' ? {} : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` },
    });
    if (!answer.ok) return null;
    const { id_token: idToken } = (await answer.json()) as { id_token?: unknown };
    return typeof idToken === 'string' ? idToken : null;
  }

  private endpoints(): Promise<Endpoints> {
    this.found ??= this.discover().catch((error: unknown) => {
      // Asked again next time.
      this.found = undefined;
      throw error;
    });
    return this.found;
  }

  private async discover(): Promise<Endpoints> {
    const { issuer } = this.settings;
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(ANSWER_MS) });
    const told = (await answer.json()) as Record<string, unknown>;
    if (told['issuer'] !== issuer) throw new Error('the provider calls itself by another name');
    return {
      authorization: safe(told['authorization_endpoint'], issuer),
      token: safe(told['token_endpoint'], issuer),
      keys: createRemoteJWKSet(new URL(safe(told['jwks_uri'], issuer)), { timeoutDuration: ANSWER_MS }),
    };
  }
}

/** An endpoint is as well protected as the issuer itself. */
function safe(address: unknown, issuer: string): string {
  const url = new URL(String(address));
  if (url.protocol !== 'https:' && url.protocol !== new URL(issuer).protocol)
    throw new Error('the provider names an endpoint without TLS');
  return url.href;
}

/** A token for several audiences says which of them asked for it. */
function isForUs({ aud, azp }: JWTPayload & { azp?: unknown }, clientId: string): boolean {
  return azp === undefined ? !Array.isArray(aud) || aud.length === 1 : azp === clientId;
}

function methodsOf({ acr, amr }: JWTPayload & { acr?: unknown; amr?: unknown }): readonly string[] {
  const all = [acr, ...(Array.isArray(amr) ? (amr as unknown[]) : [])];
  return all.filter((method): method is string => typeof method === 'string');
}
