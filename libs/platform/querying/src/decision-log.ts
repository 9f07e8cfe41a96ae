import { type AuditBody, type AuditReceipt, AuditRecorder, type Effect } from '@platform/auditing';
import { type Authority, type Fact, type FieldGroup, isSystem } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';

/** A decision as the deciding code knows it: with stream ids. The log turns them into handles of `audit@region`. */
export interface Decision {
  readonly act: string;
  /** Region whose data the decision is about. */
  readonly region: string;
  readonly effect: Effect;
  readonly reasons: readonly string[];
  readonly policy: string;
  readonly facts: readonly Fact[];
  /** Streams of the cases shown or touched. */
  readonly cases: readonly string[];
  readonly groups: readonly FieldGroup[];
  readonly commitments?: readonly string[];
}

export const auditAudience = (region: string): string => `audit@${region}`;

/** Puts decisions on record, durably, before their consequences leave. */
export class DecisionLog {
  constructor(
    private readonly recorder: AuditRecorder,
    private readonly vaults: Vaults,
  ) {}

  /** @throws DomainError `audit.unavailable` (503): then nothing may be shown. */
  async record(by: Authority, decided: Decision): Promise<AuditReceipt> {
    const { actor } = by;
    // A region nobody has set up here has no trail: what was asked about it stands in the asker's own.
    const decision = this.vaults.regions().includes(decided.region) ? decided : { ...decided, region: actor.region };
    const system = isSystem(actor);
    const facts = actor.standing ? [...decision.facts, actor.standing] : decision.facts;
    const subjects = [...decision.cases, ...facts.map((fact) => fact.stream), ...(system ? [] : [actor.member, actor.organisation])];
    const audience = auditAudience(decision.region);
    const handles = await this.vaults.of(decision.region).handlesFor([...new Set(subjects)], audience);
    const handle = (stream: string): string => handles.get(stream)?.handle ?? stream;
    // What leaves as a file is out of our hands from then on: that it left is part of what happened.
    const taken = by.takenAs !== undefined && decision.effect === 'permitted' ? [`export.${by.takenAs}`] : [];
    const body: AuditBody = {
      v: 1,
      at: by.at,
      region: decision.region,
      request: by.request,
      actor: system ? 'system' : handle(actor.member),
      organisation: system ? 'system' : handle(actor.organisation),
      role: actor.roles.join('+') || 'none',
      session: actor.session,
      acr: actor.acr,
      act: decision.act,
      purpose: by.purpose,
      effect: decision.effect,
      reasons: [...decision.reasons, ...taken],
      policy: decision.policy,
      facts: facts.map((fact) => ({ stream: handle(fact.stream), revision: fact.revision })),
      cases: decision.cases.map(handle),
      groups: decision.groups,
      commitments: decision.commitments ?? [],
    };
    return this.recorder.record(body);
  }
}
