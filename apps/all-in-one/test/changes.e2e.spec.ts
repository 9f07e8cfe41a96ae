import 'reflect-metadata';
import { type Session, signInAs } from '@platform/sign-in';
import { Checks, PERSONAS, type PersonaKey, STEPS } from '@raccordo/demo';
import { StoryApp } from './story-app';

/** One open page: what it is told, and the id it would come back with. */
class Page {
  readonly heard: string[] = [];
  lastId = '';
  #waiting: () => void = () => undefined;
  readonly #ending = new AbortController();

  static async open(session: Session, what: string, lastId?: string): Promise<Page> {
    const page = new Page();
    const headers = { accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'Last-Event-ID': lastId }) };
    const response = await session.raw(new URL(`/api/changes/${what}`, session.baseUrl), { headers, signal: page.#ending.signal });
    expect(response.status).toBe(200);
    void page.#read(response);
    return page;
  }

  /** Waits until it was told of so many changes. */
  async changes(count: number): Promise<void> {
    while (this.heard.filter((type) => type === 'changed').length < count) await new Promise<void>((resolve) => (this.#waiting = resolve));
  }
  get count(): number {
    return this.heard.filter((type) => type === 'changed').length;
  }
  close(): void {
    this.#ending.abort();
  }

  async #read(response: Response): Promise<void> {
    let text = '';
    try {
      for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
        text += Buffer.from(chunk).toString('utf8');
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          this.#take(text.slice(0, end));
          text = text.slice(end + 2);
        }
      }
    } catch {
      // Closed by the spec.
    }
  }

  #take(event: string): void {
    const type = /^event: (.+)$/m.exec(event)?.[1];
    if (type === undefined) return;
    this.lastId = /^id: (.+)$/m.exec(event)?.[1] ?? this.lastId;
    expect(/^data: (.+)$/m.exec(event)?.[1]).toBe('{}');
    this.heard.push(type);
    this.#waiting();
  }
}

describe('what an open page is told', () => {
  let story: StoryApp;
  const pages: Page[] = [];
  const follow = async (who: PersonaKey, what: string, lastId?: string): Promise<Page> => {
    const page = await Page.open(await signInAs(story.running.url, PERSONAS[who].sub), what, lastId);
    pages.push(page);
    return page;
  };
  const meeting = { on: '2026-03-02', comune: '052032', channel: 'field_camp', language: 'fr', met: 'approached_by_team' };

  beforeAll(async () => {
    story = await StoryApp.start();
    await STEPS[0]?.run(story.world, new Checks());
  }, 120_000);
  afterEach(() => pages.splice(0).forEach((page) => page.close()));
  afterAll(() => story.stop());

  it('is that something it may show has changed, and silence about everybody else’s', async () => {
    const { world } = story;
    const [giulia, elena] = [await follow('giulia', 'cases'), await follow('elena', 'cases')];
    const path = `/api/cases/${world.knows('case')}`;
    expect((await world.change('giulia', path, `${path}/needs`, { needs: ['legal'], urgent: false })).status).toBe(204);
    await giulia.changes(1);
    // Her second contact is told of after a whole round through all logs that began when the first had been told.
    for (const count of [1, 2]) {
      expect((await world.post('elena', '/api/contacts', meeting)).status).toBe(201);
      await elena.changes(count);
    }
    expect([giulia.count, elena.count]).toEqual([1, 2]);
  });

  it('goes on where it was interrupted, and begins anew when that is not known any more', async () => {
    const { world } = story;
    const first = await follow('elena', 'cases');
    expect((await world.post('elena', '/api/contacts', meeting)).status).toBe(201);
    await first.changes(1);
    first.close();
    expect((await world.post('elena', '/api/contacts', meeting)).status).toBe(201);
    const again = await follow('elena', 'cases', first.lastId);
    await again.changes(1);
    expect(again.heard).not.toContain('following');
    const lost = await follow('elena', 'cases', 'nonsense');
    expect((await world.post('elena', '/api/contacts', meeting)).status).toBe(201);
    await lost.changes(1);
    expect(lost.heard[0]).toBe('reset');
  });

  it('tells the receiver of an offer, and nobody who has no part in it', async () => {
    const { world } = story;
    const [elena, marco] = [await follow('elena', 'referrals'), await follow('marco', 'alerts')];
    const checks = new Checks();
    await STEPS[1]?.run(world, checks);
    expect(checks.list.filter(({ ok }) => !ok)).toEqual([]);
    await elena.changes(1);
    expect(marco.count).toBe(0);
    for (const what of ['cases', 'referrals', 'alerts']) expect((await fetch(`${story.running.url}/api/changes/${what}`)).status).toBe(401);
  });

  it('ends with the session', async () => {
    const session = await signInAs(story.running.url, PERSONAS.elena.sub);
    const page = await Page.open(session, 'cases');
    pages.push(page);
    expect((await story.world.post('elena', '/api/contacts', meeting)).status).toBe(201);
    await page.changes(1);
    await session.signOut();
    for (let n = 0; n < 2; n++) expect((await story.world.post('elena', '/api/contacts', meeting)).status).toBe(201);
    const other = await follow('elena', 'cases');
    expect((await story.world.post('elena', '/api/contacts', meeting)).status).toBe(201);
    await other.changes(1);
    expect(page.count).toBe(1);
  });
});
