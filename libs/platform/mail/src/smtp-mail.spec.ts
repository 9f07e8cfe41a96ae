import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { NoMail, SmtpMail } from './index';

interface Received {
  readonly from: string;
  readonly to: string[];
  readonly text: string;
  readonly login: string | undefined;
}

/** A mail server that keeps what it gets. */
class PostOffice {
  readonly received: Received[] = [];
  readonly #server: SMTPServer;

  constructor(refuses: (address: string) => boolean = () => false) {
    this.#server = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      onAuth: ({ username, password }, _, done) =>
        password === 'chiave' ? done(null, { user: username ?? '' }) : done(new Error('no such mailbox')),
      onRcptTo: ({ address }, _, done) => (refuses(address) ? done(new Error('unknown')) : done()),
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
          done();
        });
      },
    });
  }

  open = (): Promise<number> =>
    new Promise((resolve, reject) => {
      this.#server.on('error', reject);
      this.#server.listen(0, '127.0.0.1', () => resolve((this.#server.server.address() as AddressInfo).port));
    });
  close = (): Promise<void> => new Promise((resolve) => this.#server.close(() => resolve()));
}

const settings = (port: number, login = '') => ({
  url: `smtp://${login}127.0.0.1:${port}`,
  from: 'Raccordo <raccordo@rete.example>',
  baseUrl: () => 'https://raccordo.example',
});

describe('a letter', () => {
  let office: PostOffice;
  let port: number;
  beforeAll(async () => {
    office = new PostOffice((address) => address.startsWith('nessuno@'));
    port = await office.open();
  });
  afterAll(() => office.close());
  beforeEach(() => void (office.received.length = 0));

  it('says that something waits and where to sign in, and nothing of what it is', async () => {
    const mail = new SmtpMail(settings(port));
    expect(await mail.send('giulia@comune.example', 'request', '/r/k3m7')).toBe('sent');
    const [letter] = office.received;
    expect(letter).toMatchObject({ from: 'raccordo@rete.example', to: ['giulia@comune.example'], login: undefined });
    expect(letter?.text).toContain('Subject: Hai una richiesta');
    expect(letter?.text).toContain('https://raccordo.example/r/k3m7');
    expect(letter?.text).toContain('Auto-Submitted: auto-generated');
    const body = letter?.text.slice(letter.text.indexOf('\r\n\r\n')) ?? '';
    for (const word of [/umbria/i, /toscana/i, /giulia/i, /sanitari/i, /case/i, /caso/i]) expect(body).not.toMatch(word);
  });

  it('is the same for everybody but for its link', async () => {
    const mail = new SmtpMail(settings(port));
    await mail.send('a@uno.example', 'digest', '/r/1');
    await mail.send('b@due.example', 'digest', '/r/1');
    const bodies = office.received.map(({ text }) => text.slice(text.indexOf('\r\n\r\n')));
    expect(bodies[0]).toBe(bodies[1]);
  });

  it('signs in at the mailbox with what the address holds', async () => {
    expect(await new SmtpMail(settings(port, 'posta%40rete.example:chiave@')).send('a@uno.example', 'test')).toBe('sent');
    expect(office.received[0]?.login).toBe('posta@rete.example');
    expect(await new SmtpMail(settings(port, 'posta:sbagliata@')).send('a@uno.example', 'test')).toBe('refused');
  });

  it('that nobody takes is reported without the server’s words', async () => {
    const mail = new SmtpMail(settings(port));
    expect(await mail.send('nessuno@uno.example', 'test')).toBe('refused');
    expect(office.received).toEqual([]);
    const gone = new PostOffice();
    const free = await gone.open();
    await gone.close();
    expect(await new SmtpMail(settings(free)).send('a@uno.example', 'test')).toBe('unreachable');
  });

  it('never becomes two by what stands in its address', async () => {
    const mail = new SmtpMail(settings(port));
    await mail.send('a@uno.example, b@due.example', 'test');
    await mail.send('a@uno.example\r\nBcc: b@due.example', 'test');
    expect(office.received.flatMap(({ to }) => to)).not.toContain('b@due.example');
  });
});

describe('a service without a mail server', () => {
  it('sends nothing and says so', async () => {
    const mail = new NoMail();
    expect([mail.configured, await mail.send()]).toEqual([false, 'unreachable']);
  });
});
