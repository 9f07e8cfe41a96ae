import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { Pipeline } from '@platform/commanding';
import { Act, Code, code, ContextController, type Exchange, Http, Instant, ListOf, newStreamId, Slug, Text } from '@platform/http';
import {
  FIELD_GROUPS,
  type FieldGroup,
  notFound,
  ORGANISATION_KINDS,
  type OrganisationKind,
  type Purpose,
  PURPOSES,
} from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import { CaseLog } from '../case-log';
import { Handles } from '../handles';
import { Running } from '../running';
import { LEGAL_BASIS_ENDINGS, LEGAL_BASIS_KINDS } from './legal-basis';
import { legalBasisSlice } from './legal-basis-slice';
import { LegalBasisAccess } from './legal-basis.access';
import { EndLegalBasis, legalBasisDecider, RecordLegalBasis } from './legal-basis.decider';

/** The clock alone says that a term was reached. */
const ENDED_BY_PEOPLE = LEGAL_BASIS_ENDINGS.filter((ending) => ending !== 'term_reached');

export class LegalBasisBody {
  @Code(LEGAL_BASIS_KINDS) kind!: (typeof LEGAL_BASIS_KINDS)[number];
  @Slug({ pattern: '^(organisation|team)-[0-9a-f-]{36}$', description: 'Organisation or interregional team the act opens the data to' })
  recipient!: string;
  @Code(PURPOSES) purpose!: Purpose;
  @ListOf(code(FIELD_GROUPS), { min: 1, max: 13 }) groups!: FieldGroup[];
  @Instant({ description: 'Until when the act carries' }) expires!: string;
  @Code(ORGANISATION_KINDS, { description: 'Kind of authority that issued the act' }) issuer!: OrganisationKind;
  @Text({ min: 3, max: 500, lines: true, description: 'Number and date of the act; kept in the vault' }) act!: string;
}
export class EndLegalBasisBody {
  @Code(ENDED_BY_PEOPLE) reason!: 'revoked_by_issuer' | 'purpose_met' | 'recorded_by_mistake';
}

@ContextController('', 'Legal bases')
export class LegalBasisController {
  constructor(
    private readonly running: Running,
    private readonly pipeline: Pipeline,
    private readonly access: LegalBasisAccess,
    private readonly handles: Handles,
    private readonly log: CaseLog,
    private readonly vaults: Vaults,
  ) {}

  /** An order, a duty or a vital interest in the place of a consent. It opens nothing by itself. */
  @Post('cases/:handle/legal-bases')
  @Act('RecordLegalBasis')
  async record(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: LegalBasisBody): Promise<{ handle: string }> {
    const caseId = await this.handles.stream(handle, 'case', http.by.actor);
    const region = (await this.log.case(caseId))?.region;
    if (region === undefined) throw notFound('case');
    const { act, ...rest } = body;
    const id = newStreamId('legalBasis', http.by.commandId);
    const command = (actRef: string): RecordLegalBasis => new RecordLegalBasis(id, { case: caseId, ...rest, actRef });
    const done = await this.pipeline.before(legalBasisSlice, this.access, command('vault').by(http.by));
    if (!done) await this.running.run(http, http.by, command(await this.vaults.of(region).note(caseId, act)));
    else http.wrote(done);
    const { handle: basis } = await this.handles.of(region, id, http.by.actor.organisation);
    http.created(`/api/legal-bases/${basis}`);
    return { handle: basis };
  }

  /** From the answer on nobody reads through anything that rested on it. */
  @Post('legal-bases/:handle/end')
  @HttpCode(204)
  @Act('EndLegalBasis')
  async end(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: EndLegalBasisBody): Promise<void> {
    const id = await this.handles.stream(handle, 'legalBasis', http.by.actor);
    const folded = await this.log.fold(legalBasisDecider, id);
    if (!folded?.state) throw notFound('legalBasis');
    await this.running.run(http, http.matching(id, folded.at.revision), new EndLegalBasis(id, { reason: body.reason }));
  }
}
