import { PostOffice } from '../../../../platform/mail/test/post-office';
import { people, ReferralsWorld, START, type Subject, type Who } from '../../test/referrals-world';

interface Items {
  items: { status: string; due: string | null; unanswered: number }[];
}
interface Letters {
  offered: boolean;
  open: boolean;
  failed: boolean;
  mailbox?: { address: string; confirmed: boolean; daily: boolean; language: string };
}
const EVERYBODY: readonly Who[] = ['giulia', 'elena', 'bruno', 'nino', 'ugo'];
const addressOf = (who: Who): string => `${who}@posta.example`;
const later = (at: string, hours: number): string => new Date(Date.parse(at) + hours * 3_600_000).toISOString();

describe('letters to those who have something to do', () => {
  let office: PostOffice;
  let world: ReferralsWorld;
  let subject: Subject;
  beforeEach(async () => {
    office = new PostOffice();
    const port = await office.open();
    world = await ReferralsWorld.start({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'posta@rete.example' });
    subject = await world.opened();
  }, 60_000);
  afterEach(async () => {
    await world.world.stop();
    await office.close();
  }, 120_000);

  /** What the page of what is to be done shows: its lists, filtered by hand as the browser does. */
  const onThePage = async (who: Who): Promise<number> => {
    const list = async (path: string): Promise<Items['items']> => (await world.get<Items>(who, path)).body.items;
    const open = ['Offered', 'UnderReview'];
    const received = (await list('/api/referrals/inbox')).filter(({ status }) => open.includes(status));
    const sent = (await list('/api/referrals/outbox')).filter(({ status, unanswered }) => unanswered > 0 && open.includes(status));
    const told = (await list('/api/notices')).filter(({ status }) => status === 'Sent');
    return received.length + sent.length + told.length;
  };
  const inALetter = async (who: Who): Promise<{ count: number; first?: string }> =>
    (await world.get<{ count: number; first?: string }>(who, '/api/letters/preview')).body;
  /** Asked between two looks at the page that show the same: what reactors and read models bring about arrives within moments. */
  const compared = async (who: Who): Promise<[Who, number, number]> => {
    const three = async (): Promise<[number, number, number]> => [await onThePage(who), (await inALetter(who)).count, await onThePage(who)];
    const [page, letter] = await world.world.until(three, ([before, , after]) => before === after);
    return [who, page, letter];
  };
  const both = async (): Promise<[Who, number, number][]> => {
    const found: [Who, number, number][] = [];
    for (const who of EVERYBODY) found.push(await compared(who));
    return found;
  };
  const bodies = (): string[] => office.received.splice(0).map((letter) => `${letter.to.join()}: ${PostOffice.read(letter).body}`);
  const subscribe = async (who: Who, language = 'it'): Promise<void> => {
    expect((await world.post(who, '/api/letters/address', { address: addressOf(who), language })).status).toBe(204);
    await world.world.tick();
    const code = /\d{8}/.exec(bodies().at(-1) ?? '')?.[0];
    expect((await world.post(who, '/api/letters/confirmation', { code })).status).toBe(204);
  };
  /** Nine in the morning in Rome, a day later. */
  const nextMorning = async (): Promise<void> => {
    await world.world.passTo(later(START, 20));
    await world.world.tick();
  };
  const offered = async (): Promise<{ sent: string; received: string }> => {
    const handles = await world.offered(subject);
    await world.world.until(
      () => world.get<Items>('elena', '/api/notices'),
      ({ body }) => body.items.length > 0,
    );
    return handles;
  };

  it('count what their own page shows, for whoever looks at it', async () => {
    expect(await both()).toEqual(EVERYBODY.map((who) => [who, 0, 0]));
    const { received } = await offered();
    expect(await both()).toEqual([
      ['giulia', 0, 0],
      ['elena', 2, 2], // the offer, and the notice that it waits
      ['bruno', 2, 2],
      ['nino', 0, 0],
      ['ugo', 0, 0],
    ]);
    expect((await inALetter('elena')).first).toMatch(/^2031-03-15T12:00:00/);
    expect((await world.change('elena', received, 'summary')).status).toBe(204);
    expect((await world.change('elena', received, 'clarifications', { question: 'Parla italiano?' })).status).toBe(204);
    await world.world.until(
      () => onThePage('giulia'),
      (many) => many > 0,
    );
    // The question is Giulia's team's to answer: Ugo works for the same organisation, and in no team.
    expect((await both()).filter(([who]) => ['giulia', 'ugo'].includes(who))).toEqual([
      ['giulia', 1, 1],
      ['ugo', 0, 0],
    ]);
    await world.consent('ConsentWithdrawn', subject, 'service');
    await world.settled('elena', received, 'Withdrawn');
    for (const [, page, letter] of await both()) expect(letter).toBe(page);
  }, 120_000);

  it('say how many and until when, in the language of whoever reads them, and nothing else', async () => {
    const { sent, received } = await offered();
    await subscribe('elena', 'it');
    await subscribe('bruno', 'en');
    await subscribe('nino');
    await nextMorning();
    const letters = bodies().sort();
    expect(letters.map((letter) => letter.split('\r\n')[0])).toEqual([
      'bruno@posta.example: You have 2 things to do, the first by Saturday 15 March.',
      'elena@posta.example: Hai 2 cose da fare, la prima entro sabato 15 marzo.',
    ]);
    await world.world.tick();
    expect(bodies()).toEqual([]);
    const called = await world.get<{ items: { codename: string }[] }>('elena', '/api/referrals/inbox');
    const secret = [sent, received, ...called.body.items.map(({ codename }) => codename), 'legal', 'urgent', 'umbria', 'toscana'];
    for (const letter of letters)
      for (const word of [...secret, ...Object.values(people).flatMap(({ member, organisation, login }) => [member, organisation, login])])
        expect(letter.toLowerCase()).not.toContain(word.toLowerCase());
    const links = letters.flatMap((letter) => letter.match(/https?:\S+/g) ?? []);
    expect(new Set(links)).toEqual(new Set(['https://rete.example/lavoro']));
  }, 120_000);

  it('stand on record as told, and no address stands in an event or in the trail', async () => {
    await offered();
    await subscribe('elena');
    await nextMorning();
    expect(bodies()).toHaveLength(1);
    const { bodies: trail } = world.world.trail;
    const told = trail.filter(({ act }) => act === 'TellByLetter');
    expect(told).toEqual([expect.objectContaining({ actor: 'system', effect: 'permitted', region: 'toscana', cases: [], groups: [] })]);
    const elena = (await world.world.vaults.of('toscana').handleFor(people.elena.member, 'audit@toscana')).handle;
    expect(told[0]?.facts.map(({ stream }) => stream)).toEqual([elena]);
    expect(JSON.stringify(trail)).not.toContain('posta.example');
    for (const log of await world.world.store.logs())
      expect(JSON.stringify(await world.world.store.readLog(log, undefined, 1000))).not.toContain('posta.example');
  }, 120_000);

  it('stop from the moment somebody is suspended or loses the role, and a disabled member’s address is deleted', async () => {
    await offered();
    for (const who of ['elena', 'bruno'] as const) await subscribe(who);
    const { member } = people.elena;
    await world.world.tell('regions', 'MemberSuspended', member, { member, reason: 'leave' });
    await world.world.tell('regions', 'RoleEnded', people.bruno.member, { member: people.bruno.member, role: 'case_manager' });
    await nextMorning();
    expect(bodies()).toEqual([]);
    await world.world.tell('regions', 'MemberReinstated', member, { member });
    expect((await world.get<Letters>('elena', '/api/letters')).body.mailbox?.confirmed).toBe(true);
    await world.world.tell('regions', 'MemberDisabled', member, { member });
    await world.world.passTo(later(START, 21));
    await world.world.tick();
    const left = await world.world.databases.asOwner((owner) => owner.query<{ member: string }>('select member from mail.mailbox'));
    expect(left.rows.map((row) => row.member)).toEqual([people.bruno.member]);
    expect(bodies()).toEqual([]);
  }, 120_000);

  it('wait while it is not known who is still a member', async () => {
    await offered();
    await subscribe('elena');
    // Nothing was heard of memberships since yesterday.
    world.world.clock.at = later(START, 20);
    await expect(world.world.tick()).rejects.toMatchObject({ code: 'referral.facts-too-old' });
    expect(bodies()).toEqual([]);
    await world.world.passTo(later(START, 20.1));
    await world.world.tick();
    expect(bodies()).toHaveLength(1);
  }, 120_000);

  it('are what somebody chose on a screen of their own', async () => {
    const own = async (): Promise<Letters> => (await world.get<Letters>('elena', '/api/letters')).body;
    expect(await own()).toEqual({ offered: true, open: true, failed: false });
    expect((await world.post('elena', '/api/letters/wish', { daily: false, language: 'it' })).body).toMatchObject({
      title: 'letters.no-address',
    });
    await world.post('elena', '/api/letters/address', { address: addressOf('elena'), language: 'it' });
    expect((await own()).mailbox).toEqual({ address: 'e…@posta.example', confirmed: false, daily: true, language: 'it' });
    const wrong = await world.post<{ title: string; errors: unknown[] }>('elena', '/api/letters/confirmation', { code: '00000000' });
    expect([wrong.status, wrong.body.title]).toEqual([400, 'letters.code-wrong']);
    await subscribe('elena');
    expect((await world.post('elena', '/api/letters/wish', { daily: false, language: 'en' })).status).toBe(204);
    expect((await own()).mailbox).toEqual({ address: 'e…@posta.example', confirmed: true, daily: false, language: 'en' });
    expect((await world.post('elena', '/api/letters/removal')).status).toBe(204);
    expect((await own()).mailbox).toBeUndefined();
    expect((await world.post('elena', '/api/letters/removal')).status).toBe(204);
    // Asked for too often: the same answer whoever's the address is.
    const asked: number[] = [];
    for (let n = 0; n < 5; n++)
      asked.push((await world.post('elena', '/api/letters/address', { address: addressOf('nino'), language: 'it' })).status);
    expect(asked).toEqual([204, 204, 204, 429, 429]);
  }, 120_000);

  it.each([
    'senza-chiocciola',
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    '"a b"@c.example',
    'A <a@b.example>',
    `${'a'.repeat(65)}@b.example`,
  ])('go to no address like %j, and the refusal does not repeat it', async (address) => {
    const refused = await world.post('elena', '/api/letters/address', { address, language: 'it' });
    expect(refused.status).toBe(400);
    expect(refused.text).not.toContain('b.example');
  });
});

describe('an installation without a mail server', () => {
  it('offers no letters and keeps no address', async () => {
    const world = await ReferralsWorld.start();
    try {
      expect((await world.get<Letters>('elena', '/api/letters')).body).toMatchObject({ offered: false });
      const given = await world.post('elena', '/api/letters/address', { address: addressOf('elena'), language: 'it' });
      expect([given.status, given.body['title']]).toEqual([409, 'letters.no-post']);
      await world.world.tick();
    } finally {
      await world.world.stop();
    }
  }, 120_000);
});
