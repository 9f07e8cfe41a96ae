import type { RequestHandler } from 'express';
import { DomainError } from '@platform/kernel';

const MAX_DEPTH = 12;

/** Iterative: a body made of brackets must not exhaust the stack of the libraries behind it. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? (Object.values(one) as unknown[]) : []));
  }
  return false;
}

/** Refuses such a body before anything looks at it: whoever writes it down again, for a digest or a log, would not come back. */
export const shallowBodies: RequestHandler = (request, _, next) => {
  if (!isTooDeep(request.body)) return next();
  const errors = [{ pointer: '', message: 'object.depth: is nested too deeply' }];
  next(new DomainError('request.invalid', 'invalid', 'The request does not have the form this route asks for.', errors));
};
