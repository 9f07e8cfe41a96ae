import { ThingsApp } from '../test/things-app';
import { buildOpenApi } from './index';

describe('the API description', () => {
  let things: ThingsApp;
  beforeAll(async () => {
    things = await ThingsApp.start();
  });
  afterAll(() => things.stop());

  it('says what the decorators check', () => {
    const { components } = buildOpenApi(things.app, '1.2.3');
    expect(components?.schemas?.OpenBody).toMatchObject({
      required: ['label', 'service'],
      properties: {
        label: { type: 'string', minLength: 1, maxLength: 20 },
        service: { type: 'string', enum: ['legal', 'health'] },
        people: { type: 'integer', minimum: 1, maximum: 5 },
        on: { type: 'string', format: 'date' },
        at: { type: 'string', format: 'date-time' },
        recipient: { $ref: '#/components/schemas/Recipient' },
        others: { type: 'array', maxItems: 2, items: { $ref: '#/components/schemas/Recipient' } },
      },
    });
    expect(components?.schemas?.Recipient).toMatchObject({
      properties: { groups: { type: 'array', uniqueItems: true, items: { type: 'string', enum: ['HEA', 'LEG'] } } },
    });
  });

  it('names the act, the session cookie and the problem of every operation', () => {
    const { paths, components, info } = buildOpenApi(things.app, '1.2.3');
    const accept = paths['/api/things/{id}/acceptance']?.post as unknown as Record<string, unknown>;
    expect(info).toMatchObject({ title: 'Raccordo', version: '1.2.3' });
    expect(accept).toMatchObject({
      'x-raccordo-act': 'AcceptThing',
      security: [{ session: [] }],
      responses: { default: { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
    });
    expect(components?.securitySchemes?.session).toMatchObject({ type: 'apiKey', in: 'cookie' });
    expect(components?.schemas?.Problem).toMatchObject({ required: ['type', 'title', 'status', 'detail', 'instance', 'traceId'] });
  });

  it('is served without signing in', async () => {
    const response = await fetch(`${things.base}/openapi.json`);
    expect([response.status, ((await response.json()) as { openapi: string }).openapi]).toEqual([200, '3.1.0']);
  });
});
