import { PostOffice } from '../test/post-office';
import { type Letter, NoMail, SmtpMail } from './index';

const settings = (port: number, login = '') => ({
  url: `smtp://${login}127.0.0.1:${port}`,
  from: 'Raccordo contro la tratta <posta@rete.example>',
  name: 'Rete Casi',
  baseUrl: () => 'https://raccordo.example',
});
const TEST: Letter = { kind: 'test' };
const DUE: Letter = { kind: 'due', language: 'it', count: 3, first: '2026-12-03T22:30:00.000Z' };

describe('a letter', () => {
  let office: PostOffice;
  let port: number;
  beforeAll(async () => {
    office = new PostOffice((address) => address.startsWith('nessuno@'));
    port = await office.open();
  });
  afterAll(() => office.close());
  beforeEach(() => void (office.received.length = 0));

  it('says how many things wait, until when and where to sign in, and nothing of what they are', async () => {
    const mail = new SmtpMail(settings(port));
    expect(await mail.send('giulia@comune.example', DUE)).toBe('sent');
    const [letter] = office.received;
    expect(letter).toMatchObject({ from: 'posta@rete.example', to: ['giulia@comune.example'], login: undefined });
    const { head, body } = PostOffice.read(letter!);
    expect(body.split('\r\n').slice(0, 2)).toEqual([
      'Hai 3 cose da fare, la prima entro giovedì 3 dicembre.',
      'Accedi da qui: https://raccordo.example/lavoro',
    ]);
    expect(head).toContain('Auto-Submitted: auto-generated');
    expect(head).not.toContain('X-Mailer');
    for (const word of [/umbria/i, /toscana/i, /giulia/i, /sanitari/i, /\bcas[eio]\b/i, /tratta/i]) expect(body).not.toMatch(word);
  });

  it('bears a name that says nothing, whatever stands before the address of its sender', async () => {
    await new SmtpMail(settings(port)).send('a@uno.example', DUE);
    const { head } = PostOffice.read(office.received[0]!);
    expect(head.split('\r\n').filter((line) => /^(From|Subject): /.test(line))).toEqual([
      'From: Rete Casi <posta@rete.example>',
      'Subject: Hai cose da fare',
    ]);
    expect(head).not.toMatch(/tratta/i);
  });

  it.each<[string, Letter]>([
    ['Hai una cosa da fare entro giovedì 3 dicembre.', { kind: 'due', language: 'it', count: 1, first: '2026-12-03T22:30:00.000Z' }],
    ['Hai 2 cose da fare.', { kind: 'due', language: 'it', count: 2 }],
    ['You have one thing to do by Friday 4 December.', { kind: 'due', language: 'en', count: 1, first: '2026-12-03T23:30:00.000Z' }],
    ['You have 4 things to do, the first by Thursday 3 December.', { ...DUE, language: 'en', count: 4 }],
    ['Il codice per confermare questo indirizzo: 01234567', { kind: 'code', language: 'it', code: '01234567' }],
    ['The code to confirm this address: 01234567', { kind: 'code', language: 'en', code: '01234567' }],
  ])('begins with “%s”', async (line, letter) => {
    await new SmtpMail(settings(port)).send('a@uno.example', letter);
    expect(PostOffice.read(office.received[0]!).body.split('\r\n')[0]).toBe(line);
  });

  it('is the same for everybody', async () => {
    const mail = new SmtpMail(settings(port));
    await mail.send('a@uno.example', DUE);
    await mail.send('b@due.example', DUE);
    const bodies = office.received.map((letter) => PostOffice.read(letter).body);
    expect(bodies[0]).toBe(bodies[1]);
  });

  it('signs in at the mailbox with what the address holds', async () => {
    expect(await new SmtpMail(settings(port, 'posta%40rete.example:chiave@')).send('a@uno.example', TEST)).toBe('sent');
    expect(office.received[0]?.login).toBe('posta@rete.example');
    expect(await new SmtpMail(settings(port, 'posta:sbagliata@')).send('a@uno.example', TEST)).toBe('refused');
  });

  it('that nobody takes is reported without the server’s words', async () => {
    const mail = new SmtpMail(settings(port));
    expect(await mail.send('nessuno@uno.example', TEST)).toBe('refused');
    expect(office.received).toEqual([]);
    const gone = new PostOffice();
    const free = await gone.open();
    await gone.close();
    expect(await new SmtpMail(settings(free)).send('a@uno.example', TEST)).toBe('unreachable');
  });

  it('that was taken by a server which then hung up may have arrived: it is neither sent nor unsent', async () => {
    office.silent = true;
    try {
      expect(await new SmtpMail(settings(port)).send('a@uno.example', DUE)).toBe('unsure');
      expect(office.received).toHaveLength(1);
    } finally {
      office.silent = false;
    }
  });

  it('never becomes two by what stands in its address', async () => {
    const mail = new SmtpMail(settings(port));
    await mail.send('a@uno.example, b@due.example', TEST);
    await mail.send('a@uno.example\r\nBcc: b@due.example', TEST);
    expect(office.received.flatMap(({ to }) => to)).not.toContain('b@due.example');
  });
});

describe('a service without a mail server', () => {
  it('sends nothing and says so', async () => {
    const mail = new NoMail();
    expect([mail.configured, await mail.send()]).toEqual([false, 'unreachable']);
  });
});
