import { systemActor } from '@platform/kernel';
import { deciding, person, scenario, streamId } from '@platform/testing';
import type { DiffLine, PolicyEvent } from './policy';
import { ActivatePolicy, policyDecider, type PolicyFacts, ProposePolicy, RefusePolicy, SupersedePolicy } from './policy.decider';

const id = streamId('policy', 2);
const [hash, older] = ['ab'.repeat(32), 'cd'.repeat(32)];
const document = { version: 2 };
const wider: DiffLine = { cell: 'relation:same-team:NEED', direction: 'WIDENS', before: 'codes', after: 'full' };
const narrower: DiffLine = { cell: 'relation:same-team:HEA', direction: 'NARROWS', before: 'codes', after: 'none' };
const facts: PolicyFacts = { proposal: { hash, lines: [wider, narrower], faults: [] }, latest: { number: 1, hash: older } };
const proposer = person({ member: streamId('member', 1), roles: ['coordinator'] });
const dpo = person({ member: streamId('member', 2), roles: ['dpo'] });
const proposed: PolicyEvent = {
  type: 'PolicyProposed',
  data: { region: 'umbria', number: 2, hash, document, lines: [wider, narrower], proposer: proposer.member },
};
const activated: PolicyEvent = {
  type: 'PolicyActivated',
  data: { region: 'umbria', number: 2, hash, document, signatures: [{ cell: wider.cell, signer: dpo.member }] },
};
const policy = scenario(policyDecider, deciding(facts, proposer));
const ready = policy.given(proposed).by({ actor: dpo });

describe('the proposal of a policy', () => {
  it('carries number, hash and the difference in words, worked out from the document', () => {
    policy.when(new ProposePolicy(id, document)).then(proposed);
    policy.given(proposed).when(new ProposePolicy(id, document)).thenNothing();
    const other = { ...facts, proposal: { ...facts.proposal!, hash: older } };
    policy
      .given(proposed)
      .by({ facts: other })
      .when(new ProposePolicy(id, { version: 3 }))
      .thenRefused('policy.already-proposed');
    policy.given(proposed, activated).when(new ProposePolicy(id, document)).thenRefused('policy.already-proposed');
  });

  it('starts counting at one', () =>
    policy
      .by({ facts: { ...facts, latest: undefined } })
      .when(new ProposePolicy(id, document))
      .then({ ...proposed, data: { ...proposed.data, number: 1 } }));

  it('stays within the closed vocabulary', () => {
    const faults = [{ pointer: '/relations/boss', message: 'unknown relation' }];
    policy
      .by({ facts: { ...facts, proposal: { ...facts.proposal!, faults } } })
      .when(new ProposePolicy(id, document))
      .thenRefused('policy.outside-vocabulary', ['/relations/boss']);
    policy
      .by({ facts: { ...facts, proposal: undefined } })
      .when(new ProposePolicy(id, document))
      .thenRefused('policy.unread');
  });

  it('is not the policy in force again', () =>
    policy
      .by({ facts: { ...facts, latest: { number: 1, hash } } })
      .when(new ProposePolicy(id, document))
      .thenRefused('policy.nothing-new'));
});

describe('a proposed policy', () => {
  it('comes into force by a second person who is DPO and signs each line that widens', () =>
    ready.when(new ActivatePolicy(id, hash, [wider.cell])).then(activated));

  it('is never activated by its proposer (A4)', () => {
    const both = { ...proposer, roles: ['dpo'] as const };
    policy
      .given(proposed)
      .by({ actor: both })
      .when(new ActivatePolicy(id, hash, [wider.cell]))
      .thenRefused('policy.own-proposal');
  });

  it('that widens is not activated without the DPO', () =>
    ready
      .by({ actor: { ...dpo, roles: ['administrator'] } })
      .when(new ActivatePolicy(id, hash, [wider.cell]))
      .thenRefused('policy.signer-not-dpo'));

  it('is not activated while one widening line is unsigned', () =>
    ready.when(new ActivatePolicy(id, hash, [narrower.cell])).thenRefused('policy.widening-unsigned'));

  it('that only narrows needs a second person, no DPO', () => {
    const narrowing: PolicyEvent = { ...proposed, data: { ...proposed.data, lines: [narrower] } };
    policy
      .given(narrowing)
      .by({ actor: { ...dpo, roles: ['coordinator'] } })
      .when(new ActivatePolicy(id, hash, []))
      .then({ ...activated, data: { ...activated.data, signatures: [] } });
  });

  it('is activated as it was read', () => ready.when(new ActivatePolicy(id, older, [wider.cell])).thenRefused('policy.other-document'));

  it('overtaken by another is proposed anew', () =>
    ready
      .by({ facts: { ...facts, latest: { number: 2, hash: older } } })
      .when(new ActivatePolicy(id, hash, [wider.cell]))
      .thenRefused('policy.overtaken'));

  it('that nobody proposed is not found', () => policy.when(new RefusePolicy(id, 'mistaken')).thenRefused('policy.not-found'));

  it('may be refused, once', () => {
    const refusal: PolicyEvent = { type: 'PolicyRefused', data: { reason: 'too_wide' } };
    ready.when(new RefusePolicy(id, 'too_wide')).then(refusal);
    ready.given(refusal).when(new RefusePolicy(id, 'too_wide')).thenNothing();
    ready
      .given(refusal)
      .when(new ActivatePolicy(id, hash, [wider.cell]))
      .thenRefused('policy.not-proposed');
  });
});

describe('a policy in force', () => {
  it('is not brought into force again', () =>
    ready
      .given(activated)
      .when(new ActivatePolicy(id, hash, [wider.cell]))
      .thenNothing());

  const newer = 'ef'.repeat(32);
  const overtaken = policy
    .given(proposed, activated)
    .by({ actor: systemActor('umbria'), facts: { ...facts, latest: { number: 3, hash: newer } } });

  it('is superseded by the next version, by nobody’s hand', () => {
    overtaken.when(new SupersedePolicy(id, newer)).then({ type: 'PolicySuperseded', data: { region: 'umbria', hash, by: newer } });
    overtaken.by({ actor: dpo }).when(new SupersedePolicy(id, newer)).thenRefused('policy.only-by-next-version');
    overtaken
      .given({ type: 'PolicySuperseded', data: { region: 'umbria', hash, by: newer } })
      .when(new SupersedePolicy(id, newer))
      .thenNothing();
  });

  it('is not superseded by what is not in force', () => {
    overtaken.when(new SupersedePolicy(id, older)).thenRefused('policy.not-overtaken');
    overtaken
      .by({ facts: { ...facts, latest: { number: 2, hash } } })
      .when(new SupersedePolicy(id, hash))
      .thenRefused('policy.not-overtaken');
  });
});
