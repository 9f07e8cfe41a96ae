import { Get, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { type BasesRow, compileBases, hide, permit } from '@platform/access';
import { changesFor, ConsumerRunner } from '@platform/consuming';
import { EventStore } from '@platform/event-store';
import { Act, ContextController, type Exchange, Http, streamEvents } from '@platform/http';
import { type Authority, Clock, isStream } from '@platform/kernel';
import { Reading } from '@platform/querying';
import { ContactRows } from '../contact/contact-rows.projection';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals.projection';
import { CaseRows } from './case-rows.projection';

/** Tells an open page that a case or contact its reader may see has changed; never which, nor anything of others. */
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
          changesFor(followed, after, signal, (streams) => this.#concerns({ ...by, at: this.clock.now() }, streams)),
      }),
    );
  }

  /** By the same policy and under the same row-level security as the list. */
  async #concerns(by: Authority, streams: readonly string[]): Promise<boolean> {
    const cases = streams.filter((stream) => isStream(stream, 'case'));
    const contacts = streams.filter((stream) => isStream(stream, 'contact'));
    const policies = await this.policies.everywhere();
    return this.principals.as(by, async (tx) => {
      const authority = { actor: by.actor, purpose: by.purpose, at: by.at, withoutGrants: !this.principals.grantsCountIn(tx) };
      const seen = await this.rows.run<BasesRow>(tx, cases.length > 0 ? compileBases(policies, authority, cases) : undefined);
      return seen.length > 0 || (contacts.length > 0 && (await this.contacts.holds(tx, by.actor.organisation, contacts)));
    });
  }
}
