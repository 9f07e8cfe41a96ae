import { Injectable, Optional } from '@nestjs/common';
import type { Timer } from '@platform/consuming';
import { LetterQueue, LetterRounds, Mail, Mailboxes } from '@platform/mail';
import { DueForLetter } from './due-for-letter';

/** Tells those who asked for it, once a day, that something waits for them: never what. */
@Injectable()
export class TellWhoHasWork implements Timer {
  readonly name = 'tell-who-has-work';
  readonly context = 'referrals';
  readonly #rounds: LetterRounds | undefined;

  constructor(due: DueForLetter, @Optional() mail?: Mail, @Optional() mailboxes?: Mailboxes, @Optional() queue?: LetterQueue) {
    this.#rounds = mail && mailboxes && queue ? new LetterRounds(mail, mailboxes, queue, due) : undefined;
  }

  async tick(now: string): Promise<void> {
    await this.#rounds?.round(now);
  }
}
