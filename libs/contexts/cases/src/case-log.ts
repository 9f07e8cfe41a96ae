import { Injectable } from '@nestjs/common';
import { EventStore } from '@platform/event-store';
import { type Decider, type DomainEvent, type Command, type Fact, regionOf } from '@platform/kernel';
import type { Case, CaseEvent, OpenedCase } from './case/case';
import type { CaseCommand } from './case/case-commands';
import type { CaseFacts } from './case/case-facts';
import { caseDecider } from './case/case.decider';

/** A stream folded to now (or to a revision), and where it stands. */
export interface Folded<S> {
  readonly state: S;
  readonly region: string;
  readonly at: Fact;
  /** When its last event was decided. */
  readonly changedAt: string;
}

/** Reads the context's own streams: what decides comes from the log itself, never from a read model that may lag. */
@Injectable()
export class CaseLog {
  constructor(private readonly store: EventStore) {}

  /** Undefined for a stream without events. */
  async fold<S, C extends Command, E extends DomainEvent, F>(
    decider: Decider<S, C, E, F>,
    stream: string,
    to?: number,
  ): Promise<Folded<S> | undefined> {
    const events = await this.store.readStream(stream, to === undefined ? {} : { to });
    const last = events.at(-1);
    if (!last) return undefined;
    const state = events.reduce((soFar, event) => decider.evolve(soFar, event as unknown as E), decider.initialState);
    return { state, region: regionOf(last.log), at: { stream, revision: last.revision }, changedAt: last.meta.at };
  }

  /** Where a stream of any noun stands; undefined for one without events. */
  async whereabouts(stream: string): Promise<{ region: string; at: Fact } | undefined> {
    const last = (await this.store.readStream(stream)).at(-1);
    return last && { region: regionOf(last.log), at: { stream, revision: last.revision } };
  }

  /** An opened case, or undefined. */
  async case(stream: string): Promise<Folded<OpenedCase> | undefined> {
    const found = await this.fold<Case, CaseCommand, CaseEvent, CaseFacts>(caseDecider, stream);
    return found?.state ? { ...found, state: found.state } : undefined;
  }
}
