import type { LetterQueue, TakenLetter } from './letter-queue';
import type { Due, Letter, Mail } from './mail';
import type { Mailboxes, OpenMailbox } from './mailboxes';
import { postTime } from './post-hours';

/** How many letters one round hands over: whoever wants to stop the process waits no longer than that. */
const AT_ONCE = 10;
/** Milliseconds between two looks at what time has ended or begun. */
const MINUTE = 60_000;

/** Whoever knows what waits for people. Asked when a letter is about to be handed over, so that nothing older than that is told. */
export abstract class Telling {
  /** Who of these is no member any more, for good: their addresses are deleted. */
  abstract goneAmong(members: readonly string[]): Promise<string[]>;
  /** Undefined when there is nothing to tell, or nobody to tell it to any more. */
  abstract dueFor(member: string): Promise<Due | undefined>;
  /** Puts on record that somebody is told; when that fails, nothing leaves. */
  abstract record(member: string): Promise<void>;
}

/** Hands letters over, a few at a time, by day only. */
export class LetterRounds {
  #settled = -Infinity;

  constructor(
    private readonly mail: Mail,
    private readonly mailboxes: Mailboxes,
    private readonly queue: LetterQueue,
    private readonly telling: Telling,
  ) {}

  async round(now: string): Promise<void> {
    const { day, open } = postTime(now);
    if (Math.abs(Date.parse(now) - this.#settled) >= MINUTE) {
      await this.#settle(day, open, now);
      this.#settled = Date.parse(now);
    }
    if (!open || !this.mail.configured) return;
    for (let n = 0; n < AT_ONCE; n++) {
      const taken = await this.queue.take(now);
      if (!taken || (await this.#deliver(taken, now)) === 'away') return;
    }
  }

  async #settle(day: string, open: boolean, now: string): Promise<void> {
    await this.mailboxes.remove(...(await this.telling.goneAmong(await this.mailboxes.members())));
    await this.mailboxes.sweep(now);
    await this.queue.settle(day, now);
    if (open && this.mail.configured) await this.queue.openDay(day, now);
  }

  async #deliver(taken: TakenLetter, now: string): Promise<'away' | undefined> {
    const { member } = taken;
    const due = taken.kind === 'due' ? await this.telling.dueFor(member) : undefined;
    const nothing = taken.kind === 'due' && (due === undefined || due.count === 0);
    if (!nothing && due) await this.telling.record(member);
    // As late as can be: an address that was taken away while the above was looked up is not there any more.
    const mailbox = nothing ? undefined : await this.mailboxes.open(member);
    const letter = mailbox && letterOf(taken, mailbox, due);
    if (!letter) return void (await this.queue.end(taken, 'nothing', now));
    if (!(await this.queue.handOver(taken, now))) return undefined;
    const sent = await this.mail.send(mailbox.address, letter);
    if (sent === 'sent' || sent === 'unsure') return void (await this.queue.end(taken, sent, now));
    await this.queue.failed(taken, now);
    return sent === 'unreachable' ? 'away' : undefined;
  }
}

/** Nothing but its code goes to an address that is not confirmed, and no code to one that is. */
function letterOf({ kind }: TakenLetter, { language, code, daily }: OpenMailbox, due: Due | undefined): Letter | undefined {
  if (kind === 'code') return code === undefined ? undefined : { kind, language, code };
  return code !== undefined || !daily || !due ? undefined : { kind, language, count: due.count, first: due.first };
}
