import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { type Sector, SECTORS } from '@contracts';
import { Pipeline } from '@platform/commanding';
import { Act, Code, ContextController, DateOnly, type Exchange, Http, newStreamId, Slug, Text } from '@platform/http';
import { type Authority, notFound, ORGANISATION_KINDS, type OrganisationKind } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import { Reading } from '@platform/querying';
import { Awaiting } from '../awaiting';
import { judged } from '../rulebook';
import { Running } from '../running';
import { OrganisationAccess } from './organisation.access';
import {
  ORGANISATION_SUSPENSIONS,
  ORGANISATION_WITHDRAWALS,
  type OrganisationSuspension,
  type OrganisationWithdrawal,
} from './organisation';
import {
  AccreditOrganisation,
  organisationDecider,
  type OrganisationProfile,
  RegisterOrganisation,
  ReinstateOrganisation,
  SuspendOrganisation,
  WithdrawOrganisation,
} from './organisation.decider';
import { OrganisationRegister, type OrganisationRow } from './organisation-register.projection';
import { organisationSlice } from './organisation-slice';

const REGION = '^[a-z][a-z0-9-]{1,39}$';

export class RegisterOrganisationBody {
  @Code(ORGANISATION_KINDS) kind!: OrganisationKind;
  @Slug({ pattern: REGION, optional: true, description: 'The own one unless told' }) region?: string;
  @Code(SECTORS, { optional: true, description: 'Assumed from the kind unless told' }) sector?: Sector;
  @Text({ max: 120, description: 'Public designation. That of a company goes to the vault' }) designation!: string;
}
export class AccreditOrganisationBody {
  @Slug({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the signed data-sharing agreement' }) agreement!: string;
  @DateOnly() signedOn!: string;
}
export class SuspendOrganisationBody {
  @Code(ORGANISATION_SUSPENSIONS) reason!: OrganisationSuspension;
}
export class WithdrawOrganisationBody {
  @Code(ORGANISATION_WITHDRAWALS) reason!: OrganisationWithdrawal;
}
export class OrganisationQuery {
  @Slug({ pattern: REGION, optional: true }) region?: string;
  @Code(ORGANISATION_KINDS, { optional: true }) kind?: OrganisationKind;
  @Code(SECTORS, { optional: true }) sector?: Sector;
}
type Shown = OrganisationRow & { readonly etag: string };

@ContextController('organisations', 'Organisations')
export class OrganisationController {
  constructor(
    private readonly running: Running,
    private readonly pipeline: Pipeline,
    private readonly access: OrganisationAccess,
    private readonly register: OrganisationRegister,
    private readonly reading: Reading,
    private readonly awaiting: Awaiting,
    private readonly vaults: Vaults,
  ) {}

  @Get()
  @Act('ReadDirectory')
  async list(@Http() http: Exchange, @Query() query: OrganisationQuery): Promise<{ items: Shown[] }> {
    await this.awaiting.caughtUp(http, OrganisationRegister.consumer);
    return this.#show(http, async () => ({ items: (await this.register.list(query)).map((row) => this.#tagged(http, row)) }));
  }

  @Get(':organisation')
  @Act('ReadDirectory')
  async read(@Http() http: Exchange, @Param('organisation') organisation: string): Promise<OrganisationRow> {
    await this.awaiting.caughtUp(http, OrganisationRegister.consumer);
    return this.#show(http, async () => {
      const row = await this.register.find(organisation);
      if (!row) throw notFound('organisation');
      http.tag(organisation, row.revision);
      return row;
    });
  }

  @Post()
  @Act('RegisterOrganisation')
  async registerOrganisation(@Http() http: Exchange, @Body() body: RegisterOrganisationBody): Promise<{ organisation: string }> {
    const { kind, region = http.by.actor.region, sector, designation } = body;
    const id = newStreamId('organisation', http.by.commandId);
    const profile = { kind, region, ...(sector === undefined ? {} : { sector }) };
    const known: OrganisationProfile = kind === 'company' ? profile : { ...profile, designation };
    const done = await this.pipeline.before(organisationSlice, this.access, new RegisterOrganisation(id, known).by(http.by));
    const nameRef = kind === 'company' && !done ? await this.vaults.of(region).put(id, 'COMP', 'designation', designation) : undefined;
    await this.running.run(http, http.by, new RegisterOrganisation(id, nameRef === undefined ? known : { ...known, nameRef }));
    http.created(`/api/organisations/${id}`);
    return { organisation: id };
  }

  @Post(':organisation/accreditation')
  @HttpCode(204)
  @Act('AccreditOrganisation')
  async accredit(
    @Http() http: Exchange,
    @Param('organisation') id: string,
    @Body() { agreement, signedOn }: AccreditOrganisationBody,
  ): Promise<void> {
    await this.running.run(http, await this.#at(http, id), new AccreditOrganisation(id, agreement, signedOn));
  }

  @Post(':organisation/suspension')
  @HttpCode(204)
  @Act('SuspendOrganisation')
  async suspend(@Http() http: Exchange, @Param('organisation') id: string, @Body() { reason }: SuspendOrganisationBody): Promise<void> {
    await this.running.run(http, await this.#at(http, id), new SuspendOrganisation(id, reason));
  }

  @Post(':organisation/reinstatement')
  @HttpCode(204)
  @Act('ReinstateOrganisation')
  async reinstate(@Http() http: Exchange, @Param('organisation') id: string): Promise<void> {
    await this.running.run(http, await this.#at(http, id), new ReinstateOrganisation(id));
  }

  @Post(':organisation/withdrawal')
  @HttpCode(204)
  @Act('WithdrawOrganisation')
  async withdraw(@Http() http: Exchange, @Param('organisation') id: string, @Body() { reason }: WithdrawOrganisationBody): Promise<void> {
    await this.running.run(http, await this.#at(http, id), new WithdrawOrganisation(id, reason));
  }

  async #at(http: Exchange, id: string): Promise<Authority> {
    return (await this.running.at(http, organisationDecider, 'organisation', id)).by;
  }

  #show<T>(http: Exchange, load: () => Promise<T>): Promise<T> {
    const { actor } = http.by;
    const judgement = judged('ReadDirectory', { organisations: [actor.organisation] }, http.by);
    return this.reading.show(
      http.by,
      { act: 'ReadDirectory', noun: 'organisation', region: actor.region, judgement, cases: [], groups: [] },
      load,
    );
  }

  #tagged = (http: Exchange, row: OrganisationRow): Shown => ({ ...row, etag: http.etagOf(row.organisation, row.revision) });
}
