import { Body, Get, Param, Post } from '@nestjs/common';
import type { Views } from '@platform/access';
import { PostgresDirectory } from '@platform/directory';
import { Act, ContextController, type Exchange, Http } from '@platform/http';
import type { Fact, FieldGroup } from '@platform/kernel';
import { regionOfHandle } from '@platform/pseudonymity';
import { Reading } from '@platform/querying';
import { CaseLog } from '../case-log';
import { Handles } from '../handles';
import type { LegalBasisScope, RecordedLegalBasis } from '../legal-basis/legal-basis';
import { legalBasisDecider } from '../legal-basis/legal-basis.decider';
import { Principals, type Tx } from '../principals.projection';
import type { CaseEvent } from './case';
import { RevealBody } from './case-bodies';
import { CaseReading, forThoseInCharge, found, subject } from './case-reading';
import { CaseRows } from './case-rows.projection';
import { isLive } from './case-standing';
import { CaseValues } from './case-values';

const OF_DOCUMENTS = [
  'DocumentReferenceRecorded',
  'DocumentReferenceWithdrawn',
] as const satisfies CaseEvent['type'][] as readonly string[];

/** What a decision and most of what it shows is read from; the story of a case is written by a reader of its own. */
const READ_MODELS = ['case-access', 'case-file'];

type LegalBasisLine = Fact &
  Pick<RecordedLegalBasis, 'status' | 'kind' | 'issuer'> &
  Pick<LegalBasisScope, 'recipient' | 'purpose' | 'groups' | 'expires'>;

/** What stands behind a case: single values, its story, and who may look. */
@ContextController('cases', 'Cases')
export class CaseInsightController {
  constructor(
    private readonly reading: Reading,
    private readonly cases: CaseReading,
    private readonly rows: CaseRows,
    private readonly principals: Principals,
    private readonly handles: Handles,
    private readonly values: CaseValues,
    private readonly directory: PostgresDirectory,
    private readonly log: CaseLog,
  ) {}

  /** Opens one value, with a reason, at a stronger sign-in. One audit entry, and the vault gives it only against that. */
  @Post(':handle/reveals')
  @Act('RevealValue')
  async reveal(@Http() { by }: Exchange, @Param('handle') handle: string, @Body() body: RevealBody): Promise<{ value: string }> {
    const group = body.group as FieldGroup;
    const ref = async (tx: Tx, caseId: string) => (await this.rows.groups(tx, caseId, [group]))[group]?.refs[body.field];
    return { value: await this.values.open(by, handle, { act: 'RevealValue', group, reason: body.reason, ref }) };
  }

  /** What happened to the case, in codes. For the custodian's own team. */
  @Get(':handle/history')
  @Act('ReadCaseHistory')
  async history(@Http() http: Exchange, @Param('handle') handle: string): Promise<{ items: object[] }> {
    const load = async (caseId: string, tx: Tx, _region: string, views: Views): Promise<{ items: object[] }> => {
      const lines = await this.rows.history(tx, caseId);
      // That there is a document is told only to whoever sees its group in full.
      const told = lines.filter(({ type, line }) => !OF_DOCUMENTS.includes(type) || views[line.group as FieldGroup] === 'full');
      const items = told.map(({ at, type, actor, organisation }) => ({ at, type, actor, organisation }));
      return { items };
    };
    return this.#home(http, handle, 'ReadCaseHistory', load, [...READ_MODELS, 'case-history']);
  }

  /** Who may look at the case now, what at, why and until when; and the consents and bases all that rests on. */
  @Get(':handle/access')
  @Act('ReadCaseAccess')
  async access(
    @Http() http: Exchange,
    @Param('handle') handle: string,
  ): Promise<{ grants: object[]; consents: object[]; legalBases: object[] }> {
    const { by } = http;
    return this.#home(http, handle, 'ReadCaseAccess', async (caseId, tx, region) => {
      const grants = await this.rows.grants(tx, caseId);
      const consents = await this.rows.consents(tx, caseId);
      const acts = await this.#legalBases(await this.rows.legalBases(tx, caseId));
      const called = await this.handles.all(
        region,
        [
          ...new Set([
            ...grants.map(({ stream }) => stream),
            ...consents.map(({ consent }) => consent),
            ...acts.map(({ stream }) => stream),
          ]),
        ],
        by.actor.organisation,
      );
      // Whoever reads from elsewhere has a name that is not ours to know; where they work is.
      const members = [...new Set(grants.flatMap((grant) => grant.member ?? []))];
      const standing = await Promise.all(members.map((member) => this.directory.member(member)));
      const organisations = new Map(standing.flatMap((one, n) => (one ? [[members[n] ?? '', one.organisation] as const] : [])));
      return {
        grants: grants.map((grant) => ({
          handle: called.get(grant.stream)?.handle,
          etag: http.etagOf(grant.stream, grant.revision),
          member: grant.member ?? null,
          organisation: grant.member === undefined ? null : (organisations.get(grant.member) ?? null),
          team: grant.team ?? null,
          relation: grant.relation,
          groups: grant.groups,
          purpose: grant.purpose,
          expires: grant.expiresAt,
          live: isLive(grant, by.at),
        })),
        consents: consents.map(({ consent, revision, ...rest }) => ({
          handle: called.get(consent)?.handle,
          etag: http.etagOf(consent, revision),
          ...rest,
        })),
        legalBases: acts.map(({ stream, revision, ...rest }) => ({
          handle: called.get(stream)?.handle,
          etag: http.etagOf(stream, revision),
          ...rest,
        })),
      };
    });
  }

  /** Kind, issuer and scope; the number of the act stays in the vault. */
  async #legalBases(streams: readonly string[]): Promise<LegalBasisLine[]> {
    const found = await Promise.all(streams.map((stream) => this.log.fold(legalBasisDecider, stream)));
    return found.flatMap((folded) => {
      if (!folded?.state) return [];
      const { status, kind, issuer, scope } = folded.state;
      const { recipient, purpose, groups, expires } = scope;
      return [{ ...folded.at, status, kind, issuer, recipient, purpose, groups, expires }];
    });
  }

  async #home<T>(
    http: Exchange,
    handle: string,
    act: string,
    load: (caseId: string, tx: Tx, region: string, views: Views) => Promise<T>,
    consumers: readonly string[] = READ_MODELS,
  ): Promise<T> {
    const { by } = http;
    const caseId = await this.handles.find(handle, by.actor);
    const read = async (tx: Tx): Promise<T> => {
      const decided = await this.cases.decide(tx, by, caseId);
      const judgement = forThoseInCharge(by, decided);
      return this.reading.show(by, { act, noun: 'case', ...subject(by, decided), judgement }, () => {
        const { label: shown, decision } = found(decided);
        return load(shown.caseId, tx, shown.region, decision.views);
      });
    };
    return this.principals.fresh(by, regionOfHandle(handle) ?? by.actor.region, read, consumers);
  }
}
