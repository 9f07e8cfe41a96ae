import { randomUUID } from 'node:crypto';
import type { EventToAppend } from '@platform/kernel';

const uuid = '0193b6f2-7c1e-4d2a-9f00-1a2b3c4d5e6f';
const BODY = {
  data: { case: `case-${uuid}`, service: 'housing_placement', urgency: 'urgent', language: 'fr', groups: ['ID', 'CON', 'NEED'] },
  meta: {
    ...{ at: '2031-03-14T09:26:53.589Z', actor: `member-${uuid}`, organisation: `organisation-${uuid}`, region: 'umbria' },
    ...{ role: 'operator', session: 's0193b6f27c1e', acr: 2, purpose: 'direct_assistance', request: uuid, causation: null },
    ...{ correlation: uuid, command: 'OfferReferral', commandId: uuid, commandHash: 'a'.repeat(64), policy: 'b'.repeat(64) },
    ...{ reasons: ['C-REFER', 'K-HOLD'], facts: [{ stream: `consent-${uuid}`, revision: 2 }], cases: [`case-${uuid}`] },
  },
};

/** An event as large as those of the product, with no value about anybody. */
export const event = (): EventToAppend => ({ id: randomUUID(), type: 'ReferralOffered', schema: 1, ...BODY });

/** What the raw limit writes: as many bytes as the two documents of one event. */
export const payload = JSON.stringify(BODY);
