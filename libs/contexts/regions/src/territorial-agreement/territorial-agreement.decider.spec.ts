import { systemActor } from '@platform/kernel';
import { deciding, person, scenario, streamId } from '@platform/testing';
import type { OrganisationStanding } from '../organisation/organisation';
import type { TerritorialAgreementEvent, Terms } from './territorial-agreement';
import {
  ActivateAgreement,
  type AgreementFacts,
  DraftAgreement,
  ExpireAgreement,
  OpenNegotiation,
  SignAgreement,
  TerminateAgreement,
  territorialAgreementDecider,
} from './territorial-agreement.decider';

const id = streamId('territorialAgreement', 1);
const [umbrian, tuscan] = [streamId('organisation', 1), streamId('organisation', 2)];
const standing = (organisation: string, region: string, active = true): [string, OrganisationStanding] => [
  organisation,
  { organisation, kind: 'anti_trafficking_project', sector: 'private_social', region, active },
];
const facts: AgreementFacts = { organisations: new Map([standing(umbrian, 'umbria'), standing(tuscan, 'toscana')]) };
const terms: Terms = {
  parties: [
    { organisation: umbrian, region: 'umbria' },
    { organisation: tuscan, region: 'toscana' },
  ],
  scope: ['joint_case'],
  caps: [{ from: umbrian, to: tuscan, groups: ['NEED', 'TERR'] }],
  expiresAt: '2032-03-14T12:00:00.000Z',
};
const drafted = { type: 'AgreementDrafted', data: terms } satisfies TerritorialAgreementEvent;
const opened: TerritorialAgreementEvent = { type: 'AgreementNegotiationOpened', data: {} };
const signedBy = (organisation: string): TerritorialAgreementEvent => ({ type: 'AgreementSigned', data: { organisation } });
const activated: TerritorialAgreementEvent = { type: 'AgreementActivated', data: terms };
const agreement = scenario(territorialAgreementDecider, deciding(facts, person({ organisation: umbrian })));
const negotiating = agreement.given(drafted, opened);
const active = negotiating.given(signedBy(umbrian), signedBy(tuscan), activated);
const stranger = { actor: person({ organisation: streamId('organisation', 9) }) };
const clock = (at: string) => ({ actor: systemActor('umbria'), at });
const draft = (changed: Partial<Terms>) => agreement.when(new DraftAgreement(id, { ...terms, ...changed }));

describe('the draft of a territorial agreement', () => {
  it('names parties, purposes, caps per pair and an end', () => {
    draft({}).then(drafted);
    agreement.given(drafted).when(new DraftAgreement(id, terms)).thenNothing();
    agreement
      .given(drafted)
      .when(new DraftAgreement(id, { ...terms, scope: ['joint_outing'] }))
      .thenRefused('territorialAgreement.already-drafted');
  });

  it('has two parties at least, each named once', () => {
    draft({ parties: terms.parties.slice(0, 1), caps: [] }).thenRefused('territorialAgreement.too-few-parties', ['/parties']);
    draft({ parties: [...terms.parties, terms.parties[0]!] }).thenRefused('territorialAgreement.party-twice', ['/parties']);
  });

  it('caps only what one party shows another, once for each pair', () => {
    const [cap] = terms.caps;
    draft({ caps: [{ ...cap!, to: streamId('organisation', 9) }] }).thenRefused('territorialAgreement.cap-of-stranger', ['/caps/0']);
    draft({ caps: [{ ...cap!, to: umbrian }] }).thenRefused('territorialAgreement.cap-of-stranger');
    const back = { from: tuscan, to: umbrian, groups: cap!.groups };
    draft({ caps: [cap!, back] }).then({ ...drafted, data: { ...terms, caps: [cap!, back] } });
    draft({ caps: [cap!, { ...cap!, groups: ['ID'] }] }).thenRefused('territorialAgreement.cap-twice', ['/caps/1']);
    draft({ caps: [{ ...cap!, groups: ['NEED', 'NEED'] }] }).thenRefused('territorialAgreement.group-twice', ['/caps/0/groups']);
    draft({ scope: [] }).thenRefused('territorialAgreement.without-scope', ['/scope']);
  });

  it('has an end, within five years', () => {
    draft({ expiresAt: '2031-03-14T12:00:00.000Z' }).thenRefused('territorialAgreement.without-end', ['/expiresAt']);
    draft({ expiresAt: 'never' }).thenRefused('territorialAgreement.without-end');
    draft({ expiresAt: '2036-03-14T12:00:00.000Z' }).then({
      type: 'AgreementDrafted',
      data: { ...terms, expiresAt: '2036-03-14T12:00:00.000Z' },
    });
    draft({ expiresAt: '2036-03-14T12:00:00.001Z' }).thenRefused('territorialAgreement.too-long', ['/expiresAt']);
  });

  it('is between accredited organisations of the regions named, and written by one of them', () => {
    draft({ parties: [terms.parties[0]!, { organisation: tuscan, region: 'lazio' }] }).thenRefused(
      'territorialAgreement.party-not-accredited',
    );
    agreement.by(stranger).when(new DraftAgreement(id, terms)).thenRefused('territorialAgreement.not-a-party');
  });
});

