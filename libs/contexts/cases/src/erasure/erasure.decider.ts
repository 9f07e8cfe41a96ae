import {
  type Actor,
  assertNever,
  type Decider,
  type DecisionContext,
  DomainError,
  isStream,
  isSystem,
  notFound,
  refused,
} from '@platform/kernel';
import { Addressed, Bare } from '../addressed';
import { demandSystem, sound } from '../demands';
import { type Erasure, type ErasureData, erasureEvents, type ErasureEvent, evolveErasure, type RequestedErasure } from './erasure';

/** By or for the person, or by the retention clock. */
export class RequestErasure extends Addressed<Omit<ErasureData<'ErasureRequested'>, 'requester'>> {
  readonly kind = 'RequestErasure';
}
export class ApproveErasure extends Bare {
  readonly kind = 'ApproveErasure';
}
/** A duty to keep is named, never alluded to. */
export class RefuseErasure extends Addressed<Omit<ErasureData<'ErasureRefused'>, 'subject'>> {
  readonly kind = 'RefuseErasure';
}
/** Recorded by the service after the vault has destroyed the key. */
export class ShredSubject extends Bare {
  readonly kind = 'ShredSubject';
}
export const erasureCommands = [RequestErasure, ApproveErasure, RefuseErasure, ShredSubject] as const;
export type ErasureCommand = InstanceType<(typeof erasureCommands)[number]>;

/** Absent means unknown, and unknown erases nothing. */
export interface ErasureFacts {
  /** For RequestErasure: the subject exists here and may be known to the actor. */
  readonly subject?: { readonly region: string };
  /** For ShredSubject: the vault says that the key is gone. */
  readonly shredded?: boolean;
}
type Context = DecisionContext<ErasureFacts>;

/** Streams whose values a key seals. */
const SUBJECTS = ['case', 'contact', 'companyDossier'];

function decide(command: ErasureCommand, state: Erasure, context: Context): ErasureEvent[] {
  if (command.kind === 'RequestErasure') {
    if (state) throw refused('erasure.already-requested', 'There is a request with this id already.');
    return requested(command, context);
  }
  if (!state) throw notFound('erasure');
  const { actor, facts } = context;
  switch (command.kind) {
    case 'ApproveErasure':
      if (state.status === 'Approved' || state.status === 'Erased') return [];
      demandOpenRequest(state);
      demandOfficer(actor);
      if (actor.member === state.requester) throw refused('erasure.self-approval', 'Nobody approves their own request.');
      return [{ type: 'ErasureApproved', data: { subject: state.subject, requester: state.requester, approver: actor.member } }];
    case 'RefuseErasure': {
      if (state.status === 'Refused') return [];
      demandOpenRequest(state);
      demandOfficer(actor);
      const { duty, accountRef } = command.body;
      return [{ type: 'ErasureRefused', data: { subject: state.subject, duty, ...(accountRef === undefined ? {} : { accountRef }) } }];
    }
    case 'ShredSubject':
      if (state.status === 'Erased') return [];
      if (state.status !== 'Approved') throw refused('erasure.not-approved', 'Nothing is erased without approval.');
      demandSystem('erasure', actor);
      if (facts.shredded !== true) throw refused('erasure.key-not-destroyed', 'The subject’s key must be destroyed first.');
      return [{ type: 'SubjectErased', data: { subject: state.subject } }];
    default:
      return assertNever(command);
  }
}

function requested({ body }: RequestErasure, { actor, facts }: Context): ErasureEvent[] {
  const { subject, ground, accountRef } = body;
  if (!SUBJECTS.some((noun) => isStream(subject, noun)) || facts.subject?.region !== actor.region) throw notFound('erasure');
  if (isSystem(actor) !== (ground === 'retention_over'))
    throw refused('erasure.ground-not-yours', 'The retention clock asks by itself; people ask for the person.');
  return [
    { type: 'ErasureRequested', data: { subject, ground, requester: actor.member, ...(accountRef === undefined ? {} : { accountRef }) } },
  ];
}

function demandOpenRequest({ status }: RequestedErasure): void {
  if (status !== 'Requested') throw refused('erasure.already-decided', 'This request was decided already.');
}
function demandOfficer(actor: Actor): void {
  if (!actor.roles.includes('dpo'))
    throw new DomainError('erasure.not-dpo', 'forbidden', 'The data protection officer decides on erasures.');
}

/** The rules of erasure. */
export const erasureDecider: Decider<Erasure, ErasureCommand, ErasureEvent, ErasureFacts> = {
  initialState: null,
  decide: (command, state, context) => sound('erasure', erasureEvents, decide(command, state, context)),
  evolve: evolveErasure,
};
