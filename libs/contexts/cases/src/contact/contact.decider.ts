import { assertNever, type Decider, type DecisionContext, invalid, isSystem, notFound, refused } from '@platform/kernel';
import { Addressed, Bare } from '../addressed';
import { isVaultField } from '../case/particulars';
import { demandClock, demandCode, demandCodes, demandComune, sound } from '../demands';
import { daysAfter, isDay, isReached, italianDayOf } from '../instants';
import { type Contact, type ContactData, contactEvents, type ContactEvent, evolveContact, type RecordedContact } from './contact';

/** `needs` are urgent ones; `offered` the services spoken of. */
export class RecordContact extends Addressed<
  Omit<ContactData<'ContactRecorded'>, 'organisation' | 'keepUntil' | 'urgent' | 'sheet'> & {
    readonly needs: readonly string[];
    /** Import it comes out of. */
    readonly import?: string;
  }
> {
  readonly kind = 'RecordContact';
}
export class LinkContactToCase extends Addressed<{ case: string }> {
  readonly kind = 'LinkContactToCase';
}
export class MarkSamePerson extends Addressed<{ other: string }> {
  readonly kind = 'MarkSamePerson';
}
export class ExpireContact extends Bare {
  readonly kind = 'ExpireContact';
}
/** Undoes an import of one's own, contact by contact. */
export class WithdrawImportedContact extends Bare {
  readonly kind = 'WithdrawImportedContact';
}
/** Undoes a colleague's. */
export class WithdrawColleaguesContact extends Bare {
  readonly kind = 'WithdrawColleaguesContact';
}
export const contactCommands = [
  RecordContact,
  LinkContactToCase,
  MarkSamePerson,
  ExpireContact,
  WithdrawImportedContact,
  WithdrawColleaguesContact,
] as const;
export type ContactCommand = InstanceType<(typeof contactCommands)[number]>;

export interface ContactFacts {
  /** Days the region keeps contacts that became no case; a year where it says nothing. */
  readonly retentionDays?: number;
  /** The case to link: its custodian, and whether the actor's organisation holds a grant on it. */
  readonly case?: { readonly custodian: string; readonly granted: boolean };
  /** The other contact, if the actor may know it. */
  readonly other?: { readonly organisation: string; readonly gone: boolean };
}
type Context = DecisionContext<ContactFacts>;

const RETENTION_DAYS = 365;
/** Long enough to notice that a sheet was the wrong one, before people lean on what it brought. */
const UNDO_DAYS = 7;
const LANGUAGE = /^[a-z]{2,3}$/;

function decide(command: ContactCommand, state: Contact, context: Context): ContactEvent[] {
  if (command.kind === 'RecordContact') {
    if (state) throw refused('contact.already-recorded', 'There is a contact with this id already.');
    return recorded(command, context);
  }
  if (!state) throw notFound('contact');
  switch (command.kind) {
    case 'LinkContactToCase':
      return linked(command, state, context);
    case 'MarkSamePerson':
      return marked(command, state, context);
    case 'ExpireContact':
      if (state.status === 'Expired') return [];
      demandOpen(state);
      demandClock('contact', context.actor, state.keepUntil, context.at);
      return [{ type: 'ContactExpired', data: {} }];
    case 'WithdrawImportedContact':
    case 'WithdrawColleaguesContact':
      return withdrawn(state, context);
    default:
      return assertNever(command);
  }
}

function recorded({ body }: RecordContact, { actor, at, facts }: Context): ContactEvent[] {
  const { needs, import: sheetImport, on, comune, channel, language, met, offered, refs } = body;
  if (isSystem(actor)) throw refused('contact.only-people-meet', 'A contact is recorded by whoever met the person.');
  if (!isDay(on)) throw invalid('contact.no-day', '/on', 'Give a day.');
  if (on > italianDayOf(at)) throw invalid('contact.in-the-future', '/on', 'This day is still to come.');
  demandComune('contact', comune);
  if (!LANGUAGE.test(language)) throw invalid('contact.unknown-language', '/language', 'A language is an ISO 639 code.');
  demandCode('contact', 'contact-channel', channel, '/channel');
  if (needs.length > 0) demandCodes('contact', 'need', needs, '/needs');
  if (offered.length > 0) demandCodes('contact', 'service', offered, '/offered');
  const unknown = refs.findIndex(({ group, field }) => !isVaultField(group, field));
  if (unknown >= 0) throw invalid('contact.unknown-field', `/refs/${unknown}/field`, 'A contact holds no such field.');
  const keepUntil = daysAfter(at, facts.retentionDays ?? RETENTION_DAYS);
  const sheet = sheetImport === undefined ? {} : { sheet: { import: sheetImport, by: actor.member, undoUntil: daysAfter(at, UNDO_DAYS) } };
  const meeting = { on, comune, channel, language, met, offered, refs };
  return [
    {
      type: 'ContactRecorded',
      data: { organisation: actor.organisation, ...meeting, ...sheet, urgent: needs.length > 0, keepUntil },
      ...(needs.length > 0 ? { secret: { NEED: { needs } } } : {}),
    },
  ];
}

function linked({ body }: LinkContactToCase, state: RecordedContact, { actor, facts }: Context): ContactEvent[] {
  if (state.status === 'Linked' && state.case === body.case) return [];
  demandOpen(state);
  if (!facts.case) throw notFound('case');
  const own = isSystem(actor) || facts.case.custodian === state.organisation;
  if (!own && !facts.case.granted) throw refused('contact.case-of-another', 'The case is in the charge of another organisation.');
  return [{ type: 'ContactLinkedToCase', data: { case: body.case } }];
}

function marked({ id, body }: MarkSamePerson, state: RecordedContact, { facts }: Context): ContactEvent[] {
  if (state.sameAs.includes(body.other)) return [];
  demandOpen(state);
  if (body.other === id) throw refused('contact.same-as-itself', 'A contact is the same as itself anyway.');
  if (!facts.other) throw notFound('contact');
  if (facts.other.gone) throw refused('contact.other-expired', 'The other contact is no longer kept.');
  return [{ type: 'ContactsMarkedSame', data: { other: body.other } }];
}

/** Only what came out of a sheet, lately, and that nobody has made anything of. */
function withdrawn(state: RecordedContact, { at }: Context): ContactEvent[] {
  if (state.status === 'Withdrawn') return [];
  demandOpen(state);
  if (!state.sheet) throw refused('contact.not-imported', 'This contact was recorded by itself, not out of a sheet.');
  if (state.sameAs.length > 0) throw refused('contact.in-use', 'Somebody has worked with this contact since it was imported.');
  if (isReached(state.sheet.undoUntil, at)) throw refused('contact.undo-over', 'The time in which this import could be undone is over.');
  return [{ type: 'ContactWithdrawn', data: { reason: 'import_undone' } }];
}

function demandOpen({ status }: RecordedContact): void {
  if (status === 'Withdrawn') throw refused('contact.withdrawn', 'This contact was withdrawn: it should not have been recorded.');
  if (status === 'Expired') throw refused('contact.expired', 'This contact is no longer kept.');
  if (status === 'Linked') throw refused('contact.already-linked', 'This contact belongs to a case already.');
}

/** The rules of a contact. */
export const contactDecider: Decider<Contact, ContactCommand, ContactEvent, ContactFacts> = {
  initialState: null,
  decide: (command, state, context) => sound('contact', contactEvents, decide(command, state, context)),
  evolve: evolveContact,
};
