import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { alertsContract, type PublishedOf } from '@contracts';
import { systemAuthority } from '@platform/commanding';
import type { Consumer } from '@platform/consuming';
import { Clock } from '@platform/kernel';
import { issueOnRecord } from '../access-grant/grant-when-referred.reactor';
import { CaseLog } from '../case-log';
import { LinkAlertToCompany } from './company-dossier-commands';
import { companyDossierDecider } from './company-dossier.decider';

/** An alert about a company stands in its dossier from then on; the rules of the dossier say whether it may. */
@Injectable()
export class LinkAlertWhenIssued {
  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
    private readonly log: CaseLog,
  ) {}

  consumer(): Consumer {
    return {
      name: 'link-alert-when-issued',
      context: 'cases',
      source: { topics: [alertsContract.topic] },
      reactor: true,
      tables: [],
      handlers: { AlertIssued: (message: PublishedOf<typeof alertsContract, 'AlertIssued'>) => this.#link(message) },
    };
  }

  async #link({ id, data, correlation }: PublishedOf<typeof alertsContract, 'AlertIssued'>): Promise<void> {
    if (data.dossier === undefined) return;
    const held = await this.log.fold(companyDossierDecider, data.dossier);
    if (!held) return;
    const by = systemAuthority(held.region, this.clock, id, `LinkAlertToCompany|${data.dossier}`, { correlation });
    await issueOnRecord(this.commands, new LinkAlertToCompany(data.dossier, { alert: data.alert }).by(by));
  }
}
