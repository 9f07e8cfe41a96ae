import { Injectable } from '@nestjs/common';
import { type Judgement, mayCommand, type Standing } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import { type Authority, type Grounded, isSystem } from '@platform/kernel';
import { PolicyBook } from '../policy-book';
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
    const policy = await this.policies.inForce(region);
    const judged = mayCommand(policy, { command: command.kind, actor, standings: [standing], purpose, recused: false });
    // The network knows these observations anyway: a denial hides nothing.
    return judged.effect === 'denied' && state && !isSystem(actor) ? { ...judged, visible: true } : judged;
  }
}
