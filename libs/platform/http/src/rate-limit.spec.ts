import fc from 'fast-check';
import { Clock } from '@platform/kernel';
import { RateLimit } from './index';

class HeldClock extends Clock {
  ms = Date.UTC(2026, 2, 1);
  now = (): string => new Date(this.ms).toISOString();
}

describe('a rate limit', () => {
  it('lets nobody have more than the burst and what has grown since, however the calls are spread', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -500, max: 2000 }), { maxLength: 200 }), (pauses) => {
        const clock = new HeldClock();
        const limit = new RateLimit({ burst: 5, perSecond: 2 }, clock);
        let [passed, grown] = [0, 0];
        for (const pause of pauses) {
          clock.ms += pause;
          // A clock set back gives nothing, and what it gives when it comes forward again is real time.
          grown += Math.max(0, pause) / 500;
          if (limit.take('one') === 0) passed++;
          expect(passed).toBeLessThanOrEqual(5 + grown + 1e-6);
        }
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  it('names a wait after which the call may pass', () => {
    const clock = new HeldClock();
    const limit = new RateLimit({ burst: 1, perSecond: 0.25 }, clock);
    expect([limit.take('one'), limit.take('one'), limit.take('other')]).toEqual([0, 4, 0]);
    clock.ms += 3_999;
    expect(limit.take('one')).toBe(1);
    clock.ms += 1;
    expect(limit.take('one')).toBe(0);
  });

  it('forgets the longest unused key first, so that strangers cannot fill the memory', () => {
    const limit = new RateLimit({ burst: 2, perSecond: 1 }, new HeldClock());
    limit.take('mine');
    for (let n = 0; n < 19_999; n++) limit.take(`stranger ${n}`);
    limit.take('mine');
    for (let n = 0; n < 10_000; n++) limit.take(`other ${n}`);
    expect([limit.size, limit.take('mine')]).toEqual([20_000, 1]);
  });
});
