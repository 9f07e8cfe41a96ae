// AsyncAPI 3 of the published events, from the same contracts as events.md.

/** CloudEvents attributes as Kafka headers (binary mode): what `libs/platform/messaging/src/kafka/cloud-event.ts` writes. */
const CLOUD_EVENT = {
  type: 'object',
  required: ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_subject', 'ce_time', 'ce_revision', 'ce_region', 'content-type'],
  properties: {
    ce_specversion: { type: 'string', const: '1.0' },
    ce_id: { type: 'string', format: 'uuid', description: 'Id of the event in the store: the same however often it is delivered.' },
    ce_type: { type: 'string', description: 'raccordo.<context>.<event>.v<version>' },
    ce_source: { type: 'string', description: '/raccordo/<context>/<region>' },
    ce_subject: { type: 'string', description: 'The stream, e.g. a case. Also the key: its order is kept.' },
    ce_time: { type: 'string', format: 'date-time' },
    ce_revision: { type: 'string', pattern: '^\\d+$', description: 'Revision of the stream. Whoever has taken a later one drops it.' },
    ce_region: { type: 'string' },
    ce_actor: { type: 'string', description: 'Token of who acted, or system.' },
    ce_organisation: { type: 'string' },
    ce_correlation: { type: 'string' },
    ce_partitionkey: { type: 'string' },
    'content-type': { type: 'string', const: 'application/json' },
  },
};

const HEARTBEAT = {
  type: 'object',
  required: ['at', 'ends'],
  properties: {
    at: { type: 'string', format: 'date-time', description: 'Everything that was committed before this instant had been published.' },
    ends: {
      type: 'object',
      additionalProperties: { type: 'string', pattern: '^\\d+$' },
      description:
        'Partition of the events → offset where it ended. Whoever has taken all partitions up to there knows everything until `at`.',
    },
  },
};

const ref = (...path) => ({ $ref: `#/${path.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}` });
const heartbeatsOf = (topic) => topic.replace('.events.', '.heartbeats.');
const nameOf = (context, event, { version }) => `${context}.${event}.v${version}`;

/** @param contracts what each context publishes
 *  @param schemaOf JSON schema of an event's fields
 *  @param version of this release */
export function asyncApi(contracts, schemaOf, version) {
  const messages = Object.fromEntries(
    contracts.flatMap(({ context, events }) =>
      Object.entries(events).map(([event, declared]) => [
        nameOf(context, event, declared),
        {
          name: `raccordo.${nameOf(context, event, declared)}`,
          title: event,
          contentType: 'application/json',
          headers: {
            type: 'object',
            allOf: [ref('components', 'schemas', 'CloudEvent')],
            properties: { ce_type: { type: 'string', const: `raccordo.${nameOf(context, event, declared)}` } },
          },
          payload: schemaOf(declared.fields),
          correlationId: { location: '$message.header#/ce_correlation' },
          bindings: { kafka: { key: { type: 'string', description: 'The stream, as in ce_subject.' }, bindingVersion: '0.5.0' } },
        },
      ]),
    ),
  );
  const channels = contracts.flatMap(({ context, topic, events }) => [
    [
      topic,
      {
        address: topic,
        description: `What ${context} tells the others, kept for ever.`,
        messages: Object.fromEntries(
          Object.entries(events).map(([event, one]) => [event, ref('components', 'messages', nameOf(context, event, one))]),
        ),
      },
    ],
    [
      heartbeatsOf(topic),
      {
        address: heartbeatsOf(topic),
        description: `Twice a second, how far ${context} has published. Compacted.`,
        messages: { Heartbeat: ref('components', 'messages', 'Heartbeat') },
      },
    ],
  ]);
  const operations = contracts.flatMap(({ context, topic }) =>
    [topic, heartbeatsOf(topic)].map((each) => [
      `publish-${each}`,
      { action: 'send', channel: ref('channels', each), summary: `The relay of ${context} writes what its services have stored.` },
    ]),
  );
  const heartbeat = { name: 'Heartbeat', contentType: 'application/json', payload: HEARTBEAT };
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Raccordo: published events',
      version,
      description:
        'What the contexts of Raccordo tell each other. CloudEvents 1.0 in binary mode. At least once, in order per stream. No event holds a value about a person or anything encrypted. Generated: changes here are lost.',
      license: { name: 'EUPL-1.2', url: 'https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(channels),
    operations: Object.fromEntries(operations),
    components: { schemas: { CloudEvent: CLOUD_EVENT }, messages: { ...messages, Heartbeat: heartbeat } },
  };
}
