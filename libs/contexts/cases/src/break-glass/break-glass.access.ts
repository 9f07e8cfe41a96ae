import { Injectable } from '@nestjs/common';
import { emergencyMinutes, type Standing } from '@platform/access';
import { ConsumerRunner } from '@platform/consuming';
import { EventStore } from '@platform/event-store';
import { type Authority, DomainError, type Grounded, logName } from '@platform/kernel';
import type { OpenedCase } from '../case/case';
import { CaseBoundAccess } from '../case-bound';
import { CaseLog, type Folded } from '../case-log';
import { PolicyBook } from '../policy-book';
import type { BreakGlass } from './break-glass';
import { BreakGlassRows } from './break-glass.projection';
import type { BreakGlassCommand, BreakGlassFacts } from './break-glass.decider';

/** Who may break the glass, and whether an earlier use still waits for its review. */
@Injectable()
export class BreakGlassAccess extends CaseBoundAccess<BreakGlass, BreakGlassCommand, BreakGlassFacts> {
  constructor(
    log: CaseLog,
    policies: PolicyBook,
    private readonly store: EventStore,
    private readonly runner: ConsumerRunner,
    private readonly rows: BreakGlassRows,
  ) {
    super(log, policies);
  }

  protected caseOf(command: BreakGlassCommand, state: BreakGlass): string | undefined {
    return command.kind === 'OpenBreakGlass' ? command.body.case : state?.who.case;
  }

  protected override more(_command: BreakGlassCommand, state: BreakGlass, by: Authority): Standing[] {
    if (!state) return [];
    return [
      ...(state.who.member === by.actor.member ? (['own-act'] as const) : []),
      ...(state.who.organisation === by.actor.organisation ? [] : (['other-organisation'] as const)),
    ];
  }

  protected async facts(
    command: BreakGlassCommand,
    _state: BreakGlass,
    held: Folded<OpenedCase> | undefined,
    by: Authority,
  ): Promise<Grounded<BreakGlassFacts>> {
    if (command.kind !== 'OpenBreakGlass' || !held) return { value: {}, facts: [] };
    const { custodian, phase, recused } = held.state;
    await this.#caughtUp(held.region);
    const minutes = emergencyMinutes(await this.policies.inForce(held.region));
    const record = await this.rows.recordOf(by.actor.member, by.at);
    return {
      value: {
        case: { custodian: custodian.organisation, region: custodian.region, closed: phase === 'Closed', recused },
        minutes,
        overdueReviews: record.overdue,
        unjustified: record.unjustified,
      },
      facts: [],
    };
  }

  /** The last use may be a second old: its row must be there before the next is decided. */
  async #caughtUp(region: string): Promise<void> {
    const log = logName('cases', region);
    const head = await this.store.head(log);
    if (head !== undefined && !(await this.runner.waitFor('case-access', log, head, 2000)))
      throw new DomainError('breakGlass.busy', 'unavailable', 'The record of earlier uses is not up to date yet.', [], 1);
  }
}
