import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcp } from 'node:net';
import express, { type NextFunction, type Request, type Response } from 'express';
import { answerTo, requestScope, scopeOf } from '@platform/http';
import { Peers, PERSON, PersonAssertions } from '@platform/internal';
import { SpecIdentities } from '../../internal/test/peers-for-specs';
import { Forwarder } from './forwarding';

const identities = new SpecIdentities(['gateway', 'cases']);
const person = { login: 'b'.repeat(64), acr: 2, session: 'session-0123456789' };
const servers: { close(): unknown; closeAllConnections?(): void }[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections?.();
    server.close();
  }
  identities.remove();
});

async function listening(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}
type Answering = (request: IncomingMessage, response: ServerResponse) => void;
const service = (answer: Answering): Promise<string> => listening(createServer(answer));

/** A gateway in front of some instances of the cases. */
async function gateway(instances: readonly string[], signedIn: () => boolean = () => true, patience = 2_000): Promise<string> {
  const peers = new Peers(
    instances.map((url) => ({ name: 'cases', region: undefined, url })),
    identities.tokens('gateway'),
  );
  const assertions = new PersonAssertions(identities.of('gateway'));
  const forwarder = new Forwarder({ routes: { cases: ['/api/cases'] }, peers, assertions, patience });
  const app = express();
  app.disable('etag');
  app.use(requestScope({ next: () => 'request-of-the-gateway' }));
  app.use((request: Request, _: Response, next: NextFunction) => {
    scopeOf(request).session = { id: person.session, login: person.login, acr: person.acr };
    scopeOf(request).stillSignedIn = () => Promise.resolve(signedIn());
    next();
  });
  app.use(forwarder.handler);
  app.use((_: Request, response: Response) => void response.status(404).json({ title: 'nobody' }));
  app.use((error: unknown, _: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    const { status, code, retryAfter } = answerTo(error);
    response.status(status).setHeader('Retry-After', String(retryAfter)).json({ title: code });
  });
  servers.push(forwarder);
  return listening(createServer(app));
}
const away = { status: 503, title: 'service.away', wait: '2' };
const outcome = async (answer: globalThis.Response) => ({
  status: answer.status,
  title: ((await answer.json()) as { title?: string }).title,
  wait: answer.headers.get('retry-after'),
});
const read = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};

