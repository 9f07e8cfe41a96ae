import type { RecordedEvent } from '@platform/kernel';
import type { Message } from '@platform/messaging';
import type { EntityManager } from 'typeorm';

/** Handles one stored event inside the transaction that also moves the checkpoint. Handling an event twice must do no harm. */
export interface EventHandler<E = RecordedEvent> {
  (event: E, tx: EntityManager): Promise<void>;
  /** The same for a run of events: those that follow one another in a page, of whatever streams, and have this same handler. */
  readonly together?: (events: readonly E[], tx: EntityManager) => Promise<void>;
}

/**
 * A handler that takes a whole run in one go, e.g. by one statement: a rebuild then waits once a page instead of once an event.
 * @param together must leave the rows that handling one by one leaves. When it fails, the run comes again one by one.
 */
export const inRuns = <E = RecordedEvent>(together: (events: readonly E[], tx: EntityManager) => Promise<void>): EventHandler<E> =>
  Object.assign((event: E, tx: EntityManager) => together([event], tx), { together });

/** Where a consumer reads from: its own context's logs (event store), or topics of other contexts (bus). */
export type Source = { readonly store: string } | { readonly topics: readonly string[] };

/**
 * A read model's or reactor's subscription. The name is the checkpoint's key and, on Kafka, the group id.
 * `handlers` by event type (store) or message type name without prefix, e.g. `ReferralAccepted` (bus); other types are passed over.
 */
export interface Consumer {
  readonly name: string;
  readonly context: string;
  readonly source: Source;
  readonly handlers: Readonly<Record<string, EventHandler<never>>>;
  /** Tables that a rebuild empties, schema-qualified. */
  readonly tables: readonly string[];
  /** A reactor issues commands: it has no tables, is never rebuilt from zero by accident, and runs outside the row transaction. */
  readonly reactor?: boolean;
}
export type StoreConsumer = Consumer & { readonly handlers: Readonly<Record<string, EventHandler<RecordedEvent>>> };
export type BusConsumer = Consumer & { readonly handlers: Readonly<Record<string, EventHandler<Message>>> };
/** The compiler asks for a handler for every event of a union. */
export type AllHandlers<E extends { type: string; data: object }> = {
  readonly [K in E['type']]: EventHandler<RecordedEvent<Extract<E, { type: K }>['data']>>;
};
