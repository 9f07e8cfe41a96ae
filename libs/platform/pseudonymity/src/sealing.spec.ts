import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { base32, randomName } from './base32';
import { CODENAME_WORDS, randomCodename } from './codenames';
import { openBytes, openText, sealBytes, sealText, subKey, Unopenable } from './sealing';

const seeded = { seed: 20250101, numRuns: 300 };
const text = fc.string({ unit: 'binary', maxLength: 200 });

describe('a sealed text', () => {
  it('opens to the same text, whatever is written in it', () => {
    fc.assert(
      fc.property(text, text, (bound, plain) => {
        const key = randomBytes(32);
        expect(openText(key, bound, sealText(key, bound, plain))).toBe(plain);
      }),
      seeded,
    );
  });
  it('opens under no other associated data and no other key', () => {
    fc.assert(
      fc.property(text, text, text, (bound, other, plain) => {
        fc.pre(bound !== other);
        const key = randomBytes(32);
        const sealed = sealText(key, bound, plain);
        expect(() => openText(key, other, sealed)).toThrow(Unopenable);
        expect(() => openText(subKey(key, 'x'), bound, sealed)).toThrow(Unopenable);
      }),
      seeded,
    );
  });
  it('opens with no bit changed and no byte missing', () => {
    const key = randomBytes(32);
    const sealed = sealBytes(key, 'a|b', Buffer.from('Adaeze'));
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const bent = Buffer.from(sealed);
      bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => openBytes(key, 'a|b', bent)).toThrow(Unopenable);
    }
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => openBytes(key, 'a|b', sealed.subarray(0, length))).toThrow(Unopenable);
  });
  it('has one length for all short texts and never repeats', () => {
    const key = randomBytes(32);
    const sealed = ['', 'CD04', 'Adaeze Onwubiko', 'x'.repeat(60)].map((plain) => sealText(key, '', plain));
    expect(new Set(sealed.map((bytes) => bytes.length)).size).toBe(1);
    expect(sealText(key, '', 'x'.repeat(61)).length).toBeGreaterThan(sealed[0]?.length ?? 0);
    expect(sealText(key, '', 'CD04').equals(sealText(key, '', 'CD04'))).toBe(false);
  });
});

describe('a random name', () => {
  it('follows the published vectors of RFC 4648 in lower case', () => {
    const vectors = { '': '', f: 'my', fo: 'mzxq', foo: 'mzxw6', foob: 'mzxw6yq', fooba: 'mzxw6ytb', foobar: 'mzxw6ytboi' };
    for (const [plain, encoded] of Object.entries(vectors)) expect(base32(Buffer.from(plain))).toBe(encoded);
  });
  it('is 26 characters long and distinct for distinct bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.uint8Array({ minLength: 16, maxLength: 16 }), (a, b) => {
        expect(base32(a)).toMatch(/^[a-z2-7]{26}$/);
        expect(base32(a) === base32(b)).toBe(Buffer.from(a).equals(Buffer.from(b)));
      }),
      seeded,
    );
    expect(new Set(Array.from({ length: 1000 }, randomName)).size).toBe(1000);
  });
});

describe('a codename', () => {
  it('is one of at least 64 distinct plain words and three characters nobody mishears', () => {
    expect(new Set(CODENAME_WORDS).size).toBe(CODENAME_WORDS.length);
    expect(CODENAME_WORDS.length).toBeGreaterThanOrEqual(64);
    for (const word of CODENAME_WORDS) expect(word).toMatch(/^[A-Z][a-z]{3,}$/);
    for (let n = 0; n < 500; n += 1) expect(randomCodename()).toMatch(/^[A-Z][a-z]+ [34679][ACEFHJKMNPRTWXY][34679ACEFHJKMNPRTWXY]$/);
    expect(randomCodename(2)).toMatch(/^[A-Z][a-z]+ [34679ACEFHJKMNPRTWXY]{5}$/);
  });
});
