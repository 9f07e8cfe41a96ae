import { defineStrings, useText } from '../text/strings';

/** Codes of decisions in words. Rules of the policy (`R-CUST`) are named by their code: it stands in the policy. */
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
    export_csv: 'portato via in CSV',
    export_xlsx: 'portato via in Excel',
    export_pdf: 'portato via in PDF',
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
    export_csv: 'taken away as CSV',
    export_xlsx: 'taken away as Excel',
    export_pdf: 'taken away as PDF',
  },
});
type Reason = keyof typeof reasonStrings.it;

export function useReasons(): (codes: readonly string[]) => string {
  const say = useText(reasonStrings);
  return (codes) =>
    codes
      .map((code) => {
        // Whatever kind of record it would have been: that stands in the code beside.
        if (code.endsWith('.unknown')) return `${say('unknown')} (${code})`;
        const key = code.replace('.', '_');
        return key in reasonStrings.it ? say(key as Reason) : code;
      })
      .join(', ');
}
