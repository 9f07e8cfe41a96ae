import { createTransport } from 'nodemailer';
import { WORK_PATH, wordsOf } from './letters';
import { type Letter, Mail, type Sent } from './mail';

export interface SmtpSettings {
  /** smtp:// or smtps:// address, with login and password where the server asks for them. */
  readonly url: string;
  /** Mail address of the sender; a name before it is not used. */
  readonly from: string;
  /** What stands as the sender's name: others read over a shoulder. */
  readonly name: string;
  /** Address people reach this service under, without a path; asked for only when a letter is written. */
  readonly baseUrl: () => string;
}

const PATIENCE = 15_000;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const bare = (from: string): string => /<([^<>]+)>$/.exec(from)?.[1] ?? from;

/** One connection per letter: there are few, and a server that is away must not hold anything up. */
export class SmtpMail extends Mail {
  readonly configured = true;

  constructor(private readonly settings: SmtpSettings) {
    super();
  }

  async send(to: string, letter: Letter): Promise<Sent> {
    const { url, from, name, baseUrl } = this.settings;
    const { protocol, hostname, port, username, password } = new URL(url);
    const secure = protocol === 'smtps:';
    const transport = createTransport({
      ...{ host: hostname, port: port === '' ? (secure ? 465 : 587) : Number(port), secure },
      // Beyond this machine a letter, and the password of the mailbox, travel encrypted or not at all.
      requireTLS: !secure && !LOOPBACK.has(hostname),
      ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
      ...{ connectionTimeout: PATIENCE, greetingTimeout: PATIENCE, socketTimeout: PATIENCE },
      ...{ disableFileAccess: true, disableUrlAccess: true },
    });
    // Asked for once the server has let us in: from then on a line that breaks says nothing about what the server has taken.
    let begun = false;
    transport.use('stream', (mail, done) => {
      mail.message.processFunc((input) => {
        begun = true;
        return input;
      });
      done();
    });
    try {
      const sender = { name, address: bare(from) };
      const words = wordsOf(letter, new URL(WORK_PATH, baseUrl()).href);
      await transport.sendMail({ from: sender, to: { name: '', address: to }, ...words, headers: { 'Auto-Submitted': 'auto-generated' } });
      return 'sent';
    } catch (error) {
      const { responseCode } = error as { responseCode?: unknown };
      if (typeof responseCode === 'number') return 'refused';
      return begun ? 'unsure' : 'unreachable';
    } finally {
      transport.close();
    }
  }
}

/** There is no mail server: nothing is sent, and whoever asks is told. */
export class NoMail extends Mail {
  readonly configured = false;
  send = (): Promise<Sent> => Promise.resolve('unreachable');
}
