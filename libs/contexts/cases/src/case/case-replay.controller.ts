import { Get, Param, Query } from '@nestjs/common';
import { lowest } from '@platform/access';
import { findComune, generalise } from '@platform/codes';
import { Act, Code, ContextController, Count, type Exchange, Handle, Http, Instant } from '@platform/http';
import { FIELD_GROUPS, type FieldGroup, nounOf, notFound, type View } from '@platform/kernel';
import { regionOfHandle } from '@platform/pseudonymity';
import { auditAudience, Reading } from '@platform/querying';
import { Handles } from '../handles';
import { Principals } from '../principals.projection';
import { CaseReading, found, subject } from './case-reading';
import { CaseReplay, type CouldSee } from './case-replay';
import { type CaseView, maskCase } from './case-view';

export class ReplayQuery {
  @Handle({ description: 'Stream the past is cut at, as the trail calls it' }) stream!: string;
  @Count({ min: 0, max: 1_000_000, query: true }) revision!: number;
  @Instant({ description: 'Instant the deciding service recorded' }) at!: string;
  @Handle({ optional: true, description: 'Show the case with the fields this person could see then' }) actor?: string;
  @Code(FIELD_GROUPS, { optional: true, description: 'Only who could see this group' }) group?: FieldGroup;
}

/** One person who could see something then; everybody by the handles of the trail. */
export interface CouldSeeAnswer {
  readonly actor: string;
  readonly purpose: string;
  readonly views: Partial<Record<FieldGroup, View>>;
  readonly because: readonly string[];
  /** What each rested on; `kind` says what it is: a grant, a consent, a membership. */
  readonly facts: readonly { readonly kind: string; readonly stream: string; readonly revision: number }[];
  readonly policy: string;
}
export interface ReplayAnswer {
  readonly at: string;
  readonly phase: string;
  readonly view: CaseView;
  readonly couldSee: readonly CouldSeeAnswer[];
}

@ContextController('cases', 'Cases')
export class CaseReplayController {
  constructor(
    private readonly cases: CaseReading,
    private readonly replay: CaseReplay,
    private readonly principals: Principals,
    private readonly handles: Handles,
    private readonly reading: Reading,
  ) {}

  /**
   * The case as of a point of its log, with the fields a person could see then, and who could see what, by which grant, consent, membership and
   * policy. For the offices of the region: codes only, never more than the office itself may see.
   */
  @Get(':handle/replay')
  @Act('ReplayCase')
  async show(@Http() http: Exchange, @Param('handle') handle: string, @Query() query: ReplayQuery): Promise<ReplayAnswer> {
    const { by } = http;
    const audience = auditAudience(by.actor.region);
    const known = (wanted: string): Promise<string | undefined> => this.handles.find(wanted, by.actor, [audience]);
    const [caseId, stream, actor] = await Promise.all([
      known(handle),
      known(query.stream),
      query.actor === undefined ? undefined : known(query.actor),
    ]);
    return this.principals.fresh(by, regionOfHandle(handle) ?? by.actor.region, async (tx) => {
      const decided = await this.cases.decide(tx, by, caseId);
      return this.reading.show(by, { act: 'ReplayCase', noun: 'case', ...subject(by, decided), judgement: decided.judgement }, async () => {
        const { label: now, decision } = found(decided);
        if (stream === undefined || (query.actor !== undefined && actor === undefined)) throw notFound('case');
        const past = await this.replay.asOf(tx, now.caseId, { upTo: { stream, revision: query.revision }, at: query.at });
        const theirs = actor === undefined ? undefined : past.couldSee.filter((one) => one.member === actor);
        const views = Object.fromEntries(
          FIELD_GROUPS.map((group) => [group, theirs ? lowest(decision.views[group], widestOf(theirs, group)) : decision.views[group]]),
        ) as Record<FieldGroup, View>;
        const called = await this.handles.of(now.region, now.caseId, audience);
        const companies = await this.handles.all(now.region, past.state.companies, audience);
        const view = maskCase(called, views, past.content, { of: (dossier) => companies.get(dossier) }, places);
        const shown = past.couldSee.filter((one) => query.group === undefined || one.views[query.group] !== undefined);
        const names = await this.handles.all(
          now.region,
          [...new Set(shown.flatMap((one) => [one.member, ...one.facts.map((fact) => fact.stream)]))],
          audience,
        );
        const name = (of: string): string => names.get(of)?.handle ?? '';
        return {
          at: query.at,
          phase: past.state.phase,
          view,
          couldSee: shown.map(({ member, purpose, views: seen, reasons, facts, policy }) => ({
            ...{ actor: name(member), purpose, views: seen, because: reasons, policy },
            facts: facts.map(({ stream: of, revision }) => ({ kind: nounOf(of), stream: name(of), revision })),
          })),
        };
      });
    });
  }
}

const widestOf = (theirs: readonly CouldSee[], group: FieldGroup): View =>
  theirs.reduce<View>((soFar, one) => (lowest(soFar, one.views[group] ?? 'none') === soFar ? (one.views[group] ?? soFar) : soFar), 'none');

const places = {
  band: (comune: string): string => generalise(comune)?.code ?? '',
  region: (comune: string): string => findComune(comune)?.region ?? '',
};
