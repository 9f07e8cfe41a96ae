import { Injectable } from '@nestjs/common';
import { FaultyPolicy, type Judgement, type Policy as AccessPolicy, policyFrom } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import type { Authority, FieldError, Grounded } from '@platform/kernel';
import { judged } from '../rulebook';
import type { Policy } from './policy';
import type { PolicyCommand, PolicyFacts, Proposal } from './policy.decider';
import { differenceOf } from './policy-difference';
import { PolicyRegister } from './policy-register.projection';

/** The only policy a region may replace: who sees and does what with cases. */
const GOVERNED = 'cases';

/** Who may propose, activate and refuse a region's access policy, and what its document says. */
@Injectable()
export class PolicyAccess extends CommandAccess<Policy, PolicyCommand, PolicyFacts> {
  constructor(private readonly register: PolicyRegister) {
    super();
  }

  async gather(command: PolicyCommand, state: Policy, by: Authority): Promise<Grounded<PolicyFacts>> {
    const latest = await this.register.latest(state.region || by.actor.region);
    return {
      value: {
        proposal: command.kind === 'ProposePolicy' ? proposalOf(command.document, latest?.document) : undefined,
        latest: latest && { number: latest.number, hash: latest.hash },
      },
      facts: latest ? [{ stream: latest.policy, revision: latest.revision }] : [],
    };
  }

  judge(command: PolicyCommand, state: Policy, by: Authority): Promise<Judgement> {
    return Promise.resolve(judged(command.kind, { region: state.region || by.actor.region }, by));
  }
}

/** Reads a proposed document against the one in force. Faults name the place, not the words found there. */
export function proposalOf(document: unknown, inForce: unknown): Proposal {
  const read = readPolicy(document);
  if ('faults' in read) return { hash: '', lines: [], faults: read.faults };
  const before = inForce === undefined ? undefined : readPolicy(inForce);
  return { hash: read.policy.hash, lines: differenceOf(before && 'policy' in before ? before.policy : undefined, read.policy), faults: [] };
}

function readPolicy(document: unknown): { policy: AccessPolicy } | { faults: FieldError[] } {
  try {
    const policy = policyFrom(document);
    return policy.name === GOVERNED ? { policy } : { faults: [{ pointer: '/policy', message: `must be ${GOVERNED}` }] };
  } catch (error) {
    if (!(error instanceof FaultyPolicy)) throw error;
    return { faults: [{ pointer: `/${error.where.split('.').slice(1).join('/')}`, message: 'is outside the closed vocabulary' }] };
  }
}
