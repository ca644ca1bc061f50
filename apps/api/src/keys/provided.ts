/** Name under which the key provider is injected. */
export const KEY_PROVIDER = Symbol('KeyProvider');
