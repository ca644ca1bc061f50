/** Signing in through an OpenID Connect provider: a real one, on this machine, that can also lie. */
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { idOf, problem, type Agent } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';
import { withApp, type Session } from './signing-in.js';

const CLIENT = 'amparo';
const SECRET = 'a secret: with % signs';
const REDIRECT = 'https://amparo.example.org/signed-in';

interface Lies {
  readonly issuer?: string;
  readonly audience?: string | string[];
  readonly azp?: string;
  readonly nonce?: string;
  readonly expired?: boolean;
  readonly old?: boolean;
  readonly otherKey?: boolean;
  readonly alg?: 'none' | 'HS256';
  readonly noSubject?: boolean;
  readonly amr?: readonly string[];
}

/** Discovery, authorization code with PKCE, JWKS: what a provider is to a client. */
class Provider {
  private readonly server: Server;
  private readonly codes = new Map<string, { query: URLSearchParams; subject: string; lies: Lies }>();
  private keys!: Awaited<ReturnType<typeof generateKeyPair>>;
  private jwk!: JWK;
  issuer = '';

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        void this.answer(request.url ?? '', Buffer.concat(chunks).toString(), request.headers.authorization ?? '').then(
          ([status, body]) => {
            response.writeHead(status, { 'content-type': 'application/json' });
            response.end(JSON.stringify(body));
          },
        );
      });
    });
  }

  async start(): Promise<void> {
    this.keys = await generateKeyPair('ES256');
    this.jwk = { ...(await exportJWK(this.keys.publicKey)), kid: 'one', alg: 'ES256' };
    await new Promise<void>((ready) => this.server.listen(0, '127.0.0.1', ready));
    this.issuer = `http://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** Somebody signs in at the provider; the code that the browser brings back. */
  approve(url: string, subject: string, lies: Lies = {}): { code: string; state: string } {
    const { searchParams: query } = new URL(url);
    const code = randomBytes(16).toString('base64url');
    this.codes.set(code, { query, subject, lies });
    return { code, state: query.get('state')! };
  }

  private async answer(path: string, body: string, authorization: string): Promise<[number, unknown]> {
    if (path === '/.well-known/openid-configuration')
      return [
        200,
        {
          issuer: this.issuer,
          authorization_endpoint: `${this.issuer}/authorize`,
          token_endpoint: `${this.issuer}/token`,
          jwks_uri: `${this.issuer}/keys`,
        },
      ];
    if (path === '/keys') return [200, { keys: [this.jwk] }];
    const form = new URLSearchParams(body);
    const known = this.codes.get(form.get('code') ?? '');
    this.codes.delete(form.get('code') ?? '');
    const expected = `Basic ${Buffer.from(`${CLIENT}:${encodeURIComponent(SECRET)}`).toString('base64')}`;
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (
      !known ||
      authorization !== expected ||
      form.get('redirect_uri') !== known.query.get('redirect_uri') ||
      known.query.get('code_challenge') !== verifier ||
      known.query.get('code_challenge_method') !== 'S256'
    )
      return [400, { error: 'invalid_grant' }];
    return [200, { access_token: 'x', token_type: 'Bearer', id_token: await this.idToken(known) }];
  }

  private async idToken({
    query,
    subject,
    lies,
  }: {
    query: URLSearchParams;
    subject: string;
    lies: Lies;
  }): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      nonce: lies.nonce ?? query.get('nonce'),
      ...(lies.azp === undefined ? {} : { azp: lies.azp }),
      ...(lies.amr === undefined ? {} : { amr: [...lies.amr] }),
      email: 'luis@example.org',
    };
    if (lies.alg === 'none') {
      const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg: 'none' })}.${part({ ...claims, iss: this.issuer, aud: CLIENT, sub: subject, iat: now, exp: now + 60 })}.`;
    }
    const token = new SignJWT(claims)
      .setProtectedHeader({ alg: lies.alg ?? 'ES256', kid: 'one' })
      .setIssuer(lies.issuer ?? this.issuer)
      .setAudience(lies.audience ?? CLIENT)
      .setIssuedAt(now - (lies.old ? 3_600 : 0))
      .setExpirationTime(now + (lies.expired ? -120 : 60));
    if (!lies.noSubject) token.setSubject(subject);
    if (lies.alg === 'HS256') return token.sign(Buffer.from(JSON.stringify(this.jwk)));
    return token.sign(lies.otherKey ? (await generateKeyPair('ES256')).privateKey : this.keys.privateKey);
  }
}

let provider: Provider;
let api: ServiceUnderTest;
let nobody: Agent;
beforeAll(async () => {
  provider = new Provider();
  await provider.start();
  api = await aService({
    oidcIssuer: provider.issuer,
    oidcClientId: CLIENT,
    oidcClientSecret: SECRET,
    oidcRedirectUri: REDIRECT,
    oidcMfaValues: 'mfa, phr',
  });
  nobody = api.holding(null);
});
afterAll(async () => {
  await api.stop();
  provider.stop();
});

