import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { systemAuthority, uuidOf } from '@platform/commanding';
import type { Consumer } from '@platform/consuming';
import { WRITER } from '@platform/database';
import { Clock, type Command, type RecordedEvent, regionOf } from '@platform/kernel';
import type { DataSource } from 'typeorm';
import { Bases } from '../bases';
import type { CaseData } from '../case/case';
import { Principals, unavailable } from '../principals';
import type { AccessGrantData } from './access-grant';
import { GrantAccess, RevokeAccess } from './access-grant.decider';
import { issueOnRecord } from './grant-when-referred.reactor';

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
    @Inject(WRITER) private readonly rows: DataSource,
  ) {}

  consumer(): Consumer {
    const basisEnded = (event: RecordedEvent): Promise<void> => this.#revoke(event, 'basis = $1', [event.stream], 'basis_ended');
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
        CaseClosed: (event: RecordedEvent) => this.#revoke(event, 'case_id = $1', [event.stream], 'case_closed'),
        CaseSharedWithTeam: (event: RecordedEvent<CaseData<'CaseSharedWithTeam'>>) => this.#share(event),
        CaseUnshared: (event: RecordedEvent<CaseData<'CaseUnshared'>>) =>
          this.#revoke(event, 'case_id = $1 and team = $2', [event.stream, event.data.team], 'share_ended'),
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

  /** `basis`, `case_id` and `team` are columns of our own table; the condition is never made of data. */
  async #revoke(event: RecordedEvent, condition: string, values: readonly string[], reason: Reason): Promise<void> {
    // A grant that is stored but not yet in its row would be passed over: rather try again.
    if (!(await this.principals.caughtUp(5000))) throw unavailable('case.not-caught-up', 'The rows of grants are behind their log.');
    const grants = await this.rows.query<{ stream: string }[]>(
      `select distinct stream from cases.access_grant where ${condition} and ended_at is null and relation <> 'break-glass' order by stream`,
      [...values],
    );
    for (const { stream } of grants) await this.#issue(event, new RevokeAccess(stream, { reason }));
  }

  async #issue(event: RecordedEvent, command: Command): Promise<void> {
    const by = systemAuthority(regionOf(event.log), this.clock, event.id, `${command.kind}|${command.id}`, {
      correlation: event.meta.correlation,
    });
    await issueOnRecord(this.commands, command.by(by));
  }
}
