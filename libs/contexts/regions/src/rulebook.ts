import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { type Judgement, loadPolicy, mayCommand, type Policy, type Standing } from '@platform/access';
import type { Actor, Authority, Fact } from '@platform/kernel';

/** The policy file stands beside the source; the built application may run without a copy of it beside the output. */
const policyFile = (): string => {
  const beside = path.join(__dirname, 'regions.policy.yaml');
  return existsSync(beside) ? beside : beside.replace(`${path.sep}dist${path.sep}`, path.sep);
};
/** Who may command and look up what of this context. It ships with the release. */
export const regionsPolicy: Policy = loadPolicy(readFileSync(policyFile(), 'utf8'));

/** What a record belongs to, as far as standings go. */
export interface Belonging {
  /** Organisations the record is of. */
  readonly organisations?: readonly (string | undefined)[];
  /** Teams the act is about. */
  readonly teams?: readonly string[];
  readonly region?: string | undefined;
}

/** How an actor stands to a record of this context; the policy file says what each word means here. */
export function standingsTo({ organisations = [], teams = [], region }: Belonging, actor: Actor): Standing[] {
  const office = actor.kind === 'region' && region !== undefined;
  return [
    ...(organisations.includes(actor.organisation) ? (['own-organisation'] as const) : []),
    ...(teams.some((team) => actor.teams.includes(team)) ? (['own-team'] as const) : []),
    ...(office && actor.region === region ? (['same-region'] as const) : []),
    ...(office && actor.region !== region ? (['other-region'] as const) : []),
  ];
}

/** Judges a command or look-up of this context. Nobody is recused from the directory. */
export const judged = (act: string, belonging: Belonging, by: Authority, facts: readonly Fact[] = []): Judgement =>
  mayCommand(
    regionsPolicy,
    { command: act, actor: by.actor, standings: standingsTo(belonging, by.actor), purpose: by.purpose, recused: false },
    facts,
  );
