/** Nobody answered within our own deadline: what was asked for may have happened. */
export class Unanswered extends Error {}

/** The client's names for what may pass by waiting; `unknown` is all it makes of a node that knows no leader. */
const PASSING_TYPES = new Set(['unavailable', 'deadline-exceeded', 'timeout', 'cancelled', 'not-leader', 'unknown']);
/** gRPC: cancelled, unknown, deadline exceeded, resource exhausted, aborted, internal, unavailable, data loss. Not every call wraps them. */
const PASSING_CODES = new Set([1, 2, 4, 8, 10, 13, 14, 15]);

interface ClientError extends Error {
  readonly type?: unknown;
  readonly code?: unknown;
  readonly metadata?: { get?(key: string): readonly unknown[] };
}

/** What the adapter makes of an error of the client: try again, or what to throw. */
export function judge(error: unknown): 'passes' | Error {
  if (error instanceof Unanswered) return 'passes';
  if (!(error instanceof Error)) return new Error('the event store failed');
  const { code, message } = error as ClientError;
  const type = nameOf(error);
  if (message.includes('invalid position')) return new Error('this is no position of this store');
  if (type === 'access-denied' || code === 7 || code === 16) return new Error('the event store does not let these credentials do this');
  if (type === 'maximum-append-size-exceeded') return new Error('an append is larger than the event store takes');
  if (typeof type === 'string') return PASSING_TYPES.has(type) ? 'passes' : error;
  if (typeof code === 'number') return PASSING_CODES.has(code) ? 'passes' : error;
  return message.startsWith('Failed to discover') ? 'passes' : error;
}

/** Ours or the client's own deadline passed. */
export const isLate = (error: unknown): boolean =>
  error instanceof Unanswered || (error as ClientError).code === 4 || nameOf(error) === 'deadline-exceeded';

export const isConflict = (error: unknown): boolean => nameOf(error) === 'wrong-expected-version';

/** The client's name of an error, or the server's where the client left it as it came. */
const nameOf = (error: unknown): unknown => {
  const { type, metadata } = error as ClientError;
  return type ?? metadata?.get?.('exception')[0];
};
