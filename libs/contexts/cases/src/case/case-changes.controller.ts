import { Get, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { allPartsShown, type BasesRow, compileBases, hide, permit, placeOf, policyOf, type Views, viewsOfRow } from '@platform/access';
import { changesFor, ConsumerRunner, streamsOf } from '@platform/consuming';
import { EventStore } from '@platform/event-store';
import { Act, ContextController, type Exchange, Http, streamEvents } from '@platform/http';
import { type Actor, type Authority, Clock, isStream, type RecordedEvent } from '@platform/kernel';
import { Reading } from '@platform/querying';
import type { AccessGrantEvent } from '../access-grant/access-grant';
import { ContactRows } from '../contact/contact-rows.projection';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals.projection';
import type { CaseEvent } from './case';
import { partsChangedBy } from './case-content';
import { CaseRows } from './case-rows.projection';

/** Tells an open page that something its reader may see of a case or contact has changed; never which, nor anything of others. */
@ContextController('changes/cases', 'Cases')
export class CaseChangesController {
  constructor(
    private readonly store: EventStore,
    private readonly runner: ConsumerRunner,
    private readonly clock: Clock,
    private readonly principals: Principals,
    private readonly policies: PolicyBook,
    private readonly rows: CaseRows,
    private readonly contacts: ContactRows,
    private readonly reading: Reading,
  ) {}

  @Get()
  @Act('FollowCases')
  @ApiExcludeEndpoint()
  follow(@Http() { by }: Exchange, @Req() request: Request, @Res() response: Response): Promise<void> {
    const grounds = { policy: this.policies.shipped.hash, reasons: ['list.need-to-know'], facts: [] };
    const judgement = by.actor.roles.length > 0 ? permit(grounds) : hide(grounds);
    const question = { act: 'FollowCases', noun: 'case', region: by.actor.region, judgement, cases: [], groups: [] };
    const followed = {
      store: this.store,
      runner: this.runner,
      context: 'cases',
      consumers: ['case-access', 'case-file', 'case-history', 'contacts'],
    };
    return this.reading.show(by, question, () =>
      streamEvents(request, response, {
        source: (after, signal) =>
          changesFor(followed, after, signal, (streams, events) => this.#concerns({ ...by, at: this.clock.now() }, streams, events)),
      }),
    );
  }

  /** By the same policy and under the same row-level security as the list. */
  async #concerns(by: Authority, streams: readonly string[], events: readonly RecordedEvent[]): Promise<boolean> {
    const cases = streams.filter((stream) => isStream(stream, 'case'));
    const contacts = streams.filter((stream) => isStream(stream, 'contact'));
    if (events.some((event) => takesAway(by.actor, event))) return true;
    const policies = await this.policies.everywhere();
    return this.principals.as(by, async (tx) => {
      const authority = { actor: by.actor, purpose: by.purpose, at: by.at, withoutGrants: !this.principals.grantsCountIn(tx) };
      const seen = await this.rows.run<BasesRow>(tx, cases.length > 0 ? compileBases(policies, authority, cases) : undefined);
      return (
        seen.some((row) => shows(row, viewsOfRow(policyOf(policies, row.region), authority, row).views, events)) ||
        (contacts.length > 0 && (await this.contacts.holds(tx, by.actor.organisation, contacts)))
      );
    });
  }
}

/**
 * Whether somebody who sees a case through these views sees that something of these events happened. Whoever keeps the file sees everything about it;
 * everybody else what changes in the parts they see, and what becomes of their own grants: not that others were asked, let in or turned away.
 */
export function shows({ case_id, bases }: Pick<BasesRow, 'case_id' | 'bases'>, views: Views, events: readonly RecordedEvent[]): boolean {
  const keeps = bases.some(({ relation }) => relation === 'custodian-team');
  const grants = bases.flatMap(({ grant }) => (grant === undefined ? [] : [grant.split('|')[0]]));
  const seen = new Set(allPartsShown(views).map(placeOf));
  return events
    .filter((event) => streamsOf(event).includes(case_id))
    .some((event) => {
      if (keeps || grants.includes(event.stream)) return true;
      return event.stream === case_id && partsChangedBy(event as RecordedEvent & CaseEvent).some((part) => seen.has(placeOf(part)));
    });
}

/** Whether an event takes from this very reader what they saw: an open page of theirs must not go on showing it. */
export function takesAway(actor: Pick<Actor, 'member' | 'teams'>, { type, data }: Pick<RecordedEvent, 'type' | 'data'>): boolean {
  const { member, members = [], team } = data as { member?: unknown; members?: readonly string[]; team?: string };
  if (type === 'PersonRecused') return member === actor.member;
  if (!LESS.includes(type)) return false;
  return members.includes(actor.member) || (team !== undefined && actor.teams.includes(team));
}
const LESS: readonly string[] = ['AccessNarrowed', 'AccessRevoked', 'AccessExpired'] satisfies AccessGrantEvent['type'][];
