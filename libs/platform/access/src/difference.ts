import { labelOf, type Language } from '@platform/codes';
import { FIELD_GROUPS, ORGANISATION_KINDS, PURPOSES, VIEWS } from '@platform/kernel';
import { type Cell, type CommandRule, EMERGENCY_MINUTES, type Policy, type ReadRules } from './policy';
import { acrWords, BOUND_WORDS, CONDITION_WORDS, RELATION_WORDS, standingWords } from './prose-words';
import { BOUNDS, type Condition, CONDITIONS } from './words';

export type Direction = 'WIDENS' | 'NARROWS';
type Words = (language: Language) => string;

/** What a policy says in one place of its tables, comparable with what another says in the same place. */
interface Statement {
  readonly about: Words;
  readonly value: Words;
  /** How much it opens while a condition holds, or none does. */
  readonly opens: (holding: Condition | undefined) => number;
}
type Statements = Map<string, Statement>;

export interface Change {
  readonly direction: Direction;
  /** Place in the tables, e.g. `relation.same-team.EXP`. */
  readonly place: string;
  readonly in: (language: Language) => string;
}

/**
 * What a policy opens that another did not, and what it closes: one change for each place in the tables. Places are compared one by one, so a
 * change that another rule makes harmless is told all the same. What opens more in one case and less in another widens.
 */