describe('a territorial agreement', () => {
  it('is negotiated at the wish of a party', () => {
    agreement.given(drafted).when(new OpenNegotiation(id)).then(opened);
    agreement.given(drafted).by(stranger).when(new OpenNegotiation(id)).thenRefused('territorialAgreement.not-a-party');
    negotiating.when(new OpenNegotiation(id)).thenNothing();
  });

  it('is signed by each party for itself', () => {
    negotiating.when(new SignAgreement(id)).then(signedBy(umbrian));
    negotiating.given(signedBy(umbrian)).when(new SignAgreement(id)).thenNothing();
    negotiating.by(stranger).when(new SignAgreement(id)).thenRefused('territorialAgreement.not-a-party');
    agreement.given(drafted).when(new SignAgreement(id)).thenRefused('territorialAgreement.not-negotiating');
  });

  it('that nobody drafted is not found', () => agreement.when(new SignAgreement(id)).thenRefused('territorialAgreement.not-found'));

  it('is active only when every party has signed', () => {
    agreement.given(drafted).when(new ActivateAgreement(id)).thenRefused('territorialAgreement.not-negotiating');
    negotiating.given(signedBy(umbrian)).when(new ActivateAgreement(id)).thenRefused('territorialAgreement.unsigned');
    negotiating.given(signedBy(umbrian), signedBy(tuscan)).when(new ActivateAgreement(id)).then(activated);
    active.when(new ActivateAgreement(id)).thenNothing();
  });

  it('is not activated past its end or after a party lost its standing', () => {
    const signed = negotiating.given(signedBy(umbrian), signedBy(tuscan));
    signed.by({ at: terms.expiresAt }).when(new ActivateAgreement(id)).thenRefused('territorialAgreement.past-its-end');
    const suspended = { organisations: new Map([standing(umbrian, 'umbria'), standing(tuscan, 'toscana', false)]) };
    signed.by({ facts: suspended }).when(new ActivateAgreement(id)).thenRefused('territorialAgreement.party-not-accredited');
  });

  it('expires by the clock, not before and not by people', () => {
    active.by(clock(terms.expiresAt)).when(new ExpireAgreement(id)).then({ type: 'AgreementExpired', data: {} });
    active.given({ type: 'AgreementExpired', data: {} }).by(clock(terms.expiresAt)).when(new ExpireAgreement(id)).thenNothing();
    active.by(clock('2032-03-14T11:59:59.999Z')).when(new ExpireAgreement(id)).thenRefused('territorialAgreement.not-yet-due');
    active.by({ at: terms.expiresAt }).when(new ExpireAgreement(id)).thenRefused('territorialAgreement.only-by-clock');
  });

  it('is terminated by a party at any time before', () => {
    const terminated: TerritorialAgreementEvent = { type: 'AgreementTerminated', data: { reason: 'breach' } };
    for (const each of [agreement.given(drafted), negotiating, active]) {
      each.when(new TerminateAgreement(id, 'breach')).then(terminated);
      each.by(stranger).when(new TerminateAgreement(id, 'breach')).thenRefused('territorialAgreement.not-a-party');
    }
    active.given(terminated).when(new TerminateAgreement(id, 'breach')).thenNothing();
    active.given(terminated).when(new SignAgreement(id)).thenRefused('territorialAgreement.over');
    active
      .given({ type: 'AgreementExpired', data: {} })
      .when(new TerminateAgreement(id, 'breach'))
      .thenRefused('territorialAgreement.expired');
  });
});
