import { type ArgumentMetadata, Injectable, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { DomainError, type FieldError } from '@platform/kernel';
import { REQUIRED } from './fields';
import { isTooDeep } from './shallow';

const MAX_ERRORS = 50;
const PLAIN: readonly unknown[] = [String, Number, Boolean, Array, Object];

const invalidRequest = (errors: readonly FieldError[]): DomainError =>
  new DomainError('request.invalid', 'invalid', 'The request does not have the form this route asks for.', errors);

/** RFC 6901 reference token. */
const token = (property: string): string => `/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;

const isFieldErrors = (value: unknown): value is FieldError[] =>
  Array.isArray(value) && value.every((one: unknown) => typeof (one as FieldError | null)?.message === 'string');

/** The messages of our own decorators are lists of faults; anything else stays a generic fault, because it could hold the value. */
const faultsIn = (message: string): FieldError[] => {
  try {
    const faults: unknown = JSON.parse(message);
    if (isFieldErrors(faults)) return faults;
  } catch {
    // no message of ours
  }
  return [{ pointer: '', message: 'field.invalid: does not have the form asked for' }];
};

/** Every fault once, at its pointer. The name of an unknown field is not repeated: it may be a person's. */
export function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const constraints = Object.entries(error.constraints ?? {});
    if (constraints.some(([name]) => name === 'whitelistValidation')) {
      return [{ pointer: parent, message: 'field.unknown: holds a field that this route does not know' }];
    }
    const pointer = parent + token(error.property);
    const missing = error.value === undefined && constraints.length > 0;
    const own = missing ? [REQUIRED] : constraints.slice(0, 1).flatMap(([, message]) => faultsIn(message));
    return [...own.map((one) => ({ pointer: pointer + one.pointer, message: one.message })), ...fieldErrors(error.children ?? [], pointer)];
  });
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
/** Names that would reach a prototype are no fields of anything. */
const hasPrototypeKey = (value: object): boolean => ['__proto__', 'constructor', 'prototype'].some((name) => Object.hasOwn(value, name));

/** `?a=1&a=2` would be a list where the handler expects text. */
function oneText(value: unknown, name: string): unknown {
  if (value === undefined || (typeof value === 'string' && value.length <= 1000)) return value;
  throw invalidRequest([{ pointer: token(name), message: 'text.type: must be one text' }]);
}

/**
 * Turns bodies and queries into instances of their classes and refuses everything the class does not name.
 * @throws DomainError `request.invalid` with pointers, never with values
 */
@Injectable()
export class RequestValidation implements PipeTransform {
  async transform(value: unknown, { type, metatype, data }: ArgumentMetadata): Promise<unknown> {
    if (type === 'custom') return value;
    // No database takes this character, and no id has one: with another in its place the record is as unknown as any other.
    if (type === 'param') return typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value;
    if (type === 'query' && metatype === String && data !== undefined) return oneText(value, data);
    // A handler that takes whatever comes is a mistake of ours, not of the caller.
    if (!metatype || PLAIN.includes(metatype)) throw new Error(`a ${type} needs a class that names its fields`);
    const given = value ?? {};
    if (!isObject(given)) throw invalidRequest([{ pointer: '', message: 'object.type: must be an object' }]);
    if (hasPrototypeKey(given))
      throw invalidRequest([{ pointer: '', message: 'field.unknown: holds a field that this route does not know' }]);
    if (isTooDeep(given)) throw invalidRequest([{ pointer: '', message: 'object.depth: is nested too deeply' }]);
    const instance = plainToInstance(metatype as Type<object>, given);
    const errors = await validate(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
    if (errors.length > 0) throw invalidRequest(fieldErrors(errors).slice(0, MAX_ERRORS));
    return instance;
  }
}
