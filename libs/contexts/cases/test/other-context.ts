import type { Contract, Declarations, DataOfEvent } from '@contracts';
import { publish } from '@contracts';
import { MemoryEventStore } from '@platform/event-store';
import type { Clock } from '@platform/kernel';
import { type EventBus, MemoryRelayCheckpoints, Relay } from '@platform/messaging';
import { meta, someEvent } from '../../../platform/event-store/test/some-events';

/** Another context as this one knows it: what it has stored, and its relay, which carries that to the bus and says how late it is. */
export class OtherContext<D extends Declarations> {
  readonly #store = new MemoryEventStore();
  readonly #checkpoints = new MemoryRelayCheckpoints();
  readonly #lengths = new Map<string, number>();
  #relay: Relay | undefined;
  #tick: () => void = () => undefined;

  constructor(
    private readonly of: Contract<D>,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @param clock of the machine the relay runs on */
  start(clock = this.clock): void {
    this.#relay = new Relay({
      ...{ store: this.#store, bus: this.bus, context: this.of.context, checkpoints: this.#checkpoints, clock },
      toMessage: (event) => publish(this.of, event.type, event, event.data as DataOfEvent<D, string>),
      onError: () => undefined, // a bus that is cut: the relay tries again
      outage: 1,
      every: (_, tick) => {
        this.#tick = tick;
        return () => undefined;
      },
    });
    this.#relay.start();
  }

  async stop(): Promise<void> {
    await this.#relay?.stop();
  }

  /** Half a second has passed: the relay says that it lives. */
  beat(): void {
    this.#tick();
  }

  /** Something happened there. It is heard of here when the relay gets through. */
  async happened<K extends keyof D & string>(name: K, stream: string, data: DataOfEvent<D, K>): Promise<void> {
    const length = this.#lengths.get(stream) ?? 0;
    this.#lengths.set(stream, length + 1);
    const event = someEvent(0, { type: name, data: data, meta: { ...meta, at: this.clock.now() } });
    await this.#store.append(`${this.of.context}@umbria`, stream, [event], length === 0 ? 'none' : length - 1);
  }
}
