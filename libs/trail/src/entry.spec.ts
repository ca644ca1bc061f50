/** Entries, their content and their notes: known answers, and that nothing can be moved, guessed or cut. */
import fc from 'fast-check';
import {
  canonicalEntry,
  checkpointsIn,
  claimedCheckpoint,
  entryMac,
  hasItsMac,
  noteSigner,
  openCheckpoint,
  openContent,
  openNote,
  readKey,
  sealContent,
  sha256,
  signedCheckpoint,
  signedNote,
  trailKeysFrom,
  TrailWriter,
  writtenKey,
  type Draft,
  type EntryFacts,
} from './index.js';

const KEYS = trailKeysFrom(Buffer.alloc(32, 1));
const FACTS: EntryFacts = {
  id: '00000000-0000-4000-8000-000000000001',
  at: '2026-11-26T22:40:00.123456Z',
  organisationId: null,
  actorId: '00000000-0000-4000-8000-000000000002',
  sessionId: null,
  requestId: 'r',
  action: 'case.recorded',
  caseId: null,
  subjectId: null,
  contentDigest: null,
};

describe('an entry as bytes', () => {
  it('is this, written out by hand', () => {
    const field = (text: string | null): string =>
      text === null ? 'ffffffff' : `${text.length.toString(16).padStart(8, '0')}${Buffer.from(text).toString('hex')}`;
    const { id, at, actorId, action } = FACTS;
    const expected = [
      Buffer.from('amparo audit entry 1\n').toString('hex'),
      ...[id, at, null, actorId, null, 'r', action, null, null, null].map(field),
    ];
    expect(canonicalEntry(FACTS).toString('hex')).toBe(expected.join(''));
  });

  it('is another one for any two entries that are not the same', () => {
    const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 6 }), { nil: null });
    const entry = fc.record({
      ...{ id: fc.string(), at: fc.string(), action: fc.string(), organisationId: text, actorId: text },
      ...{ sessionId: text, requestId: text, caseId: text, subjectId: text },
      contentDigest: fc.option(fc.uint8Array({ minLength: 0, maxLength: 3 }), { nil: null }),
    });
    const told = (facts: EntryFacts): string =>
      JSON.stringify([...Object.entries(facts).filter(([name]) => name !== 'contentDigest')].sort()) +
      String(facts.contentDigest && Buffer.from(facts.contentDigest).toString('hex'));
    fc.assert(
      fc.property(entry, entry, (a, b) => canonicalEntry(a).equals(canonicalEntry(b)) === (told(a) === told(b))),
      { numRuns: 500 },
    );
  });

  it('does not let a letter wander from one field into the next', () => {
    const a = canonicalEntry({ ...FACTS, requestId: 'ab', action: 'c' });
    const b = canonicalEntry({ ...FACTS, requestId: 'a', action: 'bc' });
    expect(a.equals(b)).toBe(false);
    expect(canonicalEntry({ ...FACTS, caseId: '' }).equals(canonicalEntry(FACTS))).toBe(false);
  });

  it('has a MAC that only its own key makes', () => {
    const canonical = canonicalEntry(FACTS);
    const mac = entryMac(KEYS.mac, canonical);
    expect(hasItsMac(KEYS.mac, canonical, mac)).toBe(true);
    expect(hasItsMac(trailKeysFrom(Buffer.alloc(32, 2)).mac, canonical, mac)).toBe(false);
    expect(hasItsMac(KEYS.mac, canonicalEntry({ ...FACTS, action: 'case.read' }), mac)).toBe(false);
    expect(hasItsMac(KEYS.mac, canonical, mac.subarray(1))).toBe(false);
  });
});

describe('content', () => {
  const content = { reason: 'lo pidió la madre', details: { fields: ['riskLevel'] } };
  const salt = Buffer.alloc(32, 3);

  it('is read again with its salt, by nobody without it, and under no other entry', () => {
    const sealed = sealContent(KEYS.content, FACTS.id, salt, content);
    expect(openContent(KEYS.content, FACTS.id, salt, sealed)).toEqual(content);
    expect(openContent(KEYS.content, FACTS.id, null, sealed)).toBeNull();
    expect(openContent(KEYS.content, FACTS.id, Buffer.alloc(32, 4), sealed)).toBeNull();
    expect(openContent(KEYS.content, FACTS.id.replace('1', '2'), salt, sealed)).toBeNull();
    expect(openContent(KEYS.mac, FACTS.id, salt, sealed)).toBeNull();
  });

  it('does not open when a bit was changed or bytes are missing', () => {
    const sealed = sealContent(KEYS.content, FACTS.id, salt, content);
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(openContent(KEYS.content, FACTS.id, salt, changed)).toBeNull();
      expect(openContent(KEYS.content, FACTS.id, salt, sealed.subarray(0, at))).toBeNull();
    }
  });

  it('does not tell a short reason from a longer one by its length', () => {
    const lengths = ['x', 'por la audiencia'].map(
      (reason) => sealContent(KEYS.content, FACTS.id, salt, { reason, details: null }).length,
    );
    expect(lengths[0]).toBe(lengths[1]);
  });
});

