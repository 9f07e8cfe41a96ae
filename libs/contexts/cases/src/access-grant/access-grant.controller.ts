import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { Act, Code, code, ContextController, type Exchange, Http, Instant, ListOf, slug } from '@platform/http';
import { type Authority, FIELD_GROUPS, type FieldGroup, notFound } from '@platform/kernel';
import { CaseLog } from '../case-log';
import { Handles } from '../handles';
import { Running } from '../running';
import { accessGrantDecider, NarrowAccess, RenewAccess, RevokeAccess } from './access-grant.decider';

const RENEWALS = ['service_continues', 'joint_work_continues', 'proceedings_continue'] as const;
/** What people give as a reason; the other endings follow from events. */
const REVOCATIONS = ['no_longer_needed', 'member_left', 'granted_by_mistake'] as const;

export class GrantNarrowingBody {
  @ListOf(code(FIELD_GROUPS), { min: 1, max: 13, description: 'What stays open' }) groups!: FieldGroup[];
  @ListOf(slug('^member-[0-9a-f-]{36}$'), { max: 50, description: 'Who stays named; empty for a team’s shared view' }) members!: string[];
  @Instant() expires!: string;
}
export class GrantRenewalBody {
  @Instant() expires!: string;
  @Code(RENEWALS) reason!: (typeof RENEWALS)[number];
}
export class GrantRevocationBody {
  @Code(REVOCATIONS) reason!: (typeof REVOCATIONS)[number];
}

/** What the custodian does with a grant. Nothing here widens one: that is another grant, on a basis of its own. */
@ContextController('grants', 'Grants')
export class AccessGrantController {
  constructor(
    private readonly running: Running,
    private readonly handles: Handles,
    private readonly log: CaseLog,
  ) {}

  @Post(':handle/narrowing')
  @HttpCode(204)
  @Act('NarrowAccess')
  async narrow(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: GrantNarrowingBody): Promise<void> {
    const { id, by } = await this.#addressed(http, handle);
    await this.running.run(http, by, new NarrowAccess(id, { ...body }));
  }

  @Post(':handle/renewal')
  @HttpCode(204)
  @Act('RenewAccess')
  async renew(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: GrantRenewalBody): Promise<void> {
    const { id, by } = await this.#addressed(http, handle);
    await this.running.run(http, by, new RenewAccess(id, { ...body }));
  }

  /** From the answer on nobody reads through it. */
  @Post(':handle/revocation')
  @HttpCode(204)
  @Act('RevokeAccess')
  async revoke(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: GrantRevocationBody): Promise<void> {
    const { id, by } = await this.#addressed(http, handle);
    await this.running.run(http, by, new RevokeAccess(id, { reason: body.reason }));
  }

  async #addressed(http: Exchange, handle: string): Promise<{ id: string; by: Authority }> {
    const id = await this.handles.stream(handle, 'accessGrant', http.by.actor);
    const folded = await this.log.fold(accessGrantDecider, id);
    if (!folded?.state) throw notFound('accessGrant');
    return { id, by: http.matching(id, folded.at.revision) };
  }
}
