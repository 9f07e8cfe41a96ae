import type { Peers } from '@platform/internal';
import { Log } from '@platform/observability';
import type { EmbeddedVaults } from '@platform/pseudonymity';
import { sweepWhenSettled } from './vault-service';

type Answer = boolean | 'away';
/** Services that answer whether their readers have seen everything, and a vault that counts its sweeps. */
const sweeping = async (services: Readonly<Record<string, Answer>>): Promise<{ done: boolean; sweeps: string[] }> => {
  const sweeps: string[] = [];
  const peers = Object.entries(services).map(([name, answer]) => ({
    name,
    post: () => (answer === 'away' ? Promise.reject(new Error('away')) : Promise.resolve({ settled: answer })),
  }));
  const vaults = { sweep: (now: string) => Promise.resolve(sweeps.push(now)) } as unknown as EmbeddedVaults;
  const done = await sweepWhenSettled(vaults, { all: () => peers } as unknown as Peers, '2031-03-14T12:00:00.000Z', new Log('silent'));
  return { done, sweeps };
};

describe('the sweep of a vault in a process of its own', () => {
  it('runs when every service says that its readers have seen everything', async () => {
    expect(await sweeping({ cases: true, regions: true, gateway: 'away' })).toEqual({ done: true, sweeps: ['2031-03-14T12:00:00.000Z'] });
  });
  it.each([
    ['a service is behind', { cases: true, regions: false }],
    ['a service is away: what it has not looked at cannot be known', { cases: true, regions: 'away' as const }],
    ['nobody can be asked', { gateway: true }],
  ])('touches nothing while %s', async (_, services) => {
    expect(await sweeping(services)).toEqual({ done: false, sweeps: [] });
  });
});
