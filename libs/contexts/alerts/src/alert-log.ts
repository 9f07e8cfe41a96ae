import { Injectable } from '@nestjs/common';
import { EventStore } from '@platform/event-store';
import { type Command, type Decider, type DomainEvent, type Fact, notFound, regionOf } from '@platform/kernel';

/** A stream folded to now, and where it stands. */
export interface Folded<S> {
  readonly state: NonNullable<S>;
  readonly region: string;
  readonly at: Fact;
}

/** Reads the context's own streams: what decides comes from the log itself, never from a read model that may lag. */
@Injectable()
export class AlertLog {
  constructor(private readonly store: EventStore) {}

  async find<S, C extends Command, E extends DomainEvent, F>(decider: Decider<S, C, E, F>, stream: string): Promise<Folded<S> | undefined> {
    const events = await this.store.readStream(stream);
    const last = events.at(-1);
    const state = events.reduce((soFar, event) => decider.evolve(soFar, event as unknown as E), decider.initialState);
    return last && state ? { state, region: regionOf(last.log), at: { stream, revision: last.revision } } : undefined;
  }

  /** @throws DomainError `<noun>.not-found` */
  async get<S, C extends Command, E extends DomainEvent, F>(
    noun: string,
    decider: Decider<S, C, E, F>,
    stream: string,
  ): Promise<Folded<S>> {
    const found = await this.find(decider, stream);
    if (!found) throw notFound(noun);
    return found;
  }
}
