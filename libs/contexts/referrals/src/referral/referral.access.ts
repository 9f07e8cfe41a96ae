import { Injectable } from '@nestjs/common';
import type { Judgement, Standing } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import { PostgresDirectory } from '@platform/directory';
import { type Actor, type Authority, type Grounded, isSystem } from '@platform/kernel';
import { CaseFacts, joined } from '../facts.projection';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals';
import { INBOX } from './inbox.projection';
import { OUTBOX } from './outbox.projection';
import type { OpenedReferral, Referral, ReferralSide } from './referral';
import type { ReferralCommand } from './referral-commands';
import type { ReferralFacts } from './referral-facts';
import { offerOf, ReferralLog, sha256 } from './referral-log';
import { partyOf } from './referral-routes';

type Facts = Grounded<ReferralFacts>;

/** Who may command a referral, and on which facts its rules decide. */
@Injectable()
export class ReferralAccess extends CommandAccess<Referral, ReferralCommand, ReferralFacts> {
  constructor(
    private readonly policies: PolicyBook,
    private readonly directory: PostgresDirectory,
    private readonly cases: CaseFacts,
    private readonly principals: Principals,
    private readonly log: ReferralLog,
  ) {
    super();
  }

  async gather(command: ReferralCommand, state: Referral, by: Authority): Promise<Facts> {
    if (command.kind === 'DraftReferral') {
      const { proposal } = command;
      await this.principals.factsAsOfNow();
      const custody = await this.cases.custody(by, proposal.case);
      const receiver = await this.#receiver(proposal.receiver);
      const before = proposal.redirectedFrom === undefined ? undefined : await this.#redirected(proposal.redirectedFrom);
      return joined({ case: custody.value, ...receiver.value, ...before?.value }, custody, receiver, ...(before ? [before] : []));
    }
    // Facts are gathered for the sides only: whoever is none learns nothing, not even by how long it takes.
    if (!state || partyOf(by.actor, state) === 'nobody') return { value: {}, facts: [] };
    switch (command.kind) {
      case 'OfferReferral': {
        const receiver = await this.#receiver(state.receiver);
        return joined({ ...receiver.value, offerDigest: sha256(offerOf(state)) }, receiver);
      }
      case 'OpenReferralSummary':
        return this.#bases(state, by);
      case 'AcceptReferral': {
        const bases = await this.#bases(state, by);
        const worker = await this.#worker(command.responsible, state.receiver.team ?? command.joint?.team);
        return joined({ ...bases.value, ...worker.value }, bases, worker);
      }
      case 'DiscloseIdentity': {
        const grant = await this.cases.grant(by, command.grant);
        return joined({ grant: grant.value }, grant);
      }
      default:
        return { value: {}, facts: [] };
    }
  }

  async judge(command: ReferralCommand, state: Referral, by: Authority, facts: ReferralFacts): Promise<Judgement> {
    const standings = standingsOf(command, state, by.actor, facts);
    const of = command.kind === 'DraftReferral' ? command.proposal.case : state?.case;
    // Whoever stands back from a case stands in nothing to what belongs to it.
    const recused = standings.length > 0 && of !== undefined && (await this.cases.recused(by, of));
    return this.policies.judge(command.kind, by, recused ? [] : standings);
  }

  async #receiver({ organisation, team, region }: ReferralSide): Promise<Facts> {
    const known = await this.directory.organisation(organisation);
    if (!known) return { value: {}, facts: [] };
    const seats = team === undefined ? [] : await this.directory.membersOf(team);
    const hasTeam = seats.some((seat) => seat.organisation === organisation && seat.region === region);
    const { kind, active, revision } = known;
    return { value: { receiver: { kind, region: known.region, active, hasTeam } }, facts: [{ stream: organisation, revision }] };
  }

  async #bases(state: OpenedReferral, by: Authority): Promise<Facts> {
    await this.principals.factsAsOfNow();
    await this.principals.envelopeAsOfNow([INBOX, OUTBOX]);
    const bases = await this.cases.bases(
      by,
      state.bases.map(({ ref }) => ref),
    );
    return joined({ bases: bases.value }, bases);
  }

  async #worker(member: string, team: string | undefined): Promise<Facts> {
    const known = await this.directory.member(member);
    if (!known) return { value: {}, facts: [] };
    const seats = team === undefined ? [] : await this.directory.membersOf(team);
    const teams = seats.filter((seat) => seat.member === member).map((seat) => seat.team);
    const { organisation, active, revision } = known;
    return { value: { responsible: { organisation, active, teams } }, facts: [{ stream: member, revision }] };
  }

  async #redirected(stream: string): Promise<Facts> {
    const found = await this.log.find(stream);
    if (!found) return { value: {}, facts: [] };
    const { status, case: of, sender, redirectProposed } = found.state;
    const to = status === 'Redirected' ? (redirectProposed?.to ?? null) : null;
    return { value: { redirected: { case: of, sender: sender.organisation, to } }, facts: [found.at] };
  }
}

function standingsOf(command: ReferralCommand, state: Referral, actor: Actor, facts: ReferralFacts): Standing[] {
  if (isSystem(actor)) return [];
  if (state) return sideOf(actor, state);
  const holds = command.kind === 'DraftReferral' && facts.case?.custodian === actor.organisation && actor.teams.includes(facts.case.team);
  return holds ? ['custodian-team'] : [];
}

/** The standing a member of one of the sides has; nobody else has any. */
export function sideOf(actor: Actor, state: OpenedReferral): Standing[] {
  const party = partyOf(actor, state);
  return party === 'sender' || party === 'receiver' ? [party] : [];
}
