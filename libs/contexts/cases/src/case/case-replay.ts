import { Injectable } from '@nestjs/common';
import { isWord, type Policy, RELATIONS } from '@platform/access';
import { serviceFamily } from '@platform/codes';
import { PostgresDirectory } from '@platform/directory';
import { EventStore } from '@platform/event-store';
import {
  type Actor,
  type Authority,
  type Fact,
  FIELD_GROUPS,
  type FieldGroup,
  nounOf,
  notFound,
  type RecordedEvent,
  type View,
} from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import type { AccessGrantEvent } from '../access-grant/access-grant';
import { evolveAccessGrant } from '../access-grant/access-grant';
import { type BreakGlassEvent, evolveBreakGlass } from '../break-glass/break-glass';
import { type ConsentEvent, evolveConsent } from '../consent/consent';
import { evolveLegalBasis, type LegalBasisEvent } from '../legal-basis/legal-basis';
import { PolicyBook } from '../policy-book';
import type { Tx } from '../principals.projection';
import { CaseRows } from './case-rows.projection';
import { type Case, type CaseEvent, evolveCase, type OpenedCase } from './case';
import { contentOf } from './case-content';
import { openerOf } from './case-file.projection';
import { decideOn } from './case-reading';
import type { CaseLabel, HeldGrant } from './case-standing';
import type { GroupContent } from './case-view';

/** Where the past is cut: the last event of the case's own log that counts, and the instant as the deciding service recorded it. */
export interface Cut {
  readonly upTo: Fact;
  readonly at: string;
}
/** Who could see what at the cut, and by what. */
export interface CouldSee {
  readonly member: string;
  readonly purpose: string;
  readonly views: Partial<Record<FieldGroup, View>>;
  readonly reasons: readonly string[];
  /** Grant, consent or basis, case, membership: the events it rested on. */
  readonly facts: readonly Fact[];
  readonly policy: string;
}
export interface PastCase {
  readonly label: CaseLabel;
  readonly state: OpenedCase;
  readonly content: Partial<Record<FieldGroup, GroupContent>>;
  readonly couldSee: readonly CouldSee[];
}

/** Shows a case as it was, and who could see what of it then: from events alone, the same answer every time. */
@Injectable()
export class CaseReplay {
  constructor(
    private readonly store: EventStore,
    private readonly directory: PostgresDirectory,
    private readonly policies: PolicyBook,
    private readonly vaults: Vaults,
    private readonly rows: CaseRows,
  ) {}

  async asOf(tx: Tx, caseId: string, cut: Cut): Promise<PastCase> {
    const [last] = await this.store.readStream(cut.upTo.stream, { from: cut.upTo.revision, to: cut.upTo.revision });
    if (!last) throw notFound('case');
    const streams = await this.rows.streamsOf(tx, caseId);
    const past: RecordedEvent[] = [];
    for (const stream of streams) {
      const events = await this.store.readStream(stream);
      past.push(...events.filter((event) => event.log === last.log && event.position <= last.position));
    }
    const own = past.filter((event) => event.stream === caseId) as (RecordedEvent & CaseEvent)[];
    const state = own.reduce<Case>((soFar, event) => evolveCase(soFar, event), null);
    if (!state) throw notFound('case');
    const label = labelOf(caseId, state, own.at(-1)?.revision ?? 0);
    const content = await contentOf(own, state.companies, openerOf(this.vaults));
    const policy = await this.policies.inForce(label.region, cut.at);
    return { label, state, content, couldSee: await this.#couldSee(label, grantsIn(past, caseId), policy, cut.at) };
  }

  /** Everybody the case could have been open to: its team then, and whoever a grant names. */
  async #couldSee(label: CaseLabel, grants: readonly HeldGrant[], policy: Policy, at: string): Promise<CouldSee[]> {
    const people = new Set([
      ...(await this.directory.everSeated(label.team)),
      ...grants.flatMap((grant) => (grant.member === undefined ? [] : [grant.member])),
    ]);
    for (const grant of grants)
      if (grant.team !== undefined) for (const member of await this.directory.everSeated(grant.team)) people.add(member);
    const found: CouldSee[] = [];
    for (const member of [...people].sort()) {
      const then = await this.directory.asOf(member, at);
      if (!then?.active) continue;
      const actor: Actor = { ...then, teams: then.teams.map(({ team }) => team), session: 'replay', acr: 3 };
      for (const purpose of purposesOf(grants)) {
        const by: Authority = { actor, purpose, at, request: 'replay', commandId: 'replay', causation: null, correlation: 'replay' };
        const { decision, judgement } = decideOn(policy, by, label, grants);
        if (judgement.effect !== 'permitted') continue;
        const views = Object.fromEntries(
          FIELD_GROUPS.flatMap((group) => (decision.views[group] === 'none' ? [] : [[group, decision.views[group]]])),
        );
        found.push({ member, purpose, views, reasons: decision.reasons, facts: [...judgement.facts, ...then.facts], policy: policy.hash });
      }
    }
    return found;
  }
}

