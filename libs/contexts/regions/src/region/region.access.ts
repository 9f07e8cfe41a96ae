import { Injectable } from '@nestjs/common';
import type { Judgement } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import type { Authority, Grounded } from '@platform/kernel';
import { OpenWork } from '../open-work.projection';
import { judged } from '../rulebook';
import { Streams } from '../streams';
import type { Region } from './region';
import type { RegionCommand, RegionFacts } from './region.decider';

/** Who may command a region, and on which facts its rules decide. */
@Injectable()
export class RegionAccess extends CommandAccess<Region, RegionCommand, RegionFacts> {
  constructor(
    private readonly streams: Streams,
    private readonly work: OpenWork,
  ) {
    super();
  }

  async gather(command: RegionCommand, state: Region): Promise<Grounded<RegionFacts>> {
    const named = command.kind === 'ActivateRegion' ? [command.custodian, command.controller] : [];
    const { value: organisations, facts } = await this.streams.organisations(named);
    const other = command.kind === 'RegisterRegion' ? await this.streams.region(command.region) : undefined;
    const openReferrals = command.kind === 'SuspendRegion' ? await this.work.openReferrals(state.region) : 0;
    return { value: { taken: other !== undefined && other.at.stream !== command.id, organisations, openReferrals }, facts };
  }

  judge(command: RegionCommand, state: Region, by: Authority): Promise<Judgement> {
    const region = command.kind === 'RegisterRegion' ? command.region : state.region;
    return Promise.resolve(judged(command.kind, { region }, by));
  }
}
