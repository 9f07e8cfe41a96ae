import { type FieldGroup, systemActor } from '@platform/kernel';
import { deciding, person, scenario, streamId } from '@platform/testing';
import type { ConsentEvent } from './consent';
import {
  AskConsent,
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
const facts = { case: { custodian: person().organisation } };
const consent = scenario(consentDecider, deciding(facts));
const clock = (at: string) => ({ actor: systemActor('umbria'), at });
const changed = (change: object): AskConsent => new AskConsent(id, { ...asking, ...change });

describe('a consent', () => {
  it('is asked for one purpose, one recipient and named field groups, in the person’s language', () =>
    consent.when(new AskConsent(id, asking)).then(asked));

  it('may name an interregional team as its recipient', () => {
    const recipient = streamId('team', 3);
    consent.when(changed({ recipient })).then({ type: 'ConsentAsked', data: { ...asking, recipient } });
  });

  it('is asked once under one id', () => consent.given(asked).when(new AskConsent(id, asking)).thenRefused('consent.already-asked'));

  it('is not asked for a case that is unknown here', () =>
    consent.by({ facts: {} }).when(new AskConsent(id, asking)).thenRefused('case.not-found'));

  it('names neither nobody nor everybody as its recipient', () =>
    consent.when(changed({ recipient: streamId('member', 1) })).thenRefused('consent.no-recipient', ['/recipient']));

  it('is not needed by the custodian itself', () =>
    consent.when(changed({ recipient: facts.case.custodian })).thenRefused('consent.recipient-is-custodian'));

  it('names at least one field group, each once, each known', () => {
    consent.when(changed({ groups: [] })).thenRefused('consent.no-groups');
    consent.when(changed({ groups: ['ID', 'ID'] })).thenRefused('consent.code-twice');
    consent.when(changed({ groups: ['ALL' as FieldGroup] })).thenRefused('consent.unknown-group');
  });

  it('records a language that exists', () => consent.when(changed({ language: 'Bangla' })).thenRefused('consent.unknown-language'));

  it('ends after it could be given, and both lie ahead', () => {
    consent.when(changed({ answerDue: '2031-03-14T12:00:00.000Z' })).thenRefused('consent.already-past');
    consent.when(changed({ expires: '2031-03-14T11:00:00.000Z' })).thenRefused('consent.already-past');
    consent.when(changed({ expires: '2031-03-20T00:00:00.000Z' })).thenRefused('consent.ends-before-answer');
    consent.when(changed({ expires: '2031-09-01' })).thenRefused('consent.no-instant');
    consent.when(changed({ expires: '2031-02-31T25:00:00Z' })).thenRefused('consent.no-instant');
    consent.when(changed({ expires: 'for ever' })).thenRefused('consent.no-instant');
  });

  it('takes no word that is not on its list', () =>
    consent.when(changed({ how: 'by signing here' })).thenRefused('consent.malformed', ['/how']));

  it('is given with the scope it was asked for', () => {
    consent.given(asked).when(new GiveConsent(id, {})).then(given);
    const evidenceRef = `vault:umbria:${'a'.repeat(26)}`;
    consent
      .given(asked)
      .when(new GiveConsent(id, { evidenceRef }))
      .then({ type: 'ConsentGiven', data: { ...scope, evidenceRef } });
  });

  it('keeps no words in clear as its evidence', () =>
    consent
      .given(asked)
      .when(new GiveConsent(id, { evidenceRef: 'she nodded' }))
      .thenRefused('consent.malformed'));

  it('is not given after the time for an answer', () => {
    consent.by({ at: asking.answerDue }).given(asked).when(new GiveConsent(id, {})).thenRefused('consent.request-lapsed');
    const short: ConsentEvent = { type: 'ConsentAsked', data: { ...asking, expires: '2031-03-14T11:00:00.000Z' } };
    consent.given(short).when(new GiveConsent(id, {})).thenRefused('consent.already-past');
  });

  it('given twice is given once', () => consent.given(asked, given).when(new GiveConsent(id, {})).thenNothing());

  it('may be refused, and a refusal is final', () => {
    const refusal: ConsentEvent = { type: 'ConsentRefused', data: scope };
    consent.given(asked).when(new RefuseConsent(id)).then(refusal);
    consent.given(asked, refusal).when(new RefuseConsent(id)).thenNothing();
    consent.given(asked, refusal).when(new GiveConsent(id, {})).thenRefused('consent.already-answered');
  });

  it('is withdrawn at any time, once, and says what it covered', () => {
    const withdrawal: ConsentEvent = { type: 'ConsentWithdrawn', data: { ...scope, reason: 'person_asked' } };
    consent
      .given(asked, given)
      .when(new WithdrawConsent(id, { reason: 'person_asked' }))
      .then(withdrawal);
    consent
      .given(asked, given, withdrawal)
      .when(new WithdrawConsent(id, { reason: 'person_asked' }))
      .thenNothing();
    consent.given(asked, given, withdrawal).when(new GiveConsent(id, {})).thenRefused('consent.already-answered');
  });

  it('withdrawn leaves the person’s other consents alone: each is a record of its own', () => {
    const other = streamId('consent', 2);
    consent
      .given(asked, given)
      .when(new WithdrawConsent(id, { reason: 'no_longer_free' }))
      .then({ type: 'ConsentWithdrawn', data: { ...scope, reason: 'no_longer_free' } });
    consent.given(asked, given).when(new GiveConsent(other, {})).thenNothing();
  });

  it('that was never given cannot be withdrawn or expire', () => {
    consent
      .given(asked)
      .when(new WithdrawConsent(id, { reason: 'person_asked' }))
      .thenRefused('consent.not-given');
    consent.by(clock('2032-01-01T00:00:00.000Z')).given(asked).when(new ExpireConsent(id)).thenRefused('consent.not-given');
  });

  it('is never given, refused or withdrawn by the service itself', () => {
    const service = consent.by({ actor: systemActor('umbria') });
    service.when(new AskConsent(id, asking)).thenRefused('consent.only-the-person');
    service.given(asked).when(new GiveConsent(id, {})).thenRefused('consent.only-the-person');
    service.given(asked).when(new RefuseConsent(id)).thenRefused('consent.only-the-person');
    service
      .given(asked, given)
      .when(new WithdrawConsent(id, { reason: 'other' }))
      .thenRefused('consent.only-the-person');
  });

  it('ends by the clock alone, and at its instant', () => {
    const started = consent.given(asked, given);
    started.when(new ExpireConsent(id)).thenRefused('consent.only-by-clock');
    started.by(clock('2031-08-31T23:59:59.999Z')).when(new ExpireConsent(id)).thenRefused('consent.not-yet');
    started.by(clock(scope.expires)).when(new ExpireConsent(id)).then({ type: 'ConsentExpired', data: scope });
  });

  it('that nobody answered lapses by the clock alone', () => {
    const waiting = consent.given(asked);
    waiting.when(new LapseConsentRequest(id)).thenRefused('consent.only-by-clock');
    waiting.by(clock('2031-03-19T23:59:59.999Z')).when(new LapseConsentRequest(id)).thenRefused('consent.not-yet');
    const lapsed: ConsentEvent = { type: 'ConsentRequestLapsed', data: scope };
    waiting.by(clock(asking.answerDue)).when(new LapseConsentRequest(id)).then(lapsed);
    consent.given(asked, lapsed).when(new GiveConsent(id, {})).thenRefused('consent.expired');
    consent.given(asked, lapsed).by(clock(scope.expires)).when(new ExpireConsent(id)).thenNothing();
    consent.given(asked, lapsed).by(clock(scope.expires)).when(new LapseConsentRequest(id)).thenNothing();
    consent.given(asked, given).by(clock(scope.expires)).when(new LapseConsentRequest(id)).thenRefused('consent.already-answered');
  });

  it('that does not exist answers like one outside need-to-know', () =>
    consent.when(new GiveConsent(id, {})).thenRefused('consent.not-found'));
});
