import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { issueAlert } from './alert-ground.ts';
import { read } from './asking.ts';
import { launch, look, signedIn, visitor } from './browser.ts';
import { bearsForcedColours, bearsZoom, saysNoKey, targetsAreLarge, tellsNothing } from './inspecting.ts';
import { Instance } from './instance.ts';
import { routePaths, SCREENS } from './screens.ts';

describe('every screen', () => {
  const paths = routePaths();
  let instance: Instance;
  let browser: Browser;
  let secrets: string[];
  const pages = new Map<string | undefined, Promise<Page>>();
  const pageOf = (persona: string | undefined): Promise<Page> => {
    const known = pages.get(persona) ?? (persona === undefined ? visitor(browser, instance.url) : signedIn(browser, instance.url, persona));
    pages.set(persona, known);
    return known;
  };

  before(async () => {
    [instance, browser] = await Promise.all([Instance.seeded(), launch()]);
    await issueAlert(await pageOf('Giulia'), await pageOf('Nino'), await pageOf('Marco'));
    const { personas } = (await (await fetch(`${instance.url}/demo`)).json()) as { personas: { name: string }[] };
    const { items } = await read<{ items: { codename: string }[] }>(await pageOf('Giulia'), '/api/cases?limit=200');
    assert.ok(personas.length > 10 && items.length > 5);
    secrets = [...personas.flatMap(({ name }) => name.split(' ')), ...items.map(({ codename }) => codename)].filter(
      (word) => word.length > 3,
    );
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  it('has a line in the table of those who look at it', () => {
    assert.deepEqual(
      paths.filter((path) => SCREENS[path] === undefined),
      [],
    );
  });

  for (const path of paths) {
    for (const persona of SCREENS[path]?.as ?? []) {
      it(`${path} as ${persona ?? 'a visitor'}: seen by everybody, large enough, and telling nothing`, async () => {
        const page = await pageOf(persona);
        await page.addInitScript(() => localStorage.setItem('lingua', 'it'));
        await page.goto((await SCREENS[path]?.at?.(page)) ?? path);
        await settled(page);
        const name = `${path
          .replaceAll(/[/$]+/g, '-')
          .replace(/^-$|^$/, '-start')
          .slice(1)}-${(persona ?? 'nobody').toLowerCase()}`;
        await saysNoKey(page, name);
        await tellsNothing(page, name, secrets);
        await look(page, `screen-${name}`);
        await targetsAreLarge(page, name);
        await bearsZoom(page, name);
        await bearsForcedColours(page, name);
        await page.getByRole('button', { name: 'English' }).click();
        await settled(page);
        assert.equal(await page.locator('html').getAttribute('lang'), 'en');
        await saysNoKey(page, `${name} in English`);
        await tellsNothing(page, name, secrets);
        await page.getByRole('button', { name: 'Italiano' }).click();
      });
    }
  }
});

/** A heading is there and nothing is being waited for. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => !/Sto leggendo…|Reading…/.test(document.body.innerText));
}
