import type { Role } from '../session/session';

/** What the routes of company dossiers answer. */
export type CompanyStatus = 'Involved' | 'Reported' | 'Corroborated' | 'Alerted' | 'UnderInspection' | 'OutcomeKnown' | 'Archived';

/** Parts that the reader's kind of organisation may not know are not there. */
export interface CompanyView {
  readonly handle: string;
  readonly codename: string;
  readonly status: CompanyStatus;
  readonly sector: string;
  readonly comune?: string;
  readonly province?: string;
  readonly disputed?: boolean;
  readonly indicators?: readonly string[];
  /** Organisations that reported it; which ones is told to nobody. */
  readonly reporters?: number;
  /** The reader's organisation knows which company this is. */
  readonly ours: boolean;
}
export interface CompanyPage {
  readonly items: readonly CompanyView[];
  readonly next?: string;
}
export const DISPUTE_OUTCOMES = ['record_upheld', 'record_corrected', 'record_withdrawn'] as const;

/** Who may do what, as far as roles say: the server decides, and this spares people a refusal. */
const MAY = {
  report: ['operator', 'case_manager', 'coordinator', 'legal_adviser', 'union_officer'],
  observe: ['operator', 'case_manager', 'coordinator', 'legal_adviser', 'cultural_mediator', 'union_officer'],
  dispute: ['coordinator', 'legal_adviser', 'dpo'],
  resolve: ['coordinator', 'dpo'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type CompanyAct = keyof typeof MAY;

export const mayDo = (act: CompanyAct, roles: readonly Role[]): boolean =>
  roles.some((role) => (MAY[act] as readonly Role[]).includes(role));
