import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type PublishedOf, referralsContract } from '@contracts';
import { systemAuthority, uuidOf } from '@platform/commanding';
import type { Consumer } from '@platform/consuming';
import { Clock, type Command, DomainError, type FieldGroup, type Purpose } from '@platform/kernel';
import { Bases } from '../bases';
import type { BasisFact } from '../basis';
import { LinkCases, OpenCase } from '../case/case-commands';
import { Principals, unavailable } from '../principals.projection';
import { GrantAccess, RevokeAccess } from './access-grant.decider';
import type { Relation } from './access-grant';
import { GrantRows } from './grant-rows.projection';

type Told<K extends keyof (typeof referralsContract)['events']> = PublishedOf<typeof referralsContract, K>;
type Disclosed = Told<'ReferralSummaryDisclosed'> | Told<'ReferralAccepted'>;

/** What stage 1 may at most show: nothing else of a basis is used for it. */
const STAGE_1: readonly FieldGroup[] = ['REF', 'ID', 'EXP', 'NEED', 'TERR'];

/**
 * A referral that went on becomes grants in the case's own log, each checked there against the basis in force at that moment; one that
 * ended ends them. A referral that is taken jointly makes the receiver open its own, linked case.
 */
@Injectable()
export class GrantWhenReferred {
  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
    private readonly bases: Bases,
    private readonly principals: Principals,
    private readonly rows: GrantRows,
  ) {}

  consumer(): Consumer {
    const ended = (message: Told<'ReferralClosed'>): Promise<void> => this.#end(message);
    return {
      name: 'grant-when-referred',
      context: 'cases',
      source: { topics: [referralsContract.topic] },
      reactor: true,
      tables: [],
      handlers: {
        ReferralSummaryDisclosed: (message: Told<'ReferralSummaryDisclosed'>) =>
          this.#grant(message, 'referral-stage-1', 'referral_assessment', STAGE_1, message.data.expires),
        ReferralAccepted: (message: Told<'ReferralAccepted'>) => this.#accepted(message),
        ReferralClosed: ended,
        ReferralClosedByClock: ended,
        ReferralDeclined: ended,
        ReferralRedirected: ended,
        ReferralWithdrawn: ended,
        ReferralExpired: ended,
        ReferralReturned: ended,
      },
    };
  }

  async #accepted(message: Told<'ReferralAccepted'>): Promise<void> {
    const { mode, groups, purpose } = message.data;
    if (mode === 'joint') await this.#openLinked(message);
    await this.#grant(message, 'referral-accepted', purpose, groups);
  }

  /** One grant for each basis that carries the purpose; where none does, none is given, and the refusal is on record. */
  async #grant(message: Disclosed, relation: Relation, purpose: Purpose, most: readonly FieldGroup[], until?: string): Promise<void> {
    const { case: of, organisation, members, bases, referral, service } = message.data;
    const known = await Promise.all(bases.map((ref) => this.bases.find(ref)));
    const carrying = known.flatMap((found) =>
      found && found.value.purpose === purpose && found.value.recipient === organisation ? [found.value] : [],
    );
    for (const basis of carrying) {
      const groups = most.filter((group) => basis.groups.includes(group));
      if (groups.length === 0) continue;
      const id = `accessGrant-${uuidOf(`${message.id}|${basis.ref}`)}`;
      const scope = { case: of, organisation, members, relation, groups, purpose, referral, service };
      await this.#issue(
        message,
        new GrantAccess(id, { ...scope, basis: { kind: basis.kind, ref: basis.ref }, expires: sooner(basis, until) }),
      );
    }
  }

  /** Nothing is copied: the new case is the receiver's own, and only the link says that they belong together. */
  async #openLinked(message: Told<'ReferralAccepted'>): Promise<void> {
    const { case: of, organisation, team, region, members, referral, linkId } = message.data;
    const [responsible] = members;
    if (linkId === undefined || team === undefined || responsible === undefined) return;
    const id = `case-${uuidOf(`${message.id}|linked`)}`;
    const custodian = { organisation, team, region };
    const body = {
      custodian,
      responsible,
      ageBand: 'unknown' as const,
      language: 'und',
      urgent: false,
      refs: [],
      origin: referral,
      linkId,
    };
    await this.#issue(message, new OpenCase(id, body), region);
    await this.#issue(message, new LinkCases(of, { linkId, reason: 'joint_referral' }));
  }

  async #end(message: Told<'ReferralClosed'>): Promise<void> {
    // A grant that is stored but not yet in its row would be passed over: rather try again.
    if (!(await this.principals.caughtUp(5000))) throw unavailable('case.not-caught-up', 'The rows of grants are behind their log.');
    const grants = await this.rows.ofReferral(message.data.referral);
    for (const stream of grants) await this.#issue(message, new RevokeAccess(stream, { reason: 'referral_ended' }));
  }

  async #issue(message: Pick<Disclosed, 'id' | 'region' | 'correlation'>, command: Command, region?: string): Promise<void> {
    const by = systemAuthority(region ?? message.region, this.clock, message.id, `${command.kind}|${command.id}`, {
      correlation: message.correlation,
    });
    await issueOnRecord(this.commands, command.by(by), async () => !(await this.principals.otherFactsAreFresh()));
  }
}

const sooner = (basis: BasisFact, until: string | undefined): string =>
  until !== undefined && until < basis.expires ? until : basis.expires;

/**
 * Issues a reactor's command. A rule's no is an answer (and on record), not a fault to be retried, unless what the rule knows of other contexts
 * is out of date: then the event comes again.
 */
export async function issueOnRecord(
  commands: CommandBus,
  command: Command,
  outdated: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<void> {
  try {
    await commands.execute(command);
  } catch (error) {
    const answered = error instanceof DomainError && ['refused', 'invalid', 'not-found', 'forbidden'].includes(error.kind);
    if (!answered || (await outdated())) throw error;
  }
}
