import { Injectable } from '@nestjs/common';
import type { Judgement } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import type { Authority, Grounded } from '@platform/kernel';
import { judged } from '../rulebook';
import { Streams } from '../streams';
import type { TerritorialAgreement, Terms } from './territorial-agreement';
import type { AgreementFacts, TerritorialAgreementCommand } from './territorial-agreement.decider';

/** Who may command an agreement: its parties. To everybody else it does not exist. */
@Injectable()
export class TerritorialAgreementAccess extends CommandAccess<TerritorialAgreement, TerritorialAgreementCommand, AgreementFacts> {
  constructor(private readonly streams: Streams) {
    super();
  }

  async gather(command: TerritorialAgreementCommand, state: TerritorialAgreement): Promise<Grounded<AgreementFacts>> {
    const needed = command.kind === 'DraftAgreement' || command.kind === 'ActivateAgreement' ? partiesOf(termsOf(command, state)) : [];
    const { value: organisations, facts } = await this.streams.organisations(needed);
    return { value: { organisations }, facts };
  }

  judge(command: TerritorialAgreementCommand, state: TerritorialAgreement, by: Authority): Promise<Judgement> {
    return Promise.resolve(judged(command.kind, { organisations: partiesOf(termsOf(command, state)) }, by));
  }
}

const termsOf = (command: TerritorialAgreementCommand, state: TerritorialAgreement): Terms =>
  command.kind === 'DraftAgreement' ? command.terms : state.terms;
const partiesOf = ({ parties }: Terms): string[] => parties.map(({ organisation }) => organisation);
