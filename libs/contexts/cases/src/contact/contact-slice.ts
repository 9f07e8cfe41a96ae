import type { Slice } from '@platform/commanding';
import type { Contact, ContactEvent } from './contact';
import { type ContactCommand, contactCommands, contactDecider, type ContactFacts } from './contact.decider';

export const contactSlice: Slice<Contact, ContactCommand, ContactEvent, ContactFacts> = {
  context: 'cases',
  noun: 'contact',
  decider: contactDecider,
  commands: contactCommands,
  regionOf: (_command, by) => by.actor.region,
  casesOf: (command, state) => (command.kind === 'LinkContactToCase' ? [command.body.case] : state?.case ? [state.case] : []),
};
