import { type DataOfEvent, type EventsOf, field, stored, v1 } from '@contracts';
import { assertNever } from '@platform/kernel';

/** How the two met. */
export const MET_HOW = ['approached_by_team', 'came_by_themself', 'brought_by_peer', 'sent_by_service', 'reported_by_third_party'] as const;

/** Sealed beside the data: NEED (urgent needs). */
export const contactEvents = stored({
  /** May be fully anonymous: then `refs` is empty. An outing is its day and its comune. */
  ContactRecorded: v1({
    organisation: field.ref('organisation'),
    on: field.day(),
    comune: field.code(),
    channel: field.code(),
    language: field.code(),
    met: field.oneOf(MET_HOW),
    urgent: field.flag(),
    /** Services that were spoken of. */
    offered: field.list(field.code()),
    refs: field.list(field.record({ group: field.oneOf(['ID', 'CON']), field: field.code(), ref: field.vaultRef() })),
    /** Out of a sheet: which import, whose, and until when it may be undone. */
    sheet: field.optional(field.record({ import: field.digest(), by: field.ref('member'), undoUntil: field.instant() })),
    /** Retention: from then on the service lets it expire. */
    keepUntil: field.instant(),
  }),
  ContactLinkedToCase: v1({ case: field.ref('case') }),
  ContactExpired: v1({}),
  /** It should not have been recorded: it leaves lists and numbers, and stays in history. */
  ContactWithdrawn: v1({ reason: field.oneOf(['import_undone']) }),
  ContactsMarkedSame: v1({ other: field.ref('contact') }),
});
export type ContactEvent = EventsOf<typeof contactEvents>;
export type ContactData<K extends keyof typeof contactEvents> = DataOfEvent<typeof contactEvents, K>;

export interface RecordedContact {
  readonly status: 'Recorded' | 'Linked' | 'Expired' | 'Withdrawn';
  readonly organisation: string;
  readonly keepUntil: string;
  readonly case: string | null;
  readonly sheet: ContactData<'ContactRecorded'>['sheet'] | null;
  /** Contacts of other teams with the same person: counted once. */
  readonly sameAs: readonly string[];
}
export type Contact = RecordedContact | null;

export function evolveContact(state: Contact, event: ContactEvent): Contact {
  if (event.type === 'ContactRecorded') {
    const { organisation, keepUntil, sheet = null } = event.data;
    return { status: 'Recorded', organisation, keepUntil, case: null, sheet, sameAs: [] };
  }
  if (state === null) return state;
  switch (event.type) {
    case 'ContactLinkedToCase':
      return { ...state, status: 'Linked', case: event.data.case };
    case 'ContactExpired':
      return { ...state, status: 'Expired' };
    case 'ContactWithdrawn':
      return { ...state, status: 'Withdrawn' };
    case 'ContactsMarkedSame':
      return { ...state, sameAs: [...state.sameAs, event.data.other] };
    default:
      return assertNever(event);
  }
}
