import { labelOf, type Language } from '@platform/codes';
import type { View } from '@platform/kernel';
import type { Bound, Condition, Relation, Standing } from './words';

type Said = Readonly<Record<Language, string>>;
const said = (it: string, en: string): Said => ({ it, en });

/** How somebody stands to a case, as the end of "who is …". */
export const RELATION_WORDS: Readonly<Record<Relation, Said>> = {
  'custodian-team': said('dell’équipe che ha in carico la persona', 'in the team that has the person in charge'),
  'same-team': said('dell’équipe del caso per un altro ente', 'in the case’s team for another organisation'),
  'interregional-team': said('dell’équipe interregionale con cui il caso è condiviso', 'in the interregional team the case is shared with'),
  'referral-stage-0': said('destinatario di un’offerta di invio', 'recipient of the offer of a referral'),
  'referral-stage-1': said('incaricato di valutare l’invio', 'charged with assessing the referral'),
  'referral-accepted': said(
    'nominato nell’autorizzazione dopo l’accettazione dell’invio',
    'named in the grant after the referral was accepted',
  ),
  'break-glass': said('in accesso di emergenza', 'in emergency access'),
  dpo: said('responsabile della protezione dei dati', 'data protection officer'),
  auditor: said('revisore', 'auditor'),
};

const STANDING_WORDS: Readonly<Record<Exclude<Standing, Relation>, Said>> = {
  'own-act': said('autore dell’atto', 'author of the act'),
  'own-team': said('membro dell’équipe indicata', 'member of the team named'),
  'own-organisation': said('del proprio ente', 'of the organisation concerned'),
  'same-region': said('della stessa regione', 'of the same region'),
  'other-region': said('di un’altra regione', 'of another region'),
  'other-organisation': said('di un altro ente', 'of another organisation'),
  sender: said('dell’ente inviante', 'of the sending organisation'),
  receiver: said('dell’ente destinatario dell’invio', 'of the organisation the referral is addressed to'),
  issuer: said('dell’ente che ha emesso l’allerta', 'of the organisation that issued the alert'),
  recipient: said('dell’ente destinatario', 'of the receiving organisation'),
};
export const standingWords = (standing: Standing, language: Language): string =>
  ({ ...RELATION_WORDS, ...STANDING_WORDS })[standing][language];

export const CONDITION_WORDS: Readonly<Record<Condition, Said>> = {
  health: said('se il servizio chiesto è sanitario', 'if the service asked for is a health service'),
  legal: said('se il servizio chiesto è legale', 'if the service asked for is a legal service'),
  accepted: said('solo dopo l’accettazione', 'only after acceptance'),
  discipline: said('se la disciplina lo consente', 'if the discipline allows it'),
  signatory: said('se firmatario dell’accordo', 'if signatory of the agreement'),
};

export const BOUND_WORDS: Readonly<Record<Bound, Said>> = {
  kind: said('il tetto del tipo di ente', 'the ceiling of the kind of organisation'),
  discipline: said('il limite della disciplina', 'the limit of the discipline'),
};

const ACR_WORDS: readonly Said[] = [
  said('senza accesso', 'without signing in'),
  said('password', 'a password'),
  said('due fattori', 'two factors'),
  said('un fattore resistente al phishing', 'a phishing-resistant factor'),
];
export const acrWords = (acr: number, language: Language): string => ACR_WORDS[acr]?.[language] ?? String(acr);

/** What was missing, as the end of "because …". */
const CODE_WORDS: Readonly<Record<string, Said>> = {
  'relation.none': said('non ha alcuna relazione con il caso', 'they stand in no relation to the case'),
  'member.recused': said('si è astenuto o è stato ricusato per conflitto di interessi', 'they are recused for a conflict of interest'),
  'kind.no-such-relation': said(
    'il suo tipo di ente non può trovarsi in questa relazione con un caso',
    'their kind of organisation may not stand so to a case',
  ),
  'purpose.not-allowed': said('lo scopo dichiarato non è ammesso', 'the purpose stated is not allowed'),
  'phase.not-allowed': said('in questa fase del caso non è ammesso', 'it is not allowed in this phase of the case'),
  'acr.too-low': said('l’accesso al sistema non è abbastanza forte', 'the sign-in is not strong enough'),
  'grant.absent': said('manca un’autorizzazione', 'there is no grant'),
  'grant.not-live': said(
    'l’autorizzazione, o la base su cui poggia, non è più in vigore',
    'the grant, or the basis it rests on, is no longer in force',
  ),
  'grant.other-purpose': said('l’autorizzazione vale per un altro scopo', 'the grant is for another purpose'),
  'grant.too-wide': said(
    'l’autorizzazione nomina più gruppi di quanti la relazione ne ammetta',
    'the grant names more groups than the relation allows',
  ),
  'ceiling.none': said('nessuna regola glielo consente', 'no rule allows it'),
  'question.malformed': said('la domanda non è completa', 'the question is incomplete'),
  'policy.reads-nothing': said('questa politica non riguarda la lettura', 'this policy is not about reading'),
  'role.not-allowed': said('nessuno dei suoi ruoli lo consente', 'none of their roles allows it'),
  'standing.missing': said('non si trova nella relazione richiesta', 'they do not stand in the relation required'),
  'kind.not-allowed': said('non è ammesso per il suo tipo di ente', 'it is not allowed for their kind of organisation'),
  'command.unknown': said('il comando non esiste', 'there is no such command'),
  'command.not-permitted': said('nessuna regola glielo consente', 'no rule allows it'),
  'command.not-for-the-system': said('il sistema da solo non può farlo', 'the system may not do it by itself'),
};
export const codeWords = (code: string, language: Language): string | undefined => CODE_WORDS[code]?.[language];

/** A view beside its group: nothing is said of what is shown in full. */
export const viewSuffix = (view: View, language: Language): string =>
  view === 'full' ? '' : ` (${labelOf('view', view, language).toLowerCase()})`;

/** "a, b e c". Empty lists read as "nothing". */
export function listed(words: readonly string[], language: Language, last: 'and' | 'or' = 'and'): string {
  const glue = { it: { and: ' e ', or: ' o ' }, en: { and: ' and ', or: ' or ' } }[language][last];
  if (words.length === 0) return language === 'it' ? 'nulla' : 'nothing';
  return [...(words.length > 1 ? [words.slice(0, -1).join(', ')] : []), words.at(-1)].join(glue);
}
