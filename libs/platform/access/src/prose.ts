import { labelOf, type Language } from '@platform/codes';
import { FIELD_GROUPS, PHASES } from '@platform/kernel';
import type { CommandJudgement } from './decide-command';
import type { ReadDecision, ReadQuestion } from './decide-read';
import { showsAnything, shownGroups } from './decide-read';
import {
  type Because,
  type Cells,
  type CommandRule,
  type DisciplineLimit,
  EMERGENCY_MINUTES,
  type KindRow,
  layersOf,
  type Policy,
  type RelationRow,
  type Seal,
} from './policy';
import { acrWords, BOUND_WORDS, codeWords, CONDITION_WORDS, listed, RELATION_WORDS, standingWords, viewSuffix } from './prose-words';
import { isWord, RELATIONS } from './words';

/** The whole policy as sentences that a lawyer can read and sign, one for each rule, with the rule's id in front. */
export function prose(policy: Policy, language: Language): string[] {
  const { reading, commands, under } = policy;
  return [
    ...(reading?.kinds.map((row) => kindSentence(row, language)) ?? []),
    ...(reading?.relations.map((row) => relationSentence(row, language)) ?? []),
    ...(reading?.limits.map((limit) => limitSentence(limit, language)) ?? []),
    ...(reading ? [sealSentence(reading.seal, language)] : []),
    ...commands.map((rule) => commandSentence(rule, language)),
    ...(under ? [underSentence(under, language)] : []),
  ];
}

const ending = (because: Because, language: Language): string => `${language === 'it' ? 'Perché' : 'Because'}: ${because[language]}.`;

/** "identità (pseudonimo e codici), zona e periodo": what the cells of a row show. */
function cellWords(cells: Cells, language: Language): string {
  const words = FIELD_GROUPS.flatMap((group) => {
    const { show, when, otherwise } = cells[group];
    const label = labelOf('field-group', group, language).toLowerCase();
    const shown = show === 'none' ? [] : [`${label}${viewSuffix(show, language)}${when ? `, ${CONDITION_WORDS[when][language]}` : ''}`];
    const else_ = language === 'it' ? 'altrimenti' : 'otherwise';
    return [...shown, ...(when && otherwise !== 'none' ? [`${else_} ${label}${viewSuffix(otherwise, language)}`] : [])];
  });
  return listed(words, language);
}

function kindSentence({ id, kinds, relations, cells, because }: KindRow, language: Language): string {
  const who = listed(
    kinds.map((kind) => labelOf('organisation-kind', kind, language)),
    language,
  );
  const ways = relations.map((relation) => RELATION_WORDS[relation][language]);
  const reach = {
    it: ways.length === 0 ? 'non raggiungono mai un caso' : `raggiungono un caso solo come chi è ${listed(ways, 'it', 'or')}`,
    en: ways.length === 0 ? 'never reach a case' : `reach a case only as somebody who is ${listed(ways, 'en', 'or')}`,
  }[language];
  const most = { it: 'Possono sapere al massimo', en: 'They may know at most' }[language];
  return `[${id}] ${who}: ${reach}. ${most}: ${cellWords(cells, language)}. ${ending(because, language)}`;
}

function relationSentence(row: RelationRow, language: Language): string {
  const it = language === 'it';
  const phases =
    row.phases.length === PHASES.length
      ? it
        ? 'in ogni fase'
        : 'in any phase'
      : `${it ? 'nelle fasi' : 'in the phases'} ${listed(
          row.phases.map((phase) => labelOf('phase', phase, language).toLowerCase()),
          language,
        )}`;
  const purposes = listed(
    row.purposes.map((purpose) => labelOf('purpose', purpose, language).toLowerCase()),
    language,
    'or',
  );
  const grant =
    row.grant === 'none'
      ? ''
      : it
        ? ', solo con un’autorizzazione in vigore e nei gruppi che essa nomina'
        : ', only with a grant in force and for the groups it names';
  const most = row.groupsAtMost === undefined ? '' : it ? ` (al massimo ${row.groupsAtMost})` : ` (at most ${row.groupsAtMost})`;
  const lasts =
    row.name !== 'break-glass' ? '' : `${it ? ', per' : ', for'} ${row.minutes ?? EMERGENCY_MINUTES.usual} ${it ? 'minuti' : 'minutes'}`;
  const bounds =
    row.boundBy.length === 0
      ? ''
      : `${it ? '; valgono anche' : '; also bound by'} ${listed(
          row.boundBy.map((bound) => BOUND_WORDS[bound][language]),
          language,
        )}`;
  const acr = `${it ? 'accesso con' : 'signed in with'} ${acrWords(row.acr, language)}`;
  return (
    `[${row.id}] ${it ? 'Chi è' : 'Who is'} ${RELATION_WORDS[row.name][language]} ${it ? 'può vedere' : 'may see'}: ${cellWords(row.cells, language)}; ` +
    `${it ? 'per lo scopo' : 'for the purpose'} ${purposes}, ${phases}, ${acr}${grant}${most}${lasts}${bounds}. ${ending(row.because, language)}`
  );
}

