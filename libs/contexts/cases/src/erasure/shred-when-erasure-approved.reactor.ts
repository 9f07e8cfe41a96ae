import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { systemAuthority, uuidOf } from '@platform/commanding';
import type { Consumer } from '@platform/consuming';
import { Clock, type Command, type RecordedEvent, regionOf } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import { issueOnRecord } from '../access-grant/grant-when-referred.reactor';
import { CaseLog } from '../case-log';
import type { ErasureData } from './erasure';
import { RequestErasure, ShredSubject } from './erasure.decider';

/**
 * First the key, then the word that it is gone: an erasure on record has happened. What was kept as long as the region keeps it asks for its
 * erasure by itself; people decide on that, too.
 */
@Injectable()
export class ShredWhenErasureApproved {
  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
    private readonly vaults: Vaults,
    private readonly log: CaseLog,
  ) {}

  consumer(): Consumer {
    const retired = (event: RecordedEvent): Promise<void> =>
      this.#issue(
        event,
        new RequestErasure(`erasure-${uuidOf(`${event.id}|retention`)}`, { subject: event.stream, ground: 'retention_over' }),
      );
    return {
      name: 'shred-when-erasure-approved',
      context: 'cases',
      source: { store: 'cases' },
      reactor: true,
      tables: [],
      handlers: {
        ErasureApproved: (event: RecordedEvent<ErasureData<'ErasureApproved'>>) => this.#shred(event),
        ContactExpired: retired,
        CompanyArchived: retired,
      },
    };
  }

  async #shred(event: RecordedEvent<ErasureData<'ErasureApproved'>>): Promise<void> {
    const { subject, requester, approver } = event.data;
    const at = await this.log.whereabouts(subject);
    if (!at) return;
    await this.vaults.of(at.region).shred(subject, [requester, approver]);
    await this.#issue(event, new ShredSubject(event.stream));
  }

  async #issue(event: RecordedEvent, command: Command): Promise<void> {
    const by = systemAuthority(regionOf(event.log), this.clock, event.id, `${command.kind}|${command.id}`, {
      correlation: event.meta.correlation,
    });
    await issueOnRecord(this.commands, command.by(by));
  }
}
