import type { Policy } from './policy';

/** What decides about cases now: a region's own policy where it has one in force, and one for all other regions. */
export interface RegionPolicies {
  readonly otherwise: Policy;
  readonly own: ReadonlyMap<string, Policy>;
}

export const policyOf = ({ otherwise, own }: RegionPolicies, region: string): Policy => own.get(region) ?? otherwise;

/** One part of a list: the policy that decides it, and which regions' cases it is about. */
export interface Part {
  readonly policy: Policy;
  readonly regions: 'all' | { readonly only: string } | { readonly allBut: readonly string[] };
}

/** The parts a list falls into, so that each case is selected by the policy that decides about it. One while no region has its own. */
export function partsOf(policies: Policy | RegionPolicies, region: string | undefined): readonly Part[] {
  if (!('own' in policies)) return [{ policy: policies, regions: 'all' }];
  if (region !== undefined) return [{ policy: policyOf(policies, region), regions: 'all' }];
  const own = [...policies.own].sort(([one], [other]) => (one < other ? -1 : 1));
  if (own.length === 0) return [{ policy: policies.otherwise, regions: 'all' }];
  return [
    ...own.map(([only, policy]) => ({ policy, regions: { only } })),
    { policy: policies.otherwise, regions: { allBut: own.map(([name]) => name) } },
  ];
}
