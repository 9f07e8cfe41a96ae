import { type Delivery, EventBus, type Message } from '../event-bus';
import { GroupReader } from './group-reader';
import type { TopicLog, TopicState } from './topic-log';

type Handler = (topic: string, delivery: Delivery) => Promise<void>;

export interface InProcessOptions {
  /** Milliseconds before a rejected delivery comes again, by number of the attempt; the last one repeats. */
  readonly delays?: readonly number[];
  readonly page?: number;
  /** Hears of deliveries that were rejected and of a log that could not be reached. */
  readonly onError?: (group: string, topic: string, error: unknown) => void;
}

/**
 * The bus of a single process, on a durable log: groups keep their place over restarts, new ones read from the beginning.
 * One look at a topic's state serves all its groups, so that an idle bus costs next to nothing.
 */
export class InProcessBus extends EventBus {
  readonly #topics = new Map<string, Topic>();
  readonly #ends = new Set<() => Promise<void>>();

  constructor(
    private readonly log: TopicLog,
    private readonly options: InProcessOptions = {},
  ) {
    super();
  }

  async publish(topic: string, messages: readonly Message[]): Promise<void> {
    if (messages.length > 0) await this.log.append(topic, messages);
  }

  heartbeat(topic: string, at: string): Promise<void> {
    return this.log.beat(topic, at);
  }

  rewind(group: string, topics: readonly string[]): Promise<void> {
    return this.log.rewind(group, topics);
  }

  async lag(group: string, topics: readonly string[]): Promise<number> {
    const behind = await Promise.all(topics.map((topic) => this.log.behind(group, topic)));
    return behind.reduce((sum, each) => sum + each, 0);
  }

  subscribe(group: string, topics: readonly string[], handler: Handler): Promise<() => Promise<void>> {
    const readers = topics.map((name) => {
      const reader = new GroupReader(this.log, group, name, (delivery) => handler(name, delivery), this.options);
      const leave = this.#topic(name).join((state) => reader.show(state));
      return { reader, leave };
    });
    const end = async (): Promise<void> => {
      this.#ends.delete(end);
      for (const { leave } of readers) leave();
      await Promise.all(readers.map(({ reader }) => reader.stop()));
    };
    this.#ends.add(end);
    return Promise.resolve(end);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#ends].map((end) => end()));
    for (const topic of this.#topics.values()) topic.close();
    await this.log.close();
  }

  #topic(name: string): Topic {
    const known = this.#topics.get(name);
    if (known) return known;
    const topic = new Topic(this.log, name);
    this.#topics.set(name, topic);
    return topic;
  }
}

/** Looks at a topic's state after each change and shows it to all groups of this process. */
class Topic {
  readonly #members = new Set<(state: TopicState) => void>();
  readonly close: () => void;
  #looking = false;
  #again = false;

  constructor(
    private readonly log: TopicLog,
    private readonly name: string,
  ) {
    this.close = log.onChange(name, () => void this.#look());
  }

  join(show: (state: TopicState) => void): () => void {
    this.#members.add(show);
    void this.#look();
    return () => void this.#members.delete(show);
  }

  async #look(): Promise<void> {
    this.#again = true;
    if (this.#looking) return;
    this.#looking = true;
    while (this.#again) {
      this.#again = false;
      // A log that cannot be reached calls again within a second.
      const state = this.#members.size > 0 ? await this.log.state(this.name).catch(() => undefined) : undefined;
      if (state) for (const show of [...this.#members]) show(state);
    }
    this.#looking = false;
  }
}
