import type { Timer } from '@platform/consuming';
import { PostgresRelayCheckpoints, PostgresRelayLease, Relay } from '@platform/messaging';
import type { Log, Metrics, Readiness } from '@platform/observability';
import type { FailedSignIn } from '@platform/sign-in';
import { SystemClock } from './clock';
import type { Foundation } from './parts';

const TICK = 1000;
const SWEEP = 3_600_000;

/** What runs beside the requests: read models and reactors, relays to the bus, timers, and what is said about their health. */
export class Services {
  readonly #relays: Relay[] = [];
  readonly #clocks: NodeJS.Timeout[] = [];
  readonly #ticking = new Map<string, Promise<void>>();
  #stopping = false;

  constructor(
    private readonly foundation: Foundation,
    metrics: Metrics,
    readiness: Readiness,
    private readonly log: Log,
  ) {
    const { runner, store, recorder } = foundation;
    readiness.add('event-store', async () => (await store.logs(), true));
    readiness.add('audit-spool', () => recorder.health.state === 'open');
    readiness.add('consumers', async () => (await runner.status()).every(({ state }) => state === 'running'));
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
    const machine = new SystemClock();
    const checkpoints = new PostgresRelayCheckpoints(databases.pool('raccordo_store', 12));
    const lease = new PostgresRelayLease(databases.pool('raccordo_store', 12));
    const onError = (): void => this.log.write('warn', 'relay-failed');
    for (const [context, toMessage] of registry.publishers) {
      const relay = new Relay({ store, bus, context, toMessage, checkpoints, lease, clock: machine, onError });
      this.#relays.push(relay);
      relay.start();
    }
    await runner.start(registry.consumers);
    for (const timer of registry.timers) this.#every(TICK, timer.name, () => this.#tick(timer));
    this.#every(SWEEP, 'sweep-vaults', async () => void (await this.sweepVaults()));
  }

  /**
   * Removes abandoned values. An abandoned value cannot be told from one whose event has not been looked at yet, so nothing is swept while any
   * reader of a log is behind, stopped, or has an event waiting to be replayed. Answers whether it was done.
   */
  async sweepVaults(): Promise<boolean> {
    const { runner, vaults, clock } = this.foundation;
    const readers = (await runner.status()).filter(({ lag }) => lag !== undefined);
    if (readers.some(({ lag, parked, state }) => lag !== 0 || parked > 0 || state !== 'running')) return false;
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

  /** Failed sign-ins stand in the trail without a name; floods of them are folded by the recorder. */
  async failedSignIn({ reason, at, request, from }: FailedSignIn): Promise<void> {
    const [region] = this.foundation.vaults.regions();
    if (region === undefined) return;
    const nobody = { actor: 'anonymous', organisation: 'anonymous', role: 'none', session: from, acr: 0 };
    const nothing = { policy: '', facts: [], cases: [], groups: [], commitments: [] };
    const entry = {
      v: 1 as const,
      at,
      region,
      request,
      ...nobody,
      act: 'SignIn',
      purpose: 'none',
      effect: 'denied' as const,
      reasons: [reason],
      ...nothing,
    };
    // The person was not let in anyway: a trail that cannot take this entry must not turn it into an error page.
    await this.foundation.recorder.record(entry).catch(() => this.log.write('warn', 'audit-unavailable'));
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
