import type { AnyField, Declarations, Shape } from '@contracts';
import type { DomainEvent } from '@platform/kernel';
import fc from 'fast-check';
import { streamId } from './people';

const digits = (of: string, length: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...of), { minLength: length, maxLength: length }).map((letters) => letters.join(''));
const time = fc
  .date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2039-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** Any value a declared field takes. */
export function valueOf(field: AnyField): fc.Arbitrary<unknown> {
  switch (field.rule) {
    case 'code':
      return field.values ? fc.constantFrom(...field.values) : fc.constantFrom('alpha', 'beta_2', '603bis-1');
    case 'ref': {
      const noun = / of a (\w+)$/.exec(field.meaning)?.[1];
      return fc.integer({ min: 1, max: 4 }).map((n) => streamId(noun === undefined || noun === 'stream' ? 'anything' : noun, n));
    }
    case 'vault':
      return digits('abcdefghijklmnopqrstuvwxyz234567', 26).map((tail) => `vault:umbria:${tail}`);
    case 'date':
      return time.map((instant) => instant.slice(0, 10));
    case 'instant':
      return time;
    case 'count':
      return fc.nat(1000);
    case 'flag':
      return fc.boolean();
    case 'region':
      return fc.constantFrom('umbria', 'toscana', 'emilia-romagna');
    case 'digest':
      return digits('0123456789abcdef', 64);
    case 'label':
      return fc.constantFrom('Cooperativa Canarino', 'Équipe Trasimeno');
    case 'policy':
      return fc.record({ version: fc.nat(9) });
    case 'list':
      return field.item ? fc.array(valueOf(field.item), { maxLength: 4 }) : fc.constant([]);
    case 'record':
      return dataOf(field.shape ?? {});
  }
}

/** Any data of a shape, with and without its optional fields. */
export const dataOf = (shape: Shape): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, valueOf(field)])), {
    requiredKeys: Object.entries(shape).flatMap(([key, field]) => (field.optional ? [] : [key])),
  });

/** Any event of a noun's declarations. */
export const eventOf = <E extends DomainEvent>(declared: Declarations): fc.Arbitrary<E> =>
  fc.oneof(...Object.entries(declared).map(([type, { fields }]) => dataOf(fields).map((data) => ({ type, data }) as unknown as E)));
