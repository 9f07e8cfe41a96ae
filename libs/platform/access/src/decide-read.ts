import { DISCIPLINES, FIELD_GROUPS, type FieldGroup, PURPOSES, type View } from '@platform/kernel';
import { type Ceiling, CEILINGS, ceilingType, readingAbilityOf } from './compile-ability';
import { type Judgement, hide, permit } from './judgement';
import { type Policy, rowOfKind, rowOfRelation } from './policy';
import type { Instance, StrictAbility } from './strict-ability';
import { BEFORE_ACCEPTANCE, highest, isWord, lowest, NOTHING, type Relation, type ServiceFamily, upTo, type Views, viewsOf } from './words';

/** A grant as far as a decision needs it. `live`: not ended, not expired at the deciding clock, its basis in force, case open, member and organisation active. */
export interface GrantInHand {
  readonly live: boolean;
  readonly groups: readonly FieldGroup[];
  readonly purpose: string;
}

/** May this person see these groups, standing to the case in this one relation? */
export interface ReadQuestion {
  readonly kind: string;
  readonly relation: Relation | 'none';
  readonly disciplines: readonly string[];
  /** Family of the service a referral asks for. */
  readonly serviceFamily?: ServiceFamily;
  readonly grant?: GrantInHand;
  readonly purpose: string;
  readonly phase: string;
  readonly acr: number;
  readonly recused: boolean;
  /** e.g. PROT while the person is in protection. */
  readonly sealedGroups: readonly FieldGroup[];
  /** The person is a responsible worker of the case. */
  readonly responsible?: boolean;
}

