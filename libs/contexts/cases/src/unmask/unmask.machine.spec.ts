import { type Actor, systemActor } from '@platform/kernel';
import { checkMachine, deciding, NOON, person, streamId } from '@platform/testing';
import type { UnmaskEvent } from './unmask';
import { ApproveUnmask, EndUnmask, RefuseUnmask, RequestUnmask, type UnmaskCommand, unmaskDecider } from './unmask.decider';

const id = streamId('unmask', 1);
const asker = person({ roles: ['auditor'], acr: 3 });
const approver = person({ member: streamId('member', 2), roles: ['dpo'], acr: 3 });
const body = {
  case: streamId('case', 1),
  groups: ['ID'],
  reason: 'authorised_replay',
  minutes: 10,
  accountRef: `vault:umbria:${'a'.repeat(26)}`,
} as const;
const what = { case: body.case, member: asker.member, organisation: asker.organisation, groups: body.groups } as const;
const requested: UnmaskEvent = { type: 'UnmaskRequested', data: { ...what, ...body } };
const approved: UnmaskEvent = {
  type: 'UnmaskApproved',
  data: { ...what, approver: approver.member, until: '2031-03-14T12:10:00.000Z' },
};
const pasts: Record<string, UnmaskEvent[]> = {
  '-': [],
  Requested: [requested],
  Open: [requested, approved],
  Ended: [requested, approved, { type: 'UnmaskEnded', data: what }],
  Refused: [requested, { type: 'UnmaskRefused', data: what }],
};
const commands: Record<string, UnmaskCommand> = {
  RequestUnmask: new RequestUnmask(id, body),
  ApproveUnmask: new ApproveUnmask(id),
  RefuseUnmask: new RefuseUnmask(id),
  EndUnmask: new EndUnmask(id),
};
const actors: Record<string, Actor> = { RequestUnmask: asker, EndUnmask: systemActor('umbria') };
const facts = { case: { region: 'umbria', recused: [] }, approverIsSubordinate: false };

checkMachine({
  noun: 'unmask',
  decider: unmaskDecider,
  stateName: (state) => state?.status ?? '-',
  commandFor: (command, from) => ({
    given: pasts[from]!,
    command: commands[command]!,
    context: deciding(facts, actors[command] ?? approver, command === 'EndUnmask' ? '2031-03-14T12:10:00.000Z' : NOON),
  }),
});
