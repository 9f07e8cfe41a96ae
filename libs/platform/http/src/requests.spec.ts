import { connect } from 'node:net';
import * as http from './index';
import { foundNothing, ThingsApp, turnedAway } from '../test/things-app';

describe('a request', () => {
  let things: ThingsApp;
  beforeAll(async () => {
    things = await ThingsApp.start();
  });
  afterAll(() => things.stop());
  const call: ThingsApp['call'] = (...parameters) => things.call(...parameters);

  const valid = { label: 'Primo contatto', service: 'legal' };

  it('shows in its problem the route and a trace id, but no id of a record', async () => {
    const { status, headers, body } = await call('POST', '/api/things/umbria.abcdefghijklmnopqrstuvwxyz/refusal?name=mario', {});
    expect([status, headers.get('content-type')]).toEqual([409, 'application/problem+json; charset=utf-8']);
    expect(body).toEqual({
      type: 'docs/reference/errors.md#thing.not-addressee',
      title: 'thing.not-addressee',
      status: 409,
      detail: 'Only the addressee may do this.',
      instance: '/api/things/{id}/refusal',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
    });
    const lost = await call('GET', '/api/mario/rossi?x=1');
    expect([lost.status, lost.body.title, lost.body.instance]).toEqual([404, 'route.not-found', '/api/{id}/{id}']);
    expect((await call('GET', '/api/things/%FF/fault')).body.title).toBe('request.malformed');
  });

  it('continues the trace of its caller', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const { body } = await call('POST', '/api/things/x/refusal', {}, { traceparent: `00-${trace}-b7ad6b7169203331-01` });
    expect(body.traceId).toBe(trace);
  });

  it('that fails inside tells neither the caller nor the log what the error said', async () => {
    things.logged.length = 0;
    const { status, text, body } = await call('GET', '/api/things/42/fault');
    expect([status, body.title, text.includes('Mario')]).toEqual([500, 'internal.error', false]);
    expect(things.logged).toHaveLength(1);
    expect(JSON.stringify(things.logged)).toContain(body.traceId);
    expect(JSON.stringify(things.logged)).not.toContain('Mario');
  });

  it('is told when to try again', async () => {
    const { status, headers } = await call('GET', '/api/things/1/pause');
    expect([status, headers.get('retry-after')]).toEqual([503, '7']);
  });

  it('needs a session, and a session of an active member', async () => {
    const nobody = await call('GET', '/api/things', undefined, { 'x-test-login': '' });
    const stranger = await call('GET', '/api/things', undefined, { 'x-test-login': 'karim' });
    expect([nobody.status, nobody.body.title, stranger.status, stranger.body.title]).toEqual([
      401,
      'session.missing',
      403,
      'caller.not-a-member',
    ]);
  });

  it('of somebody who is no member is put on record before it is refused', async () => {
    turnedAway.length = 0;
    await call('GET', '/api/things', undefined, { 'x-test-login': 'karim', 'x-test-session': 'k1' });
    expect(turnedAway).toEqual([
      { at: '2026-03-01T10:00:00.000Z', request: expect.any(String) as unknown, act: 'ListThings', session: 'k1', acr: 2 },
    ]);
  });

  it('for a record that is none is told to whoever keeps the trail, and other refusals are not', async () => {
    foundNothing.length = 0;
    expect((await call('POST', '/api/things/1/search', {})).body.title).toBe('thing.not-found');
    await call('POST', '/api/things/1/refusal', {});
    await call('POST', '/api/things/1/lost', {});
    await call('POST', '/api/things/1/search', {}, { 'x-test-login': '' });
    expect(foundNothing).toEqual([['member-giulia', 'SearchThing', 'thing.not-found']]);
  });

  it('may name a known purpose only', async () => {
    expect((await call('POST', '/api/things', valid, { 'Raccordo-Purpose': 'health_care' })).body.purpose).toBe('health_care');
    expect((await call('POST', '/api/things', valid, { 'Raccordo-Purpose': 'curiosity' })).body.title).toBe('purpose.unknown');
  });

  it('reaches no handler that declares nobody, or an act without knowing the caller', async () => {
    const [forgotten, loose, open] = await Promise.all([
      call('GET', '/api/things/1/forgotten'),
      call('GET', '/loose/act'),
      fetch(`${things.base}/loose/open`),
    ]);
    expect([forgotten.body.title, loose.body.title, open.status]).toEqual(['route.closed', 'route.closed', 200]);
    expect(
      http
        .routesOf(things.app)
        .filter((route) => !route.open)
        .map(({ path }) => path),
    ).toEqual(['/api/things/:id/forgotten', '/loose/act']);
    expect(http.routesOf(things.app).find((route) => route.act === 'AcceptThing')).toMatchObject({
      method: 'POST',
      path: '/api/things/:id/acceptance',
    });
  });

  it('that changes a record must state the version it decided on', async () => {
    const { headers } = await call('GET', '/api/things/1');
    const etag = headers.get('etag') ?? '';
    const accept = async (match?: string) =>
      (await call('POST', '/api/things/1/acceptance', {}, match ? { 'If-Match': match } : {})).status;
    expect(await Promise.all([accept(), accept('*'), accept('"old"'), accept(etag), accept(`"old", ${etag}`)])).toEqual([
      428, 428, 412, 204, 204,
    ]);
  });

  it('can carry on what the caller has written, and nobody can read or make that token', async () => {
    const { headers } = await call('GET', '/api/things/1');
    const written = await call('POST', '/api/things/1/acceptance', {}, { 'If-Match': headers.get('etag') ?? '' });
    const token = written.headers.get('Raccordo-Position') ?? '';
    expect(Buffer.from(token, 'base64url').includes('umbria')).toBe(false);
    const seen = await call('GET', '/api/things/1', undefined, { 'Raccordo-At-Least': token });
    expect(seen.body.seen).toEqual({ 'things@umbria': '0000000000000007' });
  });

  it('that carries a token nobody here made is refused by every route, also by those that read nothing by it', async () => {
    const { headers } = await call('GET', '/api/things/1');
    const written = await call('POST', '/api/things/1/acceptance', {}, { 'If-Match': headers.get('etag') ?? '' });
    const altered = `${(written.headers.get('Raccordo-Position') ?? '').slice(0, -2)}AA`;
    for (const [method, path, body] of [
      ['GET', '/api/things/1'],
      ['GET', '/api/things'],
      ['POST', '/api/things', valid],
    ] as const)
      for (const token of [altered, 'unreadable', ''])
        expect((await call(method, path, body, { 'Raccordo-At-Least': token })).body).toMatchObject({
          ...{ status: 400, title: 'request.at-least', detail: 'Raccordo-At-Least is no token of this service.' },
        });
  });

  it('sent twice under one key is one command', async () => {
    const send = async (key?: string) => (await call('POST', '/api/things', valid, key ? { 'Idempotency-Key': key } : {})).body;
    const [first, again, other, none, none2] = [
      await send('abcdefgh-1'),
      await send('abcdefgh-1'),
      await send('abcdefgh-2'),
      await send(),
      await send(),
    ];
    expect([first.commandId, first.made]).toEqual([again.commandId, again.made]);
    expect(new Set([first, other, none, none2].map((body) => body.commandId)).size).toBe(4);
    expect((await call('POST', '/api/things', valid, { 'Idempotency-Key': 'short' })).body.title).toBe('request.idempotency-key');
  });

  it('by a method its path does not know is told which it knows; a path nobody knows is told nothing more', async () => {
    for (const [method, path, allow] of [
      ['DELETE', '/api/things', 'GET, HEAD, POST'],
      ['PUT', '/api/things/1', 'GET, HEAD'],
      ['OPTIONS', '/api/things/Mario%20Rossi/acceptance', 'POST'],
    ] as const) {
      const { status, headers, body, text } = await call(method, path);
      expect([path, status, body.title, headers.get('allow')]).toEqual([path, 405, 'route.method', allow]);
      expect(text).not.toContain('Rossi');
    }
    for (const path of ['/api/nothing/1', '/loose/open']) {
      const { status, headers, body } = await call('DELETE', path);
      expect([path, status, body.title, headers.get('allow')]).toEqual([path, 404, 'route.not-found', null]);
    }
  });

  it('that is no HTTP is answered in the same form', async () => {
    const { hostname, port } = new URL(things.base);
    const answered = (sent: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const parts: Buffer[] = [];
        const socket = connect(Number(port), hostname, () => void socket.write(sent));
        socket.on('data', (part) => void parts.push(part)).once('error', reject);
        socket.once('close', () => resolve(Buffer.concat(parts).toString('utf8')));
      });
    const head = `Host: ${hostname}\r\n\r\n`;
    for (const [sent, status, code] of [
      ['Mario Rossi\r\n\r\n', 400, 'request.malformed'],
      [`GET /api/things/\0Rossi HTTP/1.1\r\n${head}`, 400, 'request.malformed'],
      [`POST /api/things HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n${head}`, 400, 'request.malformed'],
      [`GET /api/things?name=${'Rossi'.repeat(4000)} HTTP/1.1\r\n${head}`, 431, 'request.headers-too-large'],
    ] as const) {
      const [top = '', body = ''] = (await answered(sent)).split('\r\n\r\n');
      expect(top).toContain(`HTTP/1.1 ${status} `);
      expect(top).toContain('Content-Type: application/problem+json');
      expect(JSON.parse(body)).toMatchObject({ title: code, status, type: `docs/reference/errors.md#${code}` });
      expect(body).not.toContain('Rossi');
    }
  });

  it('carries strict headers back', async () => {
    const { headers } = await call('GET', '/api/things');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect([headers.get('x-powered-by'), headers.get('access-control-allow-origin'), headers.get('cache-control')]).toEqual([
      null,
      null,
      'no-store',
    ]);
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('beyond its rate is told to wait, and others are not', async () => {
    const hurry = (session: string) => call('GET', '/api/things', undefined, { 'x-test-session': session });
    const statuses: number[] = [];
    for (let n = 0; n < 52; n++) statuses.push((await hurry('fast')).status);
    expect([statuses.filter((status) => status === 200).length, statuses.at(-1)]).toEqual([50, 429]);
    expect((await hurry('fast')).headers.get('retry-after')).toBe('1');
    expect((await hurry('slow')).status).toBe(200);
  });
});
