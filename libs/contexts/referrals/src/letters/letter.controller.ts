import { Body, Get, HttpCode, Optional, Post } from '@nestjs/common';
import { Act, ContextController, type Exchange, Http } from '@platform/http';
import { type Authority, Clock, invalid, refused } from '@platform/kernel';
import { type Due, LetterQueue, Mail, type Mailbox, Mailboxes, postTime } from '@platform/mail';
import { Reading } from '@platform/querying';
import { PolicyBook } from '../policy-book';
import { DueForLetter } from './due-for-letter';
import { AddressBody, ConfirmationBody, WishBody } from './letter-bodies';

export interface LettersView {
  /** Whether this installation sends letters at all. */
  readonly offered: boolean;
  /** Whether letters go out at this hour. */
  readonly open: boolean;
  /** The caller's own; absent where they gave no address. */
  readonly mailbox?: Mailbox;
  /** The last letter could not be handed over. */
  readonly failed: boolean;
}

/** The caller's own mailbox. Addresses are never compared: no answer depends on what somebody else has given. */
@ContextController('letters', 'Letters')
export class LetterController {
  constructor(
    private readonly policies: PolicyBook,
    private readonly reading: Reading,
    private readonly due: DueForLetter,
    private readonly clock: Clock,
    @Optional() private readonly mail?: Mail,
    @Optional() private readonly mailboxes?: Mailboxes,
    @Optional() private readonly queue?: LetterQueue,
  ) {}

  /** What the caller chose. */
  @Get()
  @Act('ReadOwnLetters')
  read(@Http() { by }: Exchange): Promise<LettersView> {
    return this.#decided(by, 'ReadOwnLetters', async (member) => {
      const mailbox = await this.mailboxes?.of(member);
      return {
        offered: this.mail?.configured ?? false,
        open: postTime(this.clock.now()).open,
        ...(mailbox ? { mailbox } : {}),
        failed: mailbox !== undefined && ((await this.queue?.lastFailed(member)) ?? false),
      };
    });
  }

  /** What a letter would say now: worked out as for a letter, without the caller's session. */
  @Get('preview')
  @Act('ReadOwnLetters')
  preview(@Http() { by }: Exchange): Promise<Due> {
    return this.#decided(by, 'ReadOwnLetters', async (member) => (await this.due.dueFor(member)) ?? { count: 0 });
  }

  /** Gives an address, in the place of an earlier one. A code is sent to it, and nothing else until that has come back. */
  @Post('address')
  @HttpCode(204)
  @Act('ChangeOwnLetters')
  give(@Http() { by }: Exchange, @Body() { address, language }: AddressBody): Promise<void> {
    return this.#decided(by, 'ChangeOwnLetters', (member) => this.#boxes().give(member, address, language));
  }

  @Post('confirmation')
  @HttpCode(204)
  @Act('ChangeOwnLetters')
  confirm(@Http() { by }: Exchange, @Body() { code }: ConfirmationBody): Promise<void> {
    return this.#decided(by, 'ChangeOwnLetters', async (member) => {
      if (!(await this.#boxes().confirm(member, code)))
        throw invalid('letters.code-wrong', '/code', 'code.wrong: is not the last one that was sent, is too old, or too many were tried');
    });
  }

  @Post('wish')
  @HttpCode(204)
  @Act('ChangeOwnLetters')
  choose(@Http() { by }: Exchange, @Body() { daily, language }: WishBody): Promise<void> {
    return this.#decided(by, 'ChangeOwnLetters', async (member) => {
      if (!(await this.#boxes().choose(member, daily, language)))
        throw refused('letters.no-address', 'There is no address to send letters to.');
    });
  }

  /** Deletes the address, and whatever was still to go there. */
  @Post('removal')
  @HttpCode(204)
  @Act('ChangeOwnLetters')
  remove(@Http() { by }: Exchange): Promise<void> {
    return this.#decided(by, 'ChangeOwnLetters', async (member) => this.mailboxes?.remove(member));
  }

  /** @throws DomainError `letters.no-post` where the installation sends none: an address nobody needs is not kept */
  #boxes(): Mailboxes {
    if (!this.mailboxes || !this.mail?.configured) throw refused('letters.no-post', 'This installation sends no letters.');
    return this.mailboxes;
  }

  #decided<T>(by: Authority, act: string, work: (member: string) => Promise<T>): Promise<T> {
    const { member, region } = by.actor;
    const judgement = this.policies.judge(act, by, ['own-act']);
    return this.reading.show(by, { act, noun: 'letters', region, judgement, cases: [], groups: [] }, () => work(member));
  }
}
