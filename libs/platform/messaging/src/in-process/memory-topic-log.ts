import type { Message } from '../event-bus';
import { type StoredMessage, TopicLog, type TopicState } from './topic-log';

/** For specs: lasts as long as the object, beyond the bus that uses it. */
export class MemoryTopicLog extends TopicLog {
  readonly #messages = new Map<string, StoredMessage[]>();
  readonly #beats = new Map<string, TopicState['beat']>();
  readonly #places = new Map<string, string>();
  readonly #wakes = new Map<string, Set<() => void>>();

  append(topic: string, messages: readonly Message[]): Promise<void> {
    const stored = this.#messages.get(topic) ?? [];
    for (const message of structuredClone(messages)) stored.push({ position: String(stored.length + 1).padStart(16, '0'), message });
    this.#messages.set(topic, stored);
    return this.#changed(topic);
  }

  read(topic: string, after: string, limit: number): Promise<StoredMessage[]> {
    return Promise.resolve(structuredClone((this.#messages.get(topic) ?? []).slice(Number(after), Number(after) + limit)));
  }

  beat(topic: string, at: string): Promise<void> {
    const known = this.#beats.get(topic);
    if (!known || at >= known.at) this.#beats.set(topic, { at, head: this.#head(topic) });
    return this.#changed(topic);
  }

  state(topic: string): Promise<TopicState> {
    return Promise.resolve({ head: this.#head(topic), beat: this.#beats.get(topic) });
  }

  place(group: string, topic: string): Promise<string> {
    return Promise.resolve(this.#places.get(`${group} ${topic}`) ?? '');
  }

  move(group: string, topic: string, from: string, to: string): Promise<boolean> {
    const key = `${group} ${topic}`;
    const fits = (this.#places.get(key) ?? '') === from;
    if (fits) this.#places.set(key, to);
    return Promise.resolve(fits);
  }

  async behind(group: string, topic: string): Promise<number> {
    return (this.#messages.get(topic)?.length ?? 0) - Number(await this.place(group, topic));
  }

  rewind(group: string, topics: readonly string[]): Promise<void> {
    for (const topic of topics) this.#places.delete(`${group} ${topic}`);
    return Promise.resolve();
  }

  onChange(topic: string, wake: () => void): () => void {
    const wakes = this.#wakes.get(topic) ?? new Set();
    this.#wakes.set(topic, wakes.add(wake));
    return () => void wakes.delete(wake);
  }

  close(): Promise<void> {
    this.#wakes.clear();
    return Promise.resolve();
  }

  #head(topic: string): string {
    return this.#messages.get(topic)?.at(-1)?.position ?? '';
  }

  #changed(topic: string): Promise<void> {
    setImmediate(() => this.#wakes.get(topic)?.forEach((wake) => wake()));
    return Promise.resolve();
  }
}
