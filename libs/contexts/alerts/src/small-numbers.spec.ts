import * as fc from 'fast-check';
import { bandOf, BANDS, isLargeEnough, roundedForOutside } from './small-numbers';

const runs = { seed: 20310314 };
const counts = fc.nat(10_000);

describe('a cohort', () => {
  it.each([
    ['company', 5, 2, 1, true],
    ['company', 4, 2, 1, false],
    ['company', 5, 1, 1, false],
    ['territory', 5, 2, 2, true],
    ['territory', 5, 2, 1, false],
    ['territory', 4, 9, 9, false],
  ] as const)(
    'about a %s of %i workers, %i organisations and %i companies is large enough: %s',
    (subject, workers, organisations, companies, answer) => {
      expect(isLargeEnough({ workers, organisations, companies }, subject)).toBe(answer);
    },
  );

  it('never becomes too small by growing', () => {
    const cohort = fc.record({ workers: fc.nat(20), organisations: fc.nat(5), companies: fc.nat(5) });
    fc.assert(
      fc.property(cohort, cohort, fc.constantFrom('company' as const, 'territory' as const), (one, more, subject) => {
        const sum = {
          workers: one.workers + more.workers,
          organisations: one.organisations + more.organisations,
          companies: one.companies + more.companies,
        };
        if (isLargeEnough(one, subject)) expect(isLargeEnough(sum, subject)).toBe(true);
      }),
      runs,
    );
  });
});

describe('a band', () => {
  it.each([
    [0, 'under-5'],
    [4, 'under-5'],
    [5, '5-10'],
    [10, '5-10'],
    [11, '11-20'],
    [20, '11-20'],
    [21, '21-50'],
    [50, '21-50'],
    [51, '51-100'],
    [100, '51-100'],
    [101, 'over-100'],
  ])('of %i is %s', (count, band) => expect(bandOf(count)).toBe(band));

  it('grows with the count and never tells two neighbours apart but at its edges', () => {
    fc.assert(
      fc.property(counts, (count) => {
        const [here, next] = [BANDS.indexOf(bandOf(count)), BANDS.indexOf(bandOf(count + 1))];
        expect(next === here || (next === here + 1 && [4, 10, 20, 50, 100].includes(count))).toBe(true);
      }),
      runs,
    );
  });

  it('of what is no number is the least', () => expect(bandOf(Number.NaN)).toBe('under-5'));
});

describe('a count that leaves the network', () => {
  it('is silent below 11', () => expect([0, 5, 10].map(roundedForOutside)).toEqual([undefined, undefined, undefined]));

  it('is a multiple of 5, never more than the truth and less than 5 below it', () => {
    fc.assert(
      fc.property(counts, (count) => {
        const told = roundedForOutside(count);
        if (count < 11) return expect(told).toBeUndefined();
        expect(told).toBeDefined();
        expect([(told ?? 1) % 5, (told ?? 0) <= count, count - (told ?? 0) < 5]).toEqual([0, true, true]);
      }),
      runs,
    );
  });
});
