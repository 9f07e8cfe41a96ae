import { Injectable } from '@nestjs/common';
import type { Judgement, Standing } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import type { Authority, Grounded } from '@platform/kernel';
import { PolicyBook } from '../policy-book';
import type { Notice } from './notice';
import type { NoticeCommand } from './notice.decider';

/** Who may command a notice: the service sends and lapses, a member of the recipient acknowledges. */
@Injectable()
export class NoticeAccess extends CommandAccess<Notice, NoticeCommand, object> {
  constructor(private readonly policies: PolicyBook) {
    super();
  }

  gather(): Promise<Grounded<object>> {
    return Promise.resolve({ value: {}, facts: [] });
  }

  judge(command: NoticeCommand, state: Notice, by: Authority): Promise<Judgement> {
    const { organisation } = by.actor;
    const standings: Standing[] = state?.recipient === organisation ? ['recipient'] : state?.from === organisation ? ['sender'] : [];
    return Promise.resolve(this.policies.judge(command.kind, by, standings));
  }
}
