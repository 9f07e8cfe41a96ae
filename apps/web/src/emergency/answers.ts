/** Field groups an emergency may open: nothing about who somebody is or where they are protected. */
export const GLASS_GROUPS = ['CON', 'HEA', 'NEED', 'FAM'] as const;
export type GlassGroup = (typeof GLASS_GROUPS)[number];

interface Common {
  readonly handle: string;
  readonly case: { readonly handle: string; readonly codename: string };
  readonly group: GlassGroup;
  readonly reason: string;
  readonly openedAt: string;
  readonly expiresAt: string;
  readonly reviewDue: string;
  readonly status: 'Opened' | 'AwaitingReview';
  readonly overdue: boolean;
  readonly etag: string;
}
export interface OwnGlass extends Common {
  readonly custodian: string;
}
/** One in a reviewer's queue: always of another organisation. */
export interface GlassToReview extends Common {
  readonly organisation: string;
}
export interface Items<T> {
  readonly items: readonly T[];
}
