import { Injectable } from '@nestjs/common';
import type { Judgement } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import type { Authority, Grounded } from '@platform/kernel';
import { OpenWork } from '../open-work.projection';
import { judged } from '../rulebook';
import { Streams } from '../streams';
import type { Organisation } from './organisation';
import type { OrganisationCommand, OrganisationFacts } from './organisation.decider';

/** Who may command an organisation's standing, and on which facts its rules decide. */
@Injectable()
export class OrganisationAccess extends CommandAccess<Organisation, OrganisationCommand, OrganisationFacts> {
  constructor(
    private readonly streams: Streams,
    private readonly work: OpenWork,
  ) {
    super();
  }

  async gather(command: OrganisationCommand): Promise<Grounded<OrganisationFacts>> {
    const region = command.kind === 'RegisterOrganisation' ? await this.streams.region(command.profile.region) : undefined;
    const openCustody = command.kind === 'WithdrawOrganisation' ? await this.work.openCustody(command.id) : 0;
    return {
      value: { regionKnown: region !== undefined, openCustody },
      facts: region ? [region.at] : [],
    };
  }

  judge(command: OrganisationCommand, state: Organisation, by: Authority): Promise<Judgement> {
    const region = command.kind === 'RegisterOrganisation' ? command.profile.region : state.region;
    return Promise.resolve(judged(command.kind, { organisations: [command.id], region }, by));
  }
}
