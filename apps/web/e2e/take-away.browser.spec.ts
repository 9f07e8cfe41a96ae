import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser, Download, Locator, Page } from 'playwright-core';
import { launch, look, signedIn } from './browser.ts';
import { both, Instance } from './instance.ts';

type Entries = { entries: { entry: { body: { reasons: string[] } } }[] };
const exportsOf = async (auditor: Page): Promise<Entries['entries']> => {
  const path = '/api/audit/entries?act=ReadDirectory&limit=50';
  const headers = { 'Raccordo-Purpose': 'audit' };
  return (
    (await auditor.evaluate(async ([at, of]) => (await fetch(at, { headers: of })).json() as Promise<unknown>, [
      path,
      headers,
    ] as const)) as Entries
  ).entries;
};

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

describe('lists taken away', () => {
  let instance: Instance;
  let browser: Browser;
  const listOf = async (persona: string, at: string): Promise<Page> => {
    const page = await signedIn(browser, instance.url, persona, at);
    await page.getByText('Porta via questo elenco').click();
    return page;
  };

  before(async () => {
    [instance, browser] = await both(Instance.seeded(), launch());
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  it('come on paper, in a sheet or as text, and the trail calls it an export', async () => {
    const piero = await listOf('Piero', '/organizzazioni');
    for (const [name, file, begins] of [
      ['PDF', 'elenco.pdf', '%PDF-1.7'],
      ['Excel', 'elenco.xlsx', 'PK'],
      ['CSV', 'elenco.csv', '\ufeffDATI INVENTATI;organisation;region'],
    ] as const) {
      const download = piero.waitForEvent('download');
      await button(piero, name).click();
      const taken = await download;
      assert.equal(taken.suggestedFilename(), file);
      assert.ok(readFileSync(await taken.path(), name === 'CSV' ? 'utf8' : 'latin1').startsWith(begins), file);
    }
    await piero.getByText('Scaricato.').waitFor();
    await look(piero, 'take-away');
    const ada = await signedIn(browser, instance.url, 'Ada', '/registro');
    const forms = async (): Promise<string[]> => {
      const reasons = (await exportsOf(ada)).flatMap(({ entry }) => entry.body.reasons);
      return [...new Set(reasons.filter((reason) => reason.startsWith('export.')))].sort();
    };
    // What is on record gets its place in the trail within moments.
    for (let tries = 0; tries < 600 && (await forms()).length < 3; tries++) await new Promise((done) => setTimeout(done, 100));
    assert.deepEqual(await forms(), ['export.csv', 'export.pdf', 'export.xlsx']);
    await ada.context().close();
  });

  it('come part by part where they are long, stop on the way and go on from there', async () => {
    const rows = async (download: Download): Promise<string[]> =>
      readFileSync(await download.path(), 'utf8')
        .trim()
        .split('\r\n')
        .slice(1);
    const giulia = await listOf('Giulia', '/contatti');
    const whole = giulia.waitForEvent('download');
    await button(giulia, 'CSV').click();
    const expected = await rows(await whole);
    assert.ok(expected.length > 12);
    // As a list of thousands comes: in parts. The third waits until somebody has had enough.
    let asked = 0;
    const stopped = Promise.withResolvers<void>();
    await giulia.route(/\/api\/contacts\?/, async (route) => {
      if (route.request().headers().accept !== 'text/csv') return route.continue();
      if (++asked === 3) await stopped.promise;
      const url = new URL(route.request().url());
      url.searchParams.set('limit', '5');
      await route.continue({ url: url.href }).catch(() => undefined); // what was stopped is not asked for
    });
    const parts: Download[] = [];
    giulia.on('download', (download) => parts.push(download));
    await button(giulia, 'CSV').click();
    await giulia.getByText('sto scaricando la parte 3…').waitFor();
    await button(giulia, 'Fermati qui').click();
    await giulia.getByText('Fermato.').waitFor();
    stopped.resolve();
    assert.deepEqual(
      parts.map((part) => part.suggestedFilename()),
      ['elenco.csv', 'elenco-2.csv'],
    );
    await look(giulia, 'take-away-stopped');
    await button(giulia, 'Continua dalla parte 3').click();
    await giulia.getByText('Scaricato.').waitFor();
    assert.deepEqual((await Promise.all(parts.map(rows))).flat(), expected);
    await giulia.unroute(/\/api\/contacts\?/);
  });
});
