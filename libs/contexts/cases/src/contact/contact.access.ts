import { Injectable } from '@nestjs/common';
import { type Judgement, mayCommand, type Standing } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import { type Authority, type Fact, type Grounded, isSystem } from '@platform/kernel';
import { commandStandings } from '../case/case-standing';
import { CaseLog } from '../case-log';
import { PolicyBook } from '../policy-book';
import type { Contact } from './contact';
import { type ContactCommand, contactDecider, type ContactFacts } from './contact.decider';

/** Who writes down whom they met, and what a contact may be joined with. A contact is the organisation's that recorded it. */
@Injectable()
export class ContactAccess extends CommandAccess<Contact, ContactCommand, ContactFacts> {
  constructor(
    private readonly log: CaseLog,
    private readonly policies: PolicyBook,
  ) {
    super();
  }

  async gather(command: ContactCommand, state: Contact): Promise<Grounded<ContactFacts>> {
    switch (command.kind) {
      case 'LinkContactToCase': {
        const held = await this.log.case(command.body.case);
        // Only the custodian's own people may link (see the policy), so no grant is ever leant on here.
        return held
          ? { value: { case: { custodian: held.state.custodian.organisation, granted: false } }, facts: [held.at] }
          : { value: {}, facts: [] };
      }
      case 'MarkSamePerson': {
        const other = await this.log.fold(contactDecider, command.body.other);
        if (!other?.state || other.state.organisation !== state?.organisation) return { value: {}, facts: [] };
        const { organisation, status } = other.state;
        return { value: { other: { organisation, gone: status === 'Expired' || status === 'Withdrawn' } }, facts: [other.at] };
      }
      default:
        return { value: {}, facts: [] };
    }
  }

  async judge(command: ContactCommand, state: Contact, by: Authority): Promise<Judgement> {
    const { actor, purpose } = by;
    const own = !state || state.organisation === actor.organisation;
    const facts: Fact[] = [];
    let standings: readonly Standing[] = own ? ['own-organisation'] : ['other-organisation'];
    if (command.kind === 'WithdrawImportedContact' && own && state?.sheet?.by === actor.member) standings = ['own-act'];
    let [recused, region] = [false, actor.region];
    if (command.kind === 'LinkContactToCase') {
      const held = await this.log.case(command.body.case);
      // Both must be the actor's: the contact by organisation, the case by team.
      if (!held || !(own || isSystem(actor))) standings = [];
      else {
        const { organisation: custodian, team, region: at } = held.state.custodian;
        standings = commandStandings(actor, { team, custodian, region: at });
        recused = held.state.recused.includes(actor.member);
        facts.push(held.at);
        region = held.region;
      }
    }
    const policy = await this.policies.inForce(region);
    const readBy = state && command.kind !== 'LinkContactToCase' ? 'RecordContact' : undefined;
    return mayCommand(policy, { command: command.kind, actor, standings: [...standings], purpose, recused, readBy }, facts);
  }
}
