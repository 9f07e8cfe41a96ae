import { systemActor } from '@platform/kernel';
import { deciding, scenario } from '@platform/testing';
import * as commands from './referral-commands';
import * as example from './referral-examples';
import { CASE, facts, proposal, receiver, REFERRAL as ID, sender, SENDER, stranger, terms, THIRD, told } from './referral-examples';
import { referralDecider } from './referral.decider';

const bySender = scenario(referralDecider, deciding(facts, sender, example.OFFERED_AT));
const byReceiver = scenario(referralDecider, deciding(facts, receiver, example.OFFERED_AT));
const bySystem = scenario(referralDecider, deciding(facts, systemActor('umbria'), example.OFFERED_AT));
const draftOf = (changed: Partial<typeof proposal> = {}) => new commands.DraftReferral(ID, { ...proposal, ...changed });

describe('a referral draft', () => {
  it('keeps the terms under which the custodian team proposes the case', () => bySender.when(draftOf()).then(told.drafted));

  it('is not made of a case that somebody else holds (A1)', () => {
    bySender
      .by({ facts: { ...facts, case: undefined } })
      .when(draftOf())
      .thenRefused('case.not-found');
    bySender.by({ actor: stranger }).when(draftOf()).thenRefused('case.not-found');
    bySender.by({ actor: example.elsewhere }).when(draftOf()).thenRefused('case.not-found');
  });

  it('cannot be made by the receiver of an accepted referral to pass the case on (A12)', () => {
    byReceiver.when(draftOf({ receiver: { organisation: THIRD, region: 'toscana' } })).thenRefused('case.not-found');
  });

  it('is not made of a closed case', () => {
    bySender
      .by({ facts: { ...facts, case: { custodian: SENDER, team: example.TEAM, open: false } } })
      .when(draftOf())
      .thenRefused('referral.case-closed');
  });

  it('is rejected with a reason when it names an unknown service (A25)', () => {
    bySender.when(draftOf({ service: 'massage' })).thenRefused('referral.unknown-service', ['/service']);
  });

  it.each([
    ['urgency', { urgency: 'yesterday' }, 'referral.unknown-urgency'],
    ['reason', { reason: 'because' }, 'referral.unknown-reason'],
    ['language', { language: 'Urdu' }, 'referral.unknown-language'],
    ['purpose', { purpose: 'audit' as const }, 'referral.unknown-purpose'],
    ['mode', { mode: 'forever' as 'joint' }, 'referral.unknown-mode'],
    ['a spelling with a look-alike letter', { service: 'lеgal_advice' }, 'referral.unknown-service'],
  ])('is rejected when it names an unknown %s', (_what, changed, code) => {
    bySender.when(draftOf(changed)).thenRefused(code);
  });

  it('does not ask for more than a receiver of this service may ever see', () => {
    bySender.when(draftOf({ groups: ['PROT', 'ID'] })).thenRefused('referral.group-beyond-ceiling', ['/groups/0']);
    bySender.when(draftOf({ groups: ['ID', 'PROT'] })).thenRefused('referral.group-beyond-ceiling');
    bySender.when(draftOf({ groups: ['ID', 'HEA'] })).thenRefused('referral.group-beyond-ceiling');
    bySender.when(draftOf({ groups: ['ID', 'LEG'], service: 'health_care' })).thenRefused('referral.group-beyond-ceiling');
    bySender.when(draftOf({ groups: [] })).thenRefused('referral.nothing-to-disclose');
  });

  it('names what it is to rest on', () => bySender.when(draftOf({ bases: [] })).thenRefused('referral.no-basis-named'));

  it('goes to another, active organisation of a kind that may receive cases', () => {
    bySender.when(draftOf({ receiver: { organisation: SENDER, region: 'umbria' } })).thenRefused('referral.receiver-is-sender');
    const to = (changed: object) =>
      bySender.by({ facts: { ...facts, receiver: { kind: 'association', region: 'toscana', active: true, hasTeam: false, ...changed } } });
    to({ active: false }).when(draftOf()).thenRefused('referral.receiver-not-active');
    to({ region: 'lazio' }).when(draftOf()).thenRefused('referral.receiver-not-active');
    to({})
      .when(draftOf({ receiver: { ...terms.receiver, team: example.TEAM } }))
      .thenRefused('referral.receiver-not-active');
    for (const kind of ['labour_inspectorate', 'trade_union', 'employers_association', 'prosecutor', 'company'])
      to({ kind }).when(draftOf()).thenRefused('referral.receiver-never-reaches-a-case');
  });

  it('is nobody’s but the sender’s until it is offered', () => {
    byReceiver.given(told.drafted).when(new commands.OpenReferralSummary(ID)).thenRefused('referral.not-found');
  });

  it('is made by people, not by the clock', () => bySystem.when(draftOf()).thenRefused('referral.only-people-refer'));

  it('takes no id twice, and tells strangers nothing about it', () => {
    bySender.given(told.drafted).when(draftOf()).thenRefused('referral.exists');
    bySender.given(told.drafted).by({ actor: stranger }).when(draftOf()).thenRefused('referral.not-found');
  });

  it('follows a redirect only where there was one', () => {
    const redirectedFrom = ID.replace('1', '2');
    bySender.when(draftOf({ redirectedFrom })).thenRefused('referral.not-redirected');
    const redirected = { case: CASE, sender: SENDER, to: terms.receiver.organisation };
    bySender
      .by({ facts: { ...facts, redirected } })
      .when(draftOf({ redirectedFrom }))
      .then({ type: 'ReferralDrafted', data: { ...terms, redirectedFrom } });
  });
});

