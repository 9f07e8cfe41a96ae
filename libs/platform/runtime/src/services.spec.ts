import { Log, Metrics, Readiness } from '@platform/observability';
import type { Foundation } from './parts';
import { Services } from './services';

interface Reader {
  readonly lag: number | undefined;
  readonly parked: number;
  readonly state: 'running' | 'stopped';
}
const well: Reader = { lag: 0, parked: 0, state: 'running' };

/** The one job that destroys something, over readers of logs that say how far they are. */
const sweeping = async (readers: readonly Reader[]): Promise<{ done: boolean; sweeps: string[] }> => {
  const sweeps: string[] = [];
  const foundation = {
    runner: { status: () => Promise.resolve(readers.map((reader, n) => ({ name: `reader-${n}`, ...reader }))) },
    vaults: { sweep: (now: string) => Promise.resolve(sweeps.push(now)) },
    clock: { now: () => '2031-03-14T12:00:00.000Z' },
    store: {},
    recorder: {},
  } as unknown as Foundation;
  const services = new Services(foundation, new Metrics(), new Readiness(), new Log('error'));
  return { done: await services.sweepVaults(), sweeps };
};

describe('the sweep of abandoned values', () => {
  it('runs while every reader of a log has seen everything, whatever readers of topics do', async () => {
    expect(await sweeping([well, { ...well, lag: undefined, parked: 3 }])).toEqual({ done: true, sweeps: ['2031-03-14T12:00:00.000Z'] });
  });

  it.each([
    ['is behind', { lag: 1 }],
    ['has an event waiting to be replayed', { parked: 1 }],
    ['has stopped', { state: 'stopped' as const }],
  ])('touches nothing while a reader of a log %s', async (_, trouble) => {
    expect(await sweeping([well, { ...well, ...trouble }])).toEqual({ done: false, sweeps: [] });
  });
});
