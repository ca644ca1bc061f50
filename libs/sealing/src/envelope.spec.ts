/**
 * The envelope against fixed answers, against random values, and against somebody who moves ciphertexts around.
 */
import fc from 'fast-check';
import { createCipheriv } from 'node:crypto';
import {
  boundTo,
  keyVersionOf,
  open,
  openText,
  pad,
  seal,
  sealText,
  STEPS,
  unpad,
  versionOfText,
  type Place,
} from './index.js';

const place: Place = {
  organisation: 'a0000000-0000-4000-8000-000000000001',
  table: 'person_identity',
  column: 'family_names',
  row: 'b0000000-0000-4000-8000-000000000002',
  keyClass: 'identity',
};
const key = { version: 3, bytes: Buffer.alloc(32, 7) };
const bytes = fc.uint8Array({ minLength: 0, maxLength: 300 });

describe('A sealed value', () => {
  test('is the AES-256-GCM of test case 16 of the GCM specification, with our head before it', () => {
    // McGrew & Viega, test case 16; our associated data differ, so ciphertext is compared and the tag is made anew.
    const gcm = {
      bytes: Buffer.from('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308', 'hex'),
      version: 1,
    };
    const iv = Buffer.from('cafebabefacedbaddecaf888', 'hex');
    const clear = Buffer.from(
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
      'hex',
    );
    const sealed = seal(gcm, clear, place, iv);
    expect(sealed.subarray(0, 3).toString('hex')).toBe('010001');
    expect(sealed.subarray(3, 15).equals(iv)).toBe(true);
    expect(sealed.subarray(15, -16).toString('hex')).toBe(
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662',
    );
    const cipher = createCipheriv('aes-256-gcm', gcm.bytes, iv);
    cipher.setAAD(boundTo(place, 1));
    cipher.update(clear);
    cipher.final();
    expect(sealed.subarray(-16).equals(cipher.getAuthTag())).toBe(true);
  });

  test('opens to what was sealed, whatever it was', () => {
    fc.assert(fc.property(bytes, (clear) => open(key, seal(key, clear, place), place)?.equals(clear) === true));
  });

  test('is another one each time', () => {
    expect(seal(key, Buffer.from('Ana'), place).equals(seal(key, Buffer.from('Ana'), place))).toBe(false);
  });

  test('names the version of its key', () => {
    expect(keyVersionOf(seal({ ...key, version: 65_535 }, Buffer.from('x'), place))).toBe(65_535);
    expect(keyVersionOf(Buffer.from('Ana Ejemplo, who is not sealed at all'))).toBeNull();
    expect(keyVersionOf(Buffer.alloc(0))).toBeNull();
  });

  test.each(['organisation', 'table', 'column', 'row', 'keyClass'] as const)(
    'does not open under another %s: two names cannot be swapped',
    (part) => {
      const sealed = seal(key, Buffer.from('Ana'), place);
      expect(open(key, sealed, { ...place, [part]: `${place[part]}x` })).toBeNull();
    },
  );

  test('does not open with another key, nor as another version of the same key', () => {
    const sealed = seal(key, Buffer.from('Ana'), place);
    expect(open({ ...key, bytes: Buffer.alloc(32, 8) }, sealed, place)).toBeNull();
    expect(open({ ...key, version: 4 }, sealed, place)).toBeNull();
    const relabelled = Buffer.from(sealed);
    relabelled.writeUInt16BE(4, 1);
    expect(open({ ...key, version: 4 }, relabelled, place)).toBeNull();
  });

  test('does not open when any one bit was changed', () => {
    const sealed = seal(key, Buffer.from('Ana'), place);
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const damaged = Buffer.from(sealed);
      damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(open(key, damaged, place)).toBeNull();
    }
  });

  test('does not open when cut short', () => {
    const sealed = seal(key, Buffer.from('Ana'), place);
    for (let length = 0; length < sealed.length; length++)
      expect(open(key, sealed.subarray(0, length), place)).toBeNull();
  });

  test('is bound to words that cannot be shifted from one part to the next', () => {
    const shifted = { ...place, table: 'person_identit', column: 'yfamily_names' };
    expect(boundTo(place, 1).equals(boundTo(shifted, 1))).toBe(false);
  });
});

describe('Padding', () => {
  test('gives back what was padded, and only full steps are stored', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom('short' as const, 'text' as const), (clear, step) => {
        const padded = pad(clear, step);
        return padded.length % STEPS[step] === 0 && unpad(padded)?.equals(clear) === true;
      }),
    );
  });

  test('makes a short and a longer name equally long', () => {
    const [ana, maximiliana] = ['Ana', 'Maximiliana Guadalupe'].map((name) => sealText(key, name, place, 'short'));
    expect(ana?.length).toBe(maximiliana?.length);
  });

  test('that is not there is noticed', () => {
    expect(unpad(Buffer.from([1, 2, 3]))).toBeNull();
    expect(unpad(Buffer.alloc(64))).toBeNull();
  });
});

describe('A sealed text', () => {
  test('is read again letter for letter, in any script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        return openText(key, sealText(key, text, place, 'short'), place) === text;
      }),
    );
  });

  test('that is none is not taken for one', () => {
    expect(openText(key, 'Ana Ejemplo', place)).toBeNull();
    expect(openText(key, 'v1:', place)).toBeNull();
    expect(openText(key, 'v1:AAAA', place)).toBeNull();
    expect(versionOfText('v1:AAAA')).toBeNull();
    expect(versionOfText(sealText(key, 'Ana', place, 'short'))).toBe(3);
  });
});
