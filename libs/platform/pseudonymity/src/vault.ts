import type { AuditReceipt } from '@platform/auditing';

/** Fields the vault keeps about a subject (worker, company, member of staff). The group decides who may ever reveal them. */
export type VaultGroup = 'ID' | 'CON' | 'PROT' | 'FAM' | 'COMP' | 'NOTE' | 'STAFF';

/** What an audience calls a subject: a random 128-bit handle, prefixed by the region that can resolve it, and a name to say on the phone. */
export interface Pseudonym {
  /** e.g. `umbria.k3m7…` (26 base32 characters). */
  readonly handle: string;
  /** e.g. `Airone 4K7`. */
  readonly codename: string;
}

export interface VaultEntry {
  readonly ref: string;
  readonly subject: string;
  readonly group: VaultGroup;
  readonly field: string;
}

/**
 * The identity vault of one region. Values are sealed with AES-256-GCM under a key per subject, which is wrapped by the region's key;
 * associated data bind value, subject, field and version. It keeps the only map between subjects and pseudonyms.
 */
export abstract class Vault {
  /**
   * Seals a value; refs that no event names within 24 h are swept. `subject` is a stream id. Returns `vault:<region>:<random>`.
   * @throws DomainError `vault.erased` (404) once the subject was erased, `vault.malformed-text` (400)
   */
  abstract put(subject: string, group: VaultGroup, field: string, value: string): Promise<string>;
  /** Free text: as put, under group NOTE. */
  abstract note(owner: string, text: string): Promise<string>;
  /** What a ref is about, never its value. */
  abstract describe(refs: readonly string[]): Promise<VaultEntry[]>;
  /**
   * Opens values against an audit receipt whose body's commitments are exactly `refCommitment(ref)` of these refs, permitted, of this region.
   * @throws DomainError `vault.receipt-mismatch` (403), `vault.erased` (404), `vault.unreadable` (409)
   */
  abstract reveal(refs: readonly string[], receipt: AuditReceipt): Promise<Map<string, string>>;
  /** The events that name these refs are stored: they are no longer swept. */
  abstract keep(refs: readonly string[]): Promise<void>;

  /**
   * Audience: organisation or team stream id, alert recipient, or `audit@region`. Allocates at first need.
   * An erased subject answers with a steady name that is on no map and resolves to nothing: trails go on, links to it do not.
   */
  abstract handleFor(subject: string, audience: string): Promise<Pseudonym>;
  abstract handlesFor(subjects: readonly string[], audience: string): Promise<Map<string, Pseudonym>>;
  /** The subject behind a handle of that audience; undefined for anything else (another audience's handle, a stream id, nonsense). */
  abstract resolve(handle: string, audience: string): Promise<string | undefined>;
  /** The subject an audience calls by a codename, as told on the phone: exact match only. */
  abstract resolveCodename(codename: string, audience: string): Promise<string | undefined>;

  /**
   * Seals a field group's value for an event under the subject's key; `bound` is `stream|revision|group`.
   * @throws DomainError `vault.erased` (404) once the subject was erased
   */
  abstract seal(subject: string, bound: string, value: unknown): Promise<string>;
  /**
   * For the owning context's projection only. Undefined once the subject was erased.
   * @throws DomainError `vault.unreadable` (409) when the ciphertext does not belong to this subject and place
   */
  abstract open(subject: string, bound: string, ciphertext: string): Promise<unknown>;

  /** Keyed label (HMAC under the region's key) by which equal values are found inside the region, e.g. a company's VAT number. */
  abstract label(kind: string, value: string): Promise<string>;
  /** Remembers the subject that carries a label; answers the subject that held it first. */
  abstract claim(kind: string, label: string, subject: string): Promise<string>;

  /** Destroys the subject's key, values, labels and handles; two different approvers are required. Idempotent. */
  abstract shred(subject: string, approvals: readonly [string, string]): Promise<void>;
  abstract isShredded(subject: string): Promise<boolean>;
}

/** The vaults this process may reach, by region. */
export abstract class Vaults {
  /** @throws DomainError `vault.unknown-region` (404) */
  abstract of(region: string): Vault;
  /** Makes key and tables of a region's vault if they are absent. */
  abstract open(region: string): Promise<Vault>;
  abstract regions(): readonly string[];
}

/** Region that can resolve a handle: its prefix. Undefined for anything that is no handle. */
export const regionOfHandle = (handle: string): string | undefined => /^([a-z][a-z0-9-]{1,39})\.[a-z2-7]{26}$/.exec(handle)?.[1];
