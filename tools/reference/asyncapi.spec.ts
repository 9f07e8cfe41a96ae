import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { type Contract, publishedContracts } from '@contracts';
import { topicPlan } from '@platform/messaging';
import { dataOf } from '@platform/testing';
import { Ajv, type AnySchema } from 'ajv';
import fc from 'fast-check';
import { toRecord } from '../../libs/platform/messaging/src/kafka/cloud-event';

interface Document {
  readonly channels: Record<string, { address: string; messages: Record<string, { $ref: string }> }>;
  readonly components: {
    messages: Record<string, { name: string; headers: { allOf: unknown; properties: object }; payload: AnySchema }>;
    schemas: object;
  };
}
const ROOT = path.resolve(__dirname, '../..');
const document = JSON.parse(readFileSync(path.join(ROOT, 'docs/reference/asyncapi.json'), 'utf8')) as Document;
const ajv = new Ajv({ strict: false, validateFormats: false });
const events = publishedContracts.flatMap(({ context, events: declared }: Contract) =>
  Object.entries(declared).map(([name, one]) => ({ context, name, ...one, key: `${context}.${name}.v${one.version}` })),
);

/** What a `$ref` of the document points at. */
const at = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (node, part) => (node as Record<string, unknown> | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')],
      document,
    );
const refs = (node: unknown): string[] =>
  typeof node !== 'object' || node === null
    ? []
    : Object.entries(node).flatMap(([key, value]) => (key === '$ref' && typeof value === 'string' ? [value] : refs(value)));

describe('the AsyncAPI document', () => {
  it('is AsyncAPI 3.0, by the schema of its makers', () => {
    const official = JSON.parse(
      readFileSync(path.join(ROOT, 'node_modules/@asyncapi/specs/schemas/3.0.0-without-$id.json'), 'utf8'),
    ) as AnySchema;
    const valid = new Ajv({ strict: false, validateFormats: false }).compile(official);
    expect(valid(document) || valid.errors).toBe(true);
    expect(valid({ ...document, channels: { 'cases.events.v1': { address: 7 } } })).toBe(false);
  });

  it('points at nothing that is not there', () => {
    expect(refs(document).length).toBeGreaterThan(20);
    expect(refs(document).filter((pointer) => at(pointer) === undefined)).toEqual([]);
  });

  it('knows the topics that are made on Kafka', () => {
    const made = topicPlan(
      publishedContracts.map(({ topic }) => topic),
      { partitions: 1, copies: 1 },
    ).map(({ topic }) => topic);
    expect(Object.keys(document.channels).sort()).toEqual(made.sort());
  });

  it('knows every event, in the channel of its context', () => {
    for (const { context, name, key } of events)
      expect(document.channels[`${context}.events.v1`]?.messages[name]).toEqual({ $ref: `#/components/messages/${key}` });
  });

  it.each(events)('describes $key as it travels: headers and data', ({ context, key, name, version, fields }) => {
    const described = document.components.messages[key];
    const cloudEvent = { ...described?.headers, allOf: [(document.components.schemas as { CloudEvent: object }).CloudEvent] };
    const [headersFit, dataFit] = [ajv.compile(cloudEvent), ajv.compile(described?.payload ?? false)];
    const message = (data: object) =>
      toRecord({
        ...{ id: '0193a5b0-0000-7000-8000-000000000001', type: `raccordo.${context}.${name}.v${version}`, subject: 'case-1', revision: 3 },
        ...{ region: 'umbria', time: '2031-03-14T12:00:00.000Z', actor: 'system', organisation: 'o', correlation: 'c', data },
      });
    fc.assert(
      fc.property(dataOf(fields), (data) => {
        const { headers, value } = message(data);
        return headersFit(headers) === true && dataFit(JSON.parse(String(value))) === true;
      }),
      { numRuns: 20 },
    );
    expect(headersFit({ ...message({}).headers, ce_type: 'raccordo.cases.Other.v1' })).toBe(false);
  });
});
