export interface Items<T> {
  readonly items: readonly T[];
}

export type OrganisationStatus = 'Registered' | 'Accredited' | 'Suspended' | 'Withdrawn';
export interface OrganisationView {
  readonly organisation: string;
  readonly region: string;
  readonly kind: string;
  readonly sector: string;
  /** Absent for companies: their name is in the vault. */
  readonly designation: string | null;
  readonly status: OrganisationStatus;
}

export type TeamStatus = 'Proposed' | 'Constituted' | 'Dissolved';
export interface TeamItem {
  readonly team: string;
  readonly kind: 'local' | 'interregional';
  readonly leadRegion: string;
  /** The organisation that leads it. */
  readonly organisation: string;
  readonly designation: string;
  readonly status: TeamStatus;
}
export interface Seat {
  readonly member: string;
  readonly organisation: string;
  readonly region: string;
  readonly discipline: string;
}
export interface TeamView extends TeamItem {
  readonly seats: readonly Seat[];
}
export interface Meeting {
  readonly revision: number;
  readonly heldOn: string;
  readonly attendees: readonly string[];
  readonly decisions: readonly string[];
  /** There are minutes, in the vault. */
  readonly minutes: boolean;
}

export type AgreementStatus = 'Drafted' | 'Negotiating' | 'Active' | 'Expired' | 'Terminated';
export interface Cap {
  readonly from: string;
  readonly to: string;
  readonly groups: readonly string[];
}
export interface AgreementView {
  readonly agreement: string;
  readonly status: AgreementStatus;
  readonly terms: {
    readonly parties: readonly { readonly organisation: string; readonly region: string }[];
    readonly scope: readonly string[];
    readonly caps: readonly Cap[];
    readonly expiresAt: string;
  };
  readonly signed: readonly string[];
}