export function changesBetween(before: Policy, after: Policy): Change[] {
  const [old, now] = [statementsOf(before, after), statementsOf(after, before)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((place) => {
    const [was, is] = [old.get(place), now.get(place)];
    const steps = [undefined, ...CONDITIONS].map((holding) => (is?.opens(holding) ?? 0) - (was?.opens(holding) ?? 0));
    if (steps.every((step) => step === 0)) return [];
    const direction: Direction = steps.some((step) => step > 0) ? 'WIDENS' : 'NARROWS';
    const about = (is ?? was)?.about ?? (() => place);
    return [{ direction, place, in: (language) => `${about(language)}: ${(was?.value ?? NO)(language)} → ${(is?.value ?? NO)(language)}` }];
  });
}

/** The same as lines, widenings first: `WIDENS …` needs the data protection officer's signature, `NARROWS …` does not. */
export function diffInWords(before: Policy, after: Policy, language: Language = 'it'): string[] {
  const changes = changesBetween(before, after);
  const of = (wanted: Direction): string[] =>
    changes.filter(({ direction }) => direction === wanted).map((change) => `${wanted} ${change.in(language)}`);
  return [...of('WIDENS'), ...of('NARROWS')];
}

const YES: Words = (language) => (language === 'it' ? 'sì' : 'yes');
const NO: Words = () => 'no';
const both =
  (it: string, en: string): Words =>
  (language) =>
    language === 'it' ? it : en;
const permitted = (about: Words): Statement => ({ about, value: YES, opens: () => 1 });
const ranked = (about: Words, value: Words, opens: number): Statement => ({ about, value, opens: () => opens });

const cell = (about: Words, { show, when, otherwise }: Cell): Statement => ({
  about,
  value: (language) => {
    const view = labelOf('view', show, language).toLowerCase();
    if (!when) return view;
    return `${view} ${CONDITION_WORDS[when][language]}, ${language === 'it' ? 'altrimenti' : 'otherwise'} ${labelOf('view', otherwise, language).toLowerCase()}`;
  },
  opens: (holding) => VIEWS.indexOf(when === undefined || when === holding ? show : otherwise),
});

/** What a policy says, as far as it can be compared with another. */
function statementsOf(policy: Policy, other: Policy): Statements {
  const all: Statements = new Map();
  const { reading, commands, under } = policy;
  if (reading) readingInto(all, reading);
  for (const rule of commands) {
    whoInto(all, rule);
    // Of a command that only one of them knows, who may issue it says everything.
    const same = other.commands.find(({ command }) => command === rule.command);
    if (same) howInto(all, rule, same);
  }
  all.set('ceiling', ranked(both('tetto', 'ceiling'), under ? YES : NO, under ? 0 : 1));
  if (!under || !other.under) return all;
  for (const [place, statement] of statementsOf(under, other.under)) {
    all.set(`ceiling.${place}`, { ...statement, about: underCeiling(statement.about) });
  }
  return all;
}
const underCeiling =
  (about: Words): Words =>
  (language) =>
    `${language === 'it' ? 'tetto' : 'ceiling'}, ${about(language)}`;

function readingInto(all: Statements, { kinds, relations, limits, seal }: ReadRules): void {
  const label =
    (list: 'organisation-kind' | 'field-group' | 'purpose' | 'phase' | 'discipline', code: string): Words =>
    (language) =>
      labelOf(list, code, language);
  for (const row of kinds) {
    for (const kind of row.kinds) {
      const who = label('organisation-kind', kind);
      for (const group of FIELD_GROUPS) all.set(`kind.${kind}.${group}`, cell(joined(who, label('field-group', group)), row.cells[group]));
      for (const relation of row.relations)
        all.set(`kind.${kind}.as.${relation}`, permitted(joined(who, (language) => RELATION_WORDS[relation][language])));
    }
  }
  for (const row of relations) {
    const at = `relation.${row.name}`;
    const who: Words = (language) => `${language === 'it' ? 'chi è' : 'who is'} ${RELATION_WORDS[row.name][language]}`;
    for (const group of FIELD_GROUPS) all.set(`${at}.${group}`, cell(joined(who, label('field-group', group)), row.cells[group]));
    for (const purpose of row.purposes) all.set(`${at}.for.${purpose}`, permitted(joined(who, label('purpose', purpose))));
    for (const phase of row.phases) all.set(`${at}.in.${phase}`, permitted(joined(who, label('phase', phase))));
    for (const bound of BOUNDS) {
      if (!row.boundBy.includes(bound))
        all.set(
          `${at}.free-of.${bound}`,
          permitted(
            joined(
              who,
              joined(both('libero da', 'free of'), (language) => BOUND_WORDS[bound][language]),
            ),
          ),
        );
    }
    all.set(
      `${at}.acr`,
      ranked(joined(who, both('accesso', 'sign-in')), (language) => acrWords(row.acr, language), 4 - row.acr),
    );
    all.set(
      `${at}.without-grant`,
      ranked(joined(who, both('senza autorizzazione', 'without a grant')), row.grant === 'none' ? YES : NO, row.grant === 'none' ? 1 : 0),
    );
    const most = row.groupsAtMost ?? FIELD_GROUPS.length;
    all.set(
      `${at}.groups-at-most`,
      ranked(joined(who, both('gruppi per autorizzazione', 'groups in a grant')), () => String(most), most),
    );
  }
  const minutes = relations.find(({ name }) => name === 'break-glass')?.minutes ?? EMERGENCY_MINUTES.usual;
  all.set(
    'relation.break-glass.minutes',
    ranked(both('durata dell’accesso di emergenza, minuti', 'length of an emergency access, minutes'), () => String(minutes), minutes),
  );
  for (const group of FIELD_GROUPS) {
    const limit = limits.find((each) => each.group === group);
    const about = label('field-group', group);
    all.set(
      `limit.${group}`,
      cell(joined(about, both('altre discipline', 'other disciplines')), { show: limit?.others ?? 'full', otherwise: 'none' }),
    );
    for (const discipline of limit?.disciplines ?? [])
      all.set(`limit.${group}.${discipline}`, permitted(joined(about, label('discipline', discipline))));
  }
  const readers = seal.readers === 'responsible' ? both('operatore responsabile', 'responsible worker') : both('nessuno', 'nobody');
  all.set('seal', ranked(both('gruppi sigillati', 'sealed groups'), readers, seal.readers === 'responsible' ? 1 : 0));
}

const aboutCommand =
  ({ command }: CommandRule): Words =>
  () =>
    `«${command}»`;

function whoInto(all: Statements, rule: CommandRule): void {
  const at = `command.${rule.command}`;
  const about = aboutCommand(rule);
  for (const role of rule.roles) {
    for (const standing of rule.standings) {
      const who: Words = (language) => `${labelOf('role', role, language)}, ${standingWords(standing, language)}`;
      all.set(`${at}.${role}.${standing}`, permitted(joined(about, who)));
    }
  }
  if (rule.system) all.set(`${at}.system`, permitted(joined(about, both('il sistema', 'the system'))));
}

function howInto(all: Statements, rule: CommandRule, other: CommandRule): void {
  const at = `command.${rule.command}`;
  const about = aboutCommand(rule);
  all.set(
    `${at}.acr`,
    ranked(joined(about, both('accesso', 'sign-in')), (language) => acrWords(rule.acr, language), 4 - rule.acr),
  );
  // Where both say "any", there is nothing to compare.
  for (const purpose of rule.purposes ?? (other.purposes ? PURPOSES : [])) {
    all.set(`${at}.for.${purpose}`, permitted(joined(about, (language) => labelOf('purpose', purpose, language))));
  }
  for (const kind of rule.kinds ?? (other.kinds ? ORGANISATION_KINDS : [])) {
    all.set(`${at}.by.${kind}`, permitted(joined(about, (language) => labelOf('organisation-kind', kind, language))));
  }
}

const joined =
  (...words: readonly Words[]): Words =>
  (language) =>
    words.map((word) => word(language)).join(', ');