describe('an offer', () => {
  const draft = bySender.given(told.drafted);

  it('shows service, region, urgency and language, and keeps the digests of the preview (A16)', () => {
    draft.when(new commands.OfferReferral(ID, example.preview)).then(told.offered);
  });

  it('holds nothing about a person', () => {
    expect(JSON.stringify(told.offered)).not.toMatch(/case-|consent-|member-|vault:/);
  });

  it('is not made when the sender was shown something else than the receiver will get (A16)', () => {
    draft
      .by({ facts: { ...facts, offerDigest: 'f'.repeat(64) } })
      .when(new commands.OfferReferral(ID, example.preview))
      .thenRefused('referral.preview-differs');
    draft
      .by({ facts: { ...facts, offerDigest: undefined } })
      .when(new commands.OfferReferral(ID, example.preview))
      .thenRefused('referral.preview-differs');
  });

  it('is not made without the digest of every stage', () => {
    draft.when(new commands.OfferReferral(ID, { ...example.preview, accepted: '' })).thenRefused('referral.preview-missing');
  });

  it.each([
    ['immediate', '2031-03-15T12:00:00.000Z'],
    ['urgent', '2031-03-17T12:00:00.000Z'],
    ['ordinary', '2031-03-29T12:00:00.000Z'],
  ])('that is %s must be answered by %s', (urgency, due) => {
    bySender
      .given({ type: 'ReferralDrafted', data: { ...terms, urgency } })
      .when(new commands.OfferReferral(ID, example.preview))
      .then({ type: 'ReferralOffered', data: { ...told.offered.data, urgency, due } });
  });

  it('made again with the same preview changes nothing, with another it is too late', () => {
    const offered = draft.given(told.offered);
    offered.when(new commands.OfferReferral(ID, example.preview)).thenNothing();
    offered.when(new commands.OfferReferral(ID, { ...example.preview, stage1: '7'.repeat(64) })).thenRefused('referral.not-now');
  });

  it('is a second, distinct referral when the same organisation is asked again (A24)', () => {
    const second = new commands.DraftReferral(ID.replace('1', '2'), proposal);
    bySender.when(second).then(told.drafted);
    bySender
      .given(told.drafted, told.offered, told.declined)
      .when(new commands.AcceptReferral(ID, receiver.member, 'service'))
      .thenRefused('referral.not-addressee');
  });
});
