import { systemActor } from '@platform/kernel';
import { checkRules, person, streamId } from '@platform/testing';
import { erasureEvents } from './erasure';
import { ApproveErasure, erasureDecider, RefuseErasure, RequestErasure, ShredSubject } from './erasure.decider';
import { publishErasure } from './erasure.published';

const id = streamId('erasure', 1);
const accountRef = `vault:umbria:${'a'.repeat(26)}`;

checkRules({
  noun: 'erasure',
  events: erasureEvents,
  decider: erasureDecider,
  stateName: (state) => state?.status ?? '-',
  terminal: ['Erased', 'Refused'],
  publish: publishErasure,
  actors: [person(), person({ member: streamId('member', 9), roles: ['dpo'] }), systemActor('umbria')],
  facts: [{ subject: { region: 'umbria' }, shredded: true }, {}],
  commands: [
    new RequestErasure(id, { subject: streamId('case', 1), ground: 'asked_by_person', accountRef }),
    new ApproveErasure(id),
    new RefuseErasure(id, { duty: 'civil_proceedings', accountRef }),
    new ShredSubject(id),
  ],
});
