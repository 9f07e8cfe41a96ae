/** How the two met, as the server knows it. */
export const HOW_MET = ['approached_by_team', 'came_by_themself', 'brought_by_peer', 'sent_by_service', 'reported_by_third_party'] as const;

/** A contact in the list of one's own organisation. */
export interface ContactItem {
  readonly handle: string;
  readonly codename: string;
  readonly status: string;
  readonly on: string;
  readonly comune: string;
  readonly channel: string;
  readonly language: string;
  readonly urgent: boolean;
  readonly needs: readonly string[];
}
interface Called {
  readonly handle: string;
  readonly codename: string;
}
/** A contact on its own page. */
export interface ContactFile extends ContactItem {
  readonly met: string;
  readonly offered: readonly string[];
  readonly keepUntil: string;
  /** What can be opened: `ID.given_name`. */
  readonly revealable: readonly string[];
  readonly samePerson: readonly Called[];
  /** The case it is part of, for whoever has that in charge. */
  readonly case: Called | null;
}
export interface ContactPage {
  readonly items: readonly ContactItem[];
  /** Where the next page begins; absent on the last. */
  readonly next?: string;
}

/** What is wrong with a row of a sheet, without its value. */
export interface SheetFault {
  /** As spreadsheets count: the row of the names is usually 1. */
  readonly row: number;
  /** Empty where the row as a whole is meant. */
  readonly field: string;
  readonly code: string;
}
/** What a part of a sheet was tried with, and what came of it. */
export interface Checked {
  readonly columns: readonly string[];
  readonly mapping: Readonly<Record<string, number>>;
  readonly rows: number;
  readonly good: number;
  readonly faults: readonly SheetFault[];
}
export interface Imported {
  /** By which it can be undone. */
  readonly import: string;
  readonly recorded: number;
  readonly refused: readonly SheetFault[];
}

/** An import that may still be undone. */
export interface SheetImport {
  readonly import: string;
  readonly own: boolean;
  readonly member: string;
  readonly at: string;
  readonly undoUntil: string;
  readonly recorded: number;
  readonly withdrawn: number;
  /** Contacts that somebody has made something of: they stay. */
  readonly inUse: number;
}
export interface Undone {
  readonly withdrawn: number;
  readonly kept: number;
  readonly left: number;
}