const ask = async (): Promise<{ challenge: string; url: string }> =>
  (await nobody.post('/v1/sessions/oidc-options').expect(201)).body as { challenge: string; url: string };
const signIn = async (subject: string, lies: Lies = {}) => {
  const { url } = await ask();
  const { code, state } = provider.approve(url, subject, lies);
  return nobody.post('/v1/sessions/oidc', { challenge: state, code });
};
async function link(agent: Agent, subject: string) {
  const { url } = await ask();
  const { code, state } = provider.approve(url, subject);
  return agent.put('/v1/me/oidc-identity', { challenge: state, code });
}

describe('an identity at the provider', () => {
  it('is asked for with PKCE, a nonce and the registered address', async () => {
    const { url, challenge } = await ask();
    const asked = Object.fromEntries(new URL(url).searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      client_id: CLIENT,
      redirect_uri: REDIRECT,
      scope: 'openid',
      state: challenge,
      code_challenge_method: 'S256',
    });
    expect(asked['nonce']).toMatch(/^[\w-]{43}$/);
  });

  it('opens nothing until its owner has linked it, whatever address the provider tells', async () => {
    problem(401, 'oidc.refused')(await signIn('luis'));
    expect((await link(api.as('lawyer'), 'luis')).status).toBe(204);
    const session = (await signIn('luis')).body as Session;
    expect(session.user.id).toBe(idOf('lawyer'));
    await api.holding(session.accessToken).get('/v1/cases').expect(200);
  });

  it('is one person’s only', async () => {
    problem(409, 'oidc.linked-already')(await link(api.as('colleague'), 'luis'));
  });

  const lies: [string, Lies][] = [
    ['of another issuer', { issuer: 'https://evil.example' }],
    ['for another client', { audience: 'somebody-else' }],
    ['for several, and not asked for by us', { audience: [CLIENT, 'other'] }],
    ['that another client asked for', { audience: [CLIENT, 'other'], azp: 'other' }],
    ['with another nonce', { nonce: 'A'.repeat(43) }],
    ['that has run out', { expired: true }],
    ['that is an hour old', { old: true }],
    ['signed with another key', { otherKey: true }],
    ['that is not signed', { alg: 'none' }],
    ['signed with the public key as a secret', { alg: 'HS256' }],
    ['without a subject', { noSubject: true }],
  ];
  it.each(lies)('is not believed in a token %s', async (_name, lie) => {
    problem(401, 'oidc.refused')(await signIn('luis', lie));
  });

  it('is not believed twice, nor in answer to another question', async () => {
    const [one, two] = [await ask(), await ask()];
    const { code } = provider.approve(one.url, 'luis');
    await nobody.post('/v1/sessions/oidc', { challenge: two.challenge, code }).expect(problem(401, 'oidc.refused'));
    const again = provider.approve(one.url, 'luis');
    await nobody.post('/v1/sessions/oidc', { challenge: one.challenge, code: again.code }).expect(201);
    const third = provider.approve(one.url, 'luis');
    await nobody
      .post('/v1/sessions/oidc', { challenge: one.challenge, code: third.code })
      .expect(problem(401, 'oidc.refused'));
    await nobody.post('/v1/sessions/oidc', { challenge: 'A'.repeat(43), code: 'x' }).expect(401);
  });

  it('is a second factor only where the provider says that it asked for one', async () => {
    expect((await link(api.as('coordinator'), 'carla')).status).toBe(204);
    await withApp(api, api.as('coordinator'));
    problem(401, 'second-factor.needed')(await signIn('carla'));
    problem(401, 'second-factor.needed')(await signIn('carla', { amr: ['pwd'] }));
    expect((await signIn('carla', { amr: ['pwd', 'mfa'] })).status).toBe(201);
  });

  it('opens nothing for an account that is disabled or of which the link was taken away', async () => {
    await api.as('lawyer').delete('/v1/me/oidc-identity').expect(204);
    problem(401, 'oidc.refused')(await signIn('luis'));
    await api
      .as('administrator')
      .patch(`/v1/users/${idOf('coordinator')}`, 1, { disabled: true })
      .expect(200);
    problem(401, 'sign-in.refused')(await signIn('carla', { amr: ['mfa'] }));
  });
});

describe('without a provider', () => {
  let plain: ServiceUnderTest;
  beforeAll(async () => {
    plain = await aService();
  });
  afterAll(() => plain.stop());

  it('there is nothing to sign in through', async () => {
    await plain.holding(null).post('/v1/sessions/oidc-options').expect(problem(404, 'oidc.off'));
    await plain.holding(null).post('/v1/sessions/oidc', { challenge: 'x', code: 'x' }).expect(problem(404, 'oidc.off'));
  });
});
