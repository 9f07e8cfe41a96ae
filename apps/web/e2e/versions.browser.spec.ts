import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { read } from './asking.ts';
import { launch, look, PHONE, signedIn } from './browser.ts';
import { both, Instance } from './instance.ts';
import { fillContact } from './phone.ts';
import { TwoVersions } from './two-versions.ts';

describe('a page that was open while the application was renewed', () => {
  let front: TwoVersions;
  let instance: Instance;
  let browser: Browser;
  before(async () => {
    front = await TwoVersions.listening();
    [instance, browser] = await both(Instance.start(), launch());
    front.before(instance.url);
    await instance.fill();
  });
  afterEach(() => front.back());
  after(async () => {
    await browser?.close();
    front?.stop();
    await instance?.stop();
  });

  /** Whose browser holds the page, and serves it: from its second visit on. */
  async function settled(goto: string): Promise<Page> {
    const page = await signedIn(browser, front.url, 'Karim', goto, PHONE);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.locator('.rc-header-who').getByText('Karim').waitFor();
    return page;
  }
  /** The installation is renewed, and the browser learns of it. */
  async function renewed(page: Page): Promise<void> {
    front.renew();
    await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
    await page.getByText('C’è una versione nuova.').waitFor();
  }
  const mark = (page: Page): Promise<void> => page.evaluate(() => void Object.assign(window, { marked: true }));
  const isMarked = (page: Page): Promise<boolean> => page.evaluate(() => 'marked' in window);
  const isSecond = (page: Page): Promise<unknown> => page.locator('meta[name=version]').waitFor({ state: 'attached' });
  const take = (page: Page): Promise<void> => page.getByRole('button', { name: 'Passa alla versione nuova' }).click();
  const place = (page: Page) => page.getByLabel('Che posto è');
  const contacts = async (page: Page): Promise<number> => (await read<{ items: object[] }>(page, '/api/contacts?limit=200')).items.length;

  it('goes on as it is, says so, and begins anew only when somebody says so', async () => {
    const page = await settled('/bozze');
    await mark(page);
    await renewed(page);
    assert.equal(await isMarked(page), true);
    await look(page, 'version-waiting');
    await take(page);
    await isSecond(page);
    assert.equal(await isMarked(page), false);
    await page.getByText('C’è una versione nuova.').waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('does not begin anew over something written, unless somebody says that it may be lost', async () => {
    const page = await settled('/contatti/nuovo');
    const before_ = await contacts(page);
    await fillContact(page);
    await renewed(page);
    await take(page);
    await page.getByText('qualcosa di scritto e non inviato').waitFor();
    await look(page, 'version-over-typing');
    await page.getByRole('button', { name: 'Resto, prima lo invio' }).click();
    assert.equal(await place(page).inputValue(), 'field_camp');
    await page.getByRole('button', { name: 'Registra il contatto' }).click();
    await page.getByRole('heading', { name: 'Contatto registrato' }).waitFor();
    assert.equal(await contacts(page), before_ + 1);
    await take(page);
    await isSecond(page);
    await page.goto('/contatti/nuovo');
    await page.context().close();
  });
});