/** The purposes anybody could have stated with effect: those of the grants, and the home team's first. */
const purposesOf = (grants: readonly HeldGrant[]): string[] => [...new Set(['direct_assistance', ...grants.map((grant) => grant.purpose)])];

const labelOf = (caseId: string, state: OpenedCase, revision: number): CaseLabel => ({
  caseId,
  region: state.custodian.region,
  custodian: state.custodian.organisation,
  team: state.custodian.team,
  phase: state.phase,
  sealedGroups: state.safety === 'in_protection' ? ['PROT'] : [],
  recused: state.recused,
  responsible: [state.responsible],
  revision,
});

const foldAll = <S, E>(
  events: readonly RecordedEvent[],
  noun: string,
  evolve: (state: S | null, event: E) => S | null,
): Map<string, { state: S; revision: number }> => {
  const states = new Map<string, { state: S | null; revision: number }>();
  for (const event of events.filter((one) => nounOf(one.stream) === noun))
    states.set(event.stream, { state: evolve(states.get(event.stream)?.state ?? null, event as unknown as E), revision: event.revision });
  return new Map([...states].flatMap(([stream, { state, revision }]) => (state === null ? [] : [[stream, { state, revision }] as const])));
};

/** Grants and emergency accesses as they stood, with the bases they rested on. */
function grantsIn(past: readonly RecordedEvent[], caseId: string): HeldGrant[] {
  const consents = foldAll(past, 'consent', (state: ReturnType<typeof evolveConsent>, event: ConsentEvent) => evolveConsent(state, event));
  const bases = foldAll(past, 'legalBasis', (state: ReturnType<typeof evolveLegalBasis>, event: LegalBasisEvent) =>
    evolveLegalBasis(state, event),
  );
  const grants = foldAll(past, 'accessGrant', (state: ReturnType<typeof evolveAccessGrant>, event: AccessGrantEvent) =>
    evolveAccessGrant(state, event),
  );
  const glasses = foldAll(past, 'breakGlass', (state: ReturnType<typeof evolveBreakGlass>, event: BreakGlassEvent) =>
    evolveBreakGlass(state, event),
  );
  const held: HeldGrant[] = [];
  for (const [stream, { state, revision }] of grants) {
    const { scope, status } = state;
    const consent = consents.get(scope.basis.ref);
    const legal = bases.get(scope.basis.ref);
    const basis = {
      stream: scope.basis.ref,
      revision: consent?.revision ?? legal?.revision ?? 0,
      live: consent?.state.status === 'Given' || legal?.state.status === 'Recorded',
      expiresAt: consent?.state.scope.expires ?? legal?.state.scope.expires,
    };
    if (scope.case !== caseId || !isWord(RELATIONS, scope.relation)) continue;
    const common = {
      stream,
      revision,
      relation: scope.relation,
      groups: scope.groups,
      purpose: scope.purpose,
      expiresAt: scope.expires,
      basis,
    };
    const family = {
      serviceFamily: scope.service === undefined ? ('other' as const) : serviceFamily(scope.service),
      ended: status !== 'Active',
    };
    if (scope.team !== undefined) held.push({ ...common, ...family, member: undefined, team: scope.team });
    for (const member of scope.members) held.push({ ...common, ...family, member, team: undefined });
  }
  for (const [stream, { state, revision }] of glasses)
    held.push({
      ...{ stream, revision, relation: 'break-glass', member: state.who.member, team: undefined, groups: [state.who.group] },
      ...{ purpose: 'emergency', serviceFamily: 'other', expiresAt: state.expires, ended: state.status !== 'Opened' },
    });
  return held;
}
