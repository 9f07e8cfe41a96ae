import fc from 'fast-check';
import { DISCIPLINES, FIELD_GROUPS, ORGANISATION_KINDS, PHASES, PURPOSES, ROLES, VIEWS } from '@platform/kernel';
import type { CodeList } from './code-list';
import { CODE_LISTS, isCode, labelOf, type ListName } from './lists';
import { controlDigit, isPartitaIva, normalisePartitaIva } from './partita-iva';
import { urgencyHours } from './referrals';
import { areNeighbours, findRegion, REGIONS } from './regions';
import { serviceFamily, services } from './services';
import { sectorOf } from './vocabulary-labels';

const lists = Object.entries(CODE_LISTS) as unknown as [ListName, CodeList][];

describe('a code list', () => {
  it.each(lists)('%s says its name, version, validity and source', (name, list) => {
    expect(list.name).toBe(name);
    expect(list).toMatchObject({ version: expect.stringMatching(/^\d+$/) as string, validTo: null });
    expect(list.validFrom).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(list.source.length).toBeGreaterThan(10);
    expect(list.codes.length).toBeGreaterThan(1);
  });
  it.each(lists)('%s has distinct plain ASCII codes, each with a label in Italian and in English', (_, list) => {
    expect(new Set(list.codes.map(({ code }) => code)).size).toBe(list.codes.length);
    for (const { code, it, en } of list.codes) {
      expect(code).toMatch(/^[A-Za-z0-9_-]+$/);
      for (const label of [it, en]) {
        expect(label.trim()).toBe(label);
        expect(label.length).toBeGreaterThan(1);
        expect(label).toBe(label.normalize('NFC'));
      }
      // Accents once lost in the sources: the words that carry them must carry them.
      expect(it).not.toMatch(
        /\b(autorita|attivita|legalita|(ir)?regolarita|comunita|identita|sanita|parita|qualita|disponibilita|opportunita|prossimita|difficolta|servitu|eta|piu|gia)\b/i,
      );
    }
  });
  it('covers the whole vocabulary of the kernel, in its order', () => {
    const pairs: [ListName, readonly string[]][] = [
      ['organisation-kind', ORGANISATION_KINDS],
      ['discipline', DISCIPLINES],
      ['role', ROLES],
      ['purpose', PURPOSES],
      ['field-group', FIELD_GROUPS],
      ['view', VIEWS],
      ['phase', PHASES],
    ];
    for (const [name, words] of pairs) expect(CODE_LISTS[name].codes.map(({ code }) => code)).toEqual(words);
  });
});

describe('a code', () => {
  it('is known exactly as it is written', () => {
    for (const [name, list] of lists) for (const { code } of list.codes) expect(isCode(name, code)).toBe(true);
  });
  it('is not known in any disguise', () => {
    const disguises = (code: string): unknown[] => [
      `${code} `,
      ` ${code}`,
      `${code}\0`,
      `${code}\u200b`,
      `\ufeff${code}`,
      code.replace(/[aA]/, '\u0430'), // Cyrillic
      code.replace(/[a-z]/, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)), // full width
      code.replace(/e/, 'e\u0301'),
      [code],
      Object(code),
      { toString: () => code },
    ];
    for (const [name, list] of lists)
      for (const { code } of list.codes)
        for (const disguise of disguises(code)) if (disguise !== code) expect(isCode(name, disguise)).toBe(false);
  });
  it('is never something every object has', () => {
    for (const word of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'undefined', null, undefined, 0])
      for (const [name] of lists) expect(isCode(name, word)).toBe(false);
    expect(isCode('__proto__' as ListName, 'toString')).toBe(false);
  });
  it('is a code of its own list only', () =>
    expect([isCode('need', 'health_care'), isCode('service', 'health_care')]).toEqual([false, true]));
  it('is shown by its label, or as itself when no list knows it any more', () => {
    expect(labelOf('phase', 'Proximity')).toBe('Prossimità');
    expect(labelOf('phase', 'Proximity', 'en')).toBe('Proximity');
    expect(labelOf('service', 'long_gone', 'en')).toBe('long_gone');
    expect(labelOf('service', 'constructor')).toBe('constructor');
  });
});

