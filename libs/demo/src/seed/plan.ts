import { casePlan } from './case-plan';
import type { Deed } from './deed';
import { Dice } from './dice';
import { companyPlan, dynamicPlan, networkPlan, outingPlan } from './ground-plan';
import { referralPlan } from './referral-plan';
import { answersPlan, erasurePlan, glassPlan } from './rights-plan';

const SEED = 20250115;

/** Days before today at which the organisations joined: everything else comes later. */
export const BEGINS = 435;

/**
 * Everything that happened, in its order. The same today gives the same plan.
 * @param today start of a day, ISO 8601
 */
export function demoPlan(today: string): readonly Deed[] {
  const dice = new Dice(SEED);
  const deeds = [
    ...[outingPlan(today, dice), companyPlan(today, dice), casePlan(today, dice), dynamicPlan(today, dice)].flat(),
    ...[networkPlan(today), referralPlan(today), answersPlan(today), erasurePlan(today), glassPlan(today)].flat(),
  ];
  const order = new Map(deeds.map((deed, n) => [deed, n]));
  return deeds.sort((one, other) => (one.at === other.at ? (order.get(one) ?? 0) - (order.get(other) ?? 0) : one.at < other.at ? -1 : 1));
}
