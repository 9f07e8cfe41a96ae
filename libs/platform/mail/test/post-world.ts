import { randomBytes } from 'node:crypto';
import { Databases } from '@platform/database';
import { Clock } from '@platform/kernel';
import { Client } from 'pg';
import { type Due, LetterQueue, LetterRounds, Mail, MAIL_ROLE, Mailboxes, mailSchema, SmtpMail, Telling } from '../src/index';
import { PostOffice } from './post-office';

/** Eleven in the morning in Rome. */
const MORNING = '2031-03-14T10:00:00.000Z';
export const DAY = 24 * 60 * 60_000;

class HeldClock extends Clock {
  at = MORNING;
  now(): string {
    return this.at;
  }
}

/** Knows what waits for whom because the spec says so. */
export class Told extends Telling {
  readonly due = new Map<string, Due>();
  readonly gone = new Set<string>();
  readonly recorded: string[] = [];
  /** Happens while it is looked up what waits. */
  meanwhile: () => Promise<void> = () => Promise.resolve();

  goneAmong(members: readonly string[]): Promise<string[]> {
    return Promise.resolve(members.filter((member) => this.gone.has(member)));
  }
  async dueFor(member: string): Promise<Due | undefined> {
    await this.meanwhile();
    return this.due.get(member);
  }
  record(member: string): Promise<void> {
    this.recorded.push(member);
    return Promise.resolve();
  }
}

/** Mailboxes and letters on a database of their own, a mail server that keeps what it gets, and a clock that is moved by hand. */
export class PostWorld {
  readonly told = new Told();

  private constructor(
    readonly clock: HeldClock,
    readonly office: PostOffice,
    readonly databases: Databases,
    readonly boxes: Mailboxes,
    readonly queue: LetterQueue,
    private readonly drop: () => Promise<void>,
  ) {}

  static async start(): Promise<PostWorld> {
    const server = JSON.parse(process.env.TEST_DATABASE ?? '{}') as { host: string; port: number; user: string; database: string };
    const name = `post_${randomBytes(6).toString('hex')}`;
    const admin = new Client(server);
    await admin.connect();
    await admin.query(`create database ${name}`);
    const databases = new Databases({ socket: { ...server, database: name } }, Buffer.from('a secret of specs only'));
    await databases.prepare([mailSchema]);
    await databases.prepare([mailSchema]); // as at every later start
    const office = new PostOffice((address) => address.startsWith('nessuno@'));
    await office.open();
    const clock = new HeldClock();
    const pool = databases.pool(MAIL_ROLE);
    const drop = async (): Promise<void> => {
      await office.close();
      await databases.close();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    };
    return new PostWorld(clock, office, databases, new Mailboxes(pool, clock, Buffer.alloc(32, 3)), new LetterQueue(pool), drop);
  }

  stop = (): Promise<void> => this.drop();

  /** One process that hands letters over: the mail server's, unless another is given. */
  process(mail: Mail = this.mail): LetterRounds {
    return new LetterRounds(mail, this.boxes, this.queue, this.told);
  }
  get mail(): SmtpMail {
    const url = `smtp://127.0.0.1:${this.office.port}`;
    return new SmtpMail({ url, from: 'posta@rete.example', name: 'Rete Casi', baseUrl: () => 'https://rete.example' });
  }
  round = (): Promise<void> => this.process().round(this.clock.at);

  pass(ms: number): void {
    this.clock.at = new Date(Date.parse(this.clock.at) + ms).toISOString();
  }

  /** What arrived since the last look: to whom, and the first line. */
  arrived(): string[] {
    return this.office.received.splice(0).map((letter) => `${letter.to.join()}: ${PostOffice.read(letter).body.split('\r\n')[0]}`);
  }

  /** Somebody whose address is confirmed, and for whom the day's letter is still to come. */
  async subscribed(member: string, address = `${member}@ente.example`, language: 'it' | 'en' = 'it'): Promise<void> {
    await this.boxes.give(member, address, language);
    await this.round();
    const [code = ''] = this.arrived().map((line) => line.slice(-8));
    if (!(await this.boxes.confirm(member, code))) throw new Error('the code was not the right one');
  }

  async standing(member: string): Promise<string[]> {
    const { rows } = await this.databases
      .pool(MAIL_ROLE)
      .query<{ kind: string; status: string }>('select kind, status from mail.letter where member = $1 order by day, kind', [member]);
    return rows.map(({ kind, status }) => `${kind} ${status}`);
  }

  /** Everything the tables hold, as somebody with the database in hand would see it. */
  bare(): Promise<string> {
    return this.databases.asOwner(async (owner) => {
      const tables: unknown[] = [];
      for (const table of ['mailbox', 'letter', 'code_asked']) tables.push((await owner.query(`select t::text from mail.${table} t`)).rows);
      return JSON.stringify(tables);
    });
  }
}
