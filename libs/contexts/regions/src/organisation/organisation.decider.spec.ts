import { deciding, person, scenario, streamId } from '@platform/testing';
import type { OrganisationEvent } from './organisation';
import {
  AccreditOrganisation,
  organisationDecider,
  type OrganisationFacts,
  RegisterOrganisation,
  ReinstateOrganisation,
  SuspendOrganisation,
  WithdrawOrganisation,
} from './organisation.decider';

const id = streamId('organisation', 7);
const agreement = 'ab'.repeat(32);
const facts: OrganisationFacts = { regionKnown: true, openCustody: 0 };
const profile = { kind: 'social_cooperative', region: 'umbria', designation: 'Cooperativa L’Alveare' } as const;
const identity = { kind: 'social_cooperative', sector: 'private_social', region: 'umbria' } as const;
const registered: OrganisationEvent = { type: 'OrganisationRegistered', data: { ...identity, designation: 'Cooperativa L’Alveare' } };
const accredited = { type: 'OrganisationAccredited', data: { ...identity, agreement, signedOn: '2031-03-01' } } satisfies OrganisationEvent;
const suspended: OrganisationEvent = { type: 'OrganisationSuspended', data: { reason: 'investigation' } };
const withdrawn: OrganisationEvent = { type: 'OrganisationWithdrawn', data: { reason: 'dissolved' } };
const organisation = scenario(organisationDecider, deciding(facts));
const itself = { actor: person({ organisation: id }) };

describe('an organisation', () => {
  it('is registered with its kind, sector and region', () => organisation.when(new RegisterOrganisation(id, profile)).then(registered));

  it('may state another sector only where its kind allows it', () => {
    const facility = { ...profile, kind: 'msna_facility', sector: 'public' } as const;
    organisation
      .when(new RegisterOrganisation(id, facility))
      .then({ type: 'OrganisationRegistered', data: { ...registered.data, kind: 'msna_facility', sector: 'public' } });
    organisation.when(new RegisterOrganisation(id, { ...profile, sector: 'public' })).thenRefused('organisation.sector-unfit');
  });

  it('is not registered in a region nobody registered', () =>
    organisation
      .by({ facts: { ...facts, regionKnown: false } })
      .when(new RegisterOrganisation(id, profile))
      .thenRefused('organisation.region-unknown'));

  it('is registered once', () => {
    organisation.given(registered).when(new RegisterOrganisation(id, profile)).thenNothing();
    organisation
      .given(registered)
      .when(new RegisterOrganisation(id, { ...profile, region: 'toscana' }))
      .thenRefused('organisation.already-registered');
  });

  it('that is a company is named only in the vault', () => {
    const nameRef = 'vault:umbria:abcdefghijklmnopqrstuvwxyz';
    const company = { kind: 'company', region: 'umbria' } as const;
    organisation.when(new RegisterOrganisation(id, { ...company, designation: 'Rossi Anna' })).thenRefused('organisation.company-in-clear');
    organisation.when(new RegisterOrganisation(id, company)).thenRefused('organisation.nameless');
    organisation
      .when(new RegisterOrganisation(id, { ...company, nameRef }))
      .then({ type: 'OrganisationRegistered', data: { ...company, sector: 'business', nameRef } });
  });

  it('needs a public designation unless it is a company', () =>
    organisation.when(new RegisterOrganisation(id, { kind: 'association', region: 'umbria' })).thenRefused('organisation.nameless'));

  it('is not called by a telephone number or an e-mail address', () => {
    for (const designation of ['Sportello 0755001234', 'sportello@example.org'])
      organisation
        .when(new RegisterOrganisation(id, { ...profile, designation }))
        .thenRefused('organisation.designation-form', ['/designation']);
  });

  it('is accredited on a signed data-sharing agreement', () => {
    const known = organisation.given(registered);
    known.when(new AccreditOrganisation(id, agreement, '2031-03-01')).then(accredited);
    known.when(new AccreditOrganisation(id, undefined, '2031-03-01')).thenRefused('organisation.no-data-sharing-agreement');
    known.when(new AccreditOrganisation(id, agreement, undefined)).thenRefused('organisation.no-data-sharing-agreement');
    known.when(new AccreditOrganisation(id, agreement, '2031-03-15')).thenRefused('organisation.agreement-not-yet-signed');
    // Half past midnight in Italy: there it is the fifteenth.
    const tonight = { ...accredited, data: { ...accredited.data, signedOn: '2031-03-15' } };
    known
      .by({ at: '2031-03-14T23:30:00.000Z' })
      .when(new AccreditOrganisation(id, agreement, '2031-03-15'))
      .then(tonight);
    const today = { ...accredited, data: { ...accredited.data, signedOn: '2031-03-14' } };
    known.when(new AccreditOrganisation(id, agreement, '2031-03-14')).then(today);
    organisation
      .given(registered, accredited)
      .when(new AccreditOrganisation(id, agreement, '2031-03-01'))
      .thenNothing();
  });

  it('does not accredit or reinstate itself (A4)', () => {
    organisation
      .by(itself)
      .given(registered)
      .when(new AccreditOrganisation(id, agreement, '2031-03-01'))
      .thenRefused('organisation.own-accreditation');
    organisation
      .by(itself)
      .given(registered, accredited, suspended)
      .when(new ReinstateOrganisation(id))
      .thenRefused('organisation.own-reinstatement');
  });

  it('that is suspended is reinstated, not accredited anew', () => {
    const paused = organisation.given(registered, accredited, suspended);
    paused.when(new AccreditOrganisation(id, agreement, '2031-03-01')).thenRefused('organisation.suspended');
    paused.when(new ReinstateOrganisation(id)).then({ type: 'OrganisationReinstated', data: {} });
    organisation.given(registered, accredited).when(new ReinstateOrganisation(id)).thenNothing();
  });

  it('is suspended only once accredited', () => {
    organisation.given(registered).when(new SuspendOrganisation(id, 'investigation')).thenRefused('organisation.not-accredited');
    organisation.given(registered, accredited).when(new SuspendOrganisation(id, 'investigation')).then(suspended);
    organisation.given(registered, accredited, suspended).when(new SuspendOrganisation(id, 'investigation')).thenNothing();
  });

  it('does not leave while people are in its charge', () => {
    const member = organisation.given(registered, accredited);
    member
      .by({ facts: { ...facts, openCustody: 1 } })
      .when(new WithdrawOrganisation(id, 'dissolved'))
      .thenRefused('organisation.open-custody');
    member.when(new WithdrawOrganisation(id, 'dissolved')).then(withdrawn);
  });

  it('that nobody registered is not found', () =>
    organisation.when(new SuspendOrganisation(id, 'investigation')).thenRefused('organisation.not-found'));

  it('that left does not come back', () => {
    const gone = organisation.given(registered, accredited, withdrawn);
    gone.when(new WithdrawOrganisation(id, 'dissolved')).thenNothing();
    gone.when(new ReinstateOrganisation(id)).thenRefused('organisation.withdrawn');
    gone.when(new RegisterOrganisation(id, profile)).thenRefused('organisation.withdrawn');
  });
});
