import { systemActor } from '@platform/kernel';
import { checkMachine, deciding, NOON, person, streamId } from '@platform/testing';
import type { ContactEvent } from './contact';
import {
  type ContactCommand,
  contactDecider,
  ExpireContact,
  LinkContactToCase,
  MarkSamePerson,
  RecordContact,
  WithdrawColleaguesContact,
  WithdrawImportedContact,
} from './contact.decider';

const id = streamId('contact', 1);
const meeting = {
  on: '2031-03-13',
  comune: '054039',
  channel: 'street',
  language: 'bn',
  met: 'approached_by_team',
  offered: [],
  refs: [],
} as const;
const recorded: ContactEvent = {
  type: 'ContactRecorded',
  data: {
    ...{ organisation: person().organisation, ...meeting, urgent: false, keepUntil: '2031-03-14T11:00:00.000Z' },
    sheet: { import: 'a'.repeat(64), by: person().member, undoUntil: '2031-03-21T12:00:00.000Z' },
  },
};
const pasts: Record<string, ContactEvent[]> = {
  '-': [],
  Recorded: [recorded],
  Linked: [recorded, { type: 'ContactLinkedToCase', data: { case: streamId('case', 2) } }],
  Withdrawn: [recorded, { type: 'ContactWithdrawn', data: { reason: 'import_undone' } }],
  Expired: [recorded, { type: 'ContactExpired', data: {} }],
};
const commands: Record<string, ContactCommand> = {
  RecordContact: new RecordContact(id, { ...meeting, needs: [] }),
  LinkContactToCase: new LinkContactToCase(id, { case: streamId('case', 1) }),
  ExpireContact: new ExpireContact(id),
  MarkSamePerson: new MarkSamePerson(id, { other: streamId('contact', 2) }),
  WithdrawImportedContact: new WithdrawImportedContact(id),
  WithdrawColleaguesContact: new WithdrawColleaguesContact(id),
};
const facts = {
  case: { custodian: person().organisation, granted: false },
  other: { organisation: streamId('organisation', 2), gone: false },
};

checkMachine({
  noun: 'contact',
  decider: contactDecider,
  stateName: (state) => state?.status ?? '-',
  commandFor: (command, from) => ({
    given: pasts[from]!,
    command: commands[command]!,
    context: deciding(facts, command === 'ExpireContact' ? systemActor('umbria') : person(), NOON),
  }),
});
