import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';

const SHOTS = path.resolve(import.meta.dirname, '../../../.data/screenshots');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const QUIET = ['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The two widths every screen is looked at. */
export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: [...FLAGS, ...QUIET] });

/** Somebody's browser: its own cookies, and nothing outside the instance is reached. */
export async function visitor(browser: Browser, url: string, viewport = DESKTOP): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'it-IT', baseURL: url, reducedMotion: 'reduce' });
  await keepInside(context, url);
  context.setDefaultTimeout(60_000); // a busy machine is slow, not wrong
  const page = await context.newPage();
  page.on('pageerror', (error) => assert.fail(`the page failed: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Refused to/.test(message.text())) assert.fail(message.text());
  });
  return page;
}

/** Elsewhere answers with a plain page: no spec depends on the world. */
const keepInside = async (context: BrowserContext, url: string): Promise<void> => {
  await context.route(
    (address) => address.origin !== new URL(url).origin,
    (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>' }),
  );
};

/** Signs in through the demo issuer as people do: persona and strength chosen, one button. */
export async function signIn(page: Page, persona: string, goto = '/', acr: 1 | 2 | 3 = 2): Promise<void> {
  await page.goto(`/auth/login?${new URLSearchParams({ acr: String(acr), goto }).toString()}`);
  await page.getByRole('radio', { name: new RegExp(`^${persona} `) }).check();
  await page.getByRole('button', { name: 'Entra' }).click();
  await page
    .locator('.rc-header-who')
    .getByText(new RegExp(`${persona} `))
    .waitFor();
}

/** Somebody signed in, in a browser of their own. */
export async function signedIn(browser: Browser, url: string, persona: string, goto = '/', viewport = DESKTOP): Promise<Page> {
  const page = await visitor(browser, url, viewport);
  await signIn(page, persona, goto);
  return page;
}

/** Nothing is being waited for: what comes later shows as a whole, and until then not at all, so that its words would tell nothing. */
export async function whole(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.rc-waiting, .rc-body-coming') === null);
}

/**
 * Looks at the screen as it stands, at both widths: a picture of each for people, no violation for axe, and no sideways scroll at 320 px.
 * @param name of the pictures in .data/screenshots
 */
export async function look(page: Page, name: string): Promise<void> {
  await page.locator('.rc-body-coming').waitFor({ state: 'detached' });
  mkdirSync(SHOTS, { recursive: true });
  const before = page.viewportSize() ?? DESKTOP;
  for (const [label, size] of [
    ['1280', DESKTOP],
    ['390', PHONE],
  ] as const) {
    await page.setViewportSize(size);
    await page.screenshot({ path: path.join(SHOTS, `${name}-${label}.png`), fullPage: true });
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
    assert.deepEqual(found, [], `axe at ${label} px on ${name}`);
  }
  await page.setViewportSize({ width: 320, height: 700 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${name} scrolls sideways by ${wide} px at 320 px: ${wide <= 0 ? '' : await widest(page)}`);
  await page.setViewportSize(before);
}

/** What matches has the focus, or gets it in a moment: a form moves it once its errors are drawn. */
export const hasFocus = (page: Page, selector: string): Promise<void> => page.locator(`${selector}:focus`).waitFor({ state: 'attached' });

/** What reaches farthest to the right: where to look for the fault. */
const widest = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const far = [...document.querySelectorAll('main *')].map((element) => ({ element, right: element.getBoundingClientRect().right }));
    return far.reduce((a, b) => (b.right > a.right ? b : a)).element.outerHTML.slice(0, 200);
  });

/** Stops the installed clock of a page, a minute later than it stands: on a busy machine it goes on while it is being stopped. */
export const stopClock = async (page: Page): Promise<void> => page.clock.pauseAt(await page.evaluate(() => Date.now() + 60_000));

/** Lets a stopped clock go on while something is waited for, ten times slower than time passes: however long it takes, hardly any of a minute is over. */
export async function slowly<T>(page: Page, wait: () => Promise<T>): Promise<T> {
  let over = false;
  const going = (async (): Promise<void> => {
    while (!over) {
      await page.clock.runFor(10);
      await new Promise((done) => setTimeout(done, 100));
    }
  })();
  try {
    return await wait();
  } finally {
    over = true;
    await going;
  }
}

/**
 * What was opened is shown for a minute and no longer. The clock of the page must be installed.
 * @param open opens it anew: how long it has been open is not known
 */
export async function closesAfterAMinute(page: Page, opened: Locator, open: () => Promise<void>): Promise<void> {
  await stopClock(page);
  await slowly(page, async () => {
    // What stood there before may still be shown: its minute is another one.
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/reveals'));
    await open();
    await answered;
    await opened.waitFor();
  });
  await page.clock.runFor(50_000);
  assert.ok(await opened.isVisible(), 'it is still there after most of a minute');
  await page.clock.runFor(15_000);
  await opened.waitFor({ state: 'detached' });
  await page.clock.resume();
}

/** Waits until the dialog has closed; one that stays says why. */
export async function dialogClosed(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.waitFor({ state: 'detached' }).catch(async () => {
    const said = await dialog.getByRole('alert').allInnerTexts();
    assert.fail(`the dialog stayed open: ${said.join(' | ') || (await dialog.innerText()).slice(0, 300)}`);
  });
}
