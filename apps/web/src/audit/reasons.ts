import { defineStrings, useText } from '../text/strings';

/** Codes of decisions in words. Rules of the policy (`R-CUST`) are named by their code as well: it stands in the policy. */
const reasonStrings = defineStrings('reasons', {
  it: {
    relation_none: 'nessuna relazione con il caso',
    member_recused: 'astenuta o ricusata',
    'kind_no-such-relation': 'il tipo di organizzazione non può trovarsi in questa relazione',
    'purpose_not-allowed': 'scopo non ammesso',
    'phase_not-allowed': 'fase non ammessa',
    'acr_too-low': 'accesso al sistema non abbastanza forte',
    grant_absent: 'manca un’autorizzazione',
    'grant_not-live': 'autorizzazione o base non più in vigore',
    'grant_other-purpose': 'autorizzazione per un altro scopo',
    ceiling_none: 'nessuna regola lo consente',
    'role_not-allowed': 'nessun ruolo lo consente',
    standing_missing: 'non è nella relazione richiesta',
    'kind_not-allowed': 'non ammesso per questo tipo di organizzazione',
    unknown: 'quel che è stato chiesto non porta a nulla',
    'caller_not-a-member': 'non è membro della rete',
    'list_need-to-know': 'nell’elenco solo ciò che le serve',
    share_none: 'caso non condiviso con l’équipe',
    territory_network: 'territori: li vede tutta la rete',
    'relation_custodian-team-only': 'solo l’équipe che ha in carico la persona',
    'reveal_not-granted': 'valore non compreso nell’autorizzazione',
    group_sealed: 'dato chiuso finché la persona è protetta',
    'kind_no-companies': 'questo tipo di organizzazione non vede imprese',
    'kind_no-territory': 'questo tipo di organizzazione non vede territori',
    'referral_named-people-only': 'solo le persone indicate da chi riceve',
    'referral_not-addressee': 'non è chi riceve l’invio',
    'case_codename-unknown': 'nome in codice che non conosce',
    company_disputed: 'registrazione contestata',
    counts_rounded: 'numeri arrotondati',
    'counts_own-region': 'numeri della propria regione',
    'command_not-permitted': 'atto non consentito',
    unmask_open: 'svelamento aperto',
    'unmask_not-open': 'svelamento non aperto',
    'unmask_of-another': 'svelamento di un’altra persona',
    'unmask_group-not-named': 'dato non chiesto nello svelamento',
    'unmask_decides-or-asked': 'decide, o ha chiesto',
    rule: 'riga {{code}} della politica',
    export_csv: 'portato via in CSV',
    export_xlsx: 'portato via in Excel',
    export_pdf: 'portato via in PDF',
    readModel: 'modello di lettura {{name}}',
    projection_rebuilding: 'una ricostruzione era già in corso',
    'projection_not-rebuilding': 'nessuna ricostruzione era in corso',
    'projection_not-rebuildable': 'agisce sugli eventi e non si ricostruisce',
  },
  en: {
    relation_none: 'no relation to the case',
    member_recused: 'recused',
    'kind_no-such-relation': 'the kind of organisation may not stand so',
    'purpose_not-allowed': 'purpose not allowed',
    'phase_not-allowed': 'phase not allowed',
    'acr_too-low': 'sign-in not strong enough',
    grant_absent: 'no grant',
    'grant_not-live': 'grant or basis no longer in force',
    'grant_other-purpose': 'grant for another purpose',
    ceiling_none: 'no rule allows it',
    'role_not-allowed': 'no role allows it',
    standing_missing: 'not in the relation required',
    'kind_not-allowed': 'not allowed for this kind of organisation',
    unknown: 'what was asked for leads nowhere',
    'caller_not-a-member': 'no member of the network',
    'list_need-to-know': 'in the list only what they need',
    share_none: 'case not shared with the team',
    territory_network: 'territories: the whole network sees them',
    'relation_custodian-team-only': 'only the team that has the person in charge',
    'reveal_not-granted': 'value not part of the grant',
    group_sealed: 'data closed while the person is protected',
    'kind_no-companies': 'this kind of organisation sees no companies',
    'kind_no-territory': 'this kind of organisation sees no territories',
    'referral_named-people-only': 'only the people the receiver named',
    'referral_not-addressee': 'not the receiver of the referral',
    'case_codename-unknown': 'a codename they do not know',
    company_disputed: 'record disputed',
    counts_rounded: 'numbers rounded',
    'counts_own-region': 'numbers of their own region',
    'command_not-permitted': 'act not permitted',
    unmask_open: 'unmasking open',
    'unmask_not-open': 'unmasking not open',
    'unmask_of-another': 'unmasking of somebody else',
    'unmask_group-not-named': 'data not asked for in the unmasking',
    'unmask_decides-or-asked': 'decides, or has asked',
    rule: 'line {{code}} of the policy',
    export_csv: 'taken away as CSV',
    export_xlsx: 'taken away as Excel',
    export_pdf: 'taken away as PDF',
    readModel: 'read model {{name}}',
    projection_rebuilding: 'a rebuild was under way already',
    'projection_not-rebuilding': 'no rebuild was under way',
    'projection_not-rebuildable': 'acts on events and is never rebuilt',
  },
});
/** Which read model a decision was about. */
const MODEL = 'read-model.';
type Reason = keyof typeof reasonStrings.it;

export function useReasons(): (codes: readonly string[]) => string {
  const say = useText(reasonStrings);
  return (codes) =>
    codes
      .map((code) => {
        // Whatever kind of record it would have been: that stands in the code beside.
        if (code.endsWith('.unknown')) return `${say('unknown')} (${code})`;
        if (code.startsWith(MODEL)) return say('readModel', { name: code.slice(MODEL.length) });
        const key = code.replace('.', '_');
        return key in reasonStrings.it ? say(key as Reason) : /^[A-Z]+-/.test(code) ? say('rule', { code }) : code;
      })
      .join(', ');
}
