/**
 * Passkeys (WebAuthn). The user is verified by the authenticator, so a passkey is two factors in one; origin and domain
 * come from the configuration and never from a request; a challenge is kept here, answered once, within five minutes.
 */
import { Inject, Injectable } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { type Tx } from '#lib/database';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { CONFIG } from '../platform/provided.js';
import { FactorsRepository, type StoredPasskey } from './factors.repository.js';

/** ES256, Ed25519, RS256: what authenticators have, and nothing weaker. */
const ALGORITHMS = [-7, -8, -257];
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

/** What an authenticator said; checked in full before anything of it is believed. */
export type PasskeyAnswer = Readonly<Record<string, unknown>>;

@Injectable()
export class PasskeysService {
  constructor(
    private readonly clock: Clock,
    private readonly factors: FactorsRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What a browser is asked to sign in with: the passkeys of one account, or any that it has for this domain. */
  async question(
    passkeys: readonly StoredPasskey[],
  ): Promise<{ readonly options: object; readonly challenge: string }> {
    const options = await generateAuthenticationOptions({
      rpID: this.domain,
      userVerification: 'required',
      allowCredentials: passkeys.map(({ credentialId, transports }) => ({
        id: Buffer.from(credentialId).toString('base64url'),
        transports: transports as AuthenticatorTransport[],
      })),
    });
    return { options, challenge: options.challenge };
  }

  /** What a browser is asked in order to make a passkey. */
  async enrolment(
    userId: string,
    name: string,
    known: readonly StoredPasskey[],
  ): Promise<{ readonly options: object; readonly challenge: string }> {
    const options = await generateRegistrationOptions({
      rpName: 'Amparo',
      rpID: this.domain,
      userName: name,
      userDisplayName: name,
      userID: new Uint8Array(Buffer.from(userId)),
      attestationType: 'none',
      supportedAlgorithmIDs: ALGORITHMS,
      excludeCredentials: known.map(({ credentialId }) => ({ id: Buffer.from(credentialId).toString('base64url') })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    });
    return { options, challenge: options.challenge };
  }

  /** Adds a passkey that answers this challenge; its id, or null when it does not. */
  async add(tx: Tx, userId: string, name: string, answer: PasskeyAnswer, challenge: string): Promise<string | null> {
    const verified = await verifyRegistrationResponse({
      response: answer as unknown as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: this.origin,
      expectedRPID: this.domain,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }).catch(() => null);
    if (!verified?.verified) return null;
    const { credential } = verified.registrationInfo;
    const credentialId = Buffer.from(credential.id, 'base64url');
    if (await this.factors.passkeyWith(credentialId, tx)) return null;
    return this.factors.insertPasskey(tx, {
      userId,
      name,
      credentialId,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: (credential.transports ?? []).filter((transport) => TRANSPORTS.includes(transport)),
      createdAt: this.clock.now(),
    });
  }

  /** The passkey that an answer names, if it is one of ours. */
  async named(answer: PasskeyAnswer, tx?: Tx): Promise<StoredPasskey | null> {
    const id = answer['id'];
    return typeof id === 'string' && /^[A-Za-z0-9_-]{16,1400}$/.test(id)
      ? this.factors.passkeyWith(Buffer.from(id, 'base64url'), tx)
      : null;
  }

  /** Whether an answer signs this challenge with this passkey, here, by its user, and not with a copy of it. */
  async use(tx: Tx, passkey: StoredPasskey, answer: PasskeyAnswer, challenge: string): Promise<boolean> {
    const verified = await verifyAuthenticationResponse({
      response: answer as unknown as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: this.origin,
      expectedRPID: this.domain,
      requireUserVerification: true,
      credential: {
        id: Buffer.from(passkey.credentialId).toString('base64url'),
        publicKey: passkey.publicKey,
        counter: passkey.counter,
      },
    }).catch(() => null);
    if (!verified?.verified) return false;
    return this.factors.usePasskey(tx, passkey.id, verified.authenticationInfo.newCounter, this.clock.now());
  }

  private get origin(): string {
    return (this.config.passkeyOrigin || this.config.publicUrl || `http://localhost:${this.config.port}`).replace(
      /\/+$/,
      '',
    );
  }

  private get domain(): string {
    return this.config.passkeyDomain || new URL(this.origin).hostname;
  }
}
