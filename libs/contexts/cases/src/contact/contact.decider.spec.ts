import { systemActor } from '@platform/kernel';
import { deciding, person, scenario, streamId } from '@platform/testing';
import type { ContactEvent } from './contact';
import {
  contactDecider,
  type ContactFacts,
  ExpireContact,
  LinkContactToCase,
  MarkSamePerson,
  RecordContact,
  WithdrawColleaguesContact,
  WithdrawImportedContact,
} from './contact.decider';

const id = streamId('contact', 1);
const file = streamId('case', 1);
const other = streamId('contact', 2);
const meeting = {
  on: '2031-03-13',
  comune: '054039',
  channel: 'field_camp',
  language: 'bn',
  met: 'approached_by_team',
  offered: ['legal_advice'],
  refs: [],
} as const;
const kept = '2032-03-13T12:00:00.000Z';
const recorded: ContactEvent = {
  type: 'ContactRecorded',
  data: { organisation: person().organisation, ...meeting, urgent: false, keepUntil: kept },
};
const sheet = { import: 'a'.repeat(64), by: person().member, undoUntil: '2031-03-21T12:00:00.000Z' };
const imported: ContactEvent = { type: 'ContactRecorded', data: { ...recorded.data, sheet } };
const linked: ContactEvent = { type: 'ContactLinkedToCase', data: { case: file } };
const facts: ContactFacts = {
  case: { custodian: person().organisation, granted: false },
  other: { organisation: streamId('organisation', 2), gone: false },
};
const contact = scenario(contactDecider, deciding(facts));
const changed = (change: object): RecordContact => new RecordContact(id, { ...meeting, needs: [], ...change });
const clock = (at: string) => ({ actor: systemActor('umbria'), at });

