import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { systemAuthority } from '@platform/commanding';
import type { Timer } from '@platform/consuming';
import { Clock } from '@platform/kernel';
import { AgreementRegister } from './agreement-register.projection';
import { ExpireAgreement } from './territorial-agreement.decider';

/** Time has already ended an agreement, for whoever asks reads the clock; this puts it on record. */
@Injectable()
export class ExpireAgreements implements Timer {
  readonly name = 'expire-agreements';
  readonly context = 'regions';

  constructor(
    private readonly commands: CommandBus,
    private readonly register: AgreementRegister,
    private readonly clock: Clock,
  ) {}

  async tick(now: string): Promise<void> {
    for (const { agreement, region } of await this.register.due(now)) {
      const by = systemAuthority(region, this.clock, `timer|${agreement}`, 'ExpireAgreement');
      await this.commands.execute(new ExpireAgreement(agreement).by(by));
    }
  }
}
