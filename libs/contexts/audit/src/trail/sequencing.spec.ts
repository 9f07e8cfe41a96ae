import { MemoryEventStore } from '@platform/event-store';
import { setImmediate as turn } from 'node:timers/promises';
import { anEvent, streamOf } from '../../test/audit-world';
import { LogRewritten } from './log-keys';
import type { Round, Sequencer } from './sequencer';
import { Sequencing, type SequencingHealth } from './sequencing';

const idle: Round = { more: false, elsewhere: false };

describe('sequencing', () => {
  const running: Sequencing[] = [];
  const store = new MemoryEventStore();
  afterEach(() => Promise.all(running.splice(0).map((one) => one.stop())));
  afterAll(() => store.close());

  /** Runs with sequencers that answer each round from a list; its last answer is repeated. */
  const sequencing = (rounds: Record<string, (Round | Error)[]>, regions: string[] = Object.keys(rounds)) => {
    const done: string[] = [];
    const told: SequencingHealth[] = [];
    const round = (region: string): Promise<Round> => {
      done.push(region);
      const list = rounds[region] ?? [];
      const next = list.length > 1 ? list.shift() : list[0];
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next ?? idle);
    };
    const one = new Sequencing(
      store,
      () => regions,
      (region) => ({ region, round: () => round(region) }) as Sequencer,
      (health) => told.push(health),
    );
    running.push(one);
    return { one, done, told, regions };
  };
  const until = async (hoped: () => boolean): Promise<void> => {
    for (let n = 0; n < 100_000 && !hoped(); n++) await turn();
    expect(hoped()).toBe(true);
  };

  it('goes on with a region while there is more, then turns to the next', async () => {
    const more = { more: true, elsewhere: false };
    const { one, done } = sequencing({ umbria: [more, more, idle], toscana: [idle] });
    one.start();
    await until(() => done.length >= 4);
    expect(done.slice(0, 4)).toEqual(['umbria', 'umbria', 'umbria', 'toscana']);
    expect(one.health).toEqual(['umbria', 'toscana'].map((region) => ({ region, state: 'working' })));
  });

  it('looks again as soon as something is appended, and at new regions too', async () => {
    const { one, done, regions } = sequencing({ umbria: [idle], toscana: [idle] }, ['umbria']);
    one.start();
    await until(() => done.length === 1);
    regions.push('toscana');
    await store.append('cases@umbria', streamOf('case', 1), [anEvent('CaseOpened')], 'any');
    await until(() => done.includes('toscana'));
  });

  it('leaves alone a log that was rewritten, says so once, and serves the other regions', async () => {
    const { one, done, told } = sequencing({ umbria: [new LogRewritten('umbria', 'log.differs', 'it was rewritten')], toscana: [idle] });
    one.start();
    await until(() => done.includes('toscana'));
    for (let n = 0; n < 3; n++) {
      const seen = done.length;
      await store.append('cases@umbria', streamOf('case', 1), [anEvent('CaseOpened')], 'any');
      await until(() => done.length > seen);
    }
    expect(done.filter((region) => region === 'umbria')).toHaveLength(1);
    expect(told).toEqual([
      { region: 'umbria', state: 'stopped', code: 'log.differs', why: expect.stringContaining('it was rewritten') as unknown },
    ]);
  });

  it('tries again after any other failure, and says once that it waits', async () => {
    const { one, done, told } = sequencing({ umbria: [new Error('the database is down'), new Error('the database is down'), idle] });
    one.start();
    while (done.length < 3) {
      await store.append('cases@umbria', streamOf('case', 1), [anEvent('CaseOpened')], 'any');
      await turn();
    }
    await until(() => one.health[0]?.state === 'working');
    expect(told).toEqual([{ region: 'umbria', state: 'waiting', code: 'unknown', why: 'the database is down' }]);
  });

  it('knows when another process has the turn', async () => {
    const { one } = sequencing({ umbria: [{ more: false, elsewhere: true }] });
    one.start();
    await until(() => one.health[0]?.state === 'elsewhere');
  });

  it('ends for good when it is stopped, and starts once', async () => {
    const { one, done } = sequencing({ umbria: [idle] });
    one.start();
    one.start();
    await until(() => done.length > 0);
    await one.stop();
    const seen = done.length;
    one.start();
    await store.append('cases@umbria', streamOf('case', 1), [anEvent('CaseOpened')], 'any');
    for (let n = 0; n < 50; n++) await turn();
    expect(done).toHaveLength(seen);
  });

  it('drains every region when asked, and tells of a failure', async () => {
    const more = { more: true, elsewhere: false };
    const { one, done } = sequencing({ umbria: [more, idle], toscana: [idle] });
    await one.drain();
    expect(done).toEqual(['umbria', 'umbria', 'toscana']);
    await expect(sequencing({ umbria: [new LogRewritten('umbria', 'log.differs', 'x')] }).one.drain()).rejects.toThrow(LogRewritten);
  });
});
