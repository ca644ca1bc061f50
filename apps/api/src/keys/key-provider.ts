/**
 * Where the keys are that open all other keys. The service asks a provider to wrap and unwrap 32 bytes and never sees
 * what it does that with; docs/encryption.md says which provider protects against what.
 */

/** A key that only its provider can unwrap, with the name of the wrapping key it needs. */
export interface WrappedKey {
  /** For instance `file:1a2b3c4d`. */
  readonly wrappedBy: string;
  readonly blob: Uint8Array;
}

export interface KeyHealth {
  readonly ok: boolean;
  /** The wrapping key that new keys are wrapped with. */
  readonly current: string;
  /** What whoever seizes this machine gets, in one sentence. */
  readonly seizure: string;
}

export interface KeyProvider {
  readonly kind: 'file' | 'passphrase' | 'vault';
  /**
   * Makes the wrapping keys ready, once, before anything else. Refuses when a needed one is not there; makes the first
   * one only where nothing is needed yet.
   * @param needed names of wrapping keys that stored keys need
   */
  open(needed: readonly string[]): Promise<void>;
  /** The name of the wrapping key in use. */
  current(): string;
  /** Wraps a key; it can be unwrapped only under the same context. */
  wrap(key: Uint8Array, context: string): Promise<WrappedKey>;
  /** The key again. Refuses a blob of another context, of another key, or a damaged one. */
  unwrap(wrapped: WrappedKey, context: string): Promise<Buffer>;
  /** Takes a new wrapping key into use; the earlier ones still unwrap. Answers the new name. */
  rotate(): Promise<string>;
  health(): Promise<KeyHealth>;
}

/** The keys are not what the database needs. The message says which key is meant and never holds one. */
export class KeyRefusal extends Error {}
