import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { change, openCase, read } from './asking.ts';
import { launch, look, signedIn, signIn } from './browser.ts';
import { both, Instance } from './instance.ts';

describe('somebody who is being watched', () => {
  let instance: Instance;
  let browser: Browser;
  before(async () => {
    [instance, browser] = await both(Instance.start({ ACCESSIBILITY_CONTACT: 'aiuto@esempio.invalid' }), launch());
    await instance.fill();
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  /** Somebody at work: a list with a codename, a form with something typed. */
  async function atWork(persona: string): Promise<{ page: Page; codename: string }> {
    const page = await signedIn(browser, instance.url, persona, '/lavoro');
    const { codename } = await openCase(page);
    await page.goto('/casi');
    await page.getByRole('rowheader', { name: codename }).waitFor();
    await page.getByRole('link', { name: 'Nuovo contatto' }).first().click();
    await page.getByLabel('Lingua che parla').selectOption('wo');
    return { page, codename };
  }

  for (const [how, leave] of [
    ['the button', (page: Page) => page.getByRole('button', { name: 'Uscita rapida' }).click()],
    [
      'Shift three times',
      async (page: Page) => {
        for (let n = 0; n < 3; n++) await page.keyboard.press('Shift');
      },
    ],
  ] as const) {
    it(`leaves nothing to be seen after ${how}, however often the back button is pressed`, async () => {
      const { page, codename } = await atWork('Giulia');
      await leave(page);
      await page.getByRole('heading', { name: 'Elsewhere' }).waitFor();
      for (let n = 0; n < 6; n++) {
        // At the beginning of the history there is no page to go back to.
        const moved = await page.goBack({ timeout: 5_000 }).catch(() => null);
        if (moved === null && !page.url().startsWith(instance.url)) break;
        await page.waitForLoadState();
        await page.waitForFunction(() => document.querySelector('.rc-waiting, .rc-body-coming') === null);
        const seen = await page.evaluate(
          () => document.body.innerText + [...document.querySelectorAll('select')].map(({ value }) => value).join(),
        );
        for (const word of [codename, 'Giulia', 'wo'])
          assert.ok(!seen.split(/[\s,]+/).includes(word), `“${word}” is seen again at ${page.url()}`);
        assert.match(await page.title(), /Rete Casi$/);
      }
      const { signedIn: still } = await page
        .evaluate(async (url) => (await (await fetch(`${url}/auth/session`)).json()) as { signedIn: boolean }, instance.url)
        .catch(() => ({ signedIn: false }));
      assert.equal(still, false);
    });
  }

  it('shows nothing of the session to the back button, even if the server never heard that it was left', async () => {
    const { page, codename } = await atWork('Giulia');
    let lost = 0;
    await page.route('**/auth/logout', (route) => (lost++ === 0 ? route.abort() : route.continue()));
    await page.getByRole('button', { name: 'Uscita rapida' }).click();
    await page.getByRole('heading', { name: 'Elsewhere' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'Entra' }).first().waitFor();
    assert.equal(await page.getByText(codename).count(), 0);
    assert.deepEqual([lost, (await read<{ signedIn: boolean }>(page, '/auth/session')).signedIn], [2, false]);
  });

  it('is warned before the session ends, keeps what was typed, and goes on after signing in again in another tab', async () => {
    const page = await signedIn(browser, instance.url, 'Karim', '/lavoro');
    await page.clock.install();
    await page.goto('/contatti/nuovo');
    await page.getByLabel('Che posto è').selectOption('field_camp');
    await page.clock.fastForward('18:30');
    const warning = page.getByRole('dialog', { name: 'La sessione sta per finire' });
    await warning.waitFor();
    await look(page, 'session-ending');
    // Ended elsewhere: the page hears of it when it asks next.
    const again = await page.context().newPage();
    await again.goto('/accessibilita');
    await change(again, '/auth/logout', {});
    await page.clock.fastForward('00:31');
    const over = page.getByRole('dialog', { name: 'La sessione è finita' });
    await over.waitFor();
    await look(page, 'session-ended');
    assert.equal(await over.getByRole('link', { name: 'Entra di nuovo' }).getAttribute('target'), '_blank');
    await signIn(again, 'Karim', '/rientro');
    await over.getByRole('button', { name: 'Ho fatto l’accesso' }).click();
    await over.waitFor({ state: 'detached' });
    assert.equal(await page.getByLabel('Che posto è').inputValue(), 'field_camp');
  });

  it('does not hand a page on to the next person who signs in', async () => {
    const { page, codename } = await atWork('Giulia');
    await page.clock.install();
    await page.goto('/casi');
    await page.getByRole('rowheader', { name: codename }).waitFor();
    const other = await page.context().newPage();
    await signIn(other, 'Marco', '/accessibilita');
    await other.getByText('aiuto@esempio.invalid').waitFor();
    await page.clock.fastForward('01:00');
    await page.getByRole('rowheader', { name: codename }).waitFor({ state: 'detached' });
    await page.locator('.rc-header-who').getByText('Marco').waitFor();
  });
});
