import { type EventsOf, type DataOfEvent, field, stored, v1 } from '@contracts';
import { assertNever } from '@platform/kernel';

/** What a notice may be about, and how many hours its recipient has to acknowledge it. */
export const NOTICE_HOURS = {
  'consent-withdrawn': 72,
  'grant-ended': 7 * 24,
  'break-glass-used': 24,
  'referral-waiting': 24,
  'referral-withdrawn': 72,
} as const;
export type NoticeKind = keyof typeof NOTICE_HOURS;
export const NOTICE_KINDS = Object.keys(NOTICE_HOURS) as readonly NoticeKind[];

export const noticeEvents = stored({
  /** No person in it: `about.ref` is the stream the news stands in, shown to nobody. `from` is told when nobody acknowledges. */
  NoticeSent: v1({
    recipient: field.ref('organisation'),
    from: field.ref('organisation'),
    about: field.record({ kind: field.oneOf(NOTICE_KINDS), ref: field.ref() }),
    due: field.instant(),
  }),
  NoticeAcknowledged: v1({ member: field.ref('member') }),
  /** The deadline passed: listed as un-acknowledged. */
  NoticeLapsed: v1({ recipient: field.ref('organisation'), from: field.ref('organisation') }),
});
export type NoticeEvent = EventsOf<typeof noticeEvents>;
export type NoticeTerms = DataOfEvent<typeof noticeEvents, 'NoticeSent'>;

export type NoticeStatus = 'Sent' | 'Acknowledged' | 'Lapsed';
export type Notice = (NoticeTerms & { readonly status: NoticeStatus }) | null;
export const initialNotice: Notice = null;

export function evolveNotice(state: Notice, event: NoticeEvent): Notice {
  if (event.type === 'NoticeSent') return { ...event.data, status: 'Sent' };
  if (state === null) return state;
  switch (event.type) {
    case 'NoticeAcknowledged':
      return { ...state, status: 'Acknowledged' };
    case 'NoticeLapsed':
      return { ...state, status: 'Lapsed' };
    default:
      return assertNever(event);
  }
}
