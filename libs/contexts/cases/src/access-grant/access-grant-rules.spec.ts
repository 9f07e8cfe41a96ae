import { systemActor } from '@platform/kernel';
import { checkRules, person, streamId } from '@platform/testing';
import { accessGrantEvents } from './access-grant';
import { accessGrantDecider, ExpireAccess, GrantAccess, NarrowAccess, RenewAccess, RevokeAccess } from './access-grant.decider';
import type { AccessGrantFacts } from './access-grant-facts';
import { publishAccessGrant } from './access-grant.published';

const id = streamId('accessGrant', 1);
const custodian = person().organisation;
const [them, they] = [streamId('organisation', 2), streamId('member', 20)];
const basis = { kind: 'consent', ref: streamId('consent', 1) } as const;
const body = {
  case: streamId('case', 1),
  organisation: them,
  members: [they],
  relation: 'referral-accepted',
  groups: ['ID', 'NEED'],
  purpose: 'direct_assistance',
  basis,
  referral: streamId('referral', 1),
  service: 'legal_advice',
  expires: '2031-06-01T00:00:00.000Z',
} as const;
const facts: AccessGrantFacts = {
  case: { custodian, phase: 'Emersion', sealed: ['PROT'], recused: [], shares: [] },
  basis: {
    ...basis,
    case: body.case,
    live: true,
    since: '2031-03-01T00:00:00.000Z',
    expires: '2031-09-01T00:00:00.000Z',
    recipient: them,
    purpose: 'direct_assistance',
    groups: ['ID', 'NEED'],
  },
  grantees: [{ member: they, organisation: them, kind: 'association', roles: ['operator'], active: true }],
};

checkRules({
  noun: 'accessGrant',
  events: accessGrantEvents,
  decider: accessGrantDecider,
  stateName: (state) => state?.status ?? '-',
  terminal: ['Expired', 'Revoked'],
  publish: publishAccessGrant,
  actors: [person(), person({ organisation: them }), systemActor('umbria')],
  facts: [facts, {}],
  pasts: [[{ type: 'AccessGranted', data: { ...body, custodian } }]],
  commands: [
    new GrantAccess(id, body),
    new NarrowAccess(id, { groups: ['ID'], members: [they], expires: '2031-05-01T00:00:00.000Z' }),
    new RenewAccess(id, { expires: '2031-07-01T00:00:00.000Z', reason: 'service_continues' }),
    new RevokeAccess(id, { reason: 'basis_ended' }),
    new ExpireAccess(id),
  ],
});
