import { Injectable } from '@nestjs/common';
import { type Accepted, Pipeline } from '@platform/commanding';
import type { Exchange } from '@platform/http';
import type { Authority } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import { Handles } from '../handles';
import { Running } from '../running';
import type { ReferralCommand } from './referral-commands';
import { ReferralLog } from './referral-log';
import { referralSlice } from './referral-slice';
import { ReferralAccess } from './referral.access';

/** What controllers of a referral have in common: which stream, at which revision, and words into the vault before the event. */
@Injectable()
export class ReferralCommanding {
  constructor(
    private readonly running: Running,
    private readonly pipeline: Pipeline,
    private readonly access: ReferralAccess,
    private readonly vaults: Vaults,
    private readonly handles: Handles,
    private readonly log: ReferralLog,
  ) {}

  /** Runs what the caller decided on the version they have seen. */
  async change(http: Exchange, handle: string, commandFor: (id: string) => ReferralCommand): Promise<void> {
    const { id, by } = await this.#addressed(http, handle);
    await this.running.run(http, by, commandFor(id));
  }

  /** The same for words: nobody writes into the vault who may not issue the command, and a resend writes nothing. */
  async changeWithNote(
    http: Exchange,
    handle: string,
    words: string,
    commandFor: (id: string, note: string) => ReferralCommand,
  ): Promise<void> {
    const { id, region, subject, by } = await this.#addressed(http, handle);
    const done = await this.pipeline.before(referralSlice, this.access, commandFor(id, '').by(by));
    // Under the case's key: words about a person end with the person's file.
    const note = done ? '' : await this.vaults.of(region).note(subject, words);
    await this.running.run(http, by, commandFor(id, note));
  }

  /** Refuses whoever may not, and otherwise changes nothing. */
  async permitted(http: Exchange, command: ReferralCommand): Promise<void> {
    await this.pipeline.before(referralSlice, this.access, command.by(http.by));
  }

  create(http: Exchange, command: ReferralCommand): Promise<Accepted> {
    return this.running.run(http, http.by, command);
  }

  async #addressed(http: Exchange, handle: string): Promise<{ id: string; region: string; subject: string; by: Authority }> {
    const id = await this.handles.stream(handle, 'referral', http.by.actor);
    const { region, state, at } = await this.log.get(id);
    return { id, region, subject: state.case, by: http.matching(id, at.revision) };
  }
}
