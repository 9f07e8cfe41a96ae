import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const FILE = /-([\w-]{8})\.(js|css)\b/g;
const backwards = (text: string): string => [...text].reverse().join('');
/** The other version's name of a file, and back again. */
const other = (text: string): string => text.replace(FILE, (_, hash: string, ending: string) => `-${backwards(hash)}.${ending}`);

/**
 * Stands before an instance and serves its application as it is, or as a version of which every file has another name and the former ones are gone:
 * what a browser sees when the installation was renewed while a page was open.
 */
export class TwoVersions {
  readonly #server: Server;
  #behind = '';
  #second = false;

  private constructor() {
    this.#server = createServer((asked, answer) => this.#pass(asked, answer));
  }

  static async listening(): Promise<TwoVersions> {
    const front = new TwoVersions();
    front.#server.listen(0, '127.0.0.1');
    await once(front.#server, 'listening');
    return front;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  before(url: string): void {
    this.#behind = url;
  }
  renew(): void {
    this.#second = true;
  }
  back(): void {
    this.#second = false;
  }
  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    const { hostname, port } = new URL(this.#behind);
    const second = this.#second;
    const path = second ? other(asked.url ?? '/') : (asked.url ?? '/');
    const own = (text: string | undefined): string | undefined => text?.replaceAll(this.url, this.#behind);
    const headers = { ...asked.headers, 'accept-encoding': 'identity', host: `${hostname}:${port}`, origin: own(asked.headers.origin) };
    if (headers.origin === undefined) delete headers.origin;
    const onward = request({ hostname, port, path, method: asked.method, headers }, (given) => {
      const isText = /html|javascript|css/.test(given.headers['content-type'] ?? '');
      const { location } = given.headers;
      if (location !== undefined) given.headers.location = location.replace(this.#behind, this.url);
      if (!second || !isText) {
        answer.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(answer);
        return;
      }
      const parts: Buffer[] = [];
      given.on('data', (part: Buffer) => parts.push(part));
      given.on('end', () => {
        delete given.headers['content-length'];
        answer.writeHead(given.statusCode ?? 502, given.headers);
        answer.end(renewed(Buffer.concat(parts).toString()));
      });
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  }
}

const renewed = (text: string): string =>
  other(text)
    .replace(/(VERSION = ")([0-9a-f]{16})(")/, (_, before: string, version: string, after: string) => before + backwards(version) + after)
    .replace('</head>', '<meta name="version" content="second"></head>');
