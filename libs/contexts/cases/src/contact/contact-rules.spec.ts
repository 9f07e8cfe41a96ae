import { systemActor } from '@platform/kernel';
import { checkRules, person, streamId } from '@platform/testing';
import { contactEvents } from './contact';
import {
  contactDecider,
  ExpireContact,
  LinkContactToCase,
  MarkSamePerson,
  RecordContact,
  WithdrawColleaguesContact,
  WithdrawImportedContact,
} from './contact.decider';

const id = streamId('contact', 1);
const ref = `vault:umbria:${'a'.repeat(26)}`;

checkRules({
  noun: 'contact',
  events: contactEvents,
  decider: contactDecider,
  stateName: (state) => state?.status ?? '-',
  terminal: ['Linked', 'Expired', 'Withdrawn'],
  actors: [person(), systemActor('umbria')],
  facts: [
    {
      case: { custodian: person().organisation, granted: true },
      other: { organisation: streamId('organisation', 2), gone: false },
    },
    {},
  ],
  commands: [
    new RecordContact(id, {
      on: '2024-01-01',
      comune: '054039',
      channel: 'street',
      language: 'bn',
      met: 'approached_by_team',
      offered: ['legal_advice'],
      refs: [{ group: 'CON', field: 'phone', ref }],
      needs: ['legal'],
      import: 'b'.repeat(64),
    }),
    new LinkContactToCase(id, { case: streamId('case', 1) }),
    new MarkSamePerson(id, { other: streamId('contact', 2) }),
    new ExpireContact(id),
    new WithdrawImportedContact(id),
    new WithdrawColleaguesContact(id),
  ],
});
