import { systemActor } from '@platform/kernel';
import { checkMachine, deciding, NOON, person, streamId } from '@platform/testing';
import type { AccessGrantEvent, GrantScope } from './access-grant';
import {
  type AccessGrantCommand,
  accessGrantDecider,
  ExpireAccess,
  GrantAccess,
  NarrowAccess,
  RenewAccess,
  RevokeAccess,
} from './access-grant.decider';
import type { AccessGrantFacts } from './access-grant-facts';

const id = streamId('accessGrant', 1);
const them = streamId('organisation', 2);
const they = streamId('member', 20);
const basis = { kind: 'consent', ref: streamId('consent', 1) } as const;
const expires = '2031-06-01T00:00:00.000Z';
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
  expires,
} as const;
const scope: GrantScope = { ...body, custodian: person().organisation };
const facts: AccessGrantFacts = {
  case: { custodian: person().organisation, phase: 'Emersion', sealed: [], recused: [], shares: [] },
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
  grantees: [{ member: they, organisation: them, kind: 'social_cooperative', roles: ['operator'], active: true }],
};
const granted: AccessGrantEvent = { type: 'AccessGranted', data: scope };
const pasts: Record<string, AccessGrantEvent[]> = {
  '-': [],
  Active: [granted],
  Revoked: [granted, { type: 'AccessRevoked', data: { ...scope, reason: 'no_longer_needed' } }],
  Expired: [granted, { type: 'AccessExpired', data: scope }],
};
const commands: Record<string, AccessGrantCommand> = {
  GrantAccess: new GrantAccess(id, body),
  NarrowAccess: new NarrowAccess(id, { groups: ['NEED'], members: [they], expires }),
  RenewAccess: new RenewAccess(id, { expires: '2031-07-01T00:00:00.000Z', reason: 'service_continues' }),
  RevokeAccess: new RevokeAccess(id, { reason: 'no_longer_needed' }),
  ExpireAccess: new ExpireAccess(id),
};

checkMachine({
  noun: 'accessGrant',
  decider: accessGrantDecider,
  stateName: (state) => state?.status ?? '-',
  commandFor: (command, from) => ({
    given: pasts[from]!,
    command: commands[command]!,
    context: command === 'ExpireAccess' ? deciding(facts, systemActor('umbria'), expires) : deciding(facts, person(), NOON),
  }),
});
