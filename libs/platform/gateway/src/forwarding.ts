import { Agent, type IncomingMessage, request as send } from 'node:http';
import { pipeline } from 'node:stream';
import type { Request, RequestHandler, Response } from 'express';
import { scopeOf } from '@platform/http';
import { type Peer, type Peers, PERSON, type PersonAssertions } from '@platform/internal';
import { DomainError } from '@platform/kernel';
import { passEvents } from './event-passing';
import { type Routes, serviceFor } from './routing';

/** What of a question goes on. Cookies, bearer tokens and forwarding headers end here: a service believes the gateway's word only. */
const ONWARD = [
  ...['accept', 'accept-language', 'content-type', 'content-length', 'transfer-encoding'],
  ...['if-match', 'if-none-match', 'idempotency-key', 'last-event-id'],
  ...['raccordo-purpose', 'raccordo-at-least', 'raccordo-passive', 'raccordo-setup-token'],
];
/** What of an answer comes back. */
const BACK = [
  ...['content-type', 'content-length', 'content-disposition', 'cache-control', 'etag', 'last-modified', 'location', 'retry-after'],
  ...['raccordo-position', 'raccordo-request', 'raccordo-next', 'x-accel-buffering'],
];
/** A quiet connection is given up; event streams beat every 15 seconds. */
const SILENCE = 60_000;
const SAFE = new Set(['GET', 'HEAD']);

export interface Forwarding {
  readonly routes: Routes;
  readonly peers: Peers;
  readonly assertions: PersonAssertions;
  /** Milliseconds until a service that does not begin to answer counts as away. */
  readonly patience: number;
}

/** Hands every path of a service on to it, in the name of the person who asked, and streams what comes back. */
export class Forwarder {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256, scheduling: 'lifo' });
  readonly #turns = new Map<string, number>();

  constructor(private readonly options: Forwarding) {}

  handler: RequestHandler = (request, response, next) => {
    const service = serviceFor(this.options.routes, request.path);
    if (service === undefined) return next();
    this.#forward(service, request, response).catch((error: unknown) => (response.headersSent ? response.destroy() : next(error)));
  };

  close(): void {
    this.#agent.destroy();
  }

  async #forward(service: string, request: Request, response: Response): Promise<void> {
    const instances = this.options.peers.all(service);
    const turn = this.#turns.get(service) ?? 0;
    this.#turns.set(service, (turn + 1) % Math.max(1, instances.length));
    // Nothing was sent yet when a connection is refused: then another instance may be asked, whatever the question is.
    for (let n = 0; ; n++) {
      const peer = instances[(turn + n) % Math.max(1, instances.length)];
      if (!peer) throw away();
      try {
        return await this.#ask(peer, request, response);
      } catch (error) {
        const refused = (error as { code?: string }).code === 'ECONNREFUSED' && n + 1 < instances.length;
        if (!refused && !(isStale(error) && n === 0)) throw error instanceof DomainError ? error : away();
      }
    }
  }

  async #ask(peer: Peer, request: Request, response: Response): Promise<void> {
    const { session, trace } = scopeOf(request);
    const person = session && { login: session.login, acr: session.acr, session: session.id };
    const word = await this.options.assertions.issue(peer.name, person, request.method, request.originalUrl);
    const given = ONWARD.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, request.headers[name]] as const]));
    const headers = { ...Object.fromEntries(given), [PERSON]: word, traceparent: `00-${trace}-${trace.slice(16)}-01` };
    const answer = await this.#begin(peer, request, response, headers);
    response.status(answer.statusCode ?? 502);
    for (const name of BACK) {
      const value = answer.headers[name];
      if (value !== undefined) response.setHeader(name, value);
    }
    if (answer.headers['content-type']?.startsWith('text/event-stream') === true) return passEvents(answer, request, response);
    return new Promise((resolve, reject) => pipeline(answer, response, (error) => (error ? reject(error) : resolve())));
  }

  #begin(
    peer: Peer,
    request: Request,
    response: Response,
    headers: Record<string, string | string[] | undefined>,
  ): Promise<IncomingMessage> {
    const { hostname, port } = new URL(peer.url);
    return new Promise((resolve, reject) => {
      const options = { agent: this.#agent, hostname, port, method: request.method, path: request.originalUrl, headers };
      const asked = send(options, (answer) => {
        clearTimeout(late);
        // Until here the configured patience counts, which may be longer.
        asked.setTimeout(SILENCE, () => asked.destroy(away()));
        resolve(answer);
      });
      const late = setTimeout(() => asked.destroy(away()), this.options.patience);
      asked.on('error', (error: Error) => {
        clearTimeout(late);
        const stale = asked.reusedSocket && SAFE.has(request.method) && (error as { code?: string }).code === 'ECONNRESET';
        reject(stale ? new StaleConnection() : error);
      });
      // Whoever went away is not worked for any more.
      response.once('close', () => asked.destroy());
      if (SAFE.has(request.method)) return void asked.end();
      // A body is not begun before there is somebody to read it: a refused connection must leave it whole for the next instance.
      asked.once('socket', (socket) => {
        if (socket.connecting) socket.once('connect', () => request.pipe(asked));
        else request.pipe(asked);
      });
    });
  }
}

/** A kept connection that the service had closed meanwhile: a question without consequences is simply asked again. */
class StaleConnection extends Error {}
const isStale = (error: unknown): boolean => error instanceof StaleConnection;

/** Whether the service did what was asked is not known; with an idempotency key asking again is safe. */
const away = (): DomainError => new DomainError('service.away', 'unavailable', 'The part of the service that answers this is away.', [], 2);
