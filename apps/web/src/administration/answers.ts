export interface Items<T> {
  readonly items: readonly T[];
}
export interface Member {
  readonly member: string;
  readonly organisation: string;
  readonly status: 'Invited' | 'Active' | 'Suspended' | 'Disabled';
  readonly roles: readonly string[];
  readonly disciplines: readonly string[];
  /** Absent where somebody was invited without one. */
  readonly name?: string;
  readonly etag: string;
}
/** A link by which somebody makes their own way in, where the installation keeps its accounts itself. Told once. */
export interface Enrolment {
  readonly token: string;
  readonly expires: string;
}
export type PolicyStatus = 'Proposed' | 'InForce' | 'Superseded' | 'Refused';
export interface PolicyItem {
  readonly policy: string;
  readonly number: number;
  readonly hash: string;
  readonly status: PolicyStatus;
  readonly proposedAt: string;
  readonly widens: number;
  readonly narrows: number;
}
export interface DiffLine {
  readonly cell: string;
  readonly direction: 'WIDENS' | 'NARROWS';
  readonly before: string;
  readonly after: string;
}
export interface Policy {
  readonly policy: string;
  readonly number: number;
  readonly hash: string;
  readonly status: PolicyStatus;
  readonly proposedAt: string;
  readonly lines: readonly DiffLine[];
}
