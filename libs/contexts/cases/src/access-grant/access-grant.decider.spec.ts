import { type FieldGroup, systemActor } from '@platform/kernel';
import { deciding, person, scenario, streamId } from '@platform/testing';
import type { AccessGrantEvent, GrantScope } from './access-grant';
import { accessGrantDecider, GrantAccess, NarrowAccess } from './access-grant.decider';
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
const changed = (change: object): GrantAccess => new GrantAccess(id, { ...body, ...change });
const asking = new GrantAccess(id, body);

describe('access granted to named people', () => {
  it('says who, what, why, on which basis and until when', () => grant.when(asking).then(granted));

  it('is granted once', () => grant.given(granted).when(asking).thenRefused('accessGrant.already-granted'));

  it('needs field groups, a service on the list and an end that lies ahead', () => {
    grant.when(changed({ groups: [] })).thenRefused('accessGrant.no-groups');
    grant.when(changed({ groups: ['EVERYTHING' as FieldGroup] })).thenRefused('accessGrant.unknown-group');
    grant.when(changed({ service: 'a favour' })).thenRefused('accessGrant.unknown-service');
    grant.when(changed({ expires: '2031-03-14T12:00:00.000Z' })).thenRefused('accessGrant.already-past');
    grant.when(changed({ purpose: 'curiosity' })).thenRefused('accessGrant.basis-for-another-purpose');
  });

  it('to nobody is refused: an empty audience reaches nobody (A11)', () => {
    grant.when(changed({ members: [] })).thenRefused('accessGrant.audience-empty', ['/members']);
    grant.when(changed({ organisation: undefined })).thenRefused('accessGrant.audience-empty');
  });

  it('is never granted to a whole team because of a referral (A2)', () =>
    grant.when(changed({ team })).thenRefused('accessGrant.team-for-referral'));

  it('names the referral and the service it is for', () => {
    grant.when(changed({ referral: undefined })).thenRefused('accessGrant.referral-missing');
    grant.when(changed({ service: undefined })).thenRefused('accessGrant.referral-missing');
  });

  it('is given by the custodian, or by the service for it; a relay in the middle gains and passes on nothing (A12)', () => {
    grant
      .by({ actor: person({ organisation: them }) })
      .when(asking)
      .thenRefused('accessGrant.not-custodian');
    grant
      .by({ actor: systemActor('umbria') })
      .when(asking)
      .then(granted);
    const relay = streamId('organisation', 3);
    known({ grantees: [{ ...grantee, organisation: relay }] })
      .when(changed({ organisation: relay }))
      .thenRefused('accessGrant.basis-for-another-recipient');
  });

  it('does not reach into a case that is closed or unknown here', () => {
    known({ case: { ...file, phase: 'Closed' } })
      .when(asking)
      .thenRefused('accessGrant.case-closed');
    known({ case: undefined }).when(asking).thenRefused('case.not-found');
  });

  it('never shows a protected place that is sealed', () => {
    const groups: FieldGroup[] = ['NEED', 'PROT'];
    known({ case: { ...file, sealed: ['PROT'] }, basis: { ...consent, groups } })
      .when(changed({ groups }))
      .thenRefused('accessGrant.group-sealed');
  });

  it('reaches only people at work in the organisation named', () => {
    known({ grantees: [] }).when(asking).thenRefused('accessGrant.member-not-active');
    known({ grantees: [{ ...grantee, active: false }] })
      .when(asking)
      .thenRefused('accessGrant.member-not-active');
    known({ grantees: [{ ...grantee, organisation: streamId('organisation', 3) }] })
      .when(asking)
      .thenRefused('accessGrant.member-of-another');
  });

  it.each(['labour_inspectorate', 'carabinieri_labour_unit', 'trade_union', 'employers_association', 'prefettura', 'company'] as const)(
    'never reaches people of a %s',
    (kind) =>
      known({ grantees: [{ ...grantee, kind }] })
        .when(asking)
        .thenRefused('accessGrant.kind-never-reaches-a-case'),
  );

  it('reaches a prosecutor through a formal act only', () => {
    const prosecutor = known({ grantees: [{ ...grantee, kind: 'prosecutor' }] });
    prosecutor.when(asking).thenRefused('accessGrant.kind-never-reaches-a-case');
    const act = { kind: 'legal_basis', ref: streamId('legalBasis', 1) } as const;
    known({ grantees: [{ ...grantee, kind: 'prosecutor' }], basis: { ...consent, ...act } })
      .when(changed({ basis: act }))
      .then({ type: 'AccessGranted', data: { ...scope, basis: act } });
  });

  it('never reaches a mentor', () =>
    known({ grantees: [{ ...grantee, roles: ['operator', 'mentor'] }] })
      .when(asking)
      .thenRefused('accessGrant.mentor'));

  it('never reaches somebody recused from the case', () =>
    known({ case: { ...file, recused: [first] } })
      .when(asking)
      .thenRefused('accessGrant.member-recused'));

  it('counts a person named twice once', () => grant.when(changed({ members: [first, first] })).then(granted));
});

