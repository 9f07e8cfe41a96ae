import { deciding, scenario, streamId } from '@platform/testing';
import type { OrganisationStanding } from '../organisation/organisation';
import type { RegionEvent } from './region';
import { ActivateRegion, ReactivateRegion, regionDecider, type RegionFacts, RegisterRegion, SuspendRegion } from './region.decider';

const id = streamId('region', 1);
const project = streamId('organisation', 1);
const office = streamId('organisation', 2);
const standing = (organisation: string, changed: Partial<OrganisationStanding> = {}): [string, OrganisationStanding] => [
  organisation,
  { organisation, kind: 'anti_trafficking_project', sector: 'private_social', region: 'umbria', active: true, ...changed },
];
const facts: RegionFacts = {
  taken: false,
  organisations: new Map([standing(project), standing(office, { kind: 'region', sector: 'public' })]),
  openReferrals: 0,
};
const registered: RegionEvent = { type: 'RegionRegistered', data: { region: 'umbria' } };
const activated: RegionEvent = { type: 'RegionActivated', data: { region: 'umbria', custodian: project, controller: office } };
const suspended: RegionEvent = { type: 'RegionSuspended', data: { region: 'umbria', reason: 'own_request' } };
const region = scenario(regionDecider, deciding(facts));
const activate = new ActivateRegion(id, project, office);

describe('a region', () => {
  it('is registered under its slug', () => region.when(new RegisterRegion(id, 'umbria')).then(registered));

  it('is not registered under anything but a slug', () =>
    region.when(new RegisterRegion(id, 'Regione Umbria')).thenRefused('region.not-a-slug', ['/region']));

  it('is registered once', () => {
    region.given(registered).when(new RegisterRegion(id, 'umbria')).thenNothing();
    region.given(registered).when(new RegisterRegion(id, 'toscana')).thenRefused('region.already-registered');
    region
      .by({ facts: { ...facts, taken: true } })
      .when(new RegisterRegion(id, 'umbria'))
      .thenRefused('region.already-registered');
  });

  it('is activated with a custodian organisation and a data controller', () => region.given(registered).when(activate).then(activated));

  it('is not activated without an accredited custodian and controller of its own', () => {
    const only = (...organisations: [string, OrganisationStanding][]) =>
      region.by({ facts: { ...facts, organisations: new Map(organisations) } }).given(registered);
    only(standing(office)).when(activate).thenRefused('region.custodian-not-accredited');
    only(standing(project), standing(office, { region: 'toscana' }))
      .when(activate)
      .thenRefused('region.controller-not-accredited');
    only(standing(project, { active: false }), standing(office))
      .when(activate)
      .thenRefused('region.custodian-not-accredited');
  });

  it('is not suspended while referrals into it wait for an answer', () => {
    const active = region.given(registered, activated);
    active
      .by({ facts: { ...facts, openReferrals: 1 } })
      .when(new SuspendRegion(id, 'own_request'))
      .thenRefused('region.open-referrals');
    active.when(new SuspendRegion(id, 'own_request')).then(suspended);
    active.given(suspended).when(new SuspendRegion(id, 'own_request')).thenNothing();
    active.when(new ReactivateRegion(id)).thenNothing();
  });

  it('is reactivated after a suspension, not activated anew', () => {
    const paused = region.given(registered, activated, suspended);
    paused.when(activate).thenRefused('region.suspended');
    paused.when(new ReactivateRegion(id)).then({ type: 'RegionReactivated', data: { region: 'umbria' } });
  });

  it('that nobody registered is not found', () => region.when(activate).thenRefused('region.not-found'));
});
