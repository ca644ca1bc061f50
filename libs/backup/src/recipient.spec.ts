/** Recipients and recovery keys: what opens, what does not, and what is said of a slip. */
import { randomBytes } from 'node:crypto';
import { newRecipient, readRecipient, readRecoveryKeys, unwrapWith, wrapFor } from './index.js';

const pair = newRecipient();
const recipient = readRecipient(pair.recipient);
const [recovery] = readRecoveryKeys(pair.recoveryKey);
const key = randomBytes(32);

describe('a recipient', () => {
  it('opens with its recovery key what was wrapped for it', () => {
    expect(unwrapWith(recovery!, wrapFor(recipient, key, 'a'), 'a')?.equals(key)).toBe(true);
    expect(recovery!.recipient.name).toBe(recipient.name);
  });

  it('opens nothing that was wrapped for another, for another artefact, or was changed', () => {
    const blob = wrapFor(recipient, key, 'a');
    const [other] = readRecoveryKeys(newRecipient().recoveryKey);
    expect(unwrapWith(other!, blob, 'a')).toBeNull();
    expect(unwrapWith(recovery!, blob, 'b')).toBeNull();
    for (let at = 0; at < blob.length; at++) {
      const changed = Buffer.from(blob);
      changed[at] = (changed[at] as number) ^ 1;
      expect(unwrapWith(recovery!, changed, 'a')).toBeNull();
    }
    expect(unwrapWith(recovery!, blob.subarray(1), 'a')).toBeNull();
  });

  it('is wrapped for anew each time', () => {
    expect(wrapFor(recipient, key, 'a').equals(wrapFor(recipient, key, 'a'))).toBe(false);
  });

  it('wraps nothing for a public key that gives a shared secret known to everybody', () => {
    // The point of order 1: whoever knows the format knows the "shared" secret.
    const weak = { ...recipient, bytes: Buffer.alloc(32) };
    expect(() => wrapFor(weak, key, 'a')).toThrow();
  });
});

describe('a key that was typed', () => {
  it('is refused when a letter is missing, changed or exchanged', () => {
    const { recoveryKey } = pair;
    const at = recoveryKey.length - 20;
    const swapped = recoveryKey.slice(0, at) + (recoveryKey[at] === 'A' ? 'B' : 'A') + recoveryKey.slice(at + 1);
    expect(() => readRecoveryKeys(swapped)).toThrow(/slip in the recovery key/);
    expect(() => readRecoveryKeys(recoveryKey.slice(0, -5))).toThrow(/no recovery key/);
    expect(() => readRecipient(pair.recipient.replace(/.{3}$/, 'AAA'))).toThrow(/slip in the recipient/);
  });

  it('is told from the other half', () => {
    expect(() => readRecipient(pair.recoveryKey)).toThrow(/no recipient/);
    expect(() => readRecoveryKeys(pair.recipient)).toThrow(/no recovery key/);
    expect(() => readRecoveryKeys('nothing here')).toThrow(/no recovery key/);
  });

  it('may stand among notes, with others', () => {
    const text = `# kept by Ana\n\n  ${pair.recoveryKey}  \n${newRecipient().recoveryKey}\n`;
    expect(readRecoveryKeys(text)).toHaveLength(2);
  });
});