export interface ReadDecision {
  readonly views: Views;
  /** Rule ids that decided; where nothing is shown, codes of what was missing. Never empty. */
  readonly reasons: readonly string[];
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isWellFormed = (question: ReadQuestion): boolean =>
  typeof question.kind === 'string' &&
  typeof question.relation === 'string' &&
  typeof question.purpose === 'string' &&
  typeof question.phase === 'string' &&
  typeof question.acr === 'number' &&
  typeof question.recused === 'boolean' &&
  isList(question.disciplines) &&
  question.disciplines.every((word) => isWord(DISCIPLINES, word)) &&
  isList(question.sealedGroups) &&
  question.sealedGroups.every((word) => isWord(FIELD_GROUPS, word)) &&
  (question.grant === undefined || (typeof question.grant.live === 'boolean' && isList(question.grant.groups)));

type About = { -readonly [K in keyof Instance]: Instance[K] };

/** The question as plain attributes, which is all that rules can speak of. `set` turns it to one group. */
function attributesOf(policy: Policy, question: ReadQuestion): { about: About; set: (group: FieldGroup) => void } {
  const { grant, disciplines, sealedGroups } = question;
  const about: About = {
    type: '',
    kind: question.kind,
    relation: question.relation,
    purpose: question.purpose,
    phase: question.phase,
    acr: question.acr,
    recused: question.recused,
    service: question.serviceFamily,
    accepted: !(BEFORE_ACCEPTANCE as readonly string[]).includes(question.relation),
    responsible: question.responsible === true,
    grant: grant === undefined ? 'none' : grant.live ? 'live' : 'ended',
    samePurpose: grant !== undefined && grant.purpose === question.purpose,
    grantSize: grant?.groups.length ?? 0,
  };
  const set = (group: FieldGroup): void => {
    const limit = policy.reading?.limits.find((rule) => rule.group === group);
    about.discipline = limit !== undefined && disciplines.some((word) => (limit.disciplines as readonly string[]).includes(word));
    about.sealed = sealedGroups.includes(group);
    about.granted = grant !== undefined && grant.groups.includes(group);
  };
  return { about, set };
}

const FULL: View = 'full';
const LEAST: View = 'aggregate';

/** The highest view a ceiling lets through, as far as `most`. Every permit lets through all lower views as well. */
function levelOf(ability: StrictAbility, ceiling: Ceiling, group: FieldGroup, about: About, most: View): View {
  about.type = ceilingType(ceiling, group, String(about.relation));
  if (!ability.can(LEAST, about)) return 'none';
  if (ability.can(most, about)) return most;
  return upTo(most).findLast((view) => view !== most && ability.can(view, about)) ?? 'none';
}

const OTHERS = CEILINGS.filter((ceiling) => ceiling !== 'relation');

/**
 * What of each field group may be shown: the lowest of the organisation kind's row, the relation's row, the discipline's limit, the grant and
 * the seal. Anything unknown, missing or malformed shows nothing.
 */
export function viewsFor(policy: Policy, question: ReadQuestion): ReadDecision {
  const own = ownViews(policy, question);
  if (!policy.under || !showsAnything(own)) return own;
  const above = viewsFor(policy.under, question);
  const views = viewsOf((group) => lowest(own.views[group], above.views[group]));
  const decision = { views, reasons: [...new Set([...own.reasons, ...above.reasons])] };
  return showsAnything(decision) ? decision : { views: NOTHING, reasons: showsAnything(above) ? ['ceiling.none'] : above.reasons };
}

function ownViews(policy: Policy, question: ReadQuestion): ReadDecision {
  if (!policy.reading) return { views: NOTHING, reasons: ['policy.reads-nothing'] };
  if (!isWellFormed(question)) return { views: NOTHING, reasons: ['question.malformed'] };
  const ability = readingAbilityOf(policy);
  const lowered = new Set<string>();
  const { about, set } = attributesOf(policy, question);
  const views = viewsOf((group) => {
    set(group);
    let view = levelOf(ability, 'relation', group, about, FULL);
    let by: Ceiling | undefined;
    for (const ceiling of OTHERS) {
      if (view === 'none') break;
      const level = levelOf(ability, ceiling, group, about, view);
      if (level !== view) by = ceiling;
      view = level;
    }
    // The last ceiling that lowered the view is the one it rests on.
    if (by) lowered.add(`${by}:${group}`);
    return view;
  });
  const nothing = FIELD_GROUPS.every((group) => views[group] === 'none');
  return { views, reasons: nothing ? missing(policy, question) : decidedBy(policy, question, lowered) };
}

/** The rules a decision rests on: relation and kind always, limits and seal where they lowered something. */
function decidedBy(policy: Policy, question: ReadQuestion, lowered: ReadonlySet<string>): string[] {
  const relation = rowOfRelation(policy, question.relation);
  const kind = rowOfKind(policy, question.kind);
  const limits = policy.reading?.limits.filter((limit) => lowered.has(`discipline:${limit.group}`)) ?? [];
  const sealed = FIELD_GROUPS.some((group) => lowered.has(`seal:${group}`)) && policy.reading ? [policy.reading.seal.id] : [];
  return [relation?.id, kind?.id, ...limits.map((limit) => limit.id), ...sealed].filter((id) => id !== undefined);
}

/** Why nothing at all is shown, as codes. */
function missing(policy: Policy, question: ReadQuestion): string[] {
  const row = rowOfRelation(policy, question.relation);
  if (!row) return ['relation.none'];
  const { grant } = question;
  const found = [
    question.recused && 'member.recused',
    !rowOfKind(policy, question.kind)?.relations.includes(row.name) && 'kind.no-such-relation',
    !isWord(PURPOSES, question.purpose) || !row.purposes.includes(question.purpose) ? 'purpose.not-allowed' : false,
    !(row.phases as readonly string[]).includes(question.phase) && 'phase.not-allowed',
    !(question.acr >= 1) && 'acr.too-low',
    row.grant === 'required' && grant === undefined && 'grant.absent',
    grant !== undefined && !grant.live && 'grant.not-live',
    grant !== undefined && grant.purpose !== question.purpose && 'grant.other-purpose',
    grant !== undefined && row.groupsAtMost !== undefined && grant.groups.length > row.groupsAtMost && 'grant.too-wide',
  ].filter((code): code is string => typeof code === 'string');
  return found.length > 0 ? found : ['ceiling.none'];
}

/** What somebody may see who stands to a case in several relations at once: for each group the widest. */
export function widest(decisions: readonly ReadDecision[]): ReadDecision {
  const shown = decisions.filter(showsAnything);
  const counted = shown.length > 0 ? shown : decisions;
  return {
    views: viewsOf((group) => highest(...counted.map((decision) => decision.views[group]))),
    reasons: counted.length > 0 ? [...new Set(counted.flatMap((decision) => decision.reasons))] : ['relation.none'],
  };
}

export const showsAnything = (decision: ReadDecision): boolean => FIELD_GROUPS.some((group) => decision.views[group] !== 'none');
/** The groups a decision shows anything of, in the order of the table. */
export const shownGroups = (decision: ReadDecision): readonly FieldGroup[] =>
  FIELD_GROUPS.filter((group) => decision.views[group] !== 'none');

/** A read as a judgement: nothing to show means that the record does not exist for this person. */
export const readJudgement = (policy: Policy, decision: ReadDecision, facts: Judgement['facts'] = []): Judgement =>
  (showsAnything(decision) ? permit : hide)({ policy: policy.hash, reasons: decision.reasons, facts });

/** What may ever be told to a kind of organisation, by alerts and statistics too: its row of the table under the given facts. */
export function ceilingFor(
  policy: Policy,
  kind: string,
  facts: { readonly signatory?: boolean; readonly accepted?: boolean; readonly serviceFamily?: ServiceFamily } = {},
): Views {
  const above = policy.under && ceilingFor(policy.under, kind, facts);
  const row = rowOfKind(policy, kind);
  const holds = {
    health: facts.serviceFamily === 'health',
    legal: facts.serviceFamily === 'legal',
    accepted: facts.accepted === true,
    discipline: false,
    signatory: facts.signatory === true,
  };
  return viewsOf((group) => {
    const cell = row?.cells[group];
    if (!cell) return 'none';
    const own = cell.when === undefined || holds[cell.when] ? cell.show : cell.otherwise;
    return above ? lowest(own, above[group]) : own;
  });
}
