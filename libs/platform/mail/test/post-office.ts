import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Received {
  readonly from: string;
  readonly to: string[];
  readonly text: string;
  readonly login: string | undefined;
}

/** A mail server that keeps what it gets. */
export class PostOffice {
  readonly received: Received[] = [];
  /** Takes a letter and hangs up before it says so. */
  silent = false;
  /** Addresses that stopped existing. */
  readonly lost = new Set<string>();
  #server = this.#build();
  #port = 0;

  constructor(private readonly refuses: (address: string) => boolean = () => false) {}

  get port(): number {
    return this.#port;
  }

  open = (): Promise<number> =>
    new Promise((resolve, reject) => {
      this.#server = this.#build();
      this.#server.on('error', (error) => ('code' in error && error.code === 'EADDRINUSE' ? reject(error) : undefined));
      // Opened again it is where it was.
      this.#server.listen(this.#port, '127.0.0.1', () => {
        this.#port = (this.#server.server.address() as AddressInfo).port;
        resolve(this.#port);
      });
    });
  close = (): Promise<void> => new Promise((resolve) => this.#server.close(() => resolve()));

  /** What a letter says: its body, and its headers apart. */
  static read({ text }: Received): { head: string; body: string } {
    const [head = '', ...body] = text.split('\r\n\r\n');
    const quoted = /^Content-Transfer-Encoding: (\S+)$/im.exec(head)?.[1];
    return { head, body: decoded(body.join('\r\n\r\n'), quoted) };
  }

  #build(): SMTPServer {
    return new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      onAuth: ({ username, password }, _, done) =>
        password === 'chiave' ? done(null, { user: username ?? '' }) : done(new Error('no such mailbox')),
      onRcptTo: ({ address }, _, done) => (this.refuses(address) || this.lost.has(address) ? done(new Error('unknown')) : done()),
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          this.received.push({
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map(({ address }) => address),
            text: Buffer.concat(parts).toString('utf8'),
            login: session.user as string | undefined,
          });
          if (!this.silent) return done();
          for (const connection of this.#server.connections) (connection as { _socket?: { destroy(): void } })._socket?.destroy();
        });
      },
    });
  }
}

function decoded(body: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  const bytes = body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
