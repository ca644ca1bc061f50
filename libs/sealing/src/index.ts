/** Values sealed for the one row and column they belong to: envelope, binding, padding. Keys come from outside. */
export { KEY_BYTES, LAST_KEY_VERSION, keyVersionOf, open, seal, type DataKey } from './envelope.js';
export { pad, STEPS, unpad, type Step } from './padding.js';
export { boundTo, lengthPrefixed, type Place } from './place.js';
export { isSealed, openText, SEALED_PREFIX, sealText, versionOfText } from './text.js';
export { nameOfKey, unwrapLocally, wrapLocally } from './wrap.js';