describe('a contact', () => {
  it('may be fully anonymous: a day, a comune, how and in which language', () =>
    contact.when(new RecordContact(id, { ...meeting, needs: [] })).then(recorded));

  it('seals urgent needs and says in clear only that there are some', () =>
    contact.when(changed({ needs: ['health', 'shelter'] })).then({
      type: 'ContactRecorded',
      data: { ...recorded.data, urgent: true },
      secret: { NEED: { needs: ['health', 'shelter'] } },
    }));

  it('is kept as long as its region says', () =>
    contact
      .by({ facts: { ...facts, retentionDays: 30 } })
      .when(changed({}))
      .then({ type: 'ContactRecorded', data: { ...recorded.data, keepUntil: '2031-04-13T12:00:00.000Z' } }));

  it('is recorded once, by people', () => {
    contact.given(recorded).when(changed({})).thenRefused('contact.already-recorded');
    contact
      .by({ actor: systemActor('umbria') })
      .when(changed({}))
      .thenRefused('contact.only-people-meet');
  });

  it('happened on a day, not in the future', () => {
    contact.when(changed({ on: 'yesterday' })).thenRefused('contact.no-day');
    contact.when(changed({ on: '2031-02-30' })).thenRefused('contact.no-day');
    contact.when(changed({ on: '2031-03-15' })).thenRefused('contact.in-the-future');
    // Whoever is out at night writes the date of the calendar, while it is still the day before in UTC.
    const night = contact.by({ at: '2031-03-14T23:30:00.000Z' });
    night.when(changed({ on: '2031-03-16' })).thenRefused('contact.in-the-future');
    const keepUntil = '2032-03-13T23:30:00.000Z';
    night.when(changed({ on: '2031-03-15' })).then({ type: 'ContactRecorded', data: { ...recorded.data, on: '2031-03-15', keepUntil } });
    contact.when(changed({ on: '2031-03-14' })).then({ type: 'ContactRecorded', data: { ...recorded.data, on: '2031-03-14' } });
  });

  it('happened in a comune that exists, through a channel and in words that are on the lists', () => {
    contact.when(changed({ comune: '999999' })).thenRefused('contact.unknown-comune');
    contact.when(changed({ language: 'Bangla, I think' })).thenRefused('contact.unknown-language');
    contact.when(changed({ channel: 'by the river' })).thenRefused('contact.unknown-contact-channel');
    contact.when(changed({ needs: ['money'] })).thenRefused('contact.unknown-need');
    contact.when(changed({ needs: ['health', 'health'] })).thenRefused('contact.code-twice');
    contact.when(changed({ offered: ['legal_advice', 'hope'] })).thenRefused('contact.unknown-service', ['/offered/1']);
    contact.when(changed({ met: 'by chance' })).thenRefused('contact.malformed');
  });

  it('holds what the person said of themself as vault references only', () => {
    const ref = `vault:umbria:${'a'.repeat(26)}`;
    const refs = [{ group: 'CON', field: 'phone', ref }] as const;
    contact.when(changed({ refs })).then({ type: 'ContactRecorded', data: { ...recorded.data, refs } });
    contact.when(changed({ refs: [{ group: 'CON', field: 'phone', ref: '+39 333 1234567' }] })).thenRefused('contact.malformed');
    contact.when(changed({ refs: [{ group: 'ID', field: 'shoe_size', ref }] })).thenRefused('contact.unknown-field');
  });

  it('is linked to a case of the organisation that made it', () =>
    contact
      .given(recorded)
      .when(new LinkContactToCase(id, { case: file }))
      .then(linked));

  it('is linked to another organisation’s case only under a grant', () => {
    const elsewhere = (granted: boolean) => ({ facts: { case: { custodian: streamId('organisation', 9), granted } } });
    const link = new LinkContactToCase(id, { case: file });
    contact.given(recorded).by(elsewhere(false)).when(link).thenRefused('contact.case-of-another');
    contact.given(recorded).by(elsewhere(true)).when(link).then(linked);
    contact
      .given(recorded)
      .by(elsewhere(false))
      .by({ actor: systemActor('umbria') })
      .when(link)
      .then(linked);
  });

  it('does not tell that a case exists', () =>
    contact
      .given(recorded)
      .by({ facts: {} })
      .when(new LinkContactToCase(id, { case: file }))
      .thenRefused('case.not-found'));

  it('belongs to one case', () => {
    contact
      .given(recorded, linked)
      .when(new LinkContactToCase(id, { case: file }))
      .thenNothing();
    contact
      .given(recorded, linked)
      .when(new LinkContactToCase(id, { case: streamId('case', 2) }))
      .thenRefused('contact.already-linked');
  });

  it('may be marked as the same person as another team’s, and counts once', () => {
    const same: ContactEvent = { type: 'ContactsMarkedSame', data: { other } };
    contact.given(recorded).when(new MarkSamePerson(id, { other })).then(same);
    contact.given(recorded, same).when(new MarkSamePerson(id, { other })).thenNothing();
  });

  it('is not marked the same as itself, as one nobody knows, or as one no longer kept', () => {
    contact
      .given(recorded)
      .when(new MarkSamePerson(id, { other: id }))
      .thenRefused('contact.same-as-itself');
    contact.given(recorded).by({ facts: {} }).when(new MarkSamePerson(id, { other })).thenRefused('contact.not-found');
    contact
      .given(recorded)
      .by({ facts: { other: { organisation: streamId('organisation', 2), gone: true } } })
      .when(new MarkSamePerson(id, { other }))
      .thenRefused('contact.other-expired');
  });

  it('expires by the clock, once its retention is over', () => {
    const gone: ContactEvent = { type: 'ContactExpired', data: {} };
    contact.given(recorded).when(new ExpireContact(id)).thenRefused('contact.only-by-clock');
    contact.given(recorded).by(clock('2032-03-13T11:59:59.999Z')).when(new ExpireContact(id)).thenRefused('contact.not-yet');
    contact.given(recorded).by(clock(kept)).when(new ExpireContact(id)).then(gone);
    contact.given(recorded, gone).by(clock(kept)).when(new ExpireContact(id)).thenNothing();
    contact.given(recorded, gone).when(new MarkSamePerson(id, { other })).thenRefused('contact.expired');
    contact.given(recorded, linked).by(clock(kept)).when(new ExpireContact(id)).thenRefused('contact.already-linked');
  });

  it('out of a sheet says which import it belongs to, and until when that may be undone', () =>
    contact.when(changed({ import: sheet.import })).then(imported));

  it('out of a sheet is withdrawn within its seven days, by whoever imported it or coordinates', () => {
    const withdrawn: ContactEvent = { type: 'ContactWithdrawn', data: { reason: 'import_undone' } };
    for (const command of [new WithdrawImportedContact(id), new WithdrawColleaguesContact(id)]) {
      contact.given(imported).when(command).then(withdrawn);
      contact.given(imported).by({ at: '2031-03-21T11:59:59.999Z' }).when(command).then(withdrawn);
      contact.given(imported).by({ at: sheet.undoUntil }).when(command).thenRefused('contact.undo-over');
      contact.given(imported, withdrawn).when(command).thenNothing();
      contact.given(recorded).when(command).thenRefused('contact.not-imported');
    }
    contact.given(imported, withdrawn).when(new MarkSamePerson(id, { other })).thenRefused('contact.withdrawn');
    contact.given(imported, withdrawn).by(clock(kept)).when(new ExpireContact(id)).thenRefused('contact.withdrawn');
  });

  it('is not withdrawn once somebody has made something of it', () => {
    const undo = new WithdrawImportedContact(id);
    contact.given(imported, linked).when(undo).thenRefused('contact.already-linked');
    contact.given(imported, { type: 'ContactExpired', data: {} }).when(undo).thenRefused('contact.expired');
    contact.given(imported, { type: 'ContactsMarkedSame', data: { other } }).when(undo).thenRefused('contact.in-use');
  });

  it('that does not exist answers like one outside need-to-know', () => {
    contact.when(new ExpireContact(id)).thenRefused('contact.not-found');
  });
});
