import { systemActor } from '@platform/kernel';
import { checkRules, person, streamId } from '@platform/testing';
import { consentEvents } from './consent';
import {
  AskConsent,
  consentDecider,
  ExpireConsent,
  GiveConsent,
  LapseConsentRequest,
  RefuseConsent,
  WithdrawConsent,
} from './consent.decider';
import { publishConsent } from './consent.published';

const id = streamId('consent', 1);

checkRules({
  noun: 'consent',
  events: consentEvents,
  decider: consentDecider,
  stateName: (state) => state?.status ?? '-',
  terminal: ['Refused', 'Withdrawn', 'Expired'],
  publish: publishConsent,
  actors: [person(), systemActor('umbria')],
  facts: [{ case: { custodian: person().organisation } }, {}],
  commands: [
    new AskConsent(id, {
      case: streamId('case', 1),
      recipient: streamId('organisation', 2),
      purpose: 'direct_assistance',
      groups: ['ID', 'NEED'],
      expires: '2031-09-01T00:00:00.000Z',
      language: 'bn',
      interpreter: false,
      how: 'spoken',
      answerDue: '2031-04-01T00:00:00.000Z',
    }),
    new GiveConsent(id, { evidenceRef: `vault:umbria:${'a'.repeat(26)}` }),
    new RefuseConsent(id),
    new WithdrawConsent(id, { reason: 'person_asked' }),
    new ExpireConsent(id),
    new LapseConsentRequest(id),
  ],
});
