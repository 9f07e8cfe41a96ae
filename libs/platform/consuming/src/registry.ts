import type { RecordedEvent } from '@platform/kernel';
import type { Message } from '@platform/messaging';
import type { Consumer } from './consumer';

/** A job that looks at the clock: called every few seconds, never twice at once. Its commands are idempotent. */
export interface Timer {
  readonly name: string;
  readonly context: string;
  /** @param now the service's clock, ISO 8601 */
  tick(now: string): Promise<void>;
}

/** Where context modules announce what is to run once the application has started. */
export class ConsumerRegistry {
  readonly consumers: Consumer[] = [];
  readonly publishers = new Map<string, (event: RecordedEvent) => Message | undefined>();
  readonly timers: Timer[] = [];

  add(...consumers: readonly Consumer[]): void {
    for (const consumer of consumers) {
      if (this.consumers.some((known) => known.name === consumer.name)) throw new Error(`two consumers are called ${consumer.name}`);
      this.consumers.push(consumer);
    }
  }

  /** What of a context's events crosses its border, in public form. */
  publish(context: string, toMessage: (event: RecordedEvent) => Message | undefined): void {
    if (this.publishers.has(context)) throw new Error(`${context} is published twice`);
    this.publishers.set(context, toMessage);
  }

  every(timer: Timer): void {
    this.timers.push(timer);
  }
}
