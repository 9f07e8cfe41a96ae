import {
  assertNever,
  Command,
  type Decider,
  type DecisionContext,
  DomainError,
  type FieldError,
  isSystem,
  notFound,
  refused,
} from '@platform/kernel';
import { type DiffLine, evolvePolicy, noPolicy, type Policy, type PolicyEvent, type PolicyRefusal } from './policy';

export class ProposePolicy extends Command {
  readonly kind = 'ProposePolicy';
  /** For the proposer's region. Hash and difference are worked out from the document, never taken from the proposer. */
  constructor(
    readonly id: string,
    readonly document: Readonly<Record<string, unknown>>,
  ) {
    super();
  }
}
export class ActivatePolicy extends Command {
  readonly kind = 'ActivatePolicy';
  /** @param signed cells whose widening the one who activates signs as DPO, each by name, @param hash of what was read before signing */
  constructor(
    readonly id: string,
    readonly hash: string,
    readonly signed: readonly string[],
  ) {
    super();
  }
}
export class RefusePolicy extends Command {
  readonly kind = 'RefusePolicy';
  constructor(
    readonly id: string,
    readonly reason: PolicyRefusal,
  ) {
    super();
  }
}
/** The service's command once a later policy of the region is in force. */
export class SupersedePolicy extends Command {
  readonly kind = 'SupersedePolicy';
  /** @param successor hash of the later policy */
  constructor(
    readonly id: string,
    readonly successor: string,
  ) {
    super();
  }
}

export const policyCommands = [ProposePolicy, ActivatePolicy, RefusePolicy, SupersedePolicy] as const;
export type PolicyCommand = InstanceType<(typeof policyCommands)[number]>;

/** What the access library says about a proposed document. */
export interface Proposal {
  /** SHA-256 of its canonical form, hex. */
  readonly hash: string;
  /** Difference to the policy in force; everything it permits, when there is none. */
  readonly lines: readonly DiffLine[];
  /** Where it breaks the closed vocabulary; empty when it may be proposed. */
  readonly faults: readonly FieldError[];
}
export interface PolicyFacts {
  readonly proposal: Proposal | undefined;
  /** Number and hash of the region's latest activated policy. */
  readonly latest: { readonly number: number; readonly hash: string } | undefined;
}
type Context = DecisionContext<PolicyFacts>;

function decide(command: PolicyCommand, state: Policy, context: Context): PolicyEvent[] {
  if (command.kind !== 'ProposePolicy' && state.status === '-') throw notFound('policy');
  switch (command.kind) {
    case 'ProposePolicy':
      return propose(command, state, context);
    case 'ActivatePolicy':
      return activate(command, state, context);
    case 'RefusePolicy':
      if (state.status === 'Refused') return [];
      if (state.status !== 'Proposed') throw refused('policy.not-proposed', 'Only a proposed policy can be refused.');
      return [{ type: 'PolicyRefused', data: { reason: command.reason } }];
    case 'SupersedePolicy':
      if (state.status === 'Superseded') return [];
      if (state.status !== 'InForce') throw refused('policy.not-in-force', 'Only a policy in force can be superseded.');
      if (!isSystem(context.actor)) throw refused('policy.only-by-next-version', 'A policy is superseded by activating the next one.');
      if (context.facts.latest?.hash !== command.successor || context.facts.latest.number <= state.number) {
        throw refused('policy.not-overtaken', 'No later policy of the region is in force.');
      }
      return [{ type: 'PolicySuperseded', data: { region: state.region, hash: state.hash, by: command.successor } }];
    default:
      return assertNever(command);
  }
}

function propose({ document }: ProposePolicy, state: Policy, { actor, facts }: Context): PolicyEvent[] {
  const { proposal, latest } = facts;
  if (!proposal) throw refused('policy.unread', 'The document could not be read.');
  if (state.status !== '-') {
    if (state.status === 'Proposed' && state.hash === proposal.hash) return [];
    throw refused('policy.already-proposed', 'Another document is another proposal.');
  }
  if (proposal.faults.length > 0)
    throw new DomainError('policy.outside-vocabulary', 'invalid', 'The document breaks the closed vocabulary.', proposal.faults);
  if (latest?.hash === proposal.hash) throw refused('policy.nothing-new', 'This is the policy in force.');
  const { hash, lines } = proposal;
  return [
    {
      type: 'PolicyProposed',
      data: { region: actor.region, number: (latest?.number ?? 0) + 1, hash, document, lines, proposer: actor.member },
    },
  ];
}

function activate({ hash, signed }: ActivatePolicy, state: Policy, { actor, facts }: Context): PolicyEvent[] {
  if (state.status === 'InForce') return [];
  if (state.status !== 'Proposed') throw refused('policy.not-proposed', 'Only a proposed policy can be activated.');
  if (actor.member === state.proposer) throw refused('policy.own-proposal', 'A second person activates a policy.');
  if (hash !== state.hash) throw refused('policy.other-document', 'What was read is not what was proposed.');
  // Its difference was worked out against a policy that is no longer the latest: somebody would sign words that are not true any more.
  if ((facts.latest?.number ?? 0) + 1 !== state.number)
    throw refused('policy.overtaken', 'Another policy came into force since: propose anew.');
  const widening = state.lines.filter(({ direction }) => direction === 'WIDENS').map(({ cell }) => cell);
  if (widening.length > 0 && !actor.roles.includes('dpo'))
    throw refused('policy.signer-not-dpo', 'What widens access is signed by the data protection officer.');
  const unsigned = widening.filter((cell) => !signed.includes(cell));
  if (unsigned.length > 0)
    throw refused('policy.widening-unsigned', `${unsigned.length} of ${widening.length} lines that widen access are not signed.`);
  const { region, number, document } = state;
  return [
    {
      type: 'PolicyActivated',
      data: { region, number, hash, document, signatures: widening.map((cell) => ({ cell, signer: actor.member })) },
    },
  ];
}

export const policyDecider: Decider<Policy, PolicyCommand, PolicyEvent, PolicyFacts> = {
  initialState: noPolicy,
  decide,
  evolve: evolvePolicy,
};
