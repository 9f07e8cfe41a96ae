import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Act, Code, code, ContextController, type Exchange, Http, Instant, ListOf, newStreamId, Slug } from '@platform/http';
import { type Authority, FIELD_GROUPS, type FieldGroup, notFound, type Purpose, PURPOSES } from '@platform/kernel';
import { Reading } from '@platform/querying';
import { Awaiting } from '../awaiting';
import { judged } from '../rulebook';
import { Running } from '../running';
import { AgreementRegister, type AgreementRow } from './agreement-register.projection';
import { AGREEMENT_TERMINATIONS, type AgreementTermination } from './territorial-agreement';
import {
  ActivateAgreement,
  DraftAgreement,
  OpenNegotiation,
  SignAgreement,
  TerminateAgreement,
  territorialAgreementDecider,
} from './territorial-agreement.decider';

const ORGANISATION = '^organisation-[0-9a-f-]{36}$';

export class PartyBody {
  @Slug({ pattern: ORGANISATION }) organisation!: string;
  @Slug({ pattern: '^[a-z][a-z0-9-]{1,39}$' }) region!: string;
}
export class CapBody {
  @Slug({ pattern: ORGANISATION }) from!: string;
  @Slug({ pattern: ORGANISATION }) to!: string;
  @ListOf(code(FIELD_GROUPS), { max: FIELD_GROUPS.length }) groups!: FieldGroup[];
}
export class DraftAgreementBody {
  @ListOf(() => PartyBody, { min: 2, max: 40 }) parties!: PartyBody[];
  @ListOf(code(PURPOSES), { min: 1, max: PURPOSES.length }) scope!: Purpose[];
  @ListOf(() => CapBody, { max: 400 }) caps!: CapBody[];
  @Instant() expiresAt!: string;
}
export class TerminateAgreementBody {
  @Code(AGREEMENT_TERMINATIONS) reason!: AgreementTermination;
}
type Shown = AgreementRow & { readonly etag: string };

@ContextController('agreements', 'Territorial agreements')
export class TerritorialAgreementController {
  constructor(
    private readonly running: Running,
    private readonly register: AgreementRegister,
    private readonly reading: Reading,
    private readonly awaiting: Awaiting,
  ) {}

  /** Agreements of the caller's organisation; an office sees those of its region. */
  @Get()
  @Act('ReadAgreement')
  async list(@Http() http: Exchange): Promise<{ items: Shown[] }> {
    await this.awaiting.caughtUp(http, AgreementRegister.consumer);
    const { organisation, region, kind } = http.by.actor;
    const judgement = judged('ReadAgreement', { organisations: [organisation] }, http.by);
    return this.reading.show(
      http.by,
      { act: 'ReadAgreement', noun: 'territorialAgreement', region, judgement, cases: [], groups: [] },
      async () => {
        const rows = await this.register.of({ organisation, ...(kind === 'region' ? { region } : {}) });
        return { items: rows.map((row) => ({ ...row, etag: http.etagOf(row.agreement, row.revision) })) };
      },
    );
  }

  @Get(':agreement')
  @Act('ReadAgreement')
  async read(@Http() http: Exchange, @Param('agreement') agreement: string): Promise<AgreementRow> {
    await this.awaiting.caughtUp(http, AgreementRegister.consumer);
    const row = await this.register.find(agreement);
    const { actor } = http.by;
    const parties = row?.terms.parties ?? [];
    const region = parties.some((party) => party.region === actor.region) ? actor.region : undefined;
    const judgement = judged('ReadAgreement', { organisations: parties.map(({ organisation }) => organisation), region }, http.by);
    const question = { act: 'ReadAgreement', noun: 'territorialAgreement', region: actor.region, judgement, cases: [], groups: [] };
    return this.reading.show(http.by, question, () => {
      if (!row) return Promise.reject(notFound('territorialAgreement'));
      http.tag(agreement, row.revision);
      return Promise.resolve(row);
    });
  }

  @Post()
  @Act('DraftAgreement')
  async draft(@Http() http: Exchange, @Body() { parties, scope, caps, expiresAt }: DraftAgreementBody): Promise<{ agreement: string }> {
    const id = newStreamId('territorialAgreement', http.by.commandId);
    const terms = {
      parties: parties.map(({ organisation, region }) => ({ organisation, region })),
      scope,
      caps: caps.map(({ from, to, groups }) => ({ from, to, groups })),
      expiresAt,
    };
    await this.running.run(http, http.by, new DraftAgreement(id, terms));
    http.created(`/api/agreements/${id}`);
    return { agreement: id };
  }

  @Post(':agreement/negotiation')
  @HttpCode(204)
  @Act('OpenNegotiation')
  async negotiate(@Http() http: Exchange, @Param('agreement') id: string): Promise<void> {
    await this.running.run(http, await this.#at(http, id), new OpenNegotiation(id));
  }

  /** For the caller's own organisation. */
  @Post(':agreement/signatures')
  @HttpCode(204)
  @Act('SignAgreement')
  async sign(@Http() http: Exchange, @Param('agreement') id: string): Promise<void> {
    await this.running.run(http, await this.#at(http, id), new SignAgreement(id));
  }

  @Post(':agreement/activation')
  @HttpCode(204)
  @Act('ActivateAgreement')
  async activate(@Http() http: Exchange, @Param('agreement') id: string): Promise<void> {
    await this.running.run(http, await this.#at(http, id), new ActivateAgreement(id));
  }

  @Post(':agreement/termination')
  @HttpCode(204)
  @Act('TerminateAgreement')
  async terminate(@Http() http: Exchange, @Param('agreement') id: string, @Body() { reason }: TerminateAgreementBody): Promise<void> {
    await this.running.run(http, await this.#at(http, id), new TerminateAgreement(id, reason));
  }

  async #at(http: Exchange, id: string): Promise<Authority> {
    return (await this.running.at(http, territorialAgreementDecider, 'territorialAgreement', id)).by;
  }
}
