import { ApiProperty } from '@nestjs/swagger';
import { HttpException } from '@nestjs/common';
import { DomainError, type FieldError, type Refusal } from '@platform/kernel';

export const STATUS: Readonly<Record<Refusal, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  refused: 409,
  stale: 412,
  'too-large': 413,
  'precondition-missing': 428,
  'too-many': 429,
  unavailable: 503,
};

/** RFC 9457, `application/problem+json`: what every refusal looks like. */
export class Problem {
  @ApiProperty({ description: 'Where the error is explained.', example: 'docs/reference/errors.md#referral.not-addressee' }) type!: string;
  @ApiProperty({ description: 'Code of the error, noun.reason.', example: 'referral.not-addressee' }) title!: string;
  @ApiProperty({ type: 'integer', example: 409 }) status!: number;
  @ApiProperty({ description: 'What is wrong, without data about persons.' }) detail!: string;
  @ApiProperty({ description: 'The route, with {id} where ids stood.', example: '/api/referrals/{id}/acceptance' }) instance!: string;
  @ApiProperty({ description: 'Name this when you report the error.', pattern: '^[0-9a-f]{32}$' }) traceId!: string;
  @ApiProperty({
    required: false,
    type: 'array',
    items: { type: 'object', required: ['pointer', 'message'], properties: { pointer: { type: 'string' }, message: { type: 'string' } } },
  })
  errors?: readonly FieldError[];
}

interface Known {
  readonly code: string;
  readonly detail: string;
}

const DOWN: Known = { code: 'service.unavailable', detail: 'A part of the service is not available now.' };

/** Faults of the protocol. Their own messages may quote the payload, so ours replace them. */
const PROTOCOL: Readonly<Record<number, Known>> = {
  400: { code: 'request.malformed', detail: 'The request cannot be read. A body must be one JSON object in UTF-8.' },
  401: { code: 'session.missing', detail: 'Sign in first.' },
  403: { code: 'request.forbidden', detail: 'This is not open to you.' },
  404: { code: 'route.not-found', detail: 'There is no such route.' },
  405: { code: 'route.method', detail: 'The route does not know this method.' },
  406: { code: 'request.not-acceptable', detail: 'The answer cannot be given in the form asked for.' },
  408: { code: 'request.timeout', detail: 'The request took too long to arrive.' },
  413: { code: 'request.too-large', detail: 'The body is larger than this service accepts.' },
  415: { code: 'request.media-type', detail: 'A body must be application/json in UTF-8.' },
  429: { code: 'request.too-many', detail: 'Too many requests. Wait a little.' },
  431: { code: 'request.headers-too-large', detail: 'The address and headers of the request are larger than this service accepts.' },
  503: DOWN,
};
const INTERNAL: Known = {
  code: 'internal.error',
  detail: 'Something went wrong here. Nothing about it is shown; the trace id finds it in the log.',
};

export interface Answer {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  readonly retryAfter: number | undefined;
}

const protocolFault = (status: number): Answer | undefined => {
  const known = PROTOCOL[status];
  return known && { status, ...known, errors: [], retryAfter: status === 503 || status === 429 ? 1 : undefined };
};

/** What a database or a network says when waiting helps: connections refused, dropped or too many, a server that starts or stops, a deadlock. */
const PASSING = /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|EAI_AGAIN|08...|53300|57P0[123]|40001|40P01|55P03|57014)$/;

function willPass(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 3) return false;
  const { code, syscall, errors, driverError } = error as { code?: unknown; syscall?: unknown; errors?: unknown; driverError?: unknown };
  if (typeof code === 'string' && (PASSING.test(code) || syscall === 'connect')) return true;
  // The driver reports a connection that ended in the middle of a query, and a pool without a free one, by its message only.
  if (/^(Connection terminated( unexpectedly| due to connection timeout)?|timeout exceeded when trying to connect)$/.test(error.message))
    return true;
  const inner: unknown[] = [...(Array.isArray(errors) ? (errors as unknown[]) : []), driverError, error.cause];
  return inner.some((one) => willPass(one, depth + 1));
}

/** Errors of body parsers and other middleware carry their status themselves. */
const statusOf = (error: unknown): number | undefined => {
  if (error instanceof HttpException) return error.getStatus();
  const { status } = (error ?? {}) as { status?: unknown };
  return error instanceof Error && typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
};

/** What the caller is told about any error. Undefined values of `PROTOCOL` below 500 become the nearest general refusal. */
export function answerTo(error: unknown): Answer {
  if (error instanceof DomainError) {
    const { code, kind, message: detail, errors, retryAfter } = error;
    return {
      status: STATUS[kind],
      code,
      detail,
      errors,
      retryAfter: retryAfter ?? (kind === 'unavailable' || kind === 'too-many' ? 1 : undefined),
    };
  }
  const status = statusOf(error);
  const known = status === undefined ? undefined : (protocolFault(status) ?? (status < 500 ? protocolFault(400) : undefined));
  if (!known && willPass(error)) return { status: 503, ...DOWN, errors: [], retryAfter: 2 };
  return known ?? { status: 500, ...INTERNAL, errors: [], retryAfter: undefined };
}
