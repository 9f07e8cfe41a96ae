import { Injectable } from '@nestjs/common';
import { ceilingFor, hide, type Judgement, lowest, permit, policyOf, type RegionPolicies } from '@platform/access';
import { generalise, provinces } from '@platform/codes';
import type { Actor, Authority, View } from '@platform/kernel';
import { regionOfHandle } from '@platform/pseudonymity';
import { Reading } from '@platform/querying';
import { Handles } from '../handles';
import { dayOf } from '../instants';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals.projection';
import { DYNAMIC_STATUSES, type DynamicReader, type DynamicRow, Dynamics, type DynamicStatus } from './dynamics.projection';

/** A dynamic as finely as the reader may know places. Which organisation saw it is told to that organisation alone. */
export interface DynamicView {
  readonly handle: string;
  /** Whose people saw it first. */
  readonly region: string;
  /** The region it lies in: over the border it is another one. */
  readonly territory: string;
  readonly comune?: string | null;
  readonly zone?: string | null;
  readonly province?: string | null;
  readonly from: string;
  readonly to: string;
  readonly pattern: string;
  readonly status: DynamicStatus;
  readonly corroboratedBy: string | null;
  readonly ours: boolean;
}
/** With what makes it possible to act on it; `stream` never leaves. */
export interface HeldDynamic {
  readonly view: DynamicView;
  readonly stream: string;
  readonly revision: number;
}
export interface DynamicsAsked {
  readonly statuses: readonly DynamicStatus[] | undefined;
  readonly region: string | undefined;
  readonly territory: string | undefined;
  readonly pattern: string | undefined;
}
/** Positions the caller has seen. */
type Seen = Readonly<Record<string, string>>;

const MODEL = ['dynamics'] as const;
/** What is not over. */
const STANDING = DYNAMIC_STATUSES.filter((status) => status !== 'Stale');

/** Decides, records and then shows what happens in territories. */
@Injectable()
export class DynamicsReading {
  constructor(
    private readonly rows: Dynamics,
    private readonly policies: PolicyBook,
    private readonly principals: Principals,
    private readonly handles: Handles,
    private readonly reading: Reading,
  ) {}

  /** @param after token text of the page before, empty for the first */
  async list(
    by: Authority,
    seen: Seen,
    asked: DynamicsAsked,
    after: string,
    limit: number,
  ): Promise<{ items: HeldDynamic[]; last?: string }> {
    const policies = await this.policies.everywhere();
    const { region, organisation } = by.actor;
    const judgement = judgeTerritory(policies, by.actor, region);
    const question = { act: 'ListDynamics', noun: 'territorialDynamic', region, judgement, cases: [], groups: ['TERR' as const] };
    return this.reading.show(by, question, async () => {
      await this.principals.after(seen, MODEL);
      const { territory, statuses = STANDING, ...rest } = asked;
      const wanted = {
        ...{ ...rest, statuses, limit, after: beginning(after) },
        territory: territory === undefined ? undefined : { region: territory, provinces: provincesOf(territory) },
        // Left out by the query and not afterwards: pages are as long, and end, as if these rows were not there.
        hidden: [...policies.own.keys()].filter((of) => territoryView(policies, by.actor, of) === 'none'),
      };
      const rows = await this.principals.fresh(by, region, (tx) => this.rows.list(tx, readerOf(by), wanted), MODEL);
      const called = await this.#called(rows, organisation);
      const items = rows.flatMap((row) => held(row, called.get(row.dynamic), territoryView(policies, by.actor, row.region)));
      const end = rows.length === limit ? rows.at(-1) : undefined;
      return { items, ...(end ? { last: `${end.from} ${end.dynamic}` } : {}) };
    });
  }

  async one(by: Authority, seen: Seen, handle: string): Promise<HeldDynamic> {
    const policies = await this.policies.everywhere();
    const region = regionOfHandle(handle) ?? by.actor.region;
    const general = judgeTerritory(policies, by.actor, region);
    const found = general.effect === 'permitted' ? await this.handles.find(handle, by.actor) : undefined;
    const row = found?.startsWith('territorialDynamic-') ? await this.#row(by, seen, region, found) : undefined;
    const { policy } = general;
    const judgement: Judgement =
      row && general.effect === 'permitted'
        ? permit({ policy, reasons: general.reasons, facts: [{ stream: row.dynamic, revision: row.revision }] })
        : hide({ policy, reasons: general.effect === 'permitted' ? ['unknown'] : general.reasons });
    const question = { act: 'ReadDynamic', noun: 'territorialDynamic', region, judgement, cases: [], groups: ['TERR' as const] };
    return this.reading.show(by, question, async () => {
      const [one] = row
        ? held(row, await this.handles.of(region, row.dynamic, by.actor.organisation), territoryView(policies, by.actor, region))
        : [];
      if (!one) throw new Error('a dynamic that was not found was permitted');
      return one;
    });
  }

  async #row(by: Authority, seen: Seen, region: string, dynamic: string): Promise<DynamicRow | undefined> {
    await this.principals.after(seen, MODEL);
    return this.principals.fresh(by, region, (tx) => this.rows.one(tx, readerOf(by), dynamic), MODEL);
  }

  async #called(rows: readonly DynamicRow[], organisation: string): Promise<Map<string, { handle: string }>> {
    const called = new Map<string, { handle: string }>();
    for (const [region, some] of Map.groupBy(rows, (row) => row.region))
      for (const [stream, name] of await this.handles.all(
        region,
        some.map((row) => row.dynamic),
        organisation,
      ))
        called.set(stream, name);
    return called;
  }
}

/**
 * How finely somebody may know what a region's people saw: as finely as both that region and their own let their kind of organisation know
 * territories. Mentors know of none.
 */
export function territoryView(policies: RegionPolicies, { kind, roles, region }: Actor, of: string): View {
  if (roles.includes('mentor')) return 'none';
  return lowest(...[region, of].map((one) => ceilingFor(policyOf(policies, one), kind).TERR));
}

export function judgeTerritory(policies: RegionPolicies, actor: Actor, of: string): Judgement {
  const policy = policyOf(policies, of).hash;
  if (territoryView(policies, actor, of) !== 'none') return permit({ policy, reasons: ['territory.network'] });
  return hide({ policy, reasons: [actor.roles.includes('mentor') ? 'role.not-allowed' : 'kind.no-territory'] });
}

/** A place in full, as a province, or as the region alone. */
function held(row: DynamicRow, called: { handle: string } | undefined, view: View): HeldDynamic[] {
  if (!called || view === 'none') return [];
  const { region, comune, zone, from, to, pattern, status, corroboratedBy, ours } = row;
  const place =
    view === 'full'
      ? { comune: comune || null, zone: zone || null }
      : view === 'aggregate' || comune === ''
        ? {}
        : { province: generalise(comune)?.code ?? null };
  const territory = generalise(comune, 'region')?.region ?? region;
  const shown = {
    handle: called.handle,
    region,
    territory,
    ...place,
    from,
    to,
    pattern,
    status,
    corroboratedBy: corroboratedBy || null,
    ours,
  };
  return [{ view: shown, stream: row.dynamic, revision: row.revision }];
}

const readerOf = ({ actor, at }: Authority): DynamicReader => ({ organisation: actor.organisation, today: dayOf(at) });
const provincesOf = (region: string): string[] => provinces().flatMap((one) => (one.region === region ? [one.code] : []));

function beginning(after: string): { from: string; dynamic: string } | undefined {
  const [from = '', dynamic = ''] = after.split(' ');
  return after === '' ? undefined : { from, dynamic };
}
