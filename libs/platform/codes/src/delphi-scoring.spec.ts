import fc from 'fast-check';
import { relateTo603bis } from './article-603bis';
import { isPositive, scoreIndicators } from './delphi-scoring';
import { delphiIndicators, type Dimension, DIMENSIONS, dimensionOf, type Profile, weightOf } from './indicators';

const codes = delphiIndicators.codes.map(({ code }) => code);
const seeded = { seed: 603, numRuns: 500 };
const some = fc.subarray(codes);
const profile = fc.constantFrom<Profile>('adult', 'child');
const positives = (recorded: readonly string[], as: Profile): Dimension[] =>
  scoreIndicators(recorded, as)
    .dimensions.filter(({ positive }) => positive)
    .map(({ dimension }) => dimension);

describe('the indicators', () => {
  it('are 67 in six dimensions of 10, 10, 16, 9, 15 and 7', () => {
    const counts = (Object.keys(DIMENSIONS) as Dimension[]).map(
      (dimension) => codes.filter((code) => dimensionOf(code) === dimension).length,
    );
    expect(counts).toEqual([10, 10, 16, 9, 15, 7]);
    expect(codes).toHaveLength(67);
  });
  it('are 65 on the list of children, none of them weak', () => {
    expect(codes.filter((code) => weightOf(code, 'adult') === undefined)).toEqual([]);
    expect(codes.filter((code) => weightOf(code, 'child') === undefined)).toEqual(['RV08', 'EX08']);
    expect(codes.filter((code) => weightOf(code, 'child') === 'weak')).toEqual([]);
  });
});

describe('a dimension', () => {
  it.each([
    [2, 0, 0, true],
    [1, 1, 0, true],
    [1, 0, 1, true],
    [0, 3, 0, true],
    [0, 2, 1, true],
    [1, 0, 0, false],
    [0, 2, 0, false],
    [0, 1, 9, false],
    [0, 0, 9, false],
    [0, 0, 0, false],
  ])('with %i strong, %i medium and %i weak indicators is positive: %s', (strong, medium, weak, positive) =>
    expect(isPositive({ strong, medium, weak })).toBe(positive),
  );
  it('never turns negative when an indicator is added or raised', () => {
    for (let strong = 0; strong <= 6; strong += 1)
      for (let medium = 0; medium <= 6; medium += 1)
        for (let weak = 0; weak <= 6; weak += 1) {
          if (!isPositive({ strong, medium, weak })) continue;
          expect(isPositive({ strong: strong + 1, medium, weak })).toBe(true);
          expect(isPositive({ strong, medium: medium + 1, weak })).toBe(true);
          expect(isPositive({ strong, medium, weak: weak + 1 })).toBe(true);
          if (weak > 0) expect(isPositive({ strong, medium: medium + 1, weak: weak - 1 })).toBe(true);
          if (medium > 0) expect(isPositive({ strong: strong + 1, medium: medium - 1, weak })).toBe(true);
        }
  });
});

