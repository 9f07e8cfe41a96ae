import { systemActor } from '@platform/kernel';
import { deciding, person, scenario, streamId } from '@platform/testing';
import type { AccessGrantEvent, GrantScope } from './access-grant';
import { accessGrantDecider, ExpireAccess, NarrowAccess, RenewAccess, RevokeAccess } from './access-grant.decider';
import type { AccessGrantFacts, Grantee } from './access-grant-facts';

const id = streamId('accessGrant', 1);
const custodian = person().organisation;
const them = streamId('organisation', 2);
const [first, second] = [streamId('member', 20), streamId('member', 21)];
const team = streamId('team', 9);
const basis = { kind: 'consent', ref: streamId('consent', 1) } as const;
const expires = '2031-06-01T00:00:00.000Z';
const body = {
  case: streamId('case', 1),
  organisation: them,
  members: [first],
  relation: 'referral-accepted',
  groups: ['ID', 'NEED'],
  purpose: 'direct_assistance',
  basis,
  referral: streamId('referral', 1),
  service: 'legal_advice',
  expires,
} as const;
const scope: GrantScope = { ...body, custodian };
const file: NonNullable<AccessGrantFacts['case']> = { custodian, phase: 'Emersion', sealed: [], recused: [], shares: [{ team, expires }] };
const consent: NonNullable<AccessGrantFacts['basis']> = {
  ...basis,
  case: body.case,
  live: true,
  since: '2031-03-01T00:00:00.000Z',
  expires: '2031-09-01T00:00:00.000Z',
  recipient: them,
  purpose: 'direct_assistance',
  groups: ['ID', 'NEED', 'CON'],
};
const grantee: Grantee = { member: first, organisation: them, kind: 'social_cooperative', roles: ['operator'], active: true };
const facts: AccessGrantFacts = { case: file, basis: consent, grantees: [grantee, { ...grantee, member: second }] };
const granted: AccessGrantEvent = { type: 'AccessGranted', data: scope };
const grant = scenario(accessGrantDecider, deciding(facts));
const known = (change: Partial<AccessGrantFacts>) => grant.by({ facts: { ...facts, ...change } });
const clock = (at: string) => ({ actor: systemActor('umbria'), at });

