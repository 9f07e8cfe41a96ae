import { type Judgement, mayCommand, type Standing } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import type { Authority, Command, Fact, Grounded } from '@platform/kernel';
import type { OpenedCase } from './case/case';
import { commandStandings } from './case/case-standing';
import type { CaseLog, Folded } from './case-log';
import type { PolicyBook } from './policy-book';

/**
 * Access to what belongs to a case (a consent, a basis, a grant, an erasure, …): who may follows from how they stand to the case itself,
 * folded from the same log.
 */
export abstract class CaseBoundAccess<S, C extends Command, F extends { readonly case?: unknown }> extends CommandAccess<S, C, F> {
  constructor(
    protected readonly log: CaseLog,
    protected readonly policies: PolicyBook,
  ) {
    super();
  }

  protected abstract caseOf(command: C, state: S): string | undefined;
  protected abstract facts(command: C, state: S, held: Folded<OpenedCase> | undefined, by: Authority): Promise<Grounded<F>>;
  /** How the actor stands beyond what the case says, e.g. `own-act`. */
  protected more?(command: C, state: S, by: Authority): Standing[];

  async gather(command: C, state: S, by: Authority): Promise<Grounded<F>> {
    const held = await this.#held(command, state);
    const { value, facts } = await this.facts(command, state, held, by);
    return { value, facts: held ? [held.at, ...facts] : facts };
  }

  async judge(command: C, state: S, by: Authority): Promise<Judgement> {
    const held = await this.#held(command, state);
    const policy = await this.policies.inForce(held?.region ?? by.actor.region);
    const standings = [...(held ? standingsAt(by, held) : []), ...(this.more?.(command, state, by) ?? [])];
    const recused = held?.state.recused.includes(by.actor.member) ?? false;
    const facts: Fact[] = held ? [held.at] : [];
    return mayCommand(policy, { command: command.kind, actor: by.actor, standings, purpose: by.purpose, recused }, facts);
  }

  async #held(command: C, state: S): Promise<Folded<OpenedCase> | undefined> {
    const caseId = this.caseOf(command, state);
    return caseId === undefined ? undefined : this.log.case(caseId);
  }
}

/** Members of the team, other organisations, and the offices of the case's region. */
export function standingsAt(by: Authority, held: Folded<OpenedCase>): Standing[] {
  const { custodian } = held.state;
  const standings = commandStandings(by.actor, { team: custodian.team, custodian: custodian.organisation, region: custodian.region });
  if (by.actor.region === held.region && by.actor.roles.includes('dpo')) standings.push('dpo');
  if (by.actor.region === held.region && by.actor.roles.includes('auditor')) standings.push('auditor');
  return standings;
}
