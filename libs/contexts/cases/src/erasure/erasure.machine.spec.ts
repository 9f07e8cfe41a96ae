import { type Actor, systemActor } from '@platform/kernel';
import { checkMachine, deciding, person, streamId } from '@platform/testing';
import type { ErasureEvent } from './erasure';
import { ApproveErasure, type ErasureCommand, erasureDecider, RefuseErasure, RequestErasure, ShredSubject } from './erasure.decider';

const id = streamId('erasure', 1);
const subject = streamId('case', 1);
const requester = person().member;
const officer = person({ member: streamId('member', 2), roles: ['dpo'] });
const requested: ErasureEvent = { type: 'ErasureRequested', data: { subject, ground: 'asked_by_person', requester } };
const approved: ErasureEvent = { type: 'ErasureApproved', data: { subject, requester, approver: officer.member } };
const pasts: Record<string, ErasureEvent[]> = {
  '-': [],
  Requested: [requested],
  Approved: [requested, approved],
  Erased: [requested, approved, { type: 'SubjectErased', data: { subject } }],
  Refused: [requested, { type: 'ErasureRefused', data: { subject, duty: 'criminal_proceedings' } }],
};
const commands: Record<string, ErasureCommand> = {
  RequestErasure: new RequestErasure(id, { subject, ground: 'asked_by_person' }),
  ApproveErasure: new ApproveErasure(id),
  RefuseErasure: new RefuseErasure(id, { duty: 'criminal_proceedings' }),
  ShredSubject: new ShredSubject(id),
};
const actors: Record<string, Actor> = { ApproveErasure: officer, RefuseErasure: officer, ShredSubject: systemActor('umbria') };

checkMachine({
  noun: 'erasure',
  decider: erasureDecider,
  stateName: (state) => state?.status ?? '-',
  commandFor: (command, from) => ({
    given: pasts[from]!,
    command: commands[command]!,
    context: deciding({ subject: { region: 'umbria' }, shredded: true }, actors[command] ?? person()),
  }),
});
