import { systemActor } from '@platform/kernel';
import { checkRules, person, streamId } from '@platform/testing';
import { unmaskEvents } from './unmask';
import { ApproveUnmask, EndUnmask, RefuseUnmask, RequestUnmask, unmaskDecider } from './unmask.decider';

const id = streamId('unmask', 1);

checkRules({
  noun: 'unmask',
  events: unmaskEvents,
  decider: unmaskDecider,
  stateName: (state) => state?.status ?? '-',
  terminal: ['Ended', 'Refused'],
  actors: [person({ member: streamId('member', 9), roles: ['dpo', 'auditor'], acr: 3 }), person({ roles: ['dpo'] }), systemActor('umbria')],
  facts: [{ case: { region: 'umbria', recused: [] }, approverIsSubordinate: false }, {}],
  commands: [
    new RequestUnmask(id, {
      case: streamId('case', 1),
      groups: ['ID'],
      reason: 'safeguarding',
      accountRef: `vault:umbria:${'a'.repeat(26)}`,
      minutes: 5,
    }),
    new ApproveUnmask(id),
    new RefuseUnmask(id),
    new EndUnmask(id),
  ],
});
