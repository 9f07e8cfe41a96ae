import { EventStore } from '@platform/event-store';
import { type Command, type Decider, type DomainEvent, type Fact, type Grounded, logName, regionOf } from '@platform/kernel';
import { Injectable } from '@nestjs/common';
import { memberStanding, type MemberStanding } from './member/member';
import { memberDecider } from './member/member.decider';
import { type OrganisationStanding, standingOf } from './organisation/organisation';
import { organisationDecider } from './organisation/organisation.decider';
import type { Region } from './region/region';
import { regionDecider } from './region/region.decider';
import { type TeamStanding, teamStanding } from './team/team';
import { teamDecider } from './team/team.decider';

/** A stream folded to now, and where it stands. */
export interface Folded<S> {
  readonly state: S;
  readonly region: string;
  readonly at: Fact;
}

/** Reads the context's own streams: what decides comes from the log itself, never from a read model that may lag. */
@Injectable()
export class Streams {
  constructor(private readonly store: EventStore) {}

  /** Undefined for a stream without events. */
  async fold<S, C extends Command, E extends DomainEvent, F>(decider: Decider<S, C, E, F>, stream: string): Promise<Folded<S> | undefined> {
    const events = await this.store.readStream(stream);
    const last = events.at(-1);
    if (!last) return undefined;
    const state = events.reduce((soFar, event) => decider.evolve(soFar, event as unknown as E), decider.initialState);
    return { state, region: regionOf(last.log), at: { stream, revision: last.revision } };
  }

  /** The region of that slug: its own log begins with its registration. Undefined while nobody registered it. */
  async region(slug: string): Promise<Folded<Region> | undefined> {
    const [first] = await this.store.readLog(logName('regions', slug), undefined, 1);
    const folded = first?.type === 'RegionRegistered' ? await this.fold(regionDecider, first.stream) : undefined;
    return folded?.state.region === slug ? folded : undefined;
  }

  organisations = (ids: readonly string[]): Promise<Grounded<Map<string, OrganisationStanding>>> =>
    this.#standings(ids, organisationDecider, standingOf);
  members = (ids: readonly string[]): Promise<Grounded<Map<string, MemberStanding>>> => this.#standings(ids, memberDecider, memberStanding);
  teams = (ids: readonly string[]): Promise<Grounded<Map<string, TeamStanding>>> => this.#standings(ids, teamDecider, teamStanding);

  async #standings<S, C extends Command, E extends DomainEvent, F, T>(
    ids: readonly string[],
    decider: Decider<S, C, E, F>,
    standing: (id: string, state: S) => T | undefined,
  ): Promise<Grounded<Map<string, T>>> {
    const value = new Map<string, T>();
    const facts: Fact[] = [];
    for (const id of new Set(ids)) {
      const folded = await this.fold(decider, id);
      const found = folded && standing(id, folded.state);
      if (!folded || found === undefined) continue;
      value.set(id, found);
      facts.push(folded.at);
    }
    return { value, facts };
  }
}
