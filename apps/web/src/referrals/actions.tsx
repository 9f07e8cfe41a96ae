import type { ComponentProps, ReactNode } from 'react';
import type { GetPath } from '../api/client';
import { Act as AnyAct } from '../ui/acts';
import { asItStands } from './referral-parts';

/** What changes with anything that is done to a referral. */
export const REFERRAL_PATHS: readonly GetPath[] = [
  '/api/referrals/{handle}',
  '/api/referrals/inbox',
  '/api/referrals/outbox',
  '/api/referrals/{handle}/clarifications',
  '/api/cases/{handle}',
  '/api/cases',
];

/** One act on a referral that needs no words of its own. */
export const Act = (props: Omit<ComponentProps<typeof AnyAct>, 'refresh' | 'theirs'>): ReactNode => (
  <AnyAct {...props} refresh={REFERRAL_PATHS} theirs={asItStands} />
);
