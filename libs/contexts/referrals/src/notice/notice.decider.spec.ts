import { systemActor } from '@platform/kernel';
import { deciding, NOON, person, scenario, streamId } from '@platform/testing';
import * as fc from 'fast-check';
import { AcknowledgeNotice, LapseNotice, noticeDecider, SendNotice } from './notice.decider';
import { NOTICE_KINDS, type NoticeEvent } from './notice';

const ID = streamId('notice', 1);
const recipient = streamId('organisation', 2);
const from = streamId('organisation', 1);
const addressee = person({ organisation: recipient, member: streamId('member', 2) });
const custodian = person({ organisation: from });
const stranger = person({ organisation: streamId('organisation', 3) });
const about = { kind: 'consent-withdrawn', ref: streamId('consent', 1) } as const;
const due = '2031-03-17T12:00:00.000Z';
const sent: NoticeEvent = { type: 'NoticeSent', data: { recipient, from, about, due } };
const acknowledged: NoticeEvent = { type: 'NoticeAcknowledged', data: { member: addressee.member } };
const lapsed: NoticeEvent = { type: 'NoticeLapsed', data: { recipient, from } };
const bySystem = scenario(noticeDecider, deciding({}, systemActor('umbria'), NOON));
const byAddressee = scenario(noticeDecider, deciding({}, addressee, NOON));
const send = new SendNotice(ID, recipient, from, about);

describe('a notice', () => {
  it('tells the recipient what it is about and until when to acknowledge, and nothing else', () => bySystem.when(send).then(sent));

  it('follows from what happened, never from a wish', () => {
    byAddressee.when(send).thenRefused('notice.only-by-system');
    byAddressee.given(sent).by({ actor: stranger }).when(send).thenRefused('notice.not-found');
  });

  it('is sent once, however often its cause is handled', () => {
    bySystem.given(sent).when(send).thenNothing();
    bySystem
      .given(sent)
      .when(new SendNotice(ID, from, from, about))
      .thenRefused('notice.exists');
  });

  it('goes to an organisation and is about something known', () => {
    bySystem.when(new SendNotice(ID, streamId('member', 1), from, about)).thenRefused('notice.no-recipient', ['/recipient']);
    bySystem
      .when(new SendNotice(ID, recipient, from, { kind: 'gossip' as never, ref: about.ref }))
      .thenRefused('notice.unknown-kind', ['/about/kind']);
  });

  it.each(NOTICE_KINDS)('about %s leaves time to acknowledge', (kind) => {
    const [event] = noticeDecider.decide(
      new SendNotice(ID, recipient, from, { kind, ref: about.ref }),
      null,
      deciding({}, systemActor('umbria'), NOON),
    );
    expect(event?.type === 'NoticeSent' && event.data.due > NOON).toBe(true);
  });

  it('is acknowledged by its recipient only', () => {
    byAddressee.given(sent).when(new AcknowledgeNotice(ID)).then(acknowledged);
    byAddressee.given(sent).by({ actor: custodian }).when(new AcknowledgeNotice(ID)).thenRefused('notice.not-addressee');
    byAddressee.given(sent).by({ actor: stranger }).when(new AcknowledgeNotice(ID)).thenRefused('notice.not-found');
    bySystem.given(sent).when(new AcknowledgeNotice(ID)).thenRefused('notice.not-addressee');
  });

  it('acknowledged twice is acknowledged once', () => byAddressee.given(sent, acknowledged).when(new AcknowledgeNotice(ID)).thenNothing());

  it('lapses at its deadline, not before, and then counts as not acknowledged (A26)', () => {
    bySystem.given(sent).when(new LapseNotice(ID)).thenRefused('notice.too-early');
    bySystem.given(sent).by({ at: due }).when(new LapseNotice(ID)).then(lapsed);
    bySystem.given(sent, lapsed).by({ at: due }).when(new LapseNotice(ID)).thenNothing();
    byAddressee.given(sent, lapsed).when(new AcknowledgeNotice(ID)).thenRefused('notice.lapsed');
    bySystem.given(sent, acknowledged).by({ at: due }).when(new LapseNotice(ID)).thenRefused('notice.acknowledged');
  });

  it('lapses by the clock alone', () => {
    byAddressee.given(sent).by({ at: due }).when(new LapseNotice(ID)).thenRefused('notice.only-by-clock');
  });

  it('never does anything for a stranger, whatever is tried', () => {
    const tries = fc.constantFrom(send, new AcknowledgeNotice(ID), new LapseNotice(ID));
    const pasts = fc.constantFrom<NoticeEvent[]>([sent], [sent, acknowledged], [sent, lapsed]);
    fc.assert(
      fc.property(tries, pasts, fc.constantFrom(NOON, due), (command, past, at) => {
        scenario(noticeDecider, deciding({}, stranger, at), past)
          .when(command)
          .thenRefused('notice.not-found');
      }),
      { seed: 7 },
    );
  });
});