describe('a question that the gateway hands on', () => {
  it('carries the person’s word, and no cookie, bearer token or forwarding header', async () => {
    let seen: IncomingMessage['headers'] = {};
    let asked = '';
    const url = await gateway([
      await service((request, response) => {
        [seen, asked] = [request.headers, `${request.method} ${request.url}`];
        response.setHeader('ETag', '"v"').setHeader('Set-Cookie', 'x=y').setHeader('Raccordo-Request', 'of-the-service').end('{}');
      }),
    ]);
    const answer = await fetch(`${url}/api/cases/a?limit=2`, {
      headers: {
        cookie: 'raccordo-session=secret',
        authorization: 'Bearer x',
        'x-forwarded-for': '1.2.3.4',
        'if-match': '"v"',
        [PERSON]: 'forged',
      },
    });
    expect(asked).toBe('GET /api/cases/a?limit=2');
    expect(seen).toMatchObject({ 'if-match': '"v"' });
    for (const header of ['cookie', 'authorization', 'x-forwarded-for']) expect(seen[header]).toBeUndefined();
    const word = String(seen[PERSON.toLowerCase()]);
    expect(await PersonAssertions.read(identities.trust, 'cases', 'gateway', word, 'GET', '/api/cases/a?limit=2')).toEqual({ person });
    expect(answer.headers.get('etag')).toBe('"v"');
    expect(answer.headers.get('raccordo-request')).toBe('of-the-service'); // it stands in the trail
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('asks for the form somebody wishes, and tells where the next piece of a list begins', async () => {
    let asked: string | undefined;
    const url = await gateway([
      await service((request, response) => {
        asked = request.headers.accept;
        response.setHeader('Content-Disposition', 'attachment; filename="elenco.pdf"').setHeader('Raccordo-Next', 'r1').end('x');
      }),
    ]);
    const { headers } = await fetch(`${url}/api/cases`, { headers: { accept: 'application/pdf' } });
    expect(asked).toBe('application/pdf');
    expect([headers.get('content-disposition'), headers.get('raccordo-next')]).toEqual(['attachment; filename="elenco.pdf"', 'r1']);
  });

  it('keeps its body byte for byte, and its answer’s status', async () => {
    const url = await gateway([
      await service((request, response) => void read(request).then((text) => response.writeHead(409).end(JSON.stringify({ title: text })))),
    ]);
    const body = JSON.stringify({ text: 'è così…', long: 'x'.repeat(200_000) });
    const answer = await fetch(`${url}/api/cases`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(await outcome(answer)).toMatchObject({ status: 409, title: body });
  });

  it('goes to another instance, body and all, when one refuses connections', async () => {
    const there = await service((request, response) => void read(request).then((text) => response.end(JSON.stringify({ title: text }))));
    const url = await gateway(['http://127.0.0.1:1', there]);
    for (let n = 0; n < 4; n++) {
      const answer = await fetch(`${url}/api/cases`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '"kept"' });
      expect(await outcome(answer)).toMatchObject({ status: 200, title: '"kept"' });
    }
  });

  it('is answered with 503 and when to come back, where the service is down, breaks off or stays silent', async () => {
    const breaking = await service((request) => request.socket.destroy());
    const silent = await service(() => undefined);
    const tcp = createTcp((socket) => socket.on('error', () => undefined)); // takes the connection and says nothing
    servers.push(tcp);
    tcp.listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const mute = `http://127.0.0.1:${(tcp.address() as { port: number }).port}`;
    for (const instance of ['http://127.0.0.1:1', breaking, silent, mute]) {
      const url = await gateway([instance], undefined, 200);
      expect(await outcome(await fetch(`${url}/api/cases`))).toEqual(away);
      const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
      expect(await outcome(await fetch(`${url}/api/cases`, post))).toEqual(away);
    }
    expect(await outcome(await fetch(`${await gateway([])}/api/cases`))).toEqual(away);
  });

  it('is asked again on a new connection when the service had closed the kept one', async () => {
    const served = new WeakSet<object>();
    const url = await gateway([
      await service((request, response) => {
        // What a service does that has just ended its idle connections: the next question on one of them finds nobody.
        if (served.has(request.socket)) return void request.socket.resetAndDestroy();
        served.add(request.socket);
        response.end('{"title":"here"}');
      }),
    ]);
    for (let n = 0; n < 5; n++) expect(await outcome(await fetch(`${url}/api/cases`))).toMatchObject({ status: 200, title: 'here' });
  });

  it('is given up when whoever asked has gone', async () => {
    const leaving = new AbortController();
    const gone = Promise.withResolvers<void>();
    const there = await service((request) => {
      request.once('close', gone.resolve);
      leaving.abort(); // only now: on a busy machine somebody who was quicker would never have been heard of there
    });
    await fetch(`${await gateway([there])}/api/cases`, { signal: leaving.signal }).catch(() => undefined);
    await gone.promise;
  });

  it('is not handed on when it belongs to no service', async () => {
    expect((await fetch(`${await gateway(['http://127.0.0.1:1'])}/internal/clock`, { method: 'POST' })).status).toBe(404);
  });
});

describe('an event stream through the gateway', () => {
  it('comes piece by piece, and ends once the person has signed out', async () => {
    let signedIn = true;
    let write: (text: string) => void = () => undefined;
    let closing: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => (closing = resolve));
    const there = await service((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      write = (text) => void response.write(text);
      response.once('close', closing);
      response.write('event: first\n\n');
    });
    const url = await gateway([there], () => signedIn);
    const answer = await fetch(`${url}/api/cases`);
    const reader = answer.body?.getReader();
    if (!reader) throw new Error('there is no stream');
    const next = async (): Promise<string> => Buffer.from(((await reader.read()).value ?? []) as Uint8Array).toString();
    expect(await next()).toBe('event: first\n\n');
    write('event: second\n\n');
    expect(await next()).toBe('event: second\n\n');
    signedIn = false;
    write('event: secret\n\n');
    expect((await reader.read()).done).toBe(true);
    await closed; // the service is told that nobody listens
  });
});
