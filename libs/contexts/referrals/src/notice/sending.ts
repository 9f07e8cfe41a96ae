import { Injectable } from '@nestjs/common';
import { uuidOf } from '@platform/commanding';
import { Running } from '../running';
import type { NoticeKind } from './notice';
import { SendNotice } from './notice.decider';

/** What made the service tell somebody. */
export interface Cause {
  readonly id: string;
  readonly region: string;
  readonly correlation: string;
}

/** Sends notices: the same cause tells the same organisation once. */
@Injectable()
export class Sending {
  constructor(private readonly running: Running) {}

  /** @param from organisation for which it is told, and which sees that nobody acknowledged */
  async send(cause: Cause, recipient: string, from: string, kind: NoticeKind, ref: string): Promise<void> {
    const id = `notice-${uuidOf(`${cause.id}|${kind}|${recipient}`)}`;
    await this.running.react(cause.region, cause.id, new SendNotice(id, recipient, from, { kind, ref }), cause.correlation);
  }
}
