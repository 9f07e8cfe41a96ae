import { type DataOf, type EventsOf, field, stored, v1 } from '@contracts';
import { assertNever } from '@platform/kernel';

/** Whether a line of the difference lets somebody see or do more, or less. */
export const DIRECTIONS = ['WIDENS', 'NARROWS'] as const;
export type Direction = (typeof DIRECTIONS)[number];
export const POLICY_REFUSALS = ['too_wide', 'too_narrow', 'mistaken', 'withdrawn_by_proposer', 'overtaken'] as const;
export type PolicyRefusal = (typeof POLICY_REFUSALS)[number];

/** One line of the difference to the policy in force. `cell` names the rule (`relation/custodian-team/HEA`), `before` and `after` its words. */
const line = { cell: field.cell(), direction: field.oneOf(DIRECTIONS), before: field.code(), after: field.code() } as const;
export type DiffLine = DataOf<typeof line>;

export const policyEvents = stored({
  PolicyProposed: v1({
    region: field.region(),
    /** Counts the region's policies from 1. */
    number: field.count(),
    hash: field.digest(),
    document: field.policyDocument(),
    lines: field.list(field.record(line)),
    /** Who must not be the one to activate it. */
    proposer: field.ref(),
  }),
  PolicyActivated: v1({
    region: field.region(),
    number: field.count(),
    hash: field.digest(),
    document: field.policyDocument(),
    /** Cells whose widening the DPO signed, and who. */
    signatures: field.list(field.record({ cell: field.cell(), signer: field.ref('member') })),
  }),
  PolicyRefused: v1({ reason: field.oneOf(POLICY_REFUSALS) }),
  PolicySuperseded: v1({ region: field.region(), hash: field.digest(), by: field.digest() }),
});
export type PolicyEvent = EventsOf<typeof policyEvents>;

export interface Policy {
  readonly status: '-' | 'Proposed' | 'InForce' | 'Superseded' | 'Refused';
  readonly region: string;
  readonly number: number;
  readonly hash: string;
  readonly document: Readonly<Record<string, unknown>>;
  readonly lines: readonly DiffLine[];
  readonly proposer: string;
}

export const noPolicy: Policy = { status: '-', region: '', number: 0, hash: '', document: {}, lines: [], proposer: '' };

export function evolvePolicy(state: Policy, event: PolicyEvent): Policy {
  switch (event.type) {
    case 'PolicyProposed':
      return { status: 'Proposed', ...event.data };
    case 'PolicyActivated':
      return { ...state, status: 'InForce' };
    case 'PolicyRefused':
      return { ...state, status: 'Refused' };
    case 'PolicySuperseded':
      return { ...state, status: 'Superseded' };
    default:
      return assertNever(event);
  }
}
