import { Injectable } from '@nestjs/common';
import { type Judgement, mayCommand, type Standing } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import { type Authority, type Fact, type Grounded, isStream } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import { standingsAt } from '../case-bound';
import { CaseLog } from '../case-log';
import { contactDecider } from '../contact/contact.decider';
import { PolicyBook } from '../policy-book';
import type { Erasure } from './erasure';
import type { ErasureCommand, ErasureFacts } from './erasure.decider';

/** How somebody stands to what is to be erased. */
interface Stand {
  readonly region: string;
  readonly standings: readonly Standing[];
  readonly recused: boolean;
  readonly facts: readonly Fact[];
}

/** Who asks that everything about somebody is forgotten, and who decides on it. */
@Injectable()
export class ErasureAccess extends CommandAccess<Erasure, ErasureCommand, ErasureFacts> {
  constructor(
    private readonly log: CaseLog,
    private readonly policies: PolicyBook,
    private readonly vaults: Vaults,
  ) {
    super();
  }

  async gather(command: ErasureCommand, state: Erasure): Promise<Grounded<ErasureFacts>> {
    const subject = command.kind === 'RequestErasure' ? command.body.subject : state?.subject;
    const at = subject === undefined ? undefined : await this.log.whereabouts(subject);
    if (subject === undefined || !at) return { value: {}, facts: [] };
    if (command.kind !== 'ShredSubject') return { value: { subject: { region: at.region } }, facts: [at.at] };
    return { value: { shredded: await this.vaults.of(at.region).isShredded(subject) }, facts: [at.at] };
  }

  async judge(command: ErasureCommand, state: Erasure, by: Authority): Promise<Judgement> {
    const subject = command.kind === 'RequestErasure' ? command.body.subject : state?.subject;
    const stand = subject === undefined ? undefined : await this.#stand(subject, by);
    const policy = await this.policies.inForce(stand?.region ?? by.actor.region);
    const { standings = [], recused = false, facts = [] } = stand ?? {};
    return mayCommand(policy, { command: command.kind, actor: by.actor, standings, purpose: by.purpose, recused }, facts);
  }

  async #stand(subject: string, by: Authority): Promise<Stand | undefined> {
    if (isStream(subject, 'case')) {
      const held = await this.log.case(subject);
      return (
        held && {
          region: held.region,
          standings: standingsAt(by, held),
          recused: held.state.recused.includes(by.actor.member),
          facts: [held.at],
        }
      );
    }
    const at = await this.log.whereabouts(subject);
    if (!at) return undefined;
    const office: Standing[] = by.actor.region === at.region && by.actor.roles.includes('dpo') ? ['dpo'] : [];
    // A contact is in the charge of the organisation that met the person, as a case is of its custodian's team.
    const contact = isStream(subject, 'contact') ? await this.log.fold(contactDecider, subject) : undefined;
    const own: Standing[] = contact?.state?.organisation === by.actor.organisation ? ['custodian-team'] : [];
    return { region: at.region, standings: [...own, ...office], recused: false, facts: [at.at] };
  }
}
