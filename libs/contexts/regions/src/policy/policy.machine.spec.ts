import { systemActor } from '@platform/kernel';
import { checkMachine, deciding, person, streamId } from '@platform/testing';
import type { PolicyEvent } from './policy';
import { ActivatePolicy, type PolicyCommand, policyDecider, ProposePolicy, RefusePolicy, SupersedePolicy } from './policy.decider';

const id = streamId('policy', 1);
const [hash, newer] = ['ab'.repeat(32), 'ef'.repeat(32)];
const document = { version: 1 };
const dpo = person({ member: streamId('member', 2), roles: ['dpo'] });
const identity = { region: 'umbria', number: 1, hash, document } as const;
const proposed: PolicyEvent = { type: 'PolicyProposed', data: { ...identity, lines: [], proposer: streamId('member', 1) } };
const activated: PolicyEvent = { type: 'PolicyActivated', data: { ...identity, signatures: [] } };
const pasts: Record<string, PolicyEvent[]> = {
  '-': [],
  Proposed: [proposed],
  InForce: [proposed, activated],
  Superseded: [proposed, activated, { type: 'PolicySuperseded', data: { region: 'umbria', hash, by: newer } }],
  Refused: [proposed, { type: 'PolicyRefused', data: { reason: 'mistaken' } }],
};
const commands: Record<string, PolicyCommand> = {
  ProposePolicy: new ProposePolicy(id, document),
  ActivatePolicy: new ActivatePolicy(id, hash, []),
  RefusePolicy: new RefusePolicy(id, 'mistaken'),
  SupersedePolicy: new SupersedePolicy(id, newer),
};

checkMachine({
  noun: 'policy',
  decider: policyDecider,
  stateName: ({ status }) => status,
  commandFor: (command, from) => ({
    given: pasts[from]!,
    command: commands[command]!,
    context: deciding(
      { proposal: { hash, lines: [], faults: [] }, latest: command === 'SupersedePolicy' ? { number: 2, hash: newer } : undefined },
      command === 'SupersedePolicy' ? systemActor('umbria') : dpo,
    ),
  }),
});
