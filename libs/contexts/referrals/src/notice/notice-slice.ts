import type { Slice } from '@platform/commanding';
import { nounOf } from '@platform/kernel';
import type { Notice, NoticeEvent } from './notice';
import { type NoticeCommand, noticeCommands, noticeDecider } from './notice.decider';

/** The notice as the pipeline runs it: in the log of the region in which what it tells of happened. */
export const noticeSlice: Slice<Notice, NoticeCommand, NoticeEvent, object> = {
  context: 'referrals',
  noun: 'notice',
  decider: noticeDecider,
  commands: noticeCommands,
  regionOf: (_command, by) => by.actor.region,
  casesOf: (command, state) => {
    const about = command.kind === 'SendNotice' ? command.about : state?.about;
    return about && nounOf(about.ref) === 'case' ? [about.ref] : [];
  },
};
