import fc from 'fast-check';
import { findComune, generalise, searchComuni, comuniOf } from './comuni';
import { COMUNI, COMUNI_COUNT } from './comuni-data';
import { REGIONS } from './regions';

const all = COMUNI.split('\n').flatMap((line) => {
  const [head = '', rows = ''] = line.split(':');
  return rows.split(';').map((row) => head.slice(0, 3) + row.slice(0, 3));
});

describe('the municipalities', () => {
  it('are 7,904, each in a province and a region that exist', () => {
    expect(all).toHaveLength(7904);
    expect(COMUNI_COUNT).toBe(7904);
    expect(new Set(all).size).toBe(7904);
    const slugs = new Set(REGIONS.map(({ slug }) => slug));
    for (const istat of all) {
      const comune = findComune(istat);
      expect(comune?.istat).toBe(istat);
      expect(slugs.has(comune?.region ?? '')).toBe(true);
      expect(comune?.province.letters).toMatch(/^[A-Z]{2}$/);
    }
    expect(all.filter((istat) => findComune(istat)?.region === 'umbria')).toHaveLength(92);
    expect(new Set(all.map((istat) => findComune(istat)?.region)).size).toBe(20);
  });
  it.each([
    ['054039', 'Perugia', 'PG', 'umbria'],
    ['051002', 'Arezzo', 'AR', 'toscana'],
    ['054013', 'Città di Castello', 'PG', 'umbria'],
    ['058091', 'Roma', 'RM', 'lazio'],
    ['021008', 'Bolzano', 'BZ', 'trentino-alto-adige'],
  ])('know %s as %s', (istat, name, letters, region) =>
    expect(findComune(istat)).toMatchObject({ istat, name, region, province: { letters, region }, validFrom: '2020-01-01', validTo: null }),
  );
  it('know nothing that is not exactly six known digits', () => {
    for (const nonsense of ['', '54039', '0540390', ' 054039', '０５４０３９', '999999', '__proto__', 'Perugia'])
      expect(findComune(nonsense)).toBeUndefined();
  });
});

describe('a search for a municipality', () => {
  const names = (prefix: string, region?: string, limit?: number): string[] => searchComuni(prefix, region, limit).map(({ name }) => name);
  it('minds neither accents nor case nor apostrophes', () => {
    for (const typed of ['Città di Castello', 'citta di castello', 'CITTÀ DI CAST', 'citta\u0300 di castello'])
      expect(names(typed)).toEqual(['Città di Castello']);
    for (const typed of ['Châtillon', 'chatillon', 'CHATILL']) expect(names(typed)).toEqual(['Châtillon']);
    for (const typed of ["forza d'agro", 'Forza d’Agrò', 'forza d agr']) expect(names(typed)).toEqual(["Forza d'Agrò"]);
  });
  it('offers names that begin so before names with a later word that does', () => {
    const found = names('castello', undefined, 100);
    const firstLater = found.findIndex((name) => !name.toLowerCase().startsWith('castello'));
    expect(firstLater).toBeGreaterThan(0);
    expect(found.slice(firstLater).every((name) => !name.toLowerCase().startsWith('castello'))).toBe(true);
    expect(names('castello', 'umbria', 100)).toContain('Città di Castello');
  });
  it('stays inside the region that was asked for, and inside the limit', () => {
    expect(searchComuni('san', 'umbria', 50).every(({ region }) => region === 'umbria')).toBe(true);
    expect(names('san', undefined, 7)).toHaveLength(7);
    expect(names('san', 'nowhere')).toEqual([]);
    expect([...names(''), ...names('  '), ...names('!'), ...names('san', undefined, 0)]).toEqual([]);
  });
  it('lists a whole region, and nothing of another', () => {
    const umbria = comuniOf('umbria');
    expect(umbria).toHaveLength(92);
    expect(new Set(umbria.map(({ region }) => region))).toEqual(new Set(['umbria']));
    expect(umbria.map(({ name }) => name).slice(0, 2)).toEqual(['Acquasparta', 'Allerona']);
    expect(comuniOf('atlantide')).toEqual([]);
  });
  it('finds every municipality by its own name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), (istat) => {
        const comune = findComune(istat);
        expect(searchComuni(comune?.name ?? '', comune?.region, 500).map((found) => found.istat)).toContain(istat);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('a generalised place', () => {
  it('is the province or the region, never the municipality', () => {
    expect(generalise('054013')).toEqual({ band: 'province', code: '054', name: 'Perugia', region: 'umbria' });
    expect(generalise('054013', 'region')).toEqual({ band: 'region', code: '10', name: 'Umbria', region: 'umbria' });
    expect(generalise('999999')).toBeUndefined();
    expect(JSON.stringify([generalise('054013'), generalise('054013', 'region')])).not.toContain('054013');
  });
  it('is the same for all municipalities of a province', () => {
    const bands = new Map<string, Set<string>>();
    for (const istat of all) {
      const key = istat.slice(0, 3);
      bands.set(key, (bands.get(key) ?? new Set()).add(JSON.stringify(generalise(istat))));
    }
    expect(bands.size).toBe(107);
    expect([...bands.values()].every((found) => found.size === 1)).toBe(true);
  });
});
