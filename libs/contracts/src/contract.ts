import { type DomainEvent, type RecordedEvent, regionOf } from '@platform/kernel';
import { type DataOf, faultsOf, type Shape } from './fields';

/** A version of an event and its fields. */
export interface Declared<S extends Shape = Shape> {
  readonly version: number;
  readonly fields: S;
  /** Version → data of the next one, for each version before this one: events are kept for ever, and older ones are still read. */
  readonly upcasters?: Readonly<Record<number, Upcaster>>;
}
/** Pure, and from one version to the next. */
export type Upcaster = (data: Readonly<Record<string, unknown>>) => object;
export type Declarations = Readonly<Record<string, Declared>>;

/** Version 1 of an event. A changed shape is a new version; a changed meaning is a new event. */
export const v1 = <const S extends Shape>(fields: S): Declared<S> => ({ version: 1, fields });
/** A later version of an event. What is published needs an upcaster from each version before it. */
export const version = <const S extends Shape>(
  number: number,
  fields: S,
  upcasters: Readonly<Record<number, Upcaster>> = {},
): Declared<S> => ({
  version: number,
  fields,
  upcasters,
});

/** The events a noun stores, from their declarations: rules and state lean on these types. */
export type EventsOf<D extends Declarations> = { [K in keyof D & string]: DomainEvent<K, DataOf<D[K]['fields']>> }[keyof D & string];
export type DataOfEvent<D extends Declarations, K extends keyof D> = DataOf<D[K]['fields']>;

/** Declares the events of a noun as they are stored. `EventsOf<typeof …>` is their union type. */
export const stored = <const D extends Declarations>(events: D): D => events;

/** What one context tells the others. */
export interface Contract<D extends Declarations = Declarations> {
  readonly context: string;
  /** `<context>.events.v1` */
  readonly topic: string;
  readonly events: D;
}

/** Declares the events a context publishes. */
export const contract = <const D extends Declarations>(context: string, events: D): Contract<D> => ({
  context,
  topic: `${context}.events.v1`,
  events,
});

export const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' && value !== null && 'topic' in value && 'events' in value;

/** A published event in the form of the bus (CloudEvents attributes and data): assignable to `Message` of the messaging lib. */
export interface Published<D = object> {
  readonly id: string;
  /** e.g. `raccordo.referrals.ReferralAccepted.v1` */
  readonly type: string;
  readonly subject: string;
  readonly revision: number;
  readonly region: string;
  readonly time: string;
  readonly actor: string;
  readonly organisation: string;
  readonly correlation: string;
  readonly data: D;
}

/**
 * The public form of a stored event: only declared fields leave.
 * @throws Error when the data do not fit what the contract promises: better silent than wrong
 */
export function publish<D extends Declarations, K extends keyof D & string>(
  of: Contract<D>,
  name: K,
  event: RecordedEvent,
  data: DataOfEvent<D, K>,
): Published<DataOfEvent<D, K>> {
  const declared = of.events[name];
  if (!declared) throw new Error(`${of.context} publishes no ${name}`);
  const faults = faultsOf(declared.fields, data);
  if (faults.length > 0) throw new Error(`${name} at ${event.stream} revision ${event.revision} breaks its contract: ${faults.join('; ')}`);
  return {
    id: event.id,
    type: `raccordo.${of.context}.${name}.v${declared.version}`,
    subject: event.stream,
    revision: event.revision,
    region: regionOf(event.log),
    time: event.meta.at,
    actor: event.meta.actor,
    organisation: event.meta.organisation,
    correlation: event.meta.correlation,
    data,
  };
}

/** A published event of a contract by its name, as a consumer's handler receives it. */
export type PublishedOf<C extends Contract, K extends keyof C['events']> = Published<DataOfEvent<C['events'], K>>;

/** The event name inside a message type: `raccordo.referrals.ReferralAccepted.v1` → `ReferralAccepted`. */
export const eventNameOf = (type: string): string => type.split('.')[2] ?? '';
