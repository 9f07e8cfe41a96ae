import { type ReactNode, useState } from 'react';
import { serverNow } from '../session/session';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Badge, type Tone } from '../ui/notice';
import type { ReferralView } from './answers';
import { referralStrings, type ReferralStatusKey } from './strings';

const TONE: Readonly<Record<string, Tone>> = {
  Offered: 'warn',
  UnderReview: 'warn',
  Accepted: 'good',
  InService: 'good',
  Declined: 'danger',
  Expired: 'danger',
};
/** While these last an answer is due. */
const WAITING = ['Offered', 'UnderReview'];
export const ENDED = ['Closed', 'Declined', 'Redirected', 'Withdrawn', 'Expired', 'Returned'];

export function StatusBadge({ status }: { readonly status: string }): ReactNode {
  const say = useText(referralStrings);
  return <Badge tone={TONE[status] ?? 'plain'}>{say(`statuses.${status as ReferralStatusKey}`)}</Badge>;
}

/** Beside what one was about to do: where the referral stands now. */
export const asItStands = (now: unknown): ReactNode => <StatusBadge status={(now as ReferralView).status} />;

export function Due({ due, status }: { readonly due: string | null; readonly status: string }): ReactNode {
  const { fromNow } = useDates();
  const [now] = useState(serverNow);
  return due && WAITING.includes(status) ? fromNow(due, now) : '–';
}

const STAGES = ['now', 'review', 'accepted'] as const;
const REACHED: Readonly<Record<string, number>> = { Drafted: 0, Offered: 0, UnderReview: 1, Accepted: 2, InService: 2, OutcomeReported: 2 };

/** Offer, summary, acceptance: what is known of the person grows with each, and with each only as far as was agreed. */
export function Stages({ status }: { readonly status: string }): ReactNode {
  const say = useText(referralStrings);
  const reached = REACHED[status];
  if (reached === undefined) return null;
  return (
    <ol className="rc-stages" aria-label={say('stages.title')}>
      {STAGES.map((stage, n) => (
        <li key={stage} aria-current={n === reached ? 'step' : undefined} className={n <= reached ? 'rc-stage-on' : undefined}>
          {say(`stages.${stage}`)}
        </li>
      ))}
    </ol>
  );
}