describe('what hangs on a code', () => {
  it('is the family of a service: few are health or legal, anything unknown is neither', () => {
    const of = (family: string): string[] => services.codes.map(({ code }) => code).filter((code) => serviceFamily(code) === family);
    expect(of('health')).toEqual(['psychological_support', 'health_care']);
    expect(of('legal')).toEqual(['legal_advice', 'permit_application', 'victim_compensation']);
    for (const unknown of ['', 'health', 'HEALTH_CARE', 'constructor', '__proto__']) expect(serviceFamily(unknown)).toBe('other');
  });
  it('is the time to answer of an urgency', () => {
    expect(['immediate', 'urgent', 'ordinary'].map(urgencyHours)).toEqual([24, 72, 360]);
    for (const unknown of ['', 'Urgent', 'constructor'])
      expect(() => urgencyHours(unknown)).toThrow(expect.objectContaining({ code: 'urgency.unknown' }) as Error);
  });
  it('is the sector of a kind of organisation', () => {
    expect(['labour_inspectorate', 'prefettura', 'health_authority', 'local_authority'].map((kind) => sectorOf(kind as 'region'))).toEqual(
      Array(4).fill('public'),
    );
    expect(['social_cooperative', 'trade_union', 'association', 'church_body'].map((kind) => sectorOf(kind as 'region'))).toEqual(
      Array(4).fill('private_social'),
    );
    expect(sectorOf('company')).toBe('business');
  });
});

describe('the regions', () => {
  it('are twenty, with codes of the right shape, each once', () => {
    expect(REGIONS).toHaveLength(20);
    for (const pick of [
      (r: (typeof REGIONS)[number]) => r.slug,
      (r: (typeof REGIONS)[number]) => r.iso,
      (r: (typeof REGIONS)[number]) => r.istat,
    ])
      expect(new Set(REGIONS.map(pick)).size).toBe(20);
    for (const { slug, iso, istat, nuts2 } of REGIONS) {
      expect(slug).toMatch(/^[a-z][a-z-]+$/);
      expect(iso).toMatch(/^IT-\d\d$/);
      expect(istat).toMatch(/^\d\d$/);
      for (const unit of nuts2) expect(unit).toMatch(/^IT[CFGHI]\d$/);
    }
    expect(findRegion('umbria')).toMatchObject({ iso: 'IT-55', istat: '10', name: 'Umbria', neighbours: ['toscana', 'marche', 'lazio'] });
    expect(findRegion('constructor')).toBeUndefined();
  });
  it('are neighbours of one another in both directions, and the islands of nobody', () => {
    for (const one of REGIONS) {
      expect(one.neighbours).not.toContain(one.slug);
      for (const other of one.neighbours) expect(areNeighbours(other, one.slug)).toBe(true);
    }
    expect(REGIONS.filter(({ neighbours }) => neighbours.length === 0).map(({ slug }) => slug)).toEqual(['sicilia', 'sardegna']);
    expect(areNeighbours('umbria', 'campania')).toBe(false);
  });
});

describe('a VAT number', () => {
  const ten = fc.stringMatching(/^[0-9]{10}$/).filter((digits) => !digits.startsWith('0000000'));
  it('is known by its control digit', () => {
    for (const valid of ['12345678903', '00743110157', '07643520567']) expect(isPartitaIva(valid)).toBe(true);
  });
  it('has exactly one control digit', () => {
    fc.assert(
      fc.property(ten, (digits) => {
        const valid = Array.from({ length: 10 }, (_, last) => `${digits}${last}`).filter(isPartitaIva);
        expect(valid).toEqual([`${digits}${controlDigit(digits)}`]);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
  it('betrays one wrong digit, and two neighbours exchanged unless they are 0 and 9', () => {
    fc.assert(
      fc.property(ten, fc.nat({ max: 10 }), fc.integer({ min: 1, max: 9 }), (digits, place, shift) => {
        const valid = digits + String(controlDigit(digits));
        const wrong = [...valid];
        wrong[place] = String((Number(valid[place]) + shift) % 10);
        expect(isPartitaIva(wrong.join(''))).toBe(false);
        if (place === 10) return;
        const pair = [valid[place], valid[place + 1]];
        const swapped = [...valid];
        [swapped[place], swapped[place + 1]] = [pair[1] ?? '', pair[0] ?? ''];
        if (pair[0] !== pair[1] && [...pair].sort().join('') !== '09') expect(isPartitaIva(swapped.join(''))).toBe(false);
      }),
      { seed: 12, numRuns: 500 },
    );
  });
  it('is eleven ASCII digits and not all nought', () => {
    for (const wrong of [
      '',
      '1234567890',
      '123456789030',
      '00000000000',
      '1234567890x',
      ' 12345678903',
      '１２３４５６７８９０３',
      '12345678903\n',
    ])
      expect(isPartitaIva(wrong)).toBe(false);
  });
  it('has one form for comparing, however it was typed', () => {
    for (const typed of ['12345678903', 'IT12345678903', 'it 123 4567 8903', '123.4567.8903'])
      expect(normalisePartitaIva(typed)).toBe('12345678903');
    for (const typed of ['12345678904', 'FR12345678903', 'ITIT12345678903', '']) expect(normalisePartitaIva(typed)).toBeUndefined();
  });
});
