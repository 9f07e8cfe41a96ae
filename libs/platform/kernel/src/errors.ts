/** Kinds of refusal and the HTTP status each becomes (RFC 9457): see docs/reference/errors.md. */
export type Refusal =
  | 'invalid' // 400
  | 'unauthenticated' // 401
  | 'forbidden' // 403: the actor may see the record but not do this
  | 'not-found' // 404: absent, or outside need-to-know
  | 'refused' // 409: a rule says no
  | 'stale' // 412: If-Match is old
  | 'too-large' // 413
  | 'precondition-missing' // 428
  | 'too-many' // 429
  | 'unavailable'; // 503, with Retry-After

/** One faulty field: a JSON pointer into the body and what is wrong. Never the value itself. */
export interface FieldError {
  readonly pointer: string;
  readonly message: string;
}

/** The one error rules and services throw. `code` is `noun.reason`; `detail` holds no personal data. */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    readonly kind: Refusal,
    detail: string,
    readonly errors: readonly FieldError[] = [],
    /** Seconds until it is worth trying again (503, 429). */
    readonly retryAfter?: number,
  ) {
    super(detail);
    this.name = 'DomainError';
  }
}

/** A rule says no. */
export const refused = (code: string, detail: string): DomainError => new DomainError(code, 'refused', detail);
/** Absent or outside need-to-know: the two look the same. */
export const notFound = (noun: string): DomainError =>
  new DomainError(`${noun}.not-found`, 'not-found', 'There is no such record for you.');
export const invalid = (code: string, pointer: string, message: string): DomainError =>
  new DomainError(code, 'invalid', message, [{ pointer, message }]);

export const assertNever = (value: never): never => {
  throw new Error(`unexpected ${(value as { type?: string; kind?: string }).type ?? (value as { kind?: string }).kind ?? typeof value}`);
};
