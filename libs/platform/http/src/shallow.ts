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

/** Fields that mean an object's making: no route knows them, and the libraries behind would pass over them in silence where they are nested. */
const MAKING = ['__proto__', 'constructor', 'prototype'];

/** Whether an object anywhere in the value has such a field. Only for what is not too deep. */
export const meddles = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (MAKING.some((name) => Object.hasOwn(value, name)) || Object.values(value).some(meddles));

/** Refuses such a body before anything looks at it: whoever writes it down again, for a digest or a log, would not come back. */
export const shallowBodies: RequestHandler = (request, _, next) => {
  const message = isTooDeep(request.body)
    ? 'object.depth: is nested too deeply'
    : meddles(request.body)
      ? 'field.unknown: holds a field that this route does not know'
      : undefined;
  if (message === undefined) return next();
  const errors = [{ pointer: '', message }];
  next(new DomainError('request.invalid', 'invalid', 'The request does not have the form this route asks for.', errors));
};
