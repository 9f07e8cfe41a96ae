import { type DataOfEvent, type EventsOf, field, stored, v1 } from '@contracts';
import { assertNever } from '@platform/kernel';

/** What an emergency may open, one at a time. Never who somebody is, never where they are protected. */
export const GLASS_GROUPS = ['CON', 'HEA', 'NEED', 'FAM'] as const;
export type GlassGroup = (typeof GLASS_GROUPS)[number];
/** Hours within which another organisation reviews. */
export const REVIEW_HOURS = 72;

const who = {
  case: field.ref('case'),
  custodian: field.ref('organisation'),
  member: field.ref('member'),
  organisation: field.ref('organisation'),
  group: field.oneOf(GLASS_GROUPS),
} as const;
const review = { ...who, accountRef: field.optional(field.vaultRef()) } as const;

export const breakGlassEvents = stored({
  /** `accountRef`: the reason in words, always there, in the vault. */
  BreakGlassOpened: v1({
    ...who,
    reason: field.code(),
    accountRef: field.vaultRef(),
    expires: field.instant(),
    reviewDue: field.instant(),
  }),
  BreakGlassExpired: v1(who),
  BreakGlassClosedEarly: v1(who),
  BreakGlassJustified: v1(review),
  BreakGlassFoundUnjustified: v1(review),
  BreakGlassReviewOverdue: v1(who),
});
export type BreakGlassEvent = EventsOf<typeof breakGlassEvents>;
export type BreakGlassData<K extends keyof typeof breakGlassEvents> = DataOfEvent<typeof breakGlassEvents, K>;

export interface BrokenGlass {
  readonly status: 'Opened' | 'AwaitingReview' | 'Justified' | 'Unjustified';
  readonly who: BreakGlassData<'BreakGlassExpired'>;
  readonly expires: string;
  readonly reviewDue: string;
  readonly overdue: boolean;
}
export type BreakGlass = BrokenGlass | null;

export function evolveBreakGlass(state: BreakGlass, event: BreakGlassEvent): BreakGlass {
  if (event.type === 'BreakGlassOpened') {
    const { case: of, custodian, member, organisation, group, expires, reviewDue } = event.data;
    return { status: 'Opened', who: { case: of, custodian, member, organisation, group }, expires, reviewDue, overdue: false };
  }
  if (state === null) return state;
  switch (event.type) {
    case 'BreakGlassExpired':
    case 'BreakGlassClosedEarly':
      return { ...state, status: 'AwaitingReview' };
    case 'BreakGlassJustified':
      return { ...state, status: 'Justified', overdue: false };
    case 'BreakGlassFoundUnjustified':
      return { ...state, status: 'Unjustified', overdue: false };
    case 'BreakGlassReviewOverdue':
      return { ...state, overdue: true };
    default:
      return assertNever(event);
  }
}
