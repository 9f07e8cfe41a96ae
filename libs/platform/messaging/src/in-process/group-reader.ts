import type { Delivery } from '../event-bus';
import type { InProcessOptions } from './in-process-bus';
import type { TopicLog, TopicState } from './topic-log';

const DELAYS = [50, 200, 1000, 5000];

/** One group on its way through one topic: a delivery at a time, its place moved only after the handler took it. */
export class GroupReader {
  readonly #page: number;
  readonly #delays: readonly number[];
  #state: TopicState = { head: '' };
  /** Undefined until it is read, and again after somebody else moved it. */
  #place: string | undefined;
  #beat = '';
  #stopped = false;
  #notify: () => void = () => undefined;
  readonly #running: Promise<void>;

  constructor(
    private readonly log: TopicLog,
    private readonly group: string,
    private readonly topic: string,
    private readonly handle: (delivery: Delivery) => Promise<void>,
    private readonly options: InProcessOptions,
  ) {
    this.#page = options.page ?? 500;
    this.#delays = options.delays ?? DELAYS;
    this.#running = this.#run();
  }

  show(state: TopicState): void {
    this.#state = state;
    this.#notify();
  }

  /** Resolves after the delivery that is being handled. */
  stop(): Promise<void> {
    this.#stopped = true;
    this.#notify();
    return this.#running;
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#stopped;) {
      try {
        const next = this.#next();
        if (next === 'nothing') await this.#woken();
        else if (next === 'messages') await this.#deliver();
        else await this.#tell(next.at);
        failures = 0;
      } catch (error) {
        this.options.onError?.(this.group, this.topic, error);
        await this.#pause(this.#delays[Math.min(failures++, this.#delays.length - 1)] ?? 0);
      }
    }
  }

  #next(): 'messages' | 'nothing' | { at: string } {
    const { head, beat } = this.#state;
    if (this.#place === undefined || this.#place < head) return 'messages';
    return beat && beat.at > this.#beat ? beat : 'nothing'; // no heartbeat is ahead of its topic's head
  }

  async #deliver(): Promise<void> {
    const from = (this.#place ??= await this.log.place(this.group, this.topic));
    const page = await this.log.read(this.topic, from, this.#page);
    const to = page.at(-1)?.position;
    if (to === undefined) return;
    const { beat } = this.#state;
    const heartbeat = beat && beat.at > this.#beat && to >= beat.head ? beat.at : undefined;
    await this.handle({ messages: page.map(({ message }) => message), ...(heartbeat ? { heartbeat } : {}) });
    const moved = await this.log.move(this.group, this.topic, from, to);
    this.#place = moved ? to : undefined;
    if (moved && heartbeat) this.#beat = heartbeat;
  }

  async #tell(heartbeat: string): Promise<void> {
    await this.handle({ messages: [], heartbeat });
    this.#beat = heartbeat;
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => (this.#notify = resolve));
  }

  /** Ends early when the reader is stopped. */
  async #pause(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
      this.#notify = () => this.#stopped && resolve();
    });
    clearTimeout(timer);
  }
}