describe('the writer', () => {
  const draft: Draft = { ...FACTS, reason: 'why', details: null };

  it('never gives a moment twice, nor an earlier one after a later one, whatever the clock does', () => {
    const times = [1000, 1000, 1000, 400, 1001, 1000].map((ms) => new Date(Date.UTC(2026, 0, 1) + ms));
    const writer = new TrailWriter(
      () => KEYS,
      () => times.shift() ?? new Date(0),
    );
    const moments = Array.from({ length: 6 }, () => writer.entry(draft).at);
    expect(moments).toEqual([
      '2026-01-01T00:00:01.000000Z',
      '2026-01-01T00:00:01.000001Z',
      '2026-01-01T00:00:01.000002Z',
      '2026-01-01T00:00:01.000003Z',
      '2026-01-01T00:00:01.001000Z',
      '2026-01-01T00:00:01.001001Z',
    ]);
  });

  it('signs what it writes, and salts only what concerns a case', () => {
    const writer = new TrailWriter(
      () => KEYS,
      () => new Date(0),
    );
    const about = writer.entry({ ...draft, caseId: FACTS.id });
    const apart = writer.entry(draft);
    const silent = writer.entry({ ...draft, reason: null, caseId: FACTS.id });
    for (const entry of [about, apart, silent]) {
      expect(hasItsMac(KEYS.mac, canonicalEntry(entry), entry.mac)).toBe(true);
      expect(entry.contentDigest).toEqual(entry.sealed && sha256(entry.sealed));
    }
    expect([about.salt?.length, apart.salt, silent.salt, silent.sealed]).toEqual([32, null, null, null]);
    expect(openContent(KEYS.content, apart.id, null, apart.sealed ?? Buffer.alloc(0))?.reason).toBe('why');
  });
});

describe('a signed note', () => {
  // RFC 8032 §7.1, test 2.
  const seed = Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex');
  const signer = noteSigner(seed);

  it('is made with the Ed25519 key of RFC 8032', () => {
    expect(signer.publicKey.toString('hex')).toBe('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
    expect(signer.sign('r').toString('hex')).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    );
  });

  it('reads a key as it was written, in the form of Go’s note package', () => {
    // golang.org/x/mod/sumdb/note, the key of its documentation.
    const known = readKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    expect(known?.name).toBe('PeterNeumann');
    const note =
      'If you think cryptography is the answer to your problem,\nthen you don\u2019t know what your problem is.\n\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
    expect(known && openNote(note.replace('\u2019', "'"), known)).toBe(
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
    );
    expect(writtenKey(readKey(writtenKey(signer)) ?? signer)).toBe(writtenKey(signer));
    for (const bad of ['', 'x', writtenKey(signer).replace('+', '+0'), `${writtenKey(signer)}AAAA`])
      expect(readKey(bad)).toBeNull();
  });

  it('opens under its own key only, and not when a letter was changed', () => {
    const note = signedNote('text\nmore\n', signer);
    expect(openNote(note, signer)).toBe('text\nmore\n');
    expect(openNote(note, noteSigner(Buffer.alloc(32, 1)))).toBeNull();
    for (let at = 0; at < note.length; at++) {
      const changed = `${note.slice(0, at)}${note[at] === 'A' ? 'B' : 'A'}${note.slice(at + 1)}`;
      // The last letter of base64 carries bits that are thrown away.
      if (openNote(changed, signer) !== null) expect(at).toBeGreaterThan(note.length - 5);
    }
  });

  it('says size, root and time of a tree, and is found among other text', () => {
    const at = new Date('2026-11-26T22:40:00Z');
    const note = signedCheckpoint(signer, 1204, sha256(Buffer.from('root')), at);
    expect(openCheckpoint(note, signer)).toEqual({
      ...{ origin: signer.name, size: 1204, root: sha256(Buffer.from('root')), at: '2026-11-26T22:40:00.000Z' },
    });
    const letter = `Subject: x\r\n\r\n${note.replaceAll('\n', '\r\n')}\r\nbye\r\n${note}`;
    expect(checkpointsIn(letter)).toEqual([note, note]);
    expect(checkpointsIn('nothing here\n12\n')).toEqual([]);
    const odd = signedNote(
      `${signer.name}\n01\n${sha256(Buffer.from('r')).toString('base64')}\ntime ${at.toISOString()}\n`,
      signer,
    );
    expect([openCheckpoint(odd, signer), claimedCheckpoint(odd)]).toEqual([null, null]);
    const foreign = signedNote(
      `another\n1\n${sha256(Buffer.from('r')).toString('base64')}\ntime ${at.toISOString()}\n`,
      signer,
    );
    expect(openCheckpoint(foreign, signer)).toBeNull();
    expect(claimedCheckpoint(foreign)?.size).toBe(1);
  });
});
