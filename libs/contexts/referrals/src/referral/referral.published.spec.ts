import { eventNameOf, faultsOf, personLikePaths, referralsContract } from '@contracts';
import type { RecordedEvent } from '@platform/kernel';
import { NOON } from '@platform/testing';
import { noticeEvents } from '../notice/notice';
import { type ReferralEvent, referralEvents } from './referral';
import { CASE, REFERRAL, sender, told } from './referral-examples';
import { publishedReferral } from './referral.published';

const recorded = ({ type, data }: ReferralEvent): RecordedEvent => ({
  ...{
    id: '00000000-0000-8000-8000-000000000001',
    type,
    schema: 1,
    data,
    stream: REFERRAL,
    revision: 3,
    log: 'referrals@umbria',
    position: '7',
  },
  meta: {
    ...{ at: NOON, actor: sender.member, organisation: sender.organisation, region: 'umbria', role: 'case_manager', session: 's', acr: 2 },
    ...{ purpose: 'direct_assistance', request: 'r', causation: null, correlation: 'c', command: 'C', commandId: 'i', commandHash: 'h' },
    ...{ policy: 'p', reasons: ['r'], facts: [], cases: [CASE] },
  },
});
const inside = ['ReferralDrafted', 'ReferralClarificationAsked', 'ReferralClarificationGiven', 'ReferralRedirectProposed'];
const every = Object.values<ReferralEvent>(told);

describe('what leaves the referrals context', () => {
  it.each(every.filter(({ type }) => !inside.includes(type)))('of $type fits its contract', (event) => {
    const message = publishedReferral(recorded(event));
    expect(eventNameOf(message?.type ?? '')).toBe(event.type);
    expect(message).toMatchObject({ subject: REFERRAL, revision: 3, region: 'umbria', data: { referral: REFERRAL } });
  });

  it.each(every.filter(({ type }) => inside.includes(type)))('is nothing of $type', (event) => {
    expect(publishedReferral(recorded(event))).toBeUndefined();
  });

  it('is nothing of a draft that is withdrawn before anybody saw it', () => {
    expect(publishedReferral(recorded({ ...told.withdrawn, data: { ...told.withdrawn.data, offered: false } }))).toBeUndefined();
  });

  it('names no case while the referral is only offered', () => {
    expect(JSON.stringify(publishedReferral(recorded(told.offered)))).not.toContain(CASE);
  });

  it('has an example of every event there is', () => {
    expect(every.map(({ type }) => type).sort()).toEqual(Object.keys(referralEvents).sort());
    expect(Object.keys(referralsContract.events).sort()).toEqual(
      every
        .map(({ type }) => type)
        .filter((type) => !inside.includes(type))
        .sort(),
    );
  });

  it.each(every)('fits, as $type, what the stored event declares', ({ type, data }) => {
    expect(faultsOf(referralEvents[type].fields, data)).toEqual([]);
  });

  it('is stored, too, without a field about a person', () => {
    expect(personLikePaths({ ...referralEvents, ...noticeEvents })).toEqual([]);
  });
});
