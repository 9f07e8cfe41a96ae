import { type DataOfEvent, type EventsOf, field, stored, v1 } from '@contracts';
import { assertNever, type FieldGroup } from '@platform/kernel';

/** Groups that hold values worth unmasking. */
export const UNMASKED_GROUPS = ['ID', 'CON', 'PROT', 'FAM', 'HEA', 'LEG', 'EXP', 'OFF', 'NEED', 'PLAN'] as const satisfies FieldGroup[];
export const UNMASK_REASONS = ['data_subject_request', 'authorised_replay', 'order_of_authority', 'safeguarding'] as const;
/** Minutes an unmasking lasts at most. */
export const MOST_MINUTES = 15;

const who = { case: field.ref('case'), member: field.ref('member'), organisation: field.ref('organisation') } as const;
const what = { ...who, groups: field.list(field.oneOf(UNMASKED_GROUPS)) } as const;

export const unmaskEvents = stored({
  UnmaskRequested: v1({ ...what, reason: field.oneOf(UNMASK_REASONS), accountRef: field.vaultRef(), minutes: field.count() }),
  /** `until`: the service lets it end. */
  UnmaskApproved: v1({ ...what, approver: field.ref('member'), until: field.instant() }),
  UnmaskRefused: v1(what),
  UnmaskEnded: v1(what),
});
export type UnmaskEvent = EventsOf<typeof unmaskEvents>;
export type UnmaskData<K extends keyof typeof unmaskEvents> = DataOfEvent<typeof unmaskEvents, K>;

export interface RequestedUnmask {
  readonly status: 'Requested' | 'Open' | 'Ended' | 'Refused';
  readonly what: UnmaskData<'UnmaskEnded'>;
  readonly minutes: number;
  /** Empty until approved. */
  readonly until: string;
}
export type Unmask = RequestedUnmask | null;

export function evolveUnmask(state: Unmask, event: UnmaskEvent): Unmask {
  if (event.type === 'UnmaskRequested') {
    const { case: of, member, organisation, groups, minutes } = event.data;
    return { status: 'Requested', what: { case: of, member, organisation, groups }, minutes, until: '' };
  }
  if (state === null) return state;
  switch (event.type) {
    case 'UnmaskApproved':
      return { ...state, status: 'Open', until: event.data.until };
    case 'UnmaskRefused':
      return { ...state, status: 'Refused' };
    case 'UnmaskEnded':
      return { ...state, status: 'Ended' };
    default:
      return assertNever(event);
  }
}
