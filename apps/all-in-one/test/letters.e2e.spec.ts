import { PERSONAS, type PersonaKey, seedDemo, World } from '@raccordo/demo';
import { PostOffice } from '../../../libs/platform/mail/test/post-office';
import { StoryApp } from './story-app';

interface Line {
  readonly handle: string;
  readonly codename?: string;
  readonly status: string;
  readonly due: string | null;
  readonly unanswered?: number;
  readonly sentAt?: string;
}
const PEOPLE = Object.keys(PERSONAS) as PersonaKey[];
/** Whose page of what is to be done shows anything with a deadline: as the browser has it. */
const REFERRING = ['operator', 'case_manager', 'coordinator', 'legal_adviser', 'cultural_mediator'];
const OPEN = ['Offered', 'UnderReview'];
const addressOf = (who: PersonaKey): string => `${PERSONAS[who].sub}@posta.example`;
const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The whole of the invented data, every one of its people, and a mail server that keeps what it gets. */
describe('a letter to whoever has something to do', () => {
  const office = new PostOffice();
  /** Noon in Rome, before seven the next day, and that morning. */
  const [noon, night, morning] = [`${dayFrom(0)}T11:00:00.000Z`, `${dayFrom(1)}T04:55:00.000Z`, `${dayFrom(1)}T06:05:00.000Z`];
  let story: StoryApp;
  let world: World;
  const writing: PersonaKey[] = [];
  beforeAll(async () => {
    const port = await office.open();
    const post = { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'posta@rete.example' };
    story = await StoryApp.start(post, async (url, keysFolder) => {
      await seedDemo(url, () => undefined, { keysFolder, today: `${dayFrom(0)}T00:00:00.000Z` });
      return World.at(url, keysFolder);
    });
    world = story.world;
    await world.holdClock(noon);
    for (const who of PEOPLE) {
      const me = await world.get<{ roles: string[] }>(who, '/api/members/me');
      if (me.body.roles.some((role) => REFERRING.includes(role))) writing.push(who);
    }
  }, 400_000);
  afterAll(async () => {
    await story.stop();
    await office.close();
  }, 120_000);

  const linesOf = async (who: PersonaKey, path: string): Promise<readonly Line[]> => {
    const { status, body } = await world.get<{ items: Line[] }>(who, path);
    return status === 200 ? body.items : [];
  };
  /** The lines of somebody's own page, by the rules of the browser. */
  const page = async (who: PersonaKey): Promise<Line[]> => [
    ...(await linesOf(who, '/api/referrals/inbox')).filter(({ status }) => OPEN.includes(status)),
    ...(await linesOf(who, '/api/referrals/outbox')).filter(({ status, unanswered = 0 }) => unanswered > 0 && OPEN.includes(status)),
    ...(await linesOf(who, '/api/notices')).filter(({ status }) => status === 'Sent'),
  ];
  /** The same once the clock has put on record what it has ended. */
  const settledPage = async (who: PersonaKey, at: string): Promise<Line[]> => {
    for (let tries = 0; tries < 600; tries++) {
      const lines = await page(who);
      if (lines.every(({ due }) => due === null || due > at)) return lines;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error('what has passed its deadline is still to be done');
  };
  /** What a letter would say, asked between two looks at the page that show the same: what ends by the clock is told to others for a while. */
  const compared = async (who: PersonaKey): Promise<{ lines: Line[]; letter: { count: number; first?: string } }> => {
    for (let tries = 0; tries < 100; tries++) {
      const before = await settledPage(who, noon);
      const { status, body } = await world.get<{ count: number; first?: string }>(who, '/api/letters/preview');
      expect([who, status]).toEqual([who, 200]);
      const lines = await page(who);
      if (JSON.stringify(before) === JSON.stringify(lines)) return { lines, letter: body };
    }
    throw new Error('the page did not come to rest');
  };
  const arrived = async (many: number): Promise<Map<string, string>> => {
    for (let tries = 0; tries < 900 && office.received.length < many; tries++) await new Promise((done) => setTimeout(done, 100));
    return new Map(office.received.splice(0).map((letter) => [letter.to.join(), PostOffice.read(letter).body]));
  };

  it('would count for every persona exactly what their own page shows', async () => {
    expect(writing.length).toBeGreaterThan(10);
    expect(writing.length).toBeLessThan(PEOPLE.length);
    const counts: [PersonaKey, number, string | undefined][] = [];
    for (const who of writing) {
      const { lines, letter } = await compared(who);
      const first = lines.flatMap(({ due }) => due ?? []).sort()[0];
      expect([who, letter.count, letter.first]).toEqual([who, lines.length, first]);
      counts.push([who, letter.count, letter.first]);
    }
    // The comparison is not one of zeros, nor is everybody shown the same.
    expect(new Set(counts.map(([, count]) => count)).size).toBeGreaterThan(1);
    for (const who of PEOPLE.filter((one) => !writing.includes(one)))
      expect([who, (await world.get(who, '/api/letters/preview')).status]).toEqual([who, 403]);
  }, 300_000);

  it('says that number the next morning, in no case more, and nothing that names anybody or anything', async () => {
    const codes = new Map<PersonaKey, string>();
    for (const who of writing) {
      expect((await world.post(who, '/api/letters/address', { address: addressOf(who), language: 'it' })).status).toBe(204);
      codes.set(who, /\d{8}/.exec((await arrived(1)).get(addressOf(who)) ?? '')?.[0] ?? '');
    }
    for (const [who, code] of codes) expect((await world.post(who, '/api/letters/confirmation', { code })).status).toBe(204);
    // What the night ends is on record before the post opens.
    await world.holdClock(night);
    for (const who of writing) await settledPage(who, night);
    await world.holdClock(morning);
    for (let tries = 0; tries < 900; tries++) {
      const done = await story.bare(async (client) => {
        const { rows } = await client.query<{ open: number; all: number }>(
          `select count(*) filter (where status in ('waiting', 'handing'))::int as open, count(*)::int as all from mail.letter where kind = 'due'`,
        );
        return rows[0]?.open === 0 && rows[0].all === writing.length;
      });
      if (done) break;
      await new Promise((pause) => setTimeout(pause, 100));
    }
    const letters = await arrived(0);
    const counted = (body: string | undefined): number => {
      if (body === undefined) return 0;
      return body.startsWith('Hai una cosa') ? 1 : Number(/^Hai (\d+) cose/.exec(body)?.[1]);
    };
    const names: string[] = Object.values(PERSONAS).flatMap(({ name }) => name.split(' '));
    for (const who of writing) {
      const lines = await settledPage(who, morning);
      const count = counted(letters.get(addressOf(who)));
      // A notice of this very moment may have come before the letter was written or after it.
      const old = lines.filter(({ sentAt = '' }) => sentAt < morning);
      expect([who, count >= old.length, count <= lines.length]).toEqual([who, true, true]);
      for (const { handle, codename } of [...(await linesOf(who, '/api/referrals/inbox')), ...lines])
        names.push(handle, ...(codename === undefined ? [] : [codename]));
    }
    expect(letters.size).toBeGreaterThan(1);
    const all = [...letters.values()].join('\n');
    expect(names.filter((name) => name !== '' && all.includes(name))).toEqual([]);
    expect(all).not.toMatch(/umbria|toscana|emilia|piemonte|lombardia|legale|sanitari|alloggi|_|case-|referral/i);
    expect(new Set(all.match(/https?:\S+/g))).toEqual(new Set([`${new URL('/lavoro', story.running.url).href}`]));
  }, 300_000);
});
