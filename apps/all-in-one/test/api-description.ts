import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';

export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}
interface Operation {
  readonly parameters?: readonly { name: string; in: string; schema: Schema }[];
  readonly requestBody?: { content: { 'application/json': { schema: Schema } } };
}
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly query: readonly { name: string; schema: Schema }[];
  readonly body: Schema | undefined;
}

const REFERENCE = path.join(__dirname, '../../../docs/reference');
const description = JSON.parse(readFileSync(path.join(REFERENCE, 'openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

/** Every route as the published description has it. */
export const routes: readonly Route[] = Object.entries(description.paths).flatMap(([at, operations]) =>
  Object.entries(operations).map(([method, { parameters = [], requestBody }]) => ({
    ...{ method: method.toUpperCase(), path: at },
    query: parameters.filter((one) => one.in === 'query').map(({ name, schema }) => ({ name, schema })),
    body: requestBody === undefined ? undefined : whole(requestBody.content['application/json'].schema),
  })),
);

/** A schema with every reference written out, so that it stands alone. Bodies allow no field that is not named. */
function whole(schema: Schema): Schema {
  if (schema.$ref !== undefined) return whole(description.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  const [only] = schema.allOf ?? [];
  if (only) return whole(only);
  return {
    ...schema,
    ...(schema.items ? { items: whole(schema.items) } : {}),
    ...(schema.properties
      ? {
          properties: Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, whole(one)])),
          additionalProperties: false,
        }
      : {}),
  };
}

/** Codes of the published list of errors. */
export const errorCodes: ReadonlySet<string> = new Set(
  [...readFileSync(path.join(REFERENCE, 'errors.md'), 'utf8').matchAll(/<a id="([^"]+)">/g)].map(([, code]) => code ?? ''),
);

/** Values that fit a schema. */
export function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      if (schema.format === 'date') return fc.constantFrom('2026-03-02', '2025-12-31');
      if (schema.format === 'date-time') return fc.constantFrom('2026-03-02T10:00:00.000Z', '2027-01-01T00:00:00.000Z');
      if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern), { size: 'small' });
      return fc
        .constant('Testo di prova senza significato, per la prova.')
        .map((text) => text.padEnd(schema.minLength ?? 1, '.').slice(0, schema.maxLength));
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 100 });
    case 'boolean':
      return fc.boolean();
    case 'array': {
      const limits = { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 3, Math.max(schema.minItems ?? 0, 3)) };
      return schema.uniqueItems ? fc.uniqueArray(fitting(schema.items ?? {}), limits) : fc.array(fitting(schema.items ?? {}), limits);
    }
    default:
      return fc.record(Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, fitting(one)])), {
        requiredKeys: [...(schema.required ?? [])],
      });
  }
}

/** Where in a value each string, number, flag, list and object of a schema stands. */
export function places(
  schema: Schema,
  value: unknown,
  at: readonly (string | number)[] = [],
): { at: readonly (string | number)[]; schema: Schema }[] {
  const here = [{ at, schema }];
  if (Array.isArray(value)) return [...here, ...value.slice(0, 1).flatMap((one, n) => places(schema.items ?? {}, one, [...at, n]))];
  if (typeof value !== 'object' || value === null) return here;
  const named = Object.entries(schema.properties ?? {}).filter(([name]) => name in value);
  return [...here, ...named.flatMap(([name, one]) => places(one, (value as Record<string, unknown>)[name], [...at, name]))];
}

/** A copy of a value with another one put in its place. */
export function put(value: unknown, [first, ...rest]: readonly (string | number)[], other: unknown): unknown {
  if (first === undefined) return other;
  if (Array.isArray(value)) return value.map((one: unknown, n) => (n === first ? put(one, rest, other) : one));
  const fields = value as Record<string, unknown>;
  return { ...fields, [first]: put(fields[first], rest, other) };
}
