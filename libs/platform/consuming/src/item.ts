import type { RecordedEvent } from '@platform/kernel';
import { eventOf, type Message } from '@platform/messaging';

/** A stored event or a message, as far as consuming cares. */
export interface Item {
  /** Log or topic. */
  readonly source: string;
  /** In its log; absent for messages. */
  readonly position: string | undefined;
  readonly stream: string;
  readonly revision: number;
  /** Name of the event, by which its handler is found. */
  readonly type: string;
  readonly at: string;
  readonly message: Message | undefined;
  /** What the handler gets. */
  readonly payload: RecordedEvent | Message;
}

export const fromEvent = (event: RecordedEvent): Item => ({
  source: event.log,
  position: event.position,
  stream: event.stream,
  revision: event.revision,
  type: event.type,
  at: event.meta.at,
  message: undefined,
  payload: event,
});

export const fromMessage = (topic: string, message: Message): Item => ({
  source: topic,
  position: undefined,
  stream: message.subject,
  revision: message.revision,
  type: eventOf(message.type),
  at: message.time,
  message,
  payload: message,
});
