/** A published event as it crosses a context's border: CloudEvents attributes plus data of `libs/contracts`. No ciphertext, no person field. */
export interface Message<D = object> {
  readonly id: string;
  /** e.g. `raccordo.referrals.ReferralAccepted.v1` */
  readonly type: string;
  /** Stream id; also the ordering key. */
  readonly subject: string;
  /** Revision of the source event in its stream. */
  readonly revision: number;
  readonly region: string;
  readonly time: string;
  readonly actor: string;
  readonly organisation: string;
  readonly correlation: string;
  readonly data: D;
}

/** What a subscription receives: messages in order per key, then now and then a sign that nothing older is on its way. */
export interface Delivery {
  readonly messages: readonly Message[];
  /** The publisher had published everything committed before this instant (ISO 8601) when it wrote the heartbeat. */
  readonly heartbeat?: string;
}

/** Copy of the truth for other contexts. Adapters: in-process and kafka; both pass event-bus.contract.ts. */
export abstract class EventBus {
  /** At least once, ordered per subject. Resolves when the bus has taken the messages durably. Topic: `<context>.events.v1`. */
  abstract publish(topic: string, messages: readonly Message[]): Promise<void>;
  /** Tells every subscriber of the topic that all that was committed before `at` has been published. */
  abstract heartbeat(topic: string, at: string): Promise<void>;
  /** `group` is the consumer's name. The handler's promise is the acknowledgement: on rejection the same delivery comes again. */
  abstract subscribe(
    group: string,
    topics: readonly string[],
    handler: (topic: string, delivery: Delivery) => Promise<void>,
  ): Promise<() => Promise<void>>;
  /** Lets a group that nobody is subscribed as start again from the beginning of these topics. */
  abstract rewind(group: string, topics: readonly string[]): Promise<void>;
  /** How many messages of these topics the group has still to take. */
  abstract lag(group: string, topics: readonly string[]): Promise<number>;
  abstract close(): Promise<void>;
}

export const topicOf = (context: string): string => `${context}.events.v1`;
export const messageType = (context: string, event: string, version = 1): string => `raccordo.${context}.${event}.v${version}`;
/** `raccordo.referrals.ReferralAccepted.v1` → `ReferralAccepted` */
export const eventOf = (type: string): string => type.split('.').at(-2) ?? type;
