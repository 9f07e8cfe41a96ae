import type { Message } from '../event-bus';

export interface StoredMessage {
  /** Orders a topic; opaque, comparable as text. */
  readonly position: string;
  readonly message: Message;
}

/** How far a topic has come. */
export interface TopicState {
  /** Position of its last message; empty while there is none. */
  readonly head: string;
  /** The last heartbeat, and the head when it was written: it holds once everything up to there has been delivered. */
  readonly beat?: { readonly at: string; readonly head: string };
}

/** A durable log per topic and a place per group: what the in-process bus stands on. Variants: Postgres, memory (for specs). */
export abstract class TopicLog {
  abstract append(topic: string, messages: readonly Message[]): Promise<void>;
  /** Messages after a position (empty: from the beginning), in order, without gaps. */
  abstract read(topic: string, after: string, limit: number): Promise<StoredMessage[]>;
  abstract beat(topic: string, at: string): Promise<void>;
  abstract state(topic: string): Promise<TopicState>;
  /** Where a group stands; empty at the beginning. */
  abstract place(group: string, topic: string): Promise<string>;
  /** @returns false when the group stood elsewhere: another worker moved it */
  abstract move(group: string, topic: string, from: string, to: string): Promise<boolean>;
  /** How many messages are beyond a group's place. */
  abstract behind(group: string, topic: string): Promise<number>;
  abstract rewind(group: string, topics: readonly string[]): Promise<void>;
  /** Calls back soon after a change and at least once a second. */
  abstract onChange(topic: string, wake: () => void): () => void;
  abstract close(): Promise<void>;
}
