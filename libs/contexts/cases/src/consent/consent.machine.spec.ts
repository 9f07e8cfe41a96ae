import { systemActor } from '@platform/kernel';
import { checkMachine, deciding, NOON, person, streamId } from '@platform/testing';
import type { ConsentEvent } from './consent';
import {
  AskConsent,
  type ConsentCommand,
  consentDecider,
  ExpireConsent,
  GiveConsent,
  LapseConsentRequest,
  RefuseConsent,
  WithdrawConsent,
} from './consent.decider';

const id = streamId('consent', 1);
const scope = {
  case: streamId('case', 1),
  recipient: streamId('organisation', 2),
  purpose: 'direct_assistance',
  groups: ['ID', 'NEED'],
  expires: '2031-09-01T00:00:00.000Z',
} as const;
const asking = { ...scope, language: 'bn', interpreter: true, how: 'spoken', answerDue: '2031-03-20T00:00:00.000Z' } as const;
const asked: ConsentEvent = { type: 'ConsentAsked', data: asking };
const given: ConsentEvent = { type: 'ConsentGiven', data: scope };
const pasts: Record<string, ConsentEvent[]> = {
  '-': [],
  Asked: [asked],
  Given: [asked, given],
  Refused: [asked, { type: 'ConsentRefused', data: scope }],
  Withdrawn: [asked, given, { type: 'ConsentWithdrawn', data: { ...scope, reason: 'person_asked' } }],
  Expired: [asked, given, { type: 'ConsentExpired', data: scope }],
};
const commands: Record<string, ConsentCommand> = {
  AskConsent: new AskConsent(id, asking),
  GiveConsent: new GiveConsent(id, {}),
  RefuseConsent: new RefuseConsent(id),
  WithdrawConsent: new WithdrawConsent(id, { reason: 'person_asked' }),
  ExpireConsent: new ExpireConsent(id),
  LapseConsentRequest: new LapseConsentRequest(id),
};
const clock = ['ExpireConsent', 'LapseConsentRequest'];
const facts = { case: { custodian: person().organisation } };

checkMachine({
  noun: 'consent',
  decider: consentDecider,
  stateName: (state) => state?.status ?? '-',
  commandFor: (command, from) => ({
    given: pasts[from]!,
    command: commands[command]!,
    context: clock.includes(command) ? deciding(facts, systemActor('umbria'), '2031-12-01T00:00:00.000Z') : deciding(facts, person(), NOON),
  }),
});
