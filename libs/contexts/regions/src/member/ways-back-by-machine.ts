import { randomUUID } from 'node:crypto';
import { Injectable, Optional } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { systemAuthority } from '@platform/commanding';
import { Clock, isStream, notFound, refused } from '@platform/kernel';
import { type Enrolment, Enrolments, type Holder, WaysBack } from '@platform/sign-in';
import { ResetSignIn } from './member.decider';
import { StaffRegister } from './staff-register.projection';

/** Opens a way in for a member by word of whoever runs the machine: a deed of the service, in the region's trail before the link exists. */
@Injectable()
export class WaysBackByMachine extends WaysBack {
  constructor(
    private readonly commands: CommandBus,
    private readonly staff: StaffRegister,
    private readonly clock: Clock,
    /** Where the installation is its own issuer. */
    @Optional() private readonly enrolments?: Enrolments,
  ) {
    super();
  }

  async holders(): Promise<readonly Holder[]> {
    const here = this.#here();
    const rows = await this.staff.everybody();
    return Promise.all(
      rows.map(async ({ member, status, roles }) => ({ member, status, roles, signIn: (await here.stateOf(member)).state })),
    );
  }

  async invite(member: string): Promise<Enrolment> {
    const here = this.#here();
    if ((await here.stateOf(member)).state === 'enrolled')
      throw refused('account.enrolled', 'There is an account already: reset it to open another way in.');
    await this.#record(member, 'operator-invite');
    return here.invite(member);
  }

  async reset(member: string): Promise<Enrolment> {
    const here = this.#here();
    await this.#record(member, 'operator-reset');
    return here.reset(member);
  }

  /** Every call is a deed of its own: the link of an earlier one is dead afterwards. */
  async #record(member: string, act: string): Promise<void> {
    const [row] = isStream(member, 'member') ? await this.staff.ofMembers([member]) : [];
    if (!row) throw notFound('member');
    const by = systemAuthority(row.region, this.clock, `operator|${randomUUID()}`, act);
    await this.commands.execute(new ResetSignIn(member).by(by));
  }

  #here(): Enrolments {
    if (!this.enrolments) throw refused('member.signs-in-elsewhere', 'Accounts are looked after by the issuer people sign in at.');
    return this.enrolments;
  }
}
