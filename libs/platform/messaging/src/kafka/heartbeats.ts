/**
 * How a heartbeat is told only after everything that was published before it, in every partition.
 *
 * A mark in each partition of the topic would do, but events are kept for ever and two marks a second would soon outweigh them. So a heartbeat
 * is a record in a topic of its own beside the events (`cases.heartbeats.v1`, compacted: only the last one counts) that says where each
 * partition ended when it was written. Whoever has published before has had its acknowledgement of all in-sync replicas, and a leader answers
 * where a partition ends with its high watermark; a new leader that may not know it yet refuses to answer (KIP-207). A leader that was cut off from
 * the others may still answer what was true before: so what this process itself has had acknowledged counts, where it is more. Hence everything
 * that was published before the heartbeat lies below those ends.
 *
 * A group may tell the heartbeat once all its places are at or beyond these ends, whichever process holds which partition: what other members
 * have done is read from the offsets they have committed, after their rows. Every member reads all heartbeats: `everybodys-heartbeats` hands
 * their partition to each of them.
 */
export interface Beat {
  readonly at: string;
  /** Partition → end, for those that hold anything. */
  readonly ends: Readonly<Record<string, string>>;
}

export function heartbeatTopicOf(topic: string): string {
  if (!topic.includes('.events.')) throw new Error(`${topic} is no topic of events`);
  return topic.replace('.events.', '.heartbeats.');
}
export const isHeartbeatTopic = (topic: string): boolean => topic.includes('.heartbeats.');

/** @param acknowledged partition → offset after the last message this process knows to be published */
export function beatOf(
  at: string,
  partitions: readonly { partition: number; low: string; high: string }[],
  acknowledged: ReadonlyMap<number, bigint>,
): Beat {
  const ends = partitions.flatMap(({ partition, low, high }) => {
    const [told, known] = [BigInt(high), acknowledged.get(partition) ?? 0n];
    const end = known > told ? known : told;
    return end > BigInt(low) ? [[String(partition), String(end)] as const] : []; // an empty one needs no place
  });
  return { at, ends: Object.fromEntries(ends) };
}

/** Most heartbeats that wait for a group that is behind; then every other one is dropped, never the oldest nor the newest. */
const WAITING = 64;

export const readBeat = (value: Buffer | null): Beat | undefined => {
  try {
    const { at, ends } = JSON.parse(value?.toString() ?? '') as Beat;
    return typeof at === 'string' && typeof ends === 'object' && ends !== null ? { at, ends } : undefined;
  } catch {
    return undefined; // told by nobody, and the next one comes soon
  }
};

/** Heartbeats of one topic that a group has heard of, and how far the group has come. */
export class Beats {
  #waiting: Beat[] = [];
  #told = '';
  readonly #places = new Map<string, bigint>();

  hear(beat: Beat): void {
    const last = this.#waiting.at(-1)?.at ?? this.#told;
    if (beat.at <= last) return;
    this.#waiting.push(beat);
    if (this.#waiting.length > WAITING) this.#waiting = this.#waiting.filter((_, n) => n % 2 === 0);
  }

  /** Everything below this offset has been taken by the group: that never becomes untrue, whoever took it. */
  reached(partition: number | string, offset: bigint): void {
    const known = this.#places.get(String(partition));
    if (known === undefined || offset > known) this.#places.set(String(partition), offset);
  }

  knows(partition: string): boolean {
    return this.#places.has(partition);
  }

  /** The newest heartbeat that may be told now. */
  get due(): string | undefined {
    return this.#waiting.findLast((beat) => this.#missing(beat).length === 0)?.at;
  }

  /** Partitions that keep the oldest waiting heartbeat from being told. */
  get missing(): string[] {
    const [oldest] = this.#waiting;
    return oldest ? this.#missing(oldest) : [];
  }

  told(at: string): void {
    if (at > this.#told) this.#told = at;
    this.#waiting = this.#waiting.filter((beat) => beat.at > this.#told);
  }

  #missing({ ends }: Beat): string[] {
    return Object.keys(ends).filter((partition) => (this.#places.get(partition) ?? 0n) < BigInt(ends[partition] ?? 0));
  }
}
