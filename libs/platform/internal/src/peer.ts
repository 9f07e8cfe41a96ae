import { DomainError, type Refusal } from '@platform/kernel';
import { STATUS } from '@platform/http';
import type { ServiceTokens } from './service-tokens';

export interface PeerOptions {
  /** Milliseconds a call may take. */
  readonly patience?: number;
}

const KINDS = new Map(Object.entries(STATUS).map(([kind, status]) => [status, kind as Refusal]));
const PATIENCE = 5_000;

/** Another service, called by this one's own token. Its refusals come back as the errors they were there. */
export class Peer {
  constructor(
    readonly name: string,
    /** Without a slash at the end. */
    readonly url: string,
    private readonly tokens: ServiceTokens,
    private readonly options: PeerOptions = {},
  ) {}

  /** @throws DomainError the peer's own refusal, or `peer.unreachable` (503) */
  async post<T>(path: string, body: unknown = {}): Promise<T> {
    const answer = await this.#send(path, body);
    if (answer.ok) return (answer.text === '' ? undefined : JSON.parse(answer.text)) as T;
    const { title = '', detail = '' } = problemIn(answer.text);
    const kind = KINDS.get(answer.status);
    if (kind === undefined || title === '') throw unreachable();
    throw new DomainError(title, kind, detail, [], answer.retryAfter);
  }

  async #send(path: string, body: unknown): Promise<{ ok: boolean; status: number; text: string; retryAfter: number | undefined }> {
    try {
      const response = await fetch(this.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await this.tokens.for(this.name)}` },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(this.options.patience ?? PATIENCE),
      });
      const { ok, status, headers } = response;
      const wait = Number(headers.get('retry-after') ?? Number.NaN);
      return { ok, status, text: await response.text(), retryAfter: Number.isFinite(wait) ? wait : undefined };
    } catch {
      throw unreachable();
    }
  }
}

const problemIn = (text: string): { title?: string; detail?: string } => {
  try {
    return JSON.parse(text) as { title?: string; detail?: string };
  } catch {
    return {};
  }
};

/** What was asked may have been done: callers ask again with the same ids. */
const unreachable = (): DomainError =>
  new DomainError('peer.unreachable', 'unavailable', 'A part of the service is not available now.', [], 2);
