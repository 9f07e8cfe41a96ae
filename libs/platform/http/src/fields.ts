import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, registerDecorator, ValidateIf, ValidateNested } from 'class-validator';
import type { FieldError } from '@platform/kernel';
import * as rules from './field-rules';
import type { FieldRule } from './field-rules';

/** What every field may say beside its rule. */
export interface FieldOptions {
  /** May be absent. Null is never a value. */
  readonly optional?: boolean;
  /** The class describes query parameters: numbers, flags and lists of one arrive as text. */
  readonly query?: boolean;
  readonly description?: string;
  readonly example?: unknown;
}

/** Name of the constraint whose message carries the faults of a rule, as JSON. */
export const RULE = 'raccordoRule';
export const REQUIRED: FieldError = { pointer: '', message: 'field.required: must be given' };

const described = ({ optional, description, example }: FieldOptions): ApiPropertyOptions => ({
  required: optional !== true,
  ...(description === undefined ? {} : { description }),
  ...(example === undefined ? {} : { example }),
});
const unlessAbsent = (options: FieldOptions): PropertyDecorator[] =>
  options.optional ? [ValidateIf((_, value: unknown) => value !== undefined)] : [];

const faultsOf = (rule: FieldRule, value: unknown): readonly FieldError[] => (value === undefined ? [REQUIRED] : rule.faults(value));

const checks =
  (rule: FieldRule): PropertyDecorator =>
  (target, property) =>
    registerDecorator({
      name: RULE,
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => faultsOf(rule, value).length === 0,
        defaultMessage: (given) => JSON.stringify(faultsOf(rule, given?.value)),
      },
    });

/** A field under any rule: OpenAPI property, reading and validation from one line. */
export const Field = (rule: FieldRule, options: FieldOptions = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ ...rule.schema, ...described(options) }),
    ...(rule.read ? [Transform(({ value }: { value: unknown }) => (value === undefined ? value : rule.read?.(value)))] : []),
    ...unlessAbsent(options),
    checks(rule),
  );

/** @see rules.text */
export const Text = (options: rules.TextLimits & FieldOptions): PropertyDecorator => Field(rules.text(options), options);
export const Phone = (options: FieldOptions = {}): PropertyDecorator => Field(rules.phone(), options);
/** A code of a closed list. */
export const Code = (list: readonly string[], options: FieldOptions = {}): PropertyDecorator => Field(rules.code(list), options);
/** A code whose list is looked up by the rules; only its form is checked here. */
export const Slug = (options: FieldOptions & { pattern?: string } = {}): PropertyDecorator => Field(rules.slug(options.pattern), options);
export const Count = (options: { min: number; max: number } & FieldOptions): PropertyDecorator =>
  Field(rules.count(options, options.query), options);
export const Flag = (options: FieldOptions = {}): PropertyDecorator => Field(rules.flag(options.query), options);
export const DateOnly = (options: FieldOptions = {}): PropertyDecorator => Field(rules.dateOnly(), options);
export const Instant = (options: FieldOptions = {}): PropertyDecorator => Field(rules.instant(), options);
export const Handle = (options: FieldOptions = {}): PropertyDecorator => Field(rules.handle(), options);

// Below `type: () => …` is written out: the documentation library knows a lazy type by its function being called `type`.
type Class = abstract new () => object;

interface ListLimits {
  readonly min?: number;
  readonly max: number;
  /** Entries may not repeat; true unless told. Lists of objects are not compared. */
  readonly unique?: boolean;
}

/**
 * A list: of values under a rule, `ListOf(code(SERVICES), { max: 8 })`, or of objects, `ListOf(() => Recipient, { max: 8 })`.
 * Faults name the entry: `/services/2`.
 */
export const ListOf = (item: FieldRule | (() => Class), options: ListLimits & FieldOptions): PropertyDecorator => {
  if (typeof item !== 'function') return Field(rules.listOf(item, options, options.query), options);
  const { min = 0, max } = options;
  return applyDecorators(
    ApiProperty({ type: () => item(), isArray: true, minItems: min, maxItems: max, ...described(options) }),
    Type(item),
    ...unlessAbsent(options),
    IsArray({ message: JSON.stringify([{ pointer: '', message: 'list.type: must be a list' }]) }),
    ArrayMinSize(min, { message: JSON.stringify([{ pointer: '', message: `list.length: must have ${min} to ${max} entries` }]) }),
    ArrayMaxSize(max, { message: JSON.stringify([{ pointer: '', message: `list.length: must have ${min} to ${max} entries` }]) }),
    ValidateNested({ each: true }),
  );
};

/** An object inside the body. */
export const Nested = (type: () => Class, options: FieldOptions = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: () => type(), ...described(options) }),
    Type(type),
    ...unlessAbsent(options),
    IsObject({ message: JSON.stringify([{ pointer: '', message: 'object.type: must be an object' }]) }),
    ValidateNested(),
  );
