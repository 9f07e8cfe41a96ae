import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openCase } from './asking.ts';
import { launch, signedIn, stopClock } from './browser.ts';
import { both, Instance } from './instance.ts';

/** Longer than the page gathers pieces of one change, shorter than it would wait before asking by itself. */
const GATHERED = 1_000;

describe('an open page', () => {
  let instance: Instance;
  let browser: Browser;
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    await instance.fill();
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  /** Giulia with a clock that only the spec moves: nothing is read again because time passes. */
  async function watching(): Promise<{ page: Page; requests: { url: string; passive: boolean }[]; streams: string[] }> {
    const page = await signedIn(browser, instance.url, 'Giulia', '/lavoro');
    const [requests, streams]: [{ url: string; passive: boolean }[], string[]] = [[], []];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/api/changes/')) streams.push(pathname);
      else if (pathname.startsWith('/api/')) requests.push({ url: pathname, passive: request.headers()['raccordo-passive'] === 'true' });
    });
    await page.clock.install();
    const following = ['cases', 'referrals', 'alerts'].map((context) =>
      page.waitForResponse((answer) => answer.url().endsWith(`/api/changes/${context}`)),
    );
    await page.goto('/casi');
    await Promise.all(following);
    await page.getByRole('heading', { name: 'Casi' }).waitFor();
    return { page, requests, streams };
  }

  it('shows a case that a colleague opens, by itself, and without keeping its own session alive', async () => {
    const { page, requests, streams } = await watching();
    const following = page.waitForResponse((answer) => answer.url().endsWith('/api/changes/cases'));
    await page.reload();
    await following;
    await page.getByRole('heading', { name: 'Casi' }).waitFor();
    await stopClock(page);
    const colleague = await signedIn(browser, instance.url, 'Giulia', '/lavoro');
    requests.length = 0;
    const { codename } = await openCase(colleague);
    const row = page.getByRole('rowheader', { name: codename });
    for (let tries = 0; tries < 600 && !(await row.isVisible()); tries++) {
      await page.clock.runFor(GATHERED / 20);
      await new Promise((done) => setTimeout(done, 100));
    }
    await row.waitFor();
    const lists = requests.filter(({ url }) => url === '/api/cases');
    assert.ok(lists.length > 0);
    assert.deepEqual(
      requests.filter(({ passive }) => !passive),
      [],
      'nobody was at the keyboard',
    );
    assert.deepEqual([...new Set(streams)].sort(), ['/api/changes/alerts', '/api/changes/cases', '/api/changes/referrals']);
  });

  it('is followed by one tab for all tabs of a browser, and by another when that one is closed', async () => {
    const { page, streams } = await watching();
    assert.ok(streams.length >= 3, streams.join());
    const second = await page.context().newPage();
    const others: string[] = [];
    second.on('request', (request) => {
      if (request.url().includes('/api/changes/')) others.push(request.url());
    });
    await second.goto('/casi');
    await second.getByRole('heading', { name: 'Casi' }).waitFor();
    assert.deepEqual(others, [], 'a browser has six connections to a server: they are not spent on streams');
    const taken = second.waitForRequest((request) => request.url().includes('/api/changes/cases'));
    await page.close();
    await taken;
  });

  it('says quietly when nothing is told any more, asks by itself meanwhile, and goes on where it was', async () => {
    const { page, requests, streams } = await watching();
    await page.clock.runFor(GATHERED);
    const note = page.getByText('Gli aggiornamenti dal vivo sono interrotti');
    // A line that took long may have been called interrupted until it was there.
    await note.waitFor({ state: 'detached' });
    await page.route('**/api/changes/**', (route) => route.fulfill({ status: 503, body: '' }));
    await page.reload();
    await page.getByRole('heading', { name: 'Casi' }).waitFor();
    await page.clock.runFor(9_000);
    await note.waitFor();
    requests.length = 0;
    await page.clock.runFor(15_000);
    await page.waitForFunction(() => document.querySelector('h1') !== null);
    for (let tries = 0; tries < 600 && !requests.some(({ url }) => url === '/api/cases'); tries++)
      await new Promise((done) => setTimeout(done, 100));
    assert.ok(requests.some(({ url, passive }) => url === '/api/cases' && passive));
    await page.unroute('**/api/changes/**');
    streams.length = 0;
    const back = page.waitForResponse((answer) => answer.url().endsWith('/api/changes/cases') && answer.status() === 200);
    await page.clock.runFor(60_000);
    await back;
    await note.waitFor({ state: 'detached' });
  });

  it('follows only what the role may follow', async () => {
    const asked: string[] = [];
    const page = await signedIn(browser, instance.url, 'Marco', '/accessibilita');
    page.on('response', (answer) => {
      if (answer.url().includes('/api/changes/')) asked.push(`${new URL(answer.url()).pathname} ${answer.status()}`);
    });
    const following = page.waitForResponse((answer) => answer.url().endsWith('/api/changes/alerts'));
    await page.reload();
    await following;
    assert.deepEqual(asked, ['/api/changes/alerts 200']);
  });
});
