import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launch, look, signedIn, signIn, visitor } from './browser.ts';
import { both, Instance } from './instance.ts';

const dist = path.resolve(import.meta.dirname, '../../../dist');
const { forge } = createRequire(import.meta.url)(path.join(dist, 'libs/demo/src/story/forgery.js')) as {
  forge: (bundle: string, outside: string, keysFolder?: string) => string;
};

describe('the auditor', () => {
  let instance: Instance;
  let browser: Browser;
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    // The whole story, lived by its people over HTTP: there is something to look back at.
    await promisify(execFile)(process.execPath, [path.join(dist, 'apps/cli/src/main.js'), 'story', '--url', instance.url, '--json']);
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  async function readingOf(page: Page): Promise<void> {
    await page.getByLabel('Che cosa').selectOption('ReadCase');
    await page.getByLabel('Esito').selectOption('permitted');
    await page.getByLabel('Dati').selectOption('CON');
    await page.getByRole('button', { name: 'Cerca' }).click();
    await page.getByRole('table').waitFor();
  }

  /** The first time somebody of another team read the contact through their grant. */
  const elenasReading = (page: Page): Promise<{ index: number; of: string }> =>
    page.evaluate(async () => {
      type Body = { purpose: string; groups: string[]; cases: string[] };
      const asked = '/api/audit/entries?act=ReadCase&effect=permitted&group=CON&limit=200';
      const answer = await fetch(asked, { headers: { 'raccordo-purpose': 'audit' } });
      const { entries } = (await answer.json()) as { entries: { index: number; entry: { body: Body } }[] };
      const found = entries.findLast(({ entry: { body } }) => body.purpose === 'direct_assistance' && !body.groups.includes('PROT'));
      return { index: found?.index ?? -1, of: found?.entry.body.cases[0] ?? '' };
    });

  it('searches by filters that stand in the address, reads one entry and proves in the browser that it is in the trail', async () => {
    const page = await signedIn(browser, instance.url, 'Ada', '/registro');
    await page.getByRole('table').waitFor();
    await look(page, 'trail');
    await readingOf(page);
    const { searchParams } = new URL(page.url());
    assert.deepEqual(
      [searchParams.get('atto'), searchParams.get('esito'), searchParams.get('gruppo')],
      ['ReadCase', 'permitted', 'CON'],
      'a colleague can be sent the same search',
    );
    await page.reload();
    await page.getByRole('rowheader').first().getByRole('link').click();
    await page.getByText('Lettura di un caso: permesso.').waitFor();
    await page.getByRole('button', { name: 'Prova che sta nel registro' }).click();
    await page.getByText(/^Provato: questa voce sta nel registro firmato di \d+ voci\.$/).waitFor();
    await look(page, 'trail-entry');
  });

  it('replays a case at a point, sees who could see what then and by what, and looks as they did', async () => {
    const page = await signedIn(browser, instance.url, 'Ada', '/registro');
    const { index, of } = await elenasReading(page);
    await page.goto(`/ricostruzione?caso=${of}&punto=${index}`);
    const who = page.getByRole('table', { name: /possibilità di vedere/ });
    await who.waitFor();
    await look(page, 'replay');
    await page.getByLabel('Solo chi poteva vedere').selectOption('CON');
    for (const ground of [/autorizzazione/, /consenso/, /appartenenza/])
      await who.locator('summary', { hasText: ground }).first().waitFor();
    await who
      .getByText(/politica [0-9a-f]{12}/)
      .first()
      .waitFor();
    await who.getByRole('link', { name: 'Guarda come lei' }).first().click();
    await page.getByText('Si vede quello che poteva vedere questa persona.').waitFor();
    await look(page, 'replay-as-they');

    const slider = page.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('Home');
    await page.getByRole('button', { name: 'Mostra questo punto' }).click();
    await page.getByRole('heading', { name: 'Chi poteva vedere, allora' }).waitFor();
    await who.waitFor();
    assert.equal(await who.getByText(/autorizzazione/).count(), 0, 'at the beginning nobody held a grant');
    await page.getByLabel('Solo chi poteva vedere').selectOption('REF');
    await page.getByLabel('Oppure un istante').fill('2020-01-01T12:00');
    await page.getByRole('button', { name: 'Mostra questo istante' }).click();
    await page.getByText('A quel punto il caso non c’era ancora.').waitFor();
    await look(page, 'replay-before');
  });

  it('verifies a copy in the browser, and catches one that was touched or rewritten and signed anew', async () => {
    const page = await visitor(browser, instance.url);
    await signIn(page, 'Ada', '/verifica', 3);
    const note = await page.getByLabel('Il punto firmato di adesso', { exact: true }).locator('xpath=self::pre').innerText();
    const outside = `${note.trimEnd()}\n`;
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Scarica il fascicolo' }).click(),
    ]);
    const honest = await download.path();
    const bundle = readFileSync(honest, 'utf8');
    const check = async (file: string, brought: string): Promise<void> => {
      await page.getByLabel('Fascicolo da verificare').setInputFiles(file);
      await page.getByLabel('Punto firmato conservato altrove').fill(brought);
      await page.getByRole('button', { name: 'Verifica', exact: true }).click();
    };
    await check(honest, outside);
    await page.getByText(/^La copia torna: \d+ voci, nessuna toccata\.$/).waitFor();
    await look(page, 'verify-sound');

    const touched = `${honest}-touched`;
    writeFileSync(touched, bundle.replace('"effect":"denied"', '"effect":"permitted"'));
    await check(touched, '');
    await page.getByText('La copia è stata manomessa.').waitFor();

    const forged = `${honest}-forged`;
    writeFileSync(forged, forge(bundle, outside, instance.keysFolder));
    await check(forged, '');
    await page.getByText(/^La copia torna/).waitFor();
    await page.getByText('Senza un punto firmato conservato altrove').waitFor();
    await check(forged, outside);
    await page.getByText('La copia è stata manomessa.').waitFor();
    await page.getByText('il passato è stato riscritto').waitFor();
    await look(page, 'verify-forged');
  });

  it('is the only one who looks: an operator finds nothing there, and the platform’s administrator has no such page', async () => {
    const giulia = await signedIn(browser, instance.url, 'Giulia', '/registro');
    await giulia.getByText('Non trovato').waitFor();
    assert.equal(await giulia.getByRole('table').count(), 0);
    const piero = await signedIn(browser, instance.url, 'Piero', '/registro');
    await piero.getByRole('heading', { name: 'Questa pagina non c’è' }).waitFor();
  });
});
