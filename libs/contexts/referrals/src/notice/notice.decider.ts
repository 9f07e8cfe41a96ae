import {
  type Actor,
  assertNever,
  Command,
  type Decider,
  type DecisionContext,
  invalid,
  isStream,
  isSystem,
  notFound,
  refused,
} from '@platform/kernel';
import { hoursAfter, isReached } from '../deadline';
import { evolveNotice, initialNotice, type Notice, NOTICE_HOURS, NOTICE_KINDS, type NoticeEvent, type NoticeKind } from './notice';

/** Issued by reactors: tells an organisation that something it relied on has changed. `from` is the organisation it is told for. */
export class SendNotice extends Command {
  readonly kind = 'SendNotice';
  constructor(
    readonly id: string,
    readonly recipient: string,
    readonly from: string,
    readonly about: { readonly kind: NoticeKind; readonly ref: string },
  ) {
    super();
  }
}
export class AcknowledgeNotice extends Command {
  readonly kind = 'AcknowledgeNotice';
  constructor(readonly id: string) {
    super();
  }
}
export class LapseNotice extends Command {
  readonly kind = 'LapseNotice';
  constructor(readonly id: string) {
    super();
  }
}
export const noticeCommands = [SendNotice, AcknowledgeNotice, LapseNotice] as const;
export type NoticeCommand = InstanceType<(typeof noticeCommands)[number]>;

/** The recipient acknowledges; whom it is told for sees that nobody did; for everyone else there is no such notice. */
const knows = (actor: Actor, state: NonNullable<Notice>): boolean =>
  isSystem(actor) || actor.organisation === state.recipient || actor.organisation === state.from;

function decide(command: NoticeCommand, state: Notice, { actor, at }: DecisionContext): NoticeEvent[] {
  if (command.kind === 'SendNotice') return send(command, state, isSystem(actor), at);
  if (!state || !knows(actor, state)) throw notFound('notice');
  switch (command.kind) {
    case 'AcknowledgeNotice':
      if (actor.organisation !== state.recipient) throw refused('notice.not-addressee', 'Only the recipient acknowledges a notice.');
      if (state.status === 'Acknowledged') return [];
      if (state.status === 'Lapsed') throw refused('notice.lapsed', 'The notice lapsed and is listed as not acknowledged.');
      return [{ type: 'NoticeAcknowledged', data: { member: actor.member } }];
    case 'LapseNotice':
      if (!isSystem(actor)) throw refused('notice.only-by-clock', 'Only the clock lapses a notice.');
      if (state.status === 'Lapsed') return [];
      if (state.status === 'Acknowledged') throw refused('notice.acknowledged', 'The notice was acknowledged.');
      if (!isReached(state.due, at)) throw refused('notice.too-early', 'The deadline has not passed.');
      return [{ type: 'NoticeLapsed', data: { recipient: state.recipient, from: state.from } }];
    default:
      return assertNever(command);
  }
}

function send({ recipient, from, about }: SendNotice, state: Notice, bySystem: boolean, at: string): NoticeEvent[] {
  if (!bySystem) throw state ? notFound('notice') : refused('notice.only-by-system', 'Notices follow from what happened, not from a wish.');
  if (state) {
    if (state.recipient === recipient && state.about.kind === about.kind && state.about.ref === about.ref) return [];
    throw refused('notice.exists', 'A notice with this id exists already.');
  }
  if (!NOTICE_KINDS.includes(about.kind)) throw invalid('notice.unknown-kind', '/about/kind', 'There is no notice of this kind.');
  if (!isStream(recipient, 'organisation')) throw invalid('notice.no-recipient', '/recipient', 'A notice goes to an organisation.');
  const due = hoursAfter(at, NOTICE_HOURS[about.kind]);
  return [{ type: 'NoticeSent', data: { recipient, from, about: { kind: about.kind, ref: about.ref }, due } }];
}

export const noticeDecider: Decider<Notice, NoticeCommand, NoticeEvent> = { initialState: initialNotice, decide, evolve: evolveNotice };