describe('an indication', () => {
  it('never loses a positive dimension nor falls to a lower class when more is recorded', () => {
    const RANK = [
      'none',
      'exploited',
      'deception_and_exploitation',
      'trafficking_for_forced_labour',
      'trafficking_for_forced_labour_child',
    ];
    fc.assert(
      fc.property(some, some, profile, (before, more, as) => {
        const after = [...before, ...more];
        expect(positives(after, as)).toEqual(expect.arrayContaining(positives(before, as)));
        expect(RANK.indexOf(scoreIndicators(after, as).class)).toBeGreaterThanOrEqual(RANK.indexOf(scoreIndicators(before, as).class));
      }),
      seeded,
    );
  });
  it('depends neither on order nor on repetition', () => {
    fc.assert(
      fc.property(some, profile, (recorded, as) => {
        const once = scoreIndicators(recorded, as);
        const again = scoreIndicators([...recorded].reverse().concat(recorded), as);
        expect(again.class).toBe(once.class);
        expect(again.dimensions.map(({ positive }) => positive)).toEqual(once.dimensions.map(({ positive }) => positive));
      }),
      seeded,
    );
  });
  it('always says that it is no finding, and names every indicator it counted', () => {
    fc.assert(
      fc.property(some, profile, (recorded, as) => {
        const result = scoreIndicators(recorded, as);
        expect(result.indication).toBe('indication, not a finding');
        expect(result.words.it).toContain('Non è un accertamento');
        expect(result.words.en.toLowerCase()).toContain('not a finding');
        const said = result.dimensions.map(({ words }) => `${words.it} ${words.en}`).join(' ');
        for (const code of recorded) expect(said.includes(code) || result.notOnList.includes(code)).toBe(true);
      }),
      seeded,
    );
  });
  it('of trafficking of an adult needs deceptive or coercive recruitment, exploitation and coercion at destination', () => {
    const [deceived, exploited, coerced] = [
      ['DR01', 'DR02'],
      ['EX01', 'EX02'],
      ['CD01', 'CD14'],
    ] as [string[], string[], string[]];
    const classOf = (...recorded: string[][]) => scoreIndicators(recorded.flat(), 'adult').class;
    expect(classOf(deceived, exploited, coerced)).toBe('trafficking_for_forced_labour');
    expect(classOf(['CR01', 'CR05'], exploited, coerced)).toBe('trafficking_for_forced_labour');
    expect(classOf(deceived, exploited)).toBe('deception_and_exploitation');
    expect(classOf(exploited, coerced)).toBe('exploited');
    expect(classOf(deceived, coerced)).toBe('none');
    expect(scoreIndicators(deceived, 'adult').means).toBe(true);
  });
  it('of trafficking of a child needs exploitation only', () => {
    expect(scoreIndicators(['EX01', 'EX02'], 'child').class).toBe('trafficking_for_forced_labour_child');
    expect(scoreIndicators(['EX01', 'EX02'], 'child').means).toBe(false);
    expect(scoreIndicators(['DR01', 'DR02', 'CD01', 'CD02'], 'child').class).toBe('none');
  });
  it('says aloud what the rule does not see', () => {
    const result = scoreIndicators(['CD04', 'EX02', 'EX03', 'DR10', 'DR02'], 'adult');
    expect(result.class).toBe('none');
    expect(result.blindSpots.map(({ it }) => it)).toEqual([
      expect.stringMatching(/^Reclutamento con inganno: indicatori registrati: 1 medio, 1 debole\./),
      expect.stringMatching(/^Condizioni di lavoro di sfruttamento: indicatori registrati: 2 medi\./),
      expect.stringMatching(/^Coercizione a destinazione: indicatori registrati: 1 forte\./),
      expect.stringContaining('un solo indicatore forte'),
    ]);
    expect(scoreIndicators([], 'adult').blindSpots).toHaveLength(1);
  });
  it('tells which indicators are not on the list of children, and does not count them', () => {
    expect(scoreIndicators(['EX01', 'EX08'], 'child')).toMatchObject({ class: 'none', notOnList: ['EX08'] });
    expect(scoreIndicators(['EX01', 'EX08'], 'adult').class).toBe('exploited');
  });
  it('is refused for a code that is not on the list', () => {
    for (const code of ['XX01', 'EX1', 'ex01', 'EX01 ', 'ＥＸ01', '__proto__', 'toString'])
      expect(() => scoreIndicators([code], 'adult')).toThrow(
        expect.objectContaining({ code: 'indicator.unknown', kind: 'invalid' }) as Error,
      );
  });
});

describe('article 603-bis', () => {
  it('is laid beside what was recorded, index by index', () => {
    const result = relateTo603bis({
      indicators: ['EX02', 'CD14', 'EX06', 'DR01'],
      indices: ['603bis-4'],
      elements: ['state_of_need'],
      aggravating: ['agg-1'],
    });
    expect(result.indices).toEqual([
      { index: '603bis-1', recorded: false, from: ['EX02', 'CD14'] },
      { index: '603bis-3', recorded: false, from: ['EX06'] },
      { index: '603bis-4', recorded: true, from: [] },
    ]);
    expect(result).toMatchObject({ indication: 'indication, not a finding', bothHalves: true, stateOfNeed: true, violenceOrThreat: false });
    expect(result.words.it.join(' ')).toMatch(/603bis-1: .*da EX02, CD14.*reiterato: verificare.*non accertamento/);
  });
  it('is not met by indices without a state of need, and that is said', () => {
    const result = relateTo603bis({ indicators: ['EX01'] });
    expect(result.bothHalves).toBe(false);
    expect(result.words.en).toContain('State of need: not recorded; indices alone are not enough.');
    expect(relateTo603bis({ indicators: [] }).words.it[0]).toBe('Nessun indice registrato.');
  });
  it('takes no code from outside its lists', () => {
    for (const record of [
      { indicators: ['XX'] },
      { indicators: [], indices: ['603bis-5'] },
      { indicators: [], elements: ['need'] },
      { indicators: [], aggravating: ['agg-4'] },
    ])
      expect(() => relateTo603bis(record)).toThrow(expect.objectContaining({ code: 'indicator.unknown' }) as Error);
  });
});
