import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { systemAuthority, uuidOf } from '@platform/commanding';
import type { Consumer } from '@platform/consuming';
import { Clock, type Command, type RecordedEvent, regionOf } from '@platform/kernel';
import { Bases } from '../bases';
import type { CaseData } from '../case/case';
import { Principals, unavailable } from '../principals.projection';
import type { AccessGrantData } from './access-grant';
import { GrantAccess, RevokeAccess } from './access-grant.decider';
import { issueOnRecord } from './grant-when-referred.reactor';
import { GrantRows } from './grant-rows.projection';

type Reason = AccessGrantData<'AccessRevoked'>['reason'];

/**
 * Writes down what has already happened: access ended with its basis, its share or its case, because the check looks at those. Shares with an
 * interregional team become a grant of the team here.
 */
@Injectable()
export class EndAccessWhenBasisEnds {
  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
    private readonly bases: Bases,
    private readonly principals: Principals,
    private readonly rows: GrantRows,
  ) {}

  consumer(): Consumer {
    const basisEnded = (event: RecordedEvent): Promise<void> => this.#revoke(event, () => this.rows.restingOn(event.stream), 'basis_ended');
    return {
      name: 'end-access-when-basis-ends',
      context: 'cases',
      source: { store: 'cases' },
      reactor: true,
      tables: [],
      handlers: {
        ConsentWithdrawn: basisEnded,
        ConsentExpired: basisEnded,
        LegalBasisEnded: basisEnded,
        CaseClosed: (event: RecordedEvent) => this.#revoke(event, () => this.rows.ofCase(event.stream), 'case_closed'),
        CaseSharedWithTeam: (event: RecordedEvent<CaseData<'CaseSharedWithTeam'>>) => this.#share(event),
        CaseUnshared: (event: RecordedEvent<CaseData<'CaseUnshared'>>) =>
          this.#revoke(event, () => this.rows.ofTeam(event.stream, event.data.team), 'share_ended'),
      },
    };
  }

  async #share(event: RecordedEvent<CaseData<'CaseSharedWithTeam'>>): Promise<void> {
    const { team, basis, expires } = event.data;
    const found = await this.bases.find(basis);
    if (!found) return;
    const scope = { case: event.stream, members: [], team, relation: 'interregional-team' as const, purpose: 'joint_case' as const };
    const id = `accessGrant-${uuidOf(`${event.id}|share`)}`;
    await this.#issue(event, new GrantAccess(id, { ...scope, groups: found.value.groups, basis, expires }));
  }

  async #revoke(event: RecordedEvent, grants: () => Promise<string[]>, reason: Reason): Promise<void> {
    // A grant that is stored but not yet in its row would be passed over: rather try again.
    if (!(await this.principals.caughtUp(5000))) throw unavailable('case.not-caught-up', 'The rows of grants are behind their log.');
    for (const stream of await grants()) await this.#issue(event, new RevokeAccess(stream, { reason }));
  }

  async #issue(event: RecordedEvent, command: Command): Promise<void> {
    const by = systemAuthority(regionOf(event.log), this.clock, event.id, `${command.kind}|${command.id}`, {
      correlation: event.meta.correlation,
    });
    await issueOnRecord(this.commands, command.by(by));
  }
}
