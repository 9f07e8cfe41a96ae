import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { issueAlert } from './alert-ground.ts';
import { change, read } from './asking.ts';
import { launch, look, signIn, visitor, whole } from './browser.ts';
import { bearsForcedColours, bearsZoom, saysNoKey, targetsAreLarge, tellsNothing } from './inspecting.ts';
import { both, Instance } from './instance.ts';
import { routePaths, SCREENS } from './screens.ts';

describe('every screen', () => {
  const paths = routePaths();
  let instance: Instance;
  let browser: Browser;
  let secrets: string[];
  const pages = new Map<string | undefined, Promise<Page>>();
  const pageOf = (persona: string | undefined, acr: 2 | 3 = 2): Promise<Page> => {
    const open = async (): Promise<Page> => {
      const page = await visitor(browser, instance.url);
      if (persona !== undefined) await signIn(page, persona, '/', acr);
      return page;
    };
    const known = pages.get(persona) ?? open();
    pages.set(persona, known);
    return known;
  };

  before(async () => {
    [instance, browser] = await both(Instance.seeded(), launch());
    await proposePolicy(await pageOf('Piero', 3));
    await draftAgreement(await pageOf('Giulia'));
    await issueAlert(await pageOf('Giulia'), await pageOf('Nino'), await pageOf('Marco'));
    const { personas } = (await (await fetch(`${instance.url}/demo`)).json()) as { personas: { name: string }[] };
    const { items } = await read<{ items: { codename: string }[] }>(await pageOf('Giulia'), '/api/cases?limit=200');
    assert.ok(personas.length > 10 && items.length > 5);
    // Surnames are common words here, as the data are plainly invented: given names and whole names are looked for.
    secrets = [...personas.flatMap(({ name }) => [name, name.split(' ')[0] ?? name]), ...items.map(({ codename }) => codename)].filter(
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
        await whole(page);
        assert.deepEqual(await page.locator('.rc-notice-danger').allInnerTexts(), [], 'it is theirs to see');
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
        await whole(page);
        assert.equal(await page.locator('html').getAttribute('lang'), 'en');
        await saysNoKey(page, `${name} in English`);
        await tellsNothing(page, name, secrets);
        await page.getByRole('button', { name: 'Italiano' }).click();
      });
    }
  }
});

/** A narrower policy, as an administrator proposes one: there is something to approve or to refuse. */
async function proposePolicy(page: Page): Promise<void> {
  const shipped = new URL('../../../libs/contexts/cases/src/case/case.policy.yaml', import.meta.url);
  const document = parse(readFileSync(shipped, 'utf8')) as {
    commands: { CompanyDossier: { may: { ResolveDispute: { roles: string[] } } } };
  };
  document.commands.CompanyDossier.may.ResolveDispute.roles = ['dpo'];
  await change(page, '/api/policies', { document });
}

/** Terms between the page's own organisation and one elsewhere: there is something to sign. */
async function draftAgreement(page: Page): Promise<void> {
  const own = await read<{ organisation: string; region: string }>(page, '/api/members/me');
  const elsewhere = '/api/organisations?region=toscana&kind=anti_trafficking_project';
  const { items } = await read<{ items: { organisation: string; region: string }[] }>(page, elsewhere);
  const parties = [own, ...items.slice(0, 1)].map(({ organisation, region }) => ({ organisation, region }));
  const [from = '', to = ''] = parties.map(({ organisation }) => organisation);
  await change(page, '/api/agreements', {
    ...{ parties, scope: ['joint_case'], caps: [{ from, to, groups: ['NEED', 'TERR'] }] },
    expiresAt: new Date(Date.now() + 365 * 86_400_000).toISOString(),
  });
}
