import type { Delivery, Message } from '../src/event-bus';
import { someMessage } from './some-messages';

/** Collects what a group gets. */
export class Inbox {
  readonly deliveries: Delivery[] = [];
  readonly handle = (_topic: string, delivery: Delivery): Promise<void> => {
    this.deliveries.push(delivery);
    return Promise.resolve();
  };
  get messages(): Message[] {
    return this.deliveries.flatMap(({ messages }) => [...messages]);
  }
  get heartbeats(): string[] {
    return this.deliveries.flatMap(({ heartbeat }) => heartbeat ?? []);
  }
}

export const revisions = (messages: readonly Message[], subject: string): number[] =>
  messages.filter((message) => message.subject === subject).map(({ revision }) => revision);
export const run = (subject: string, from: number, count: number): Message[] =>
  Array.from({ length: count }, (_, n) => someMessage(subject, from + n));
export const until = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** What a consumer keeps of each stream whatever is repeated, and where something was left out or came too early. */
export class Ledger {
  readonly gaps: string[] = [];
  readonly #last = new Map<string, number>();
  #count = 0;
  take({ subject, revision }: Message): void {
    const last = this.#last.get(subject) ?? -1;
    if (revision <= last) return;
    if (revision > last + 1) this.gaps.push(`${subject} ${revision} after ${last}`);
    this.#last.set(subject, revision);
    this.#count += 1;
  }
  get count(): number {
    return this.#count;
  }
}
