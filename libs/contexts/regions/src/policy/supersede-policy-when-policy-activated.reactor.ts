import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { systemAuthority } from '@platform/commanding';
import { type Consumer, ConsumerRunner } from '@platform/consuming';
import { Clock, DomainError, type RecordedEvent } from '@platform/kernel';
import type { DataOfEvent } from '@contracts';
import type { policyEvents } from './policy';
import { SupersedePolicy } from './policy.decider';
import { PolicyRegister } from './policy-register.projection';

const PATIENCE = 5000;

/** A region has one policy in force: the next one's activation ends the one before. */
@Injectable()
export class SupersedePolicyWhenPolicyActivated {
  constructor(
    private readonly commands: CommandBus,
    private readonly register: PolicyRegister,
    private readonly runner: ConsumerRunner,
    private readonly clock: Clock,
  ) {}

  consumer(): Consumer {
    const handle = (event: RecordedEvent<DataOfEvent<typeof policyEvents, 'PolicyActivated'>>): Promise<void> => this.#supersede(event);
    return {
      name: 'supersede-policy-when-policy-activated',
      context: 'regions',
      source: { store: 'regions' },
      reactor: true,
      tables: [],
      handlers: { PolicyActivated: handle },
    };
  }

  async #supersede({ id, log, position, data }: RecordedEvent<DataOfEvent<typeof policyEvents, 'PolicyActivated'>>): Promise<void> {
    // The rules look at the register: it must know of this activation.
    if (!(await this.runner.waitFor(PolicyRegister.consumer, log, position, PATIENCE))) {
      throw new DomainError('policy.not-caught-up', 'unavailable', 'The register of policies is behind its log.', [], 1);
    }
    const latest = await this.register.latest(data.region);
    if (!latest) return;
    for (const { policy } of await this.register.overtaken(data.region)) {
      const by = systemAuthority(data.region, this.clock, id, `SupersedePolicy|${policy}`);
      await this.commands.execute(new SupersedePolicy(policy, latest.hash).by(by));
    }
  }
}
