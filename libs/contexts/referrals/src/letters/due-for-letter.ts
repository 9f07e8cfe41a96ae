import { Injectable } from '@nestjs/common';
import { systemAuthority } from '@platform/commanding';
import { PostgresDirectory } from '@platform/directory';
import { type Authority, Clock, notFound } from '@platform/kernel';
import { type Due, Telling } from '@platform/mail';
import { DecisionLog } from '@platform/querying';
import { NOTICES, Notices } from '../notice/notices.projection';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals';
import { INBOX, ReferralInbox } from '../referral/inbox.projection';
import { OUTBOX, ReferralOutbox } from '../referral/outbox.projection';

/** Nobody is signed in: what a letter counts is what the weakest sign-in would show. */
const NOBODY_SIGNED_IN = { id: 'letter', acr: 1 } as const;
/** As many lines of each list as the page of what is to be done asks for. */
const LINES = 100;
/** As on that page: an offer that waits for an answer, or one of ours of which something was asked. */
const WAITING: readonly string[] = ['Offered', 'UnderReview'];

/**
 * How much waits for somebody: the lists of their own page, read as themselves – by the same policy, inside the same envelope of row-level
 * security – and counted. There is no second list that could know more than the page shows.
 */
@Injectable()
export class DueForLetter extends Telling {
  constructor(
    private readonly directory: PostgresDirectory,
    private readonly principals: Principals,
    private readonly policies: PolicyBook,
    private readonly inbox: ReferralInbox,
    private readonly outbox: ReferralOutbox,
    private readonly notices: Notices,
    private readonly decisions: DecisionLog,
    private readonly clock: Clock,
  ) {
    super();
  }

  goneAmong(members: readonly string[]): Promise<string[]> {
    return this.directory.disabledAmong(members);
  }

  /** @throws DomainError 503 while memberships or lists are not known to be those of this instant: a letter waits rather than guess */
  async dueFor(member: string): Promise<Due | undefined> {
    await this.principals.factsAsOfNow();
    await this.principals.envelopeAsOfNow([INBOX, OUTBOX, NOTICES]);
    const by = await this.#as(member);
    if (!by) return undefined;
    const { organisation, teams } = by.actor;
    const may = (act: string): boolean => this.policies.judge(act, by, ['own-organisation']).effect === 'permitted';
    const [referrals, notices] = [may('ListReferrals'), may('ListNotices')];
    const dues = await this.principals.as(by, async (tx) => {
      const received = referrals ? await this.inbox.list(tx, organisation, teams, LINES) : [];
      const sent = referrals ? await this.outbox.list(tx, organisation, teams, LINES) : [];
      const told = notices ? await this.notices.received(tx, by.actor, LINES) : [];
      return [
        ...received.filter(({ status }) => WAITING.includes(status)),
        ...sent.filter(({ status, unanswered }) => unanswered > 0 && WAITING.includes(status)),
        ...told.filter(({ status }) => status === 'Sent'),
      ].map(({ due }) => due);
    });
    // What has passed its deadline cannot be done any more, also while the clock has not put that on record yet.
    const open = dues.filter((due) => due === null || due > by.at);
    const [first] = open.filter((due) => due !== null).sort();
    return { count: open.length, first };
  }

  async record(member: string): Promise<void> {
    const by = await this.#as(member);
    if (!by) throw notFound('member');
    const { region, standing } = by.actor;
    const system = systemAuthority(region, this.clock, `timer|${member}`, 'TellByLetter');
    const { effect, reasons, policy } = this.policies.judge('TellByLetter', system, []);
    const facts = standing ? [standing] : [];
    await this.decisions.record(system, { act: 'TellByLetter', region, effect, reasons, policy, facts, cases: [], groups: [] });
    if (effect !== 'permitted') throw notFound('member');
  }

  /** The member as they would stand here in a session of their own; undefined for whoever could have none. */
  async #as(member: string): Promise<Authority | undefined> {
    const actor = await this.directory.actorOf(member, NOBODY_SIGNED_IN);
    return actor && { ...systemAuthority(actor.region, this.clock, `timer|${member}`, 'TellByLetter'), actor };
  }
}
