import type { Contract } from './contract';
import type { AnyField, Shape } from './fields';

/** The part of JSON Schema (2020-12 and draft 7 alike) that describes fields. */
export interface JsonSchema {
  readonly type: 'string' | 'integer' | 'boolean' | 'array' | 'object';
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** Further fields are allowed: a later release may send some, and a reader passes over what it does not know. */
export const schemaOf = (shape: Shape): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, ofField(field)])),
  required: Object.keys(shape).filter((name) => !shape[name]?.optional),
});

function ofField({ rule, values, item, shape, pattern, max, meaning }: AnyField): JsonSchema {
  if (shape) return schemaOf(shape);
  if (values) return { type: 'string', enum: values };
  const described = { description: meaning };
  switch (rule) {
    case 'list':
      return { type: 'array', items: item ? ofField(item) : { type: 'object' } };
    case 'count':
      return { type: 'integer', minimum: 0, ...described };
    case 'flag':
      return { type: 'boolean', ...described };
    case 'policy':
    case 'record':
      return { type: 'object', ...described };
    case 'label':
      return { type: 'string', minLength: 2, ...(max === undefined ? {} : { maxLength: max }), ...described };
    default:
      return { type: 'string', ...(pattern === undefined ? {} : { pattern }), ...formatOf(rule), ...described };
  }
}

const formatOf = (rule: string): { format?: string } =>
  rule === 'date' ? { format: 'date' } : rule === 'instant' ? { format: 'date-time' } : {};

/** Message type → schema of its data, e.g. of `raccordo.cases.CaseClosed.v1`. */
export const schemasOf = (contracts: readonly Contract[]): Record<string, JsonSchema> =>
  Object.fromEntries(
    contracts.flatMap(({ context, events }) =>
      Object.entries(events).map(([name, { version, fields }]) => [`raccordo.${context}.${name}.v${version}`, schemaOf(fields)]),
    ),
  );