describe('a grant in force', () => {
  const wide: AccessGrantEvent = { type: 'AccessGranted', data: { ...scope, members: [first, second] } };
  const all = { groups: ['ID', 'NEED'], members: [first, second], expires } as const;

  it('may shrink in people, field groups and time', () => {
    grant
      .given(wide)
      .when(new NarrowAccess(id, { ...all, groups: ['NEED'] }))
      .then({ type: 'AccessNarrowed', data: { ...scope, members: [first, second], groups: ['NEED'] } });
    grant
      .given(wide)
      .when(new NarrowAccess(id, { ...all, members: [second] }))
      .then({ type: 'AccessNarrowed', data: { ...scope, members: [second] } });
    grant
      .given(wide)
      .when(new NarrowAccess(id, { ...all, members: [second, second] }))
      .then({ type: 'AccessNarrowed', data: { ...scope, members: [second] } });
    const sooner = '2031-04-01T00:00:00.000Z';
    grant
      .given(wide)
      .when(new NarrowAccess(id, { ...all, expires: sooner }))
      .then({ type: 'AccessNarrowed', data: { ...scope, members: [first, second], expires: sooner } });
  });

  it('never grows: widening is another grant, and both stay in the trail (A17)', () => {
    const more = 'accessGrant.only-shrinks';
    grant
      .given(wide)
      .when(new NarrowAccess(id, { ...all, groups: ['ID', 'NEED', 'CON'] }))
      .thenRefused(more);
    grant
      .given(wide)
      .when(new NarrowAccess(id, { ...all, members: [first, streamId('member', 22)] }))
      .thenRefused(more);
    grant
      .given(wide)
      .when(new NarrowAccess(id, { ...all, expires: '2031-06-01T00:00:00.001Z' }))
      .thenRefused(more);
  });

  it('narrowed to nothing is revoked instead', () => {
    grant
      .given(wide)
      .when(new NarrowAccess(id, { ...all, members: [] }))
      .thenRefused('accessGrant.audience-empty');
    grant
      .given(wide)
      .when(new NarrowAccess(id, { ...all, groups: [] }))
      .thenRefused('accessGrant.no-groups');
    grant
      .given(wide)
      .when(new NarrowAccess(id, { ...all, expires: '2031-03-14T12:00:00.000Z' }))
      .thenRefused('accessGrant.already-past');
  });

  it('narrowed to what it is stays as it is', () => grant.given(wide).when(new NarrowAccess(id, all)).thenNothing());

  it('is narrowed, renewed and revoked by the custodian alone', () => {
    const other = grant.by({ actor: person({ organisation: them }) }).given(wide);
    other.when(new NarrowAccess(id, { ...all, groups: ['ID'] })).thenRefused('accessGrant.not-custodian');
    other.when(new RevokeAccess(id, { reason: 'no_longer_needed' })).thenRefused('accessGrant.not-custodian');
    other
      .when(new RenewAccess(id, { expires: '2031-07-01T00:00:00.000Z', reason: 'service_continues' }))
      .thenRefused('accessGrant.not-custodian');
  });

  it('is renewed in the same scope, later, with a reason, while its basis lasts', () => {
    const later = '2031-07-01T00:00:00.000Z';
    const renewed: AccessGrantEvent = { type: 'AccessRenewed', data: { ...scope, expires: later, reason: 'service_continues' } };
    grant
      .given(granted)
      .when(new RenewAccess(id, { expires: later, reason: 'service_continues' }))
      .then(renewed);
    grant
      .given(granted, renewed)
      .when(new RenewAccess(id, { expires: later, reason: 'service_continues' }))
      .thenRefused('accessGrant.not-later');
    grant
      .given(granted)
      .when(new RenewAccess(id, { expires: '2031-03-01T00:00:00.000Z', reason: 'service_continues' }))
      .thenRefused('accessGrant.already-past');
    grant
      .given(granted)
      .when(new RenewAccess(id, { expires: '2031-10-01T00:00:00.000Z', reason: 'service_continues' }))
      .thenRefused('accessGrant.outlives-basis');
    known({ basis: { ...consent, live: false } })
      .given(granted)
      .when(new RenewAccess(id, { expires: later, reason: 'service_continues' }))
      .thenRefused('accessGrant.no-basis');
  });

  it('whose time is over is not renewed, even before the clock has said so', () =>
    grant
      .given(granted)
      .by({ at: expires })
      .when(new RenewAccess(id, { expires: '2031-07-01T00:00:00.000Z', reason: 'service_continues' }))
      .thenRefused('accessGrant.expired'));

  it('is revoked by the custodian or by what it rested on, once', () => {
    const revoked: AccessGrantEvent = { type: 'AccessRevoked', data: { ...scope, reason: 'basis_ended' } };
    const cascade = grant.by({ actor: systemActor('umbria') });
    cascade
      .given(granted)
      .when(new RevokeAccess(id, { reason: 'basis_ended' }))
      .then(revoked);
    cascade
      .given(granted, revoked)
      .when(new RevokeAccess(id, { reason: 'basis_ended' }))
      .thenNothing();
    const again = new RenewAccess(id, { expires: '2031-07-01T00:00:00.000Z', reason: 'service_continues' });
    grant.given(granted, revoked).when(again).thenRefused('accessGrant.revoked');
  });

  it('expires by the clock alone, at its instant', () => {
    const over: AccessGrantEvent = { type: 'AccessExpired', data: scope };
    grant.given(granted).when(new ExpireAccess(id)).thenRefused('accessGrant.only-by-clock');
    grant.given(granted).by(clock('2031-05-31T23:59:59.999Z')).when(new ExpireAccess(id)).thenRefused('accessGrant.not-yet');
    grant.given(granted).by(clock(expires)).when(new ExpireAccess(id)).then(over);
    grant.given(granted, over).by(clock(expires)).when(new ExpireAccess(id)).thenNothing();
    grant
      .given(granted, over)
      .when(new NarrowAccess(id, { ...all, members: [first] }))
      .thenRefused('accessGrant.expired');
  });

  it('that does not exist answers like one outside need-to-know', () => {
    grant.when(new RevokeAccess(id, { reason: 'no_longer_needed' })).thenRefused('accessGrant.not-found');
  });
});
