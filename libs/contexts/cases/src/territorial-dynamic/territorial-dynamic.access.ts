import { Injectable } from '@nestjs/common';
import { type Judgement, mayCommand, policyOf, type Standing } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import { type Authority, type Grounded, isSystem } from '@platform/kernel';
import { PolicyBook } from '../policy-book';
import { judgeTerritory } from './dynamics-reading';
import type { TerritorialDynamic } from './territorial-dynamic';
import type { TerritorialDynamicCommand } from './territorial-dynamic.decider';

/** Who says what happens in a territory: everybody for their own organisation, and another region to confirm it. */
@Injectable()
export class TerritorialDynamicAccess extends CommandAccess<TerritorialDynamic, TerritorialDynamicCommand, object> {
  constructor(private readonly policies: PolicyBook) {
    super();
  }

  gather(): Promise<Grounded<object>> {
    return Promise.resolve({ value: {}, facts: [] });
  }

  async judge(command: TerritorialDynamicCommand, state: TerritorialDynamic, by: Authority): Promise<Judgement> {
    const { actor, purpose } = by;
    const region = state?.observed.region ?? actor.region;
    const standing: Standing = !state ? 'own-organisation' : region === actor.region ? 'same-region' : 'other-region';
    const policies = await this.policies.everywhere();
    const question = { command: command.kind, actor, standings: [standing], purpose, recused: false };
    const judged = mayCommand(policyOf(policies, region), question);
    if (!state || isSystem(actor)) return judged;
    const known = judgeTerritory(policies, actor, region);
    // Who may know of no territory confirms nothing there either; to everybody else a denial hides nothing.
    return known.effect === 'denied' ? known : judged.effect === 'denied' ? { ...judged, visible: true } : judged;
  }
}
