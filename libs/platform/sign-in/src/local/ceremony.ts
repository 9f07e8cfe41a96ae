import { randomBytes } from 'node:crypto';
import type { OpaqueTokens } from '@platform/http';
import { type Clock, refused } from '@platform/kernel';
import type { AccountStore } from './account-store';

/** What must come back unchanged with the browser's answer. */
export interface Begun {
  readonly subject: string;
  readonly name: string;
  /** Of the one-time codes that were offered. */
  readonly secret: string;
}

const MINUTES = 15 * 60_000;
type Kind = 'new' | 'known';

/**
 * A challenge and what it was given for, carried by the browser where it cannot be read or changed, and good for one answer.
 * Beginning costs the service nothing, so that nobody can fill it by beginning.
 */
export class Ceremony {
  constructor(
    private readonly store: AccountStore,
    private readonly tokens: OpaqueTokens,
    private readonly clock: Clock,
  ) {}

  begin(kind: Kind, begun: Begun): { attempt: string; challenge: string } {
    const challenge = randomBytes(32).toString('base64url');
    const sealed = JSON.stringify({ ...begun, kind, challenge, until: Date.parse(this.clock.now()) + MINUTES });
    return { attempt: this.tokens.seal('account', Buffer.from(sealed)), challenge };
  }

  /**
   * An offer may be answered again after a wrong code, and what it makes is made once anyway; a sign-in's challenge is spent by the first answer.
   * @throws DomainError `account.attempt-over`
   */
  async finish(kind: Kind, attempt: string, subject: string): Promise<Begun & { challenge: string }> {
    const text = this.tokens.open('account', attempt)?.toString('utf8');
    const found = text === undefined ? undefined : (JSON.parse(text) as Begun & { kind: Kind; challenge: string; until: number });
    if (found?.kind !== kind || found.subject !== subject || found.until <= Date.parse(this.clock.now())) throw over();
    if (kind === 'known' && !(await this.store.spend(found.challenge, new Date(found.until).toISOString()))) throw over();
    return found;
  }
}

const over = (): Error => refused('account.attempt-over', 'This took too long, or was answered already. Begin again.');
