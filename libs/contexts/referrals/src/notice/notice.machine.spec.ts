import { systemActor } from '@platform/kernel';
import { checkMachine, deciding, person, streamId } from '@platform/testing';
import { AcknowledgeNotice, LapseNotice, noticeDecider, SendNotice } from './notice.decider';
import type { NoticeEvent } from './notice';

const ID = streamId('notice', 1);
const recipient = streamId('organisation', 2);
const from = streamId('organisation', 1);
const about = { kind: 'grant-ended', ref: streamId('accessGrant', 1) } as const;
const due = '2031-03-21T12:00:00.000Z';
const sent: NoticeEvent = { type: 'NoticeSent', data: { recipient, from, about, due } };
const pasts: Readonly<Record<string, readonly NoticeEvent[]>> = {
  '-': [],
  Sent: [sent],
  Acknowledged: [sent, { type: 'NoticeAcknowledged', data: { member: streamId('member', 2) } }],
  Lapsed: [sent, { type: 'NoticeLapsed', data: { recipient, from } }],
};

checkMachine({
  noun: 'notice',
  decider: noticeDecider,
  stateName: (state) => state?.status ?? '-',
  commandFor: (command, past) => ({
    given: pasts[past] ?? [],
    command:
      command === 'SendNotice'
        ? new SendNotice(ID, recipient, from, { ...about, ref: streamId('accessGrant', past === '-' ? 1 : 2) })
        : command === 'LapseNotice'
          ? new LapseNotice(ID)
          : new AcknowledgeNotice(ID),
    context: deciding({}, command === 'AcknowledgeNotice' ? person({ organisation: recipient }) : systemActor('umbria'), due),
  }),
});
