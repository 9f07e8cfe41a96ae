import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { systemAuthority } from '@platform/commanding';
import type { Consumer } from '@platform/consuming';
import { Clock, type RecordedEvent, regionOf } from '@platform/kernel';
import { issueOnRecord } from '../access-grant/grant-when-referred.reactor';
import type { CaseData } from '../case/case';
import { LinkContactToCase } from './contact.decider';

/** A case that grew from a contact takes the contact with it: from then on it does not expire by itself. */
@Injectable()
export class LinkContactWhenCaseOpened {
  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  consumer(): Consumer {
    return {
      name: 'link-contact-when-case-opened',
      context: 'cases',
      source: { store: 'cases' },
      reactor: true,
      tables: [],
      handlers: { CaseOpened: (event: RecordedEvent<CaseData<'CaseOpened'>>) => this.#link(event) },
    };
  }

  async #link(event: RecordedEvent<CaseData<'CaseOpened'>>): Promise<void> {
    const { contact } = event.data;
    if (contact === undefined) return;
    const by = systemAuthority(regionOf(event.log), this.clock, event.id, `LinkContactToCase|${contact}`, {
      correlation: event.meta.correlation,
    });
    await issueOnRecord(this.commands, new LinkContactToCase(contact, { case: event.stream }).by(by));
  }
}
