import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { change } from './asking.ts';
import { closesAfterAMinute, dialogClosed, launch, look, signedIn, visitor, signIn } from './browser.ts';
import { both, Instance } from './instance.ts';

const button = (page: Page | Locator, name: string): Locator => page.getByRole('button', { name, exact: true });
const menuOf = (page: Page): Promise<string[]> => page.getByRole('navigation', { name: 'Sezioni' }).getByRole('link').allInnerTexts();
const VAT = '99999990007';
const record = (page: Page): Promise<{ handle: string; codename: string }> =>
  change(page, '/api/companies', { vat: VAT, name: 'Azienda Esempio', sector: 'A', comune: '054013' });

describe('the dossier of a company', () => {
  let instance: Instance;
  let browser: Browser;
  let giulia: Page;
  let nino: Page;
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    await instance.fill();
    giulia = await visitor(browser, instance.url);
    await giulia.clock.install();
    await signIn(giulia, 'Giulia', '/imprese');
    nino = await signedIn(browser, instance.url, 'Nino', '/imprese');
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  it('is found by its codename, and its name is opened with a reason, for a minute', async () => {
    await giulia.getByText('Nessuna impresa.').waitFor();
    const { handle, codename } = await record(giulia);
    await giulia.goto('/imprese');
    await giulia.getByRole('link', { name: codename }).click();
    await giulia.getByRole('heading', { name: 'Che cosa si può fare' }).waitFor();
    await giulia.getByText('Incontrata', { exact: true }).waitFor();
    assert.equal(new URL(giulia.url()).pathname, `/imprese/${handle}`);
    assert.equal(await giulia.title(), 'Imprese – Rete Casi');
    assert.doesNotMatch(await giulia.locator('main').innerText(), /Azienda Esempio/);
    await look(giulia, 'company-met');
    await closesAfterAMinute(giulia, giulia.getByText('Azienda Esempio'), async () => {
      await button(giulia, 'Apri il nome').click();
      const dialog = giulia.getByRole('dialog');
      await dialog.getByLabel('Perché serve adesso').fill('Serve per la segnalazione');
      await button(dialog, 'Apri il nome').click();
    });
  });

  it('is reported by indicators alone, and not confirmed by whoever reported it', async () => {
    const dialog = giulia.getByRole('dialog');
    await button(giulia, 'Segnala').click();
    await button(dialog, 'Segnala').click();
    await dialog.getByText('Segna almeno un indicatore.').waitFor();
    await look(giulia, 'company-report-errors');
    await dialog.getByRole('checkbox').first().check();
    await button(dialog, 'Segnala').click();
    await dialogClosed(giulia);
    await giulia.getByText('Segnalata', { exact: true }).waitFor();
    assert.equal(await giulia.getByRole('region', { name: 'Indicatori segnalati' }).getByRole('listitem').count(), 1);
    await button(giulia, 'Conferma').click();
    await dialog.getByRole('checkbox').first().check();
    await button(dialog, 'Conferma').click();
    await dialog.getByText('Nessuno conferma ciò che ha detto la propria organizzazione.').waitFor();
    assert.ok(await dialog.getByRole('checkbox').first().isChecked(), 'what was ticked stays');
    await look(giulia, 'company-not-independent');
    await giulia.keyboard.press('Escape');
    await dialogClosed(giulia);
  });

  it('is confirmed by another organisation, which is not told who reported it', async () => {
    const { codename } = await record(nino);
    await nino.goto('/imprese');
    await nino.getByRole('link', { name: codename }).click();
    await nino.getByRole('heading', { name: 'Che cosa si può fare' }).waitFor();
    await nino.getByText('Segnalata', { exact: true }).waitFor();
    assert.doesNotMatch(await nino.locator('main').innerText(), /Progetto Esempio/);
    await button(nino, 'Conferma').click();
    const dialog = nino.getByRole('dialog');
    await dialog.getByRole('checkbox').nth(1).check();
    await button(dialog, 'Conferma').click();
    await dialogClosed(nino);
    await nino.getByText('Confermata', { exact: true }).waitFor();
    await look(nino, 'company-confirmed');
    await button(nino, 'Aggiungi indicatori').click();
    await dialog.getByRole('checkbox').nth(2).check();
    await button(dialog, 'Aggiungi indicatori').click();
    await dialogClosed(nino);
    await nino.getByRole('region', { name: 'Indicatori segnalati' }).getByRole('listitem').nth(2).waitFor();
    assert.equal(await button(nino, 'Registra una contestazione').count(), 0, 'an operator hears no company');
  });

  it('is frozen while the company disputes it, until somebody decides who reported nothing', async () => {
    await giulia.reload();
    await button(giulia, 'Registra una contestazione').click();
    const dialog = giulia.getByRole('dialog');
    await dialog.getByLabel('Che cosa dice l’impresa').fill('L’impresa di esempio risponde che i turni sono regolari.');
    await button(dialog, 'Registra una contestazione').click();
    await dialogClosed(giulia);
    await giulia.getByText('finché qualcuno non decide, non si condivide niente').waitFor();
    await look(giulia, 'company-disputed');
    await button(giulia, 'Decidi sulla contestazione').click();
    await dialog.getByLabel('Decisione').selectOption('record_upheld');
    await button(dialog, 'Decidi sulla contestazione').click();
    await dialog.getByText('Nessuno risolve la contestazione che ha registrato.').waitFor();
    await giulia.keyboard.press('Escape');
    const dora = await signedIn(browser, instance.url, 'Dora', '/imprese');
    await dora.getByText('contestata', { exact: true }).waitFor();
    await look(dora, 'companies-disputed');
    await dora.getByRole('rowheader').getByRole('link').click();
    assert.equal(await button(dora, 'Apri il nome').count(), 0, 'the office does not know which company it is');
    await button(dora, 'Decidi sulla contestazione').click();
    await dora.getByRole('dialog').getByLabel('Decisione').selectOption('record_upheld');
    await button(dora.getByRole('dialog'), 'Decidi sulla contestazione').click();
    await dialogClosed(dora);
    await dora.getByText('finché qualcuno non decide').waitFor({ state: 'detached' });
    await dora.context().close();
  });

  it('is nothing to whoever may know no company: no entry in the menu, no page, and no answer', async () => {
    for (const who of ['Livia', 'Marco', 'Ada', 'Piero']) {
      const page = await signedIn(browser, instance.url, who, '/');
      await page.getByRole('navigation', { name: 'Sezioni' }).waitFor();
      assert.ok(!(await menuOf(page)).includes('Imprese'), who);
      await page.goto('/imprese');
      await page.getByRole('heading', { name: 'Questa pagina non c’è' }).waitFor();
      if (who === 'Livia') assert.equal(await page.evaluate(async () => (await fetch('/api/companies')).status), 404);
      await page.context().close();
    }
    const elena = await signedIn(browser, instance.url, 'Elena', '/imprese');
    await elena.getByText('Nessuna impresa.').waitFor();
    await elena.context().close();
  });
});
