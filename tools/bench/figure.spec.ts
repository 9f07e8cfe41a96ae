import * as fc from 'fast-check';
import { asJson, asText, figure, median, percentile, targetOf } from './figure';

describe('a percentile', () => {
  it('is the smallest measured value that enough values do not exceed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 }), fc.integer({ min: 1, max: 100 }), (values, p) => {
        const found = percentile(values, p);
        const upTo = (limit: number): number => values.filter((value) => value <= limit).length;
        expect(values).toContain(found);
        expect(upTo(found) * 100).toBeGreaterThanOrEqual(p * values.length);
        expect(upTo(found - 1) * 100).toBeLessThan(p * values.length);
      }),
      { seed: 4 },
    );
  });
  it('sorts as numbers do and leaves what was measured as it was', () => {
    const values = [100, 9, 20];
    expect([median(values), percentile(values, 99), values]).toEqual([20, 100, [100, 9, 20]]);
  });
  it('needs values and a rank', () => {
    expect(() => percentile([], 50)).toThrow('needs values');
    expect(() => percentile([1], 0)).toThrow('rank');
    expect(() => percentile([1], 101)).toThrow('rank');
  });
});

describe('a figure', () => {
  it('is one line of JSON with exactly five keys', () => {
    expect(asJson(figure('replay', 84_000.4, 'events/s', 100_000))).toBe(
      '{"name":"replay","value":84000,"unit":"events/s","limit":100000,"ratio":0.84}',
    );
  });
  it('has no ratio where nothing was found to compare it with', () => {
    expect(asJson(figure('replay', 1, 'events/s'))).toBe('{"name":"replay","value":1,"unit":"events/s","limit":null,"ratio":null}');
    expect(figure('replay', 1, 'events/s', 0).ratio).toBeNull();
    expect(figure('replay', null, 'events/s', 7)).toMatchObject({ value: null, limit: 7, ratio: null });
  });
  it('shows people its limit, its ratio and what it should be', () => {
    expect(asText(figure('append.durable.128', 9000, 'events/s', 10_000)).replace(/ +/g, ' ')).toBe(
      'append.durable.128 9,000 events/s limit 10,000 · ratio 0.9 · target: ratio >= 0.85, stretch 1.0',
    );
    expect(asText(figure('command.p99', null, 'ms')).replace(/ +/g, ' ')).toBe('command.p99 n/a ms');
  });
  it('shares the target of the family its name belongs to', () => {
    expect(targetOf('list.policy.p95.key-view.nobody')).toBe(targetOf('list.policy.p95'));
    expect(targetOf('replayed')).toBeUndefined();
  });
});
