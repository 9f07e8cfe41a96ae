import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { amend, change, openCase, read, until } from './asking.ts';
import { launch, look, signedIn } from './browser.ts';
import { both, Instance } from './instance.ts';

const COMUNE = '054013';
const [FIRST, SECOND] = ['99999990007', '99999990015'];
const COMPANY = 'Azienda Esempio';
const nextMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

const company = async (page: Page, vat: string, name: string): Promise<string> =>
  (await change<{ handle: string }>(page, '/api/companies', { vat, name, sector: 'A', comune: COMUNE })).handle;

/** A further worker of some companies, met by whoever has the page. */
async function worker(page: Page, companies: readonly string[]): Promise<void> {
  const { handle } = await openCase(page);
  const path = `/api/cases/${handle}`;
  for (const one of companies) await amend(page, path, `${path}/companies`, { company: one });
  await amend(page, path, `${path}/work-zone`, { comune: COMUNE });
}

describe('an alert', () => {
  let instance: Instance;
  let browser: Browser;
  let giulia: Page;
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    await instance.fill();
    giulia = await signedIn(browser, instance.url, 'Giulia', '/allerte');
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  /** Subscribes as people do: their own region is ticked already. */
  async function subscribed(who: string): Promise<Page> {
    const page = await signedIn(browser, instance.url, who, '/mie-allerte/iscrizioni');
    await page.getByText('Nessuna iscrizione').waitFor();
    await page.getByRole('checkbox', { name: 'Un’impresa' }).check();
    await page.getByRole('checkbox', { name: 'Umbria', exact: true }).check();
    await page.getByRole('button', { name: 'Iscriviti' }).click();
    await page.getByRole('table', { name: 'Iscrizioni in corso' }).waitFor();
    return page;
  }

  it('is about a company or a territory, is held while it could point at somebody, and tells each what their kind may know', async () => {
    await look(giulia, 'alerts-empty');
    const marco = await subscribed('Marco');
    await look(marco, 'subscriptions');
    const sara = await subscribed('Sara');

    const ours = [await company(giulia, FIRST, COMPANY), await company(giulia, SECOND, 'Cooperativa Esempio Ombra')];
    await worker(giulia, ours);
    await giulia.getByRole('link', { name: 'Nuova allerta' }).click();
    await giulia.getByLabel('Di che cosa parla').waitFor();
    assert.equal(await giulia.getByLabel('Di che cosa parla').locator('option').count(), 3, 'a company, a territory, and nothing else');
    await giulia.getByRole('button', { name: 'Prepara l’allerta' }).click();
    await giulia.getByRole('link', { name: 'Questo campo serve.' }).first().waitFor();
    await look(giulia, 'new-alert-errors');
    await giulia.getByLabel('Impresa (nome in codice)').selectOption(ours[0] ?? ''); // their order says nothing: handles are drawn by lot
    await giulia.getByRole('combobox', { name: 'Comune', exact: true }).fill('fol');
    await giulia.getByRole('option', { name: /Foligno/ }).click();
    await giulia.getByLabel('Settore').selectOption('A');
    await giulia.getByRole('checkbox', { name: 'Trasporto da parte di caporali' }).check();
    await giulia.getByLabel('Osservato dal').fill('2025-09-01');
    await giulia.getByLabel('Vale fino al').fill('2099-01-01');
    await giulia.getByRole('button', { name: 'Prepara l’allerta' }).click();
    await giulia.getByText(/^Un’allerta finisce entro \d+ giorni\.$/).waitFor();
    await look(giulia, 'new-alert-refused-field');
    await giulia.getByRole('button', { name: 'English' }).click();
    await giulia.getByRole('button', { name: 'Prepare the alert' }).click();
    await giulia.getByText(/^An alert ends within \d+ days\.$/).waitFor();
    await giulia.getByRole('button', { name: 'Italiano' }).click();
    await giulia.getByLabel('Vale fino al').fill(nextMonth);
    await look(giulia, 'new-alert');
    await giulia.getByRole('button', { name: 'Prepara l’allerta' }).click();
    await giulia.getByText('Troppo poche: l’allerta potrebbe indicare una persona').waitFor();
    await look(giulia, 'alert-too-few');

    await giulia.getByLabel('Per colpa di questa allerta').selectOption('no');
    await giulia.getByRole('button', { name: 'Controlla', exact: true }).click();
    await giulia.getByText('potrebbero essere riconosciute: non passa').waitFor();
    await look(giulia, 'alert-not-passed');
    await giulia.getByRole('button', { name: /Trattienila finché/ }).click();
    await giulia.getByText('È trattenuta perché le persone coinvolte sono troppo poche').waitFor();
    await look(giulia, 'alert-held');
    assert.doesNotMatch(await giulia.locator('main').innerText(), /\bmeno di 5\b|\b1 lavorator/, 'no number below the threshold');

    const nino = await signedIn(browser, instance.url, 'Nino', '/casi');
    const theirs = [await company(nino, FIRST, COMPANY), await company(nino, SECOND, 'Cooperativa Esempio Ombra')];
    for (let n = 0; n < 3; n++) {
      await worker(giulia, ours);
      await worker(nino, theirs);
    }
    const address = new URL(giulia.url()).pathname;
    const alert = address.split('/').at(-1) ?? '';
    await until<{ cohort: { enough: boolean } }>(giulia, `/api/alerts/${alert}`, ({ cohort }) => cohort.enough);
    await giulia.reload();
    await giulia.getByRole('button', { name: 'Riprendi: ora ce ne sono abbastanza' }).click();
    await giulia.getByLabel('Per colpa di questa allerta').selectOption('no');
    await giulia.getByRole('button', { name: 'Controlla', exact: true }).click();
    await giulia.getByRole('heading', { name: 'Emettere' }).waitFor();
    const inspection = giulia.getByRole('article').filter({ hasText: 'Ispettorato territoriale' });
    await inspection.getByText('sì: nome e partita IVA uno alla volta').waitFor();
    await giulia.getByRole('checkbox', { name: /Ispettorato territoriale/ }).check();
    await giulia.getByRole('checkbox', { name: 'Sindacato' }).check();
    await look(giulia, 'alert-previews');
    await giulia.getByRole('button', { name: 'Emetti l’allerta' }).click();
    await giulia.getByRole('rowheader', { name: 'Ispettorato Esempio Umbria' }).waitFor();
    await giulia.getByRole('rowheader', { name: 'Sindacato Esempio Umbria' }).waitFor();

    await marco.getByRole('link', { name: 'Le mie allerte' }).first().click();
    await marco.getByRole('rowheader').getByRole('link').click();
    await marco.getByRole('button', { name: 'Mostra il nome' }).click();
    await marco.getByLabel('Motivo').fill('breve');
    await marco.getByRole('button', { name: 'Mostra', exact: true }).click();
    await marco.getByText('Il testo è troppo corto').waitFor();
    await look(marco, 'alert-reveal');
    await marco.getByLabel('Motivo').fill('Preparo l’accesso ispettivo in azienda.');
    await marco.getByRole('button', { name: 'Mostra', exact: true }).click();
    await marco.getByText(COMPANY).waitFor();
    await look(marco, 'delivery-inspector');

    await sara.getByRole('link', { name: 'Le mie allerte' }).first().click();
    await sara.getByRole('rowheader').getByRole('link').click();
    await sara.getByText('si dice il settore, non l’impresa').waitFor();
    assert.equal(await sara.getByRole('button', { name: /Mostra/ }).count(), 0);
    await look(sara, 'delivery-union');

    await marco.getByRole('button', { name: 'Ho letto' }).click();
    await marco.getByLabel('Che cosa ne è stato').selectOption('inspection_planned');
    await marco.getByRole('button', { name: 'Invia il riscontro' }).click();
    await marco.getByText('Riscontro dato: Ispezione programmata.').waitFor();
    await marco.getByRole('link', { name: 'Le mie allerte' }).first().click();
    await marco.getByRole('table').waitFor();
    await look(marco, 'my-alerts');

    await giulia.reload();
    await giulia.getByRole('cell', { name: 'Ispezione programmata' }).waitFor();
    await giulia.getByRole('button', { name: 'Chiudi: tutti hanno risposto' }).click();
    await giulia.getByText('Qualcuno che l’ha ricevuta non ha ancora risposto.').waitFor();
    await look(giulia, 'alert-issued');
    await giulia.getByRole('button', { name: 'Ritira l’allerta' }).click();
    await giulia.getByLabel('Perché si ritira').selectOption('error');
    await giulia.getByRole('button', { name: 'Ritira', exact: true }).click();
    await giulia.getByText('Ritirata').first().waitFor();
    await sara.reload();
    await sara.getByText('Questa allerta non è più attiva.').waitFor();
    await giulia.getByRole('link', { name: 'Allerte' }).first().click();
    await giulia.getByRole('img', { name: /Carta delle regioni/ }).waitFor();
    await look(giulia, 'alerts');
  });

  it('leaves an inspector and a union officer nothing else to reach, by menu or by address', async () => {
    for (const who of ['Marco', 'Sara']) {
      const page = await signedIn(browser, instance.url, who, '/');
      await page.getByRole('heading', { name: 'Le mie allerte' }).waitFor();
      assert.deepEqual(await page.getByRole('navigation').getByRole('link').allInnerTexts(), ['Le mie allerte']);
      for (const address of [
        '/lavoro',
        '/casi',
        '/casi/nuovo',
        '/contatti/nuovo',
        '/allerte',
        '/allerte/nuova',
        '/registro',
        '/organizzazioni',
        '/territorio',
        '/imprese',
      ]) {
        await page.goto(address);
        await page.getByRole('heading', { name: 'Questa pagina non c’è' }).waitFor();
      }
      const statuses = await page.evaluate(async () =>
        Promise.all(['/api/alerts', '/api/audit/entries'].map(async (path) => (await fetch(path)).status)),
      );
      for (const status of statuses) assert.ok(status === 403 || status === 404, `the server says no as well: ${statuses.join()}`);
      for (const list of ['/api/cases', '/api/contacts'])
        assert.deepEqual((await read<{ items?: unknown[] }>(page, list)).items ?? [], [], `${list} holds nothing for them`);
      await look(page, `nothing-else-${who.toLowerCase()}`);
    }
  });
});
