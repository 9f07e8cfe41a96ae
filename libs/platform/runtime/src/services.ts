import type { Timer } from '@platform/consuming';
import { PostgresRelayCheckpoints, PostgresRelayLease, Relay } from '@platform/messaging';
import type { Log, Metrics, Readiness } from '@platform/observability';
import { EmbeddedVaults, RemoteVaults } from '@platform/pseudonymity';
import { SystemClock } from './clock';
import type { Foundation } from './parts';
import { STORE_ROLE } from './preparing';

const TICK = 1000;
const SWEEP = 3_600_000;

/** What runs beside the requests: read models and reactors, relays to the bus, timers, and what is said about their health. */
export class Services {
  readonly #relays: Relay[] = [];
  readonly #clocks: NodeJS.Timeout[] = [];
  readonly #ticking = new Map<string, Promise<void>>();
  #stopping = false;

  /** @param relaying false where a process of its own carries events to the bus */
  constructor(
    private readonly foundation: Foundation,
    metrics: Metrics,
    readiness: Readiness,
    private readonly log: Log,
    private readonly relaying = true,
  ) {
    const { runner, store, recorder, vaults } = foundation;
    readiness.add('event-store', async () => (await store.logs(), true));
    readiness.add('audit-spool', () => recorder.health.state === 'open');
    readiness.add('consumers', async () => (await runner.status()).every(({ state }) => state === 'running'));
    if (vaults instanceof RemoteVaults) readiness.add('vaults', () => vaults.reached);
    metrics.gauge('consumer_lag', 'Events a consumer has still to apply.', ['consumer'], async () => {
      const [statuses, topics] = await Promise.all([runner.status(), runner.topicLags()]);
      return statuses.flatMap(({ name, lag = topics.get(name) }) =>
        lag === undefined ? [] : [{ labels: { consumer: name }, value: lag }],
      );
    });
    metrics.gauge('consumer_parked', 'Events that failed and wait to be replayed.', ['consumer'], async () =>
      (await runner.status()).map(({ name, parked }) => ({ labels: { consumer: name }, value: parked })),
    );
    metrics.gauge('audit_spool_waiting', 'Entries that wait for the disk.', [], () => [{ labels: {}, value: recorder.health.waiting }]);
  }

  async start(): Promise<void> {
    const { registry, runner, store, bus, databases } = this.foundation;
    if (this.relaying) {
      const machine = new SystemClock();
      const checkpoints = new PostgresRelayCheckpoints(databases.pool(STORE_ROLE, 12));
      const lease = new PostgresRelayLease(databases.pool(STORE_ROLE, 12));
      const onError = (): void => this.log.write('warn', 'relay-failed');
      for (const [context, toMessage] of registry.publishers) {
        const relay = new Relay({ store, bus, context, toMessage, checkpoints, lease, clock: machine, onError });
        this.#relays.push(relay);
        relay.start();
      }
    }
    await runner.start(registry.consumers);
    const { recorder, clock } = this.foundation;
    this.#every(TICK, 'settle-spool', () => recorder.settle(clock.now()));
    for (const timer of registry.timers) this.#every(TICK, timer.name, () => this.#tick(timer));
    if (this.foundation.vaults instanceof EmbeddedVaults) this.#every(SWEEP, 'sweep-vaults', async () => void (await this.sweepVaults()));
  }

  /**
   * Whether every reader of a log here has looked at everything: none is behind, stopped, or has an event waiting to be replayed. Only then can
   * an abandoned value of a vault be told from one whose event has not been looked at yet.
   */
  async settled(): Promise<boolean> {
    const readers = (await this.foundation.runner.status()).filter(({ lag }) => lag !== undefined);
    return !readers.some(({ lag, parked, state }) => lag !== 0 || parked > 0 || state !== 'running');
  }

  /** Removes abandoned values of the vaults in this process. Answers whether it was done. */
  async sweepVaults(): Promise<boolean> {
    const { vaults, clock } = this.foundation;
    if (!('sweep' in vaults) || !(await this.settled())) return false;
    await vaults.sweep(clock.now());
    return true;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    for (const clock of this.#clocks) clearInterval(clock);
    await Promise.all(this.#ticking.values());
    await Promise.all(this.#relays.map((relay) => relay.stop()));
    await this.foundation.runner.stop();
  }

  #every(ms: number, name: string, work: () => Promise<void>): void {
    this.#clocks.push(
      setInterval(() => {
        if (this.#stopping || this.#ticking.has(name)) return;
        const running = work()
          .catch(() => this.log.write('warn', 'timer-failed', { consumer: name }))
          .finally(() => this.#ticking.delete(name));
        this.#ticking.set(name, running);
      }, ms),
    );
  }

  async #tick(timer: Timer): Promise<void> {
    await timer.tick(this.foundation.clock.now());
  }
}