describe('the basis of a grant', () => {
  it('is in force, and of this very case', () => {
    const none = 'accessGrant.no-basis';
    known({ basis: undefined }).when(asking).thenRefused(none);
    known({ basis: { ...consent, live: false } })
      .when(asking)
      .thenRefused(none);
    known({ basis: { ...consent, case: streamId('case', 2) } })
      .when(asking)
      .thenRefused(none);
    known({ basis: { ...consent, ref: streamId('consent', 2) } })
      .when(asking)
      .thenRefused(none);
    known({ basis: { ...consent, kind: 'legal_basis' } })
      .when(asking)
      .thenRefused(none);
    known({ basis: { ...consent, expires: '2031-03-14T12:00:00.000Z' } })
      .when(asking)
      .thenRefused(none);
  });

  it('given before the case was closed carries nothing after a reopening', () => {
    known({ case: { ...file, closedAt: consent.since } })
      .when(asking)
      .thenRefused('accessGrant.no-basis');
    known({ case: { ...file, closedAt: '2031-02-28T00:00:00.000Z' } })
      .when(asking)
      .then(granted);
  });

  it('was given for this purpose', () =>
    known({ basis: { ...consent, purpose: 'health_care' } })
      .when(asking)
      .thenRefused('accessGrant.basis-for-another-purpose'));

  it('covers every field group', () =>
    known({ basis: { ...consent, groups: ['ID'] } })
      .when(asking)
      .thenRefused('accessGrant.beyond-basis'));

  it('lasts at least as long', () => {
    known({ basis: { ...consent, expires } })
      .when(asking)
      .then(granted);
    known({ basis: { ...consent, expires: '2031-05-31T23:59:59.999Z' } })
      .when(asking)
      .thenRefused('accessGrant.outlives-basis');
  });
});

describe('a shared view', () => {
  const shared = {
    case: body.case,
    members: [],
    team,
    relation: 'interregional-team',
    groups: ['NEED'],
    purpose: 'joint_case',
    basis,
    expires,
  } as const;
  const agreed = known({ basis: { ...consent, recipient: team, purpose: 'joint_case' } });

  it('is granted to a team with which the case is shared', () => {
    agreed.when(new GrantAccess(id, shared)).then({ type: 'AccessGranted', data: { ...shared, custodian } });
    known({ case: { ...file, shares: [] }, basis: { ...consent, recipient: team, purpose: 'joint_case' } })
      .when(new GrantAccess(id, shared))
      .thenRefused('accessGrant.not-shared-with-team');
  });

  it('ends with the sharing at the latest', () => {
    const until = (end: string) =>
      ({ case: { ...file, shares: [{ team, expires: end }] }, basis: { ...consent, recipient: team, purpose: 'joint_case' } }) as const;
    known(until('2031-05-31T23:59:59.999Z')).when(new GrantAccess(id, shared)).thenRefused('accessGrant.outlives-share');
    known(until('2031-03-14T12:00:00.000Z')).when(new GrantAccess(id, shared)).thenRefused('accessGrant.not-shared-with-team');
  });

  it('names a team and no people', () => {
    agreed.when(new GrantAccess(id, { ...shared, team: undefined })).thenRefused('accessGrant.audience-empty');
    agreed.when(new GrantAccess(id, { ...shared, members: [first] })).thenRefused('accessGrant.audience-mixed');
    agreed.when(new GrantAccess(id, { ...shared, organisation: them })).thenRefused('accessGrant.audience-mixed');
  });

  it('is narrowed like any other grant', () => {
    const view: AccessGrantEvent = { type: 'AccessGranted', data: { ...shared, custodian, groups: ['NEED', 'TERR'] } };
    agreed
      .given(view)
      .when(new NarrowAccess(id, { groups: ['NEED'], members: [], expires }))
      .then({ type: 'AccessNarrowed', data: { ...shared, custodian } });
  });
});
