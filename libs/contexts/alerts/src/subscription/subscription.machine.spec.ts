import { checkMachine, deciding, person } from '@platform/testing';
import * as rules from './subscription.decider';
import type { SubscriptionEvent } from './subscription';

const union = person({ kind: 'trade_union' });
const scope = { regions: ['umbria'], sectors: ['A'], subjects: ['company'] } as const;
const started: SubscriptionEvent = {
  type: 'SubscriptionStarted',
  data: { ...scope, organisation: union.organisation, kind: 'trade_union' },
};
const by = { member: union.member };
const paused: SubscriptionEvent = { type: 'SubscriptionPaused', data: by };
const pasts: Readonly<Record<string, readonly SubscriptionEvent[]>> = {
  '-': [],
  Active: [started],
  Paused: [started, paused],
  Ended: [started, { type: 'SubscriptionEnded', data: by }],
};
const id = 'subscription-00000000-0000-7000-8000-000000000001';
const attempts: Readonly<Record<string, () => rules.SubscriptionCommand>> = {
  Subscribe: () => new rules.Subscribe(id, scope),
  PauseSubscription: () => new rules.PauseSubscription(id),
  ResumeSubscription: () => new rules.ResumeSubscription(id),
  EndSubscription: () => new rules.EndSubscription(id),
};

checkMachine({
  noun: 'subscription',
  decider: rules.subscriptionDecider,
  stateName: (state) => state?.status ?? '-',
  commandFor: (command, from) => ({
    given: pasts[from] ?? [],
    command: attempts[command]?.() ?? new rules.EndSubscription(id),
    context: deciding({}, union),
  }),
});