function limitSentence({ id, group, disciplines, others, because }: DisciplineLimit, language: Language): string {
  const label = labelOf('field-group', group, language);
  const who = listed(
    disciplines.map((word) => labelOf('discipline', word, language).toLowerCase()),
    language,
    'or',
  );
  const rest = labelOf('view', others, language).toLowerCase();
  return language === 'it'
    ? `[${id}] ${label}: dove vale il limite della disciplina, chi non è ${who} vede al massimo: ${rest}. ${ending(because, 'it')}`
    : `[${id}] ${label}: where the limit of the discipline applies, who is not ${who} sees at most: ${rest}. ${ending(because, 'en')}`;
}

function sealSentence({ id, readers, because }: Seal, language: Language): string {
  const text = {
    responsible: {
      it: 'è mostrato solo all’operatore responsabile nell’équipe che ha in carico la persona',
      en: 'is shown only to the responsible worker in the team that has the person in charge',
    },
    nobody: { it: 'non è mostrato a nessuno', en: 'is shown to nobody' },
  }[readers][language];
  return `[${id}] ${language === 'it' ? 'Un gruppo sigillato' : 'A sealed group'} ${text}. ${ending(because, language)}`;
}

function commandSentence(rule: CommandRule, language: Language): string {
  const it = language === 'it';
  const roles = listed(
    rule.roles.map((role) => labelOf('role', role, language).toLowerCase()),
    language,
    'or',
  );
  const standings = listed(
    rule.standings.map((standing) => standingWords(standing, language)),
    language,
    'or',
  );
  const people = `${it ? 'chi ha il ruolo di' : 'whoever has the role of'} ${roles}${it ? ' ed è ' : ' and is '}${standings}, ${it ? 'con' : 'with'} ${acrWords(rule.acr, language)}`;
  const system = it ? 'il sistema, per scadenza o per un fatto registrato' : 'the system, by the clock or a recorded fact';
  const who = [...(rule.roles.length > 0 ? [people] : []), ...(rule.system ? [system] : [])].join(it ? '; oppure ' : '; or ');
  const purposes = rule.purposes
    ? `, ${it ? 'per lo scopo' : 'for the purpose'} ${listed(
        rule.purposes.map((purpose) => labelOf('purpose', purpose, language).toLowerCase()),
        language,
        'or',
      )}`
    : '';
  const kinds = rule.kinds
    ? `, ${it ? 'se l’ente è' : 'if the organisation is'}: ${listed(
        rule.kinds.map((kind) => labelOf('organisation-kind', kind, language)),
        language,
        'or',
      )}`
    : '';
  return `[${rule.id}] ${it ? 'Il comando' : 'The command'} «${rule.command}»: ${who}${purposes}${kinds}. ${ending(rule.because, language)}`;
}

const underSentence = ({ version, hash }: Policy, language: Language): string =>
  language === 'it'
    ? `Vale inoltre il tetto nazionale, versione ${version} (${hash.slice(0, 12)}): questa politica può solo restringerlo.`
    : `The shipped ceiling, version ${version} (${hash.slice(0, 12)}), binds as well: this policy can only narrow it.`;

/**
 * One sentence that says what a person sees of a case and why, or why they see nothing.
 * @param who how the sentence names the person
 */
export function explain(policy: Policy, who: string, question: ReadQuestion, decision: ReadDecision, language: Language): string {
  const it = language === 'it';
  if (!showsAnything(decision))
    return `${who} ${it ? 'non può vedere nulla di questo caso perché' : 'may see nothing of this case because'} ${reasons(policy, decision.reasons, language)}.`;
  const groups = shownGroups(decision).map(
    (group) => `«${labelOf('field-group', group, language).toLowerCase()}»${viewSuffix(decision.views[group], language)}`,
  );
  const relation = isWord(RELATIONS, question.relation) ? RELATION_WORDS[question.relation][language] : '';
  const purpose = labelOf('purpose', question.purpose, language).toLowerCase();
  return (
    `${who} ${it ? 'può vedere' : 'may see'} ${listed(groups, language)} ${it ? 'per lo scopo' : 'for the purpose'} «${purpose}» ` +
    `${it ? 'perché è' : 'because they are'} ${relation}: ${reasons(policy, decision.reasons, language)}.`
  );
}

/** The same for a command. */
export function explainCommand(policy: Policy, who: string, command: string, judgement: CommandJudgement, language: Language): string {
  const can = { permitted: { it: 'può eseguire', en: 'may issue' }, denied: { it: 'non può eseguire', en: 'may not issue' } }[
    judgement.effect
  ][language];
  const role = judgement.role ? ` ${language === 'it' ? 'come' : 'as'} ${labelOf('role', judgement.role, language).toLowerCase()}` : '';
  return `${who} ${can} «${command}»${role} ${language === 'it' ? 'perché' : 'because'} ${reasons(policy, judgement.reasons, language)}.`;
}

/** Rule ids become what the rule says of itself; codes become words; what is neither stays as it is. */
function reasons(policy: Policy, codes: readonly string[], language: Language): string {
  const because = new Map<string, Because>();
  for (const { reading, commands } of layersOf(policy)) {
    const rules = [...(reading ? [...reading.kinds, ...reading.relations, ...reading.limits, reading.seal] : []), ...commands];
    for (const rule of rules) if (!because.has(rule.id)) because.set(rule.id, rule.because);
  }
  return codes
    .map((code) => {
      const rule = because.get(code);
      return rule ? `${rule[language]} [${code}]` : (codeWords(code, language) ?? code);
    })
    .join('; ');
}
