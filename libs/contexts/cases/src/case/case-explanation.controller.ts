import { Get, Param, Query } from '@nestjs/common';
import { deny, explain, explainCommand, mayCommand, type Policy, showsAnything, viewsFor, widest } from '@platform/access';
import { PostgresDirectory } from '@platform/directory';
import { Act, Code, ContextController, type Exchange, Http, Slug } from '@platform/http';
import { type Actor, invalid, notFound, PURPOSES, type Purpose } from '@platform/kernel';
import { regionOfHandle } from '@platform/pseudonymity';
import { auditAudience, Reading } from '@platform/querying';
import { Handles } from '../handles';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals.projection';
import { CaseReading, found, subject } from './case-reading';
import { CaseRows } from './case-rows.projection';
import { type CaseLabel, commandStandings, type HeldGrant, homeRelation, standingsIn } from './case-standing';

const WHO = { it: 'Questa persona', en: 'This person' } as const;
/** Strength of sign-in everyday work is judged at. */
const ACR = 2;

export class ExplanationQuery {
  @Slug({ pattern: '^member-[0-9a-f-]{36}$', description: 'Member asked about' }) member!: string;
  @Slug({ pattern: '^[A-Z][A-Za-z]{1,59}$', description: 'ReadCase, or a command, e.g. CloseCase' }) act!: string;
  @Code(PURPOSES, { optional: true, description: 'direct_assistance unless told' }) purpose?: Purpose;
}
export interface Explanation {
  readonly may: boolean;
  readonly because: { readonly it: string; readonly en: string };
}

/** Why somebody may or may not: the policy in words, on the facts of now. */
@ContextController('cases', 'Cases')
export class CaseExplanationController {
  constructor(
    private readonly cases: CaseReading,
    private readonly rows: CaseRows,
    private readonly policies: PolicyBook,
    private readonly directory: PostgresDirectory,
    private readonly principals: Principals,
    private readonly handles: Handles,
    private readonly reading: Reading,
  ) {}

  /** May this member do this with the case, and why? For the custodian's own team and the region's offices; tells field groups, never contents. */
  @Get(':handle/explanation')
  @Act('ExplainAccess')
  async explain(@Http() http: Exchange, @Param('handle') handle: string, @Query() query: ExplanationQuery): Promise<Explanation> {
    const { by } = http;
    const known = query.act === 'ReadCase' || this.policies.shipped.commands.some(({ command }) => command === query.act);
    if (!known) throw invalid('explanation.unknown-act', '/act', 'There is no such act: ReadCase, or a command such as CloseCase.');
    const caseId = await this.handles.find(handle, by.actor, [auditAudience(by.actor.region)]);
    return this.principals.fresh(by, regionOfHandle(handle) ?? by.actor.region, async (tx) => {
      const decided = await this.cases.decide(tx, by, caseId);
      const { judgement, label } = decided;
      const asks = label !== undefined && judgement.effect === 'permitted' && mayAsk(by.actor, label);
      const answer = asks || judgement.effect === 'denied' ? judgement : deny({ ...judgement, reasons: ['relation.custodian-team-only'] });
      return this.reading.show(by, { act: 'ExplainAccess', noun: 'case', ...subject(by, decided), judgement: answer }, async () => {
        const { label: asked } = found(decided);
        const grants = await this.rows.grants(tx, asked.caseId);
        const actor = await this.#actor(query.member, asked, grants);
        const policy = await this.policies.inForce(asked.region);
        const purpose = query.purpose ?? 'direct_assistance';
        if (query.act === 'ReadCase') return readingOf(policy, actor, asked, grants, purpose, by.at);
        return commandOf(policy, actor, asked, query.act, purpose);
      });
    });
  }

  /** The member as they would stand to this case, signed in as for everyday work. */
  async #actor(member: string, label: CaseLabel, grants: readonly HeldGrant[]): Promise<Actor> {
    const one = await this.directory.member(member);
    if (!one?.active) throw notFound('member');
    const teams: string[] = [];
    for (const team of new Set([label.team, ...grants.flatMap((grant) => grant.team ?? [])]))
      if ((await this.directory.membersOf(team)).some((seat) => seat.member === member)) teams.push(team);
    const { organisation, region, kind, roles, disciplines, revision } = one;
    return {
      member,
      organisation,
      region,
      kind,
      roles,
      disciplines,
      teams,
      session: 'none',
      acr: ACR,
      standing: { stream: member, revision },
    };
  }
}

const mayAsk = (actor: Actor, label: CaseLabel): boolean =>
  homeRelation(actor, label) === 'custodian-team' ||
  (actor.region === label.region && actor.roles.some((role) => role === 'dpo' || role === 'auditor'));

function readingOf(
  policy: Policy,
  actor: Actor,
  label: CaseLabel,
  grants: readonly HeldGrant[],
  purpose: Purpose,
  at: string,
): Explanation {
  const { kind, disciplines, acr } = actor;
  const { phase, sealedGroups } = label;
  const nobody = {
    kind,
    disciplines,
    acr,
    phase,
    sealedGroups,
    purpose,
    recused: label.recused.includes(actor.member),
    relation: 'none',
  } as const;
  const standings = standingsIn(actor, label, grants, purpose, at).map(({ question }) => ({
    question,
    decision: viewsFor(policy, question),
  }));
  const opening = standings.filter(({ decision }) => showsAnything(decision));
  // Where nothing opens, the nearest miss explains best: what is missing in the relation the person has.
  const told = opening.length > 0 ? opening : standings.length > 0 ? standings : [{ question: nobody, decision: viewsFor(policy, nobody) }];
  const say = (language: 'it' | 'en'): string =>
    [...new Set(told.map(({ question, decision }) => explain(policy, WHO[language], question, decision, language)))].join(' ');
  return { may: showsAnything(widest(standings.map(({ decision }) => decision))), because: { it: say('it'), en: say('en') } };
}

function commandOf(policy: Policy, actor: Actor, label: CaseLabel, command: string, purpose: Purpose): Explanation {
  const recused = label.recused.includes(actor.member);
  const judgement = mayCommand(policy, { command, actor, standings: commandStandings(actor, label), purpose, recused });
  const say = (language: 'it' | 'en'): string => explainCommand(policy, WHO[language], command, judgement, language);
  return { may: judgement.effect === 'permitted', because: { it: say('it'), en: say('en') } };
}
