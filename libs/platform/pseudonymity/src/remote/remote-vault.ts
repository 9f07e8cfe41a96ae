import type { AuditReceipt } from '@platform/auditing';
import type { Peer } from '@platform/internal';
import { invalid } from '@platform/kernel';
import { type Pseudonym, Vault, type VaultEntry, type VaultGroup } from '../vault';
import type { VaultCall } from './vault-calls';

/** One region's vault in another process: every question is a call of it, and nothing is remembered here. */
export class RemoteVault extends Vault {
  constructor(
    readonly region: string,
    private readonly peer: Peer,
  ) {
    super();
  }

  put(subject: string, group: VaultGroup, field: string, value: string): Promise<string> {
    return this.#ask('put', subject, group, field, value);
  }
  note(owner: string, text: string): Promise<string> {
    return this.#ask('note', owner, text);
  }
  describe(refs: readonly string[]): Promise<VaultEntry[]> {
    return this.#ask('describe', refs);
  }
  async reveal(refs: readonly string[], receipt: AuditReceipt): Promise<Map<string, string>> {
    return new Map(await this.#ask<[string, string][]>('reveal', refs, receipt));
  }
  async keep(refs: readonly string[]): Promise<void> {
    if (refs.length > 0) await this.#ask('keep', refs);
  }
  handleFor(subject: string, audience: string): Promise<Pseudonym> {
    return this.#ask('handleFor', subject, audience);
  }
  async handlesFor(subjects: readonly string[], audience: string): Promise<Map<string, Pseudonym>> {
    return subjects.length === 0 ? new Map() : new Map(await this.#ask<[string, Pseudonym][]>('handlesFor', subjects, audience));
  }
  resolve(handle: string, audience: string): Promise<string | undefined> {
    return this.#ask('resolve', handle, audience);
  }
  resolveCodename(codename: string, audience: string): Promise<string | undefined> {
    return this.#ask('resolveCodename', codename, audience);
  }
  seal(subject: string, bound: string, value: unknown): Promise<string> {
    // JSON would write `null` in its place on the way, and something else would be sealed.
    if (JSON.stringify(value) === undefined)
      return Promise.reject(invalid('vault.malformed-value', '', 'This value cannot be written as JSON.'));
    return this.#ask('seal', subject, bound, value);
  }
  open(subject: string, bound: string, ciphertext: string): Promise<unknown> {
    return this.#ask('open', subject, bound, ciphertext);
  }
  label(kind: string, value: string): Promise<string> {
    return this.#ask('label', kind, value);
  }
  claim(kind: string, label: string, subject: string): Promise<string> {
    return this.#ask('claim', kind, label, subject);
  }
  async shred(subject: string, approvals: readonly [string, string]): Promise<void> {
    await this.#ask('shred', subject, approvals);
  }
  isShredded(subject: string): Promise<boolean> {
    return this.#ask('isShredded', subject);
  }

  async #ask<T>(name: VaultCall, ...given: readonly unknown[]): Promise<T> {
    const { answer } = await this.peer.post<{ answer: T }>(`/internal/vault/${this.region}/${name}`, { given });
    return answer;
  }
}
