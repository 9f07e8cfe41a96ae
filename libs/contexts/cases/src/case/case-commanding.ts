import { Injectable } from '@nestjs/common';
import { type Accepted, Pipeline } from '@platform/commanding';
import type { Exchange } from '@platform/http';
import { type Authority, nounOf, notFound, regionOf } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import { CaseLog } from '../case-log';
import { Handles } from '../handles';
import { Running } from '../running';
import { CaseAccess } from './case.access';
import type { PersonValue } from './case-bodies';
import type { CaseCommand } from './case-commands';
import { caseSlice } from './case-slice';
import type { VaultedField } from './particulars';

/** What controllers of a case have in common: which stream, at which revision, and values into the vault before the event. */
@Injectable()
export class CaseCommanding {
  constructor(
    private readonly running: Running,
    private readonly pipeline: Pipeline,
    private readonly access: CaseAccess,
    private readonly vaults: Vaults,
    private readonly handles: Handles,
    private readonly log: CaseLog,
  ) {}

  /** The case behind a handle and the authority bound to the revision the caller has seen. */
  async addressed(http: Exchange, handle: string): Promise<{ id: string; region: string; by: Authority }> {
    const id = await this.handles.stream(handle, 'case', http.by.actor);
    const folded = await this.log.case(id);
    if (!folded) throw notFound('case');
    return { id, region: folded.region, by: http.matching(id, folded.at.revision) };
  }

  execute(http: Exchange, by: Authority, command: CaseCommand): Promise<Accepted> {
    return this.running.run(http, by, command);
  }

  /** For commands that carry values: nobody writes into the vault who may not issue the command. */
  async permitted(by: Authority, command: CaseCommand): Promise<Accepted | undefined> {
    return this.pipeline.before(caseSlice, this.access, command.by(by));
  }

  /**
   * The stream of a record named beside the case. That there is none is told only to whoever may do this with the case at all: to others it would
   * tell that there is a case.
   * @param wish the command with anything in the record's place
   */
  async beside(by: Authority, wish: (stream: string) => CaseCommand, handle: string, noun: string): Promise<string> {
    const found = await this.handles.find(handle, by.actor);
    if (found !== undefined && nounOf(found) === noun) return found;
    await this.permitted(by, wish(`${noun}-unknown`));
    throw notFound(noun);
  }

  async keep(region: string, subject: string, person: readonly PersonValue[] = []): Promise<VaultedField[]> {
    return Promise.all(
      person.map(async ({ group, field, value }) => ({ group, field, ref: await this.put(region, subject, group, field, value) })),
    );
  }

  put(region: string, subject: string, group: PersonValue['group'], field: string, value: string): Promise<string> {
    return this.vaults.of(region).put(subject, vaultGroupOf(group), field, value);
  }

  async note(region: string, subject: string, text: string): Promise<string> {
    return this.vaults.of(region).note(subject, text);
  }

  regionOf = (accepted: Accepted): string => regionOf(accepted.log);
}

const vaultGroupOf = (group: PersonValue['group']): 'ID' | 'CON' | 'PROT' | 'FAM' | 'NOTE' =>
  group === 'ID' || group === 'CON' || group === 'PROT' || group === 'FAM' ? group : 'NOTE';
