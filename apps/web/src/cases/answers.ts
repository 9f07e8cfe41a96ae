/** What the routes of cases answer, as far as the screens look. The API's description holds no shapes of answers. */
export type View = 'aggregate' | 'banded' | 'codes' | 'full';
export interface ShownGroup {
  readonly view: View;
  readonly [field: string]: unknown;
}
export type FieldGroup = 'REF' | 'ID' | 'CON' | 'PROT' | 'HEA' | 'LEG' | 'FAM' | 'EXP' | 'OFF' | 'NEED' | 'PLAN' | 'COMP' | 'TERR';
export interface CaseView {
  readonly handle: string;
  readonly codename: string;
  readonly groups: Readonly<Partial<Record<FieldGroup, ShownGroup>>>;
}
export interface CaseListItem extends CaseView {
  readonly updatedOn: string;
}
export interface CaseList {
  readonly items: readonly CaseListItem[];
  readonly total: number;
  readonly next?: string;
}

/** A list of codes, or nothing: views show some groups banded, where there is a count in its place. */
export const codesOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export type Phase = 'Emersion' | 'Proximity' | 'FirstAssistance' | 'SocialInclusion' | 'FollowUp' | 'Suspended' | 'Closed';
/** Shown with the plan; undefined to whoever is not shown that. */
export const phaseOf = ({ groups }: CaseView): Phase | undefined => textOf(groups.PLAN?.phase) as Phase | undefined;

/** A document that is kept elsewhere, as whoever sees its group in full is told of it. */
export interface DocumentLine {
  /** Its group and its number in it, `LEG-2`. */
  readonly reference: string;
  readonly kind: string;
  readonly dated: string | null;
  readonly received: string;
  readonly keeper: string;
  /** There is one to compare a file with. */
  readonly fingerprint: boolean;
  readonly withdrawn: { readonly reason: string; readonly on: string } | null;
}
const documentsIn = (shown: ShownGroup | undefined): readonly DocumentLine[] =>
  Array.isArray(shown?.documents) ? (shown.documents as DocumentLine[]) : [];
/** The documents of all groups the reader is shown in full. */
export const documentsOf = (groups: CaseView['groups']): readonly DocumentLine[] => Object.values(groups).flatMap(documentsIn);
