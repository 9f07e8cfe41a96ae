import type { Actor } from '@platform/kernel';
import type { Cohort } from '../small-numbers';
import type { AlertContent, AlertEvent, IssuedAlert } from './alert';
import type { AlertDraft } from './alert-commands';
import type { AlertFacts } from './alert.decider';

/** An alert from Umbria, as specs of rules, read models and reactors tell it. Not part of the product. */
const id = (noun: string, n: number): string => `${noun}-00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const ALERT = id('alert', 1);
export const DELIVERY = id('alertDelivery', 1);
export const ISSUER = id('organisation', 1);
export const INSPECTORATE = id('organisation', 2);
export const UNION = id('organisation', 3);
export const DOSSIER = id('companyDossier', 1);
export const DRAFTED_AT = '2031-03-14T12:00:00.000Z';
export const EXPIRES = '2031-06-14T12:00:00.000Z';
export const NAME_REF = 'vault:umbria:aaaaaaaaaaaaaaaaaaaaaaaaaa';

const member = (n: number, organisation: string, kind: Actor['kind']): Actor => ({
  ...{ member: id('member', n), organisation, region: 'umbria', kind, roles: ['coordinator'], disciplines: [], teams: [] },
  ...{ session: `session-${n}`, acr: 2 },
});
export const issuer = member(1, ISSUER, 'anti_trafficking_project');
export const second = member(2, ISSUER, 'anti_trafficking_project');
export const inspector = member(3, INSPECTORATE, 'labour_inspectorate');
export const unionist = member(4, UNION, 'trade_union');
export const stranger = member(5, id('organisation', 9), 'association');

export const draft: AlertDraft = {
  subject: { kind: 'company', ref: DOSSIER },
  comune: '054039',
  sector: 'A',
  patterns: ['transport_by_gangmaster'],
  indicators: ['EX01', 'CD01'],
  period: { from: '2031-02-01', to: '2031-03-01' },
  expires: EXPIRES,
};
const { sector, patterns, indicators, period, comune } = draft;
export const content: AlertContent = {
  ...{ issuer: ISSUER, subject: { kind: 'company', dossier: DOSSIER }, comune, area: 'comune' },
  ...{ sector, patterns, indicators, period, expires: EXPIRES },
};
export const cohort: Cohort = { workers: 12, organisations: 2, companies: 3 };
export const issued: IssuedAlert = {
  ...content,
  cohort,
  audience: ['labour_inspectorate', 'trade_union'],
  company: { nameRef: NAME_REF },
};
export const territory: IssuedAlert = {
  ...content,
  subject: { kind: 'territory' },
  cohort,
  audience: ['labour_inspectorate', 'employers_association'],
};
export const facts: AlertFacts = { cohort, company: { disputed: false, nameRef: NAME_REF }, openDeliveries: 0 };

const about = { subject: content.subject };
/** One event of each type, in the form the rules make. */
export const told = {
  drafted: { type: 'AlertDrafted', data: content },
  screened: { type: 'AlertScreened', data: { cohort } },
  held: { type: 'AlertHeld', data: { reason: 'retaliation_risk', by: issuer.member } },
  heldSmall: { type: 'AlertHeld', data: { reason: 'cohort_too_small', by: issuer.member } },
  released: { type: 'AlertReleased', data: { reason: 'risk_assessed', area: 'comune' } },
  rejected: { type: 'AlertRejected', data: { reason: 'retaliation_risk' } },
  issued: { type: 'AlertIssued', data: issued },
  closed: { type: 'AlertClosed', data: about },
  withdrawn: { type: 'AlertWithdrawn', data: { ...about, reason: 'error' } },
  expired: { type: 'AlertExpired', data: about },
} as const satisfies Record<string, AlertEvent>;

/** The shortest past that leads to each state. */
export const pastOf: Readonly<Record<string, readonly AlertEvent[]>> = (() => {
  const out = [told.drafted, told.screened, told.issued];
  return {
    '-': [],
    Drafted: [told.drafted],
    Screened: [told.drafted, told.screened],
    Held: [told.drafted, told.held],
    Issued: out,
    Closed: [...out, told.closed],
    Withdrawn: [...out, told.withdrawn],
    Expired: [...out, told.expired],
    Rejected: [told.drafted, told.held, told.rejected],
  };
})();
