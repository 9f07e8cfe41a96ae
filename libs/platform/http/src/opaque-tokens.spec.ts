import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { Ids, isStream, isUuid } from '@platform/kernel';
import { commandIdFor, furthest, keyFile, newStreamId, OpaqueTokens, type Positions } from './index';

const tokens = new OpaqueTokens(Buffer.alloc(32, 1));
const stranger = new OpaqueTokens(Buffer.alloc(32, 2));
const log = fc.stringMatching(/^[a-z]{3,9}@[a-z-]{3,20}$/);
const position = fc.integer({ min: 0, max: 1e15 }).map((n) => String(n).padStart(16, '0'));
const positions = fc.dictionary(log, position, { maxKeys: 30 });

describe('an opaque token', () => {
  it('gives positions back unchanged, for its own use and key only', () => {
    fc.assert(
      fc.property(positions, (given) => {
        const token = tokens.sealPositions('at-least', given);
        expect(tokens.openPositions('at-least', token)).toEqual({ ...given });
        expect([tokens.openPositions('stream', token), stranger.openPositions('at-least', token)]).toEqual([undefined, undefined]);
        expect(token).toMatch(/^r[\w-]+$/);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('never looks the same twice, and its length tells little', () => {
    const few = tokens.sealPositions('at-least', { 'cases@umbria': '0000000000000001' });
    const more = tokens.sealPositions('at-least', { 'cases@umbria': '0000000000000001', 'cases@toscana': '0000000000000002' });
    expect(few).not.toBe(tokens.sealPositions('at-least', { 'cases@umbria': '0000000000000001' }));
    expect(few.length).toBe(more.length);
  });

  it('does not survive the change of a single bit, nor another spelling of the same bytes', () => {
    const token = tokens.sealPositions('at-least', { 'cases@umbria': '0000000000000001' });
    const bytes = Buffer.from(token.slice(1), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(tokens.openPositions('at-least', `r${changed.toString('base64url')}`)).toBeUndefined();
    }
    for (const other of [`${token}=`, ` ${token}`, token.slice(1), `${token}A`, '', 'r', 'r'.repeat(9000)]) {
      expect(tokens.openPositions('at-least', other)).toBeUndefined();
    }
  });

  it('of an entity differs between revisions, streams, audiences and services', () => {
    const tag = fc.tuple(fc.string(), fc.string(), fc.nat({ max: 50 }));
    fc.assert(
      fc.property(tag, tag, (a, b) => {
        expect(tokens.etagFor(...a) === tokens.etagFor(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
        expect(tokens.etagFor(...a)).not.toBe(stranger.etagFor(...a));
        expect(tokens.etagFor(...a)).toMatch(/^"[\w-]{24}"$/);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('of an entity is known as that of its revision, the current one or one of the last before it', () => {
    const expected = (ifMatch?: string): unknown => tokens.expectedRevision(ifMatch, 'organisation-1', 'case-1', 4);
    const tag = (revision: number, audience = 'organisation-1'): string => tokens.etagFor(audience, 'case-1', revision);
    expect([tag(4), `"x",  ${tag(4)}`].map(expected)).toEqual([4, 4]);
    expect([undefined, '', '*', ' , '].map(expected)).toEqual(Array(4).fill('unstated'));
    expect([tag(3), tag(0), `${tag(1)}, ${tag(2)}`].map(expected)).toEqual([3, 0, 2]);
    expect([tag(5), tag(-1), tag(4, 'organisation-2'), `W/${tag(4)}`, '"4"'].map(expected)).toEqual(Array(5).fill('outdated'));
    const later = (ifMatch: string): unknown => tokens.expectedRevision(ifMatch, 'organisation-1', 'case-1', 20);
    expect([tag(12), tag(11)].map(later)).toEqual([12, 'outdated']);
  });
});

describe('positions seen', () => {
  it('merge to the later one of each log, in any order', () => {
    fc.assert(
      fc.property(positions, positions, positions, (a, b, c) => {
        const [ab, ba] = [furthest(a, b), furthest(b, a)];
        expect(ab).toEqual(ba);
        expect(furthest(ab, c)).toEqual(furthest(a, furthest(b, c)));
        for (const [name, at] of Object.entries<string>(ab))
          expect(
            [a[name], b[name]]
              .filter((one) => one !== undefined)
              .sort()
              .at(-1),
          ).toBe(at);
      }),
      { seed: 3, numRuns: 200 },
    );
    const none: Positions = {};
    expect(furthest(none, none)).toEqual({});
  });
});

describe('the id of a command', () => {
  const ids = new (class extends Ids {
    next = (): string => '00000000-0000-7000-8000-000000000001';
  })();

  it('follows from member, place and key together', () => {
    const key = fc.stringMatching(/^[A-Za-z0-9._~-]{8,128}$/);
    // Few values, so that parts are often equal.
    const given = fc.tuple(
      fc.oneof(key, fc.constantFrom('abcdefgh', 'ijklmnop')),
      fc.constantFrom('', 'm', 'm1'),
      fc.constantFrom('', 'p', '1p'),
    );
    fc.assert(
      fc.property(given, given, ([k1, m1, p1], [k2, m2, p2]) => {
        const [one, two] = [commandIdFor(k1, m1, p1, ids), commandIdFor(k2, m2, p2, ids)];
        expect(isUuid(one)).toBe(true);
        expect(one === two).toBe(k1 === k2 && m1 === m2 && p1 === p2);
      }),
      { seed: 4, numRuns: 1000 },
    );
  });

  it('names the stream it makes, and another one for each further record', () => {
    const id = commandIdFor('abcdefgh', 'm', 'p', ids);
    expect(newStreamId('accessGrant', id)).toBe(newStreamId('accessGrant', id));
    expect(isStream(newStreamId('accessGrant', id), 'accessGrant')).toBe(true);
    expect(
      new Set(
        [newStreamId('case', id), newStreamId('case', id, 1), newStreamId('contact', id)].map((stream) =>
          stream.split('-').slice(1).join(),
        ),
      ).size,
    ).toBe(3);
  });
});

describe('a key file', () => {
  let folder: string;
  beforeEach(() => {
    folder = path.join(mkdtempSync(path.join(tmpdir(), 'keys-')), 'keys');
  });
  afterEach(() => rmSync(path.dirname(folder), { recursive: true }));

  it('is made once, for its owner only, and leaves no draft behind', () => {
    const key = keyFile(folder, 'http.key');
    expect(keyFile(folder, 'http.key')).toEqual(key);
    expect([key.length, statSync(path.join(folder, 'http.key')).mode & 0o777, readdirSync(folder)]).toEqual([32, 0o600, ['http.key']]);
  });

  it('is refused when others may read it or it is no key, without naming the folder', () => {
    keyFile(folder, 'http.key');
    chmodSync(path.join(folder, 'http.key'), 0o640);
    expect(() => keyFile(folder, 'http.key')).toThrow('http.key may be read by others');
    writeFileSync(path.join(folder, 'short.key'), 'short', { mode: 0o600 });
    expect(() => keyFile(folder, 'short.key')).toThrow(/^short.key is no key/);
  });
});
