import type { PostPath, Purpose } from './client';

/** RFC 9457 as the server writes it. Nothing in it is about a person. */
export interface ProblemBody {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly traceId?: string;
  readonly errors?: readonly FieldProblem[];
}
export interface FieldProblem {
  /** JSON pointer into what was sent, e.g. `/person/0/value`. */
  readonly pointer: string;
  /** `code: English sentence`. */
  readonly message: string;
}

/** A change as it would have been sent. */
export interface Unsent {
  readonly path: PostPath;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Version decided on. */
  readonly etag?: string | undefined;
  /** The same key is the same command: sent twice, it is done once. */
  readonly key: string;
  readonly purpose?: Purpose | undefined;
}

/** A refused request. Status 0: the server was not reached at all. */
export class ApiProblem extends Error {
  /** Set where the server was not reached with a change that may wait for a line. */
  unsent?: Unsent;

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: readonly FieldProblem[] = [],
    readonly trace?: string,
    /** Seconds to wait before asking again. */
    readonly retryAfter?: number,
  ) {
    super(code);
    this.name = 'ApiProblem';
  }
}

/** What somebody decided on has changed meanwhile. */
export const isConflict = (error: unknown): boolean => error instanceof ApiProblem && error.status === 412;
/** The server was not reached at all. */
export const isUnreached = (error: unknown): boolean => error instanceof ApiProblem && error.status === 0;
/** Waiting helps. */
export const willPass = (error: unknown): boolean => error instanceof ApiProblem && [0, 429, 502, 503, 504].includes(error.status);

export async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
  // What stands in front of the server may answer with something else.
  const answer: unknown = await response.json().catch(() => ({}));
  const body = answer as Partial<ProblemBody>;
  return new ApiProblem(response.status, body.title ?? 'answer.unreadable', body.detail ?? '', body.errors, body.traceId, retryAfter);
}
