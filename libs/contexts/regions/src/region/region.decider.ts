import { assertNever, Command, type Decider, type DecisionContext, invalid, isRegion, notFound, refused } from '@platform/kernel';
import type { OrganisationStanding } from '../organisation/organisation';
import { evolveRegion, noRegion, type Region, type RegionEvent, type RegionSuspension } from './region';

export class RegisterRegion extends Command {
  readonly kind = 'RegisterRegion';
  constructor(
    readonly id: string,
    readonly region: string,
  ) {
    super();
  }
}
export class ActivateRegion extends Command {
  readonly kind = 'ActivateRegion';
  /** @param custodian organisation that takes charge of people's cases where nobody else does
   *  @param controller organisation that answers for the data */
  constructor(
    readonly id: string,
    readonly custodian: string,
    readonly controller: string,
  ) {
    super();
  }
}
export class SuspendRegion extends Command {
  readonly kind = 'SuspendRegion';
  constructor(
    readonly id: string,
    readonly reason: RegionSuspension,
  ) {
    super();
  }
}
export class ReactivateRegion extends Command {
  readonly kind = 'ReactivateRegion';
  constructor(readonly id: string) {
    super();
  }
}

export const regionCommands = [RegisterRegion, ActivateRegion, SuspendRegion, ReactivateRegion] as const;
export type RegionCommand = InstanceType<(typeof regionCommands)[number]>;

export interface RegionFacts {
  /** Another stream already stands for the region that is to be registered. */
  readonly taken: boolean;
  /** Organisations the command names, by id. */
  readonly organisations: ReadonlyMap<string, OrganisationStanding>;
  /** Referrals into the region that still wait for an answer. */
  readonly openReferrals: number;
}

function decide(command: RegionCommand, state: Region, { facts }: DecisionContext<RegionFacts>): RegionEvent[] {
  if (command.kind !== 'RegisterRegion' && state.status === '-') throw notFound('region');
  const { region } = state;
  switch (command.kind) {
    case 'RegisterRegion':
      if (!isRegion(command.region)) throw invalid('region.not-a-slug', '/region', 'A region is a lower-case word such as emilia-romagna.');
      if (state.status !== '-' && region === command.region) return [];
      if (state.status !== '-' || facts.taken) throw refused('region.already-registered', 'This region is registered already.');
      return [{ type: 'RegionRegistered', data: { region: command.region } }];
    case 'ActivateRegion':
      if (state.status === 'Active') return [];
      if (state.status === 'Suspended') throw refused('region.suspended', 'A suspended region is reactivated, not activated anew.');
      ofThisRegion(facts, command.custodian, region, 'custodian');
      ofThisRegion(facts, command.controller, region, 'controller');
      return [{ type: 'RegionActivated', data: { region, custodian: command.custodian, controller: command.controller } }];
    case 'SuspendRegion':
      if (state.status === 'Suspended') return [];
      if (state.status !== 'Active') throw refused('region.not-active', 'Only an active region can be suspended.');
      if (facts.openReferrals > 0)
        throw refused('region.open-referrals', 'Referrals into this region wait for an answer: re-route them first.');
      return [{ type: 'RegionSuspended', data: { region, reason: command.reason } }];
    case 'ReactivateRegion':
      if (state.status === 'Active') return [];
      if (state.status !== 'Suspended') throw refused('region.not-suspended', 'Only a suspended region can be reactivated.');
      return [{ type: 'RegionReactivated', data: { region } }];
    default:
      return assertNever(command);
  }
}

function ofThisRegion(facts: RegionFacts, organisation: string, region: string, part: 'custodian' | 'controller'): void {
  const known = facts.organisations.get(organisation);
  if (!known?.active || known.region !== region) {
    throw refused(`region.${part}-not-accredited`, `The ${part} must be an accredited organisation of this region.`);
  }
}

export const regionDecider: Decider<Region, RegionCommand, RegionEvent, RegionFacts> = {
  initialState: noRegion,
  decide,
  evolve: evolveRegion,
};
