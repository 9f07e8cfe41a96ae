import { type DataOfEvent, type EventsOf, field, stored, v1 } from '@contracts';
import { assertNever } from '@platform/kernel';

export const ERASURE_GROUNDS = ['asked_by_person', 'asked_for_person', 'retention_over'] as const;
/** Duties to keep that stand against an erasure. */
export const DUTIES_TO_KEEP = [
  'criminal_proceedings',
  'civil_proceedings',
  'health_records',
  'accounts_of_public_funds',
  'order_of_authority',
] as const;

const subject = field.ref();
export const erasureEvents = stored({
  ErasureRequested: v1({
    subject,
    ground: field.oneOf(ERASURE_GROUNDS),
    requester: field.ref('member'),
    accountRef: field.optional(field.vaultRef()),
  }),
  ErasureApproved: v1({ subject, requester: field.ref('member'), approver: field.ref('member') }),
  ErasureRefused: v1({ subject, duty: field.oneOf(DUTIES_TO_KEEP), accountRef: field.optional(field.vaultRef()) }),
  /** The subject's key is destroyed; every reader deletes what it opened. */
  SubjectErased: v1({ subject }),
});
export type ErasureEvent = EventsOf<typeof erasureEvents>;
export type ErasureData<K extends keyof typeof erasureEvents> = DataOfEvent<typeof erasureEvents, K>;

export interface RequestedErasure {
  readonly status: 'Requested' | 'Approved' | 'Erased' | 'Refused';
  readonly subject: string;
  readonly requester: string;
  /** Empty until approved. */
  readonly approver: string;
}
export type Erasure = RequestedErasure | null;

export function evolveErasure(state: Erasure, event: ErasureEvent): Erasure {
  if (event.type === 'ErasureRequested') {
    const { subject: of, requester } = event.data;
    return { status: 'Requested', subject: of, requester, approver: '' };
  }
  if (state === null) return state;
  switch (event.type) {
    case 'ErasureApproved':
      return { ...state, status: 'Approved', approver: event.data.approver };
    case 'ErasureRefused':
      return { ...state, status: 'Refused' };
    case 'SubjectErased':
      return { ...state, status: 'Erased' };
    default:
      return assertNever(event);
  }
}
