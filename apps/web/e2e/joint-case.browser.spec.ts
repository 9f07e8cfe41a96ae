import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { dialogClosed, launch, look, signedIn } from './browser.ts';
import { both, Instance } from './instance.ts';
import { steps } from './steps.ts';

const TEAM = 'Équipe interregionale Esempio di confine';
const TOSCANA = 'Progetto Esempio Toscana';
const inTwoMonths = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);

describe('a joint case, seen by two regions', () => {
  const step = steps();
  let instance: Instance;
  let browser: Browser;
  let giulia: Page;
  let elena: Page;
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    await instance.fill();
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const dialog = (page: Page) => page.getByRole('dialog');
  /** Asks the person and writes down the yes, on the page of a case. */
  const consent = async (page: Page, recipient: string, purpose: string, groups: readonly string[]): Promise<void> => {
    await page.getByRole('link', { name: 'Consensi' }).click();
    await page.getByRole('button', { name: 'Chiedi un consenso' }).click();
    await dialog(page).getByLabel('Verso chi').selectOption({ label: recipient });
    await dialog(page).getByLabel('Per che cosa').selectOption(purpose);
    for (const group of groups) await dialog(page).locator(`input[value="${group}"]`).check();
    await dialog(page).getByLabel('In che lingua è stato chiesto').selectOption('fr');
    await dialog(page).getByRole('button', { name: 'Chiedi un consenso' }).click();
    await dialogClosed(page);
    await page.getByRole('button', { name: 'Risposta' }).click();
    await dialog(page).getByRole('button', { name: 'Ha detto sì' }).click();
    await dialogClosed(page);
  };
  const share = async (page: Page): Promise<void> => {
    await consent(page, TEAM, 'joint_case', ['ID', 'NEED']);
    await page.getByRole('link', { name: 'Riepilogo' }).click();
    await page.getByText('Registra o cambia').click();
    await page.getByRole('button', { name: 'Équipe interregionale', exact: true }).click();
    await dialog(page).getByLabel('Consenso su cui poggia').selectOption({ index: 1 });
    await dialog(page).getByLabel('Fino al').fill(inTwoMonths);
    await dialog(page).getByRole('button', { name: 'Registra' }).click();
    await dialogClosed(page);
  };

  step('is offered jointly by the team that holds it', async () => {
    giulia = await signedIn(browser, instance.url, 'Giulia', '/casi/nuovo');
    await giulia.getByLabel('Équipe che prende in carico').selectOption({ index: 1 });
    await giulia.getByLabel('Lingua').selectOption('fr');
    await giulia.getByRole('button', { name: 'Apri il caso' }).click();
    await giulia.getByRole('link', { name: 'Vai al caso' }).click();
    await consent(giulia, TOSCANA, 'referral_assessment', ['REF', 'ID', 'NEED']);
    await consent(giulia, TOSCANA, 'joint_case', ['ID', 'NEED']);
    await giulia.getByRole('link', { name: 'Invii' }).click();
    await giulia.getByRole('link', { name: 'Invia a un’altra équipe' }).click();
    await giulia.getByLabel('A chi').selectOption({ label: `Toscana – ${TOSCANA}` });
    await giulia.getByLabel('Che servizio serve').selectOption('housing_placement');
    await giulia.getByLabel('Quanto è urgente').selectOption('urgent');
    await giulia.getByLabel('Perché').selectOption('joint_case_border_zone');
    await giulia.getByLabel('Per che cosa si useranno').selectOption('joint_case');
    await giulia.getByLabel('In che modo').selectOption('joint');
    for (const group of ['ID', 'NEED']) await giulia.locator(`input[value="${group}"]`).check();
    await giulia.getByRole('button', { name: 'Guarda che cosa vedranno' }).click();
    await giulia.getByRole('button', { name: 'Invia la richiesta' }).click();
    await giulia.getByRole('link', { name: 'Segui la richiesta' }).click();
  });

  step('becomes a second, linked case where it is accepted', async () => {
    elena = await signedIn(browser, instance.url, 'Elena', '/richieste');
    // Whoever is quicker than the names of colleagues: who is proposed to answer for it stays proposed.
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await elena.route('**/api/members', async (route) => {
      await held;
      await route.continue();
    });
    await elena.getByRole('rowheader').getByRole('link').click();
    await elena.getByRole('button', { name: 'Apri il riassunto senza nome' }).click();
    await elena.getByRole('button', { name: 'Accetta' }).click();
    await dialog(elena).getByLabel('Équipe che apre il proprio caso').selectOption({ label: 'Équipe Esempio Toscana' });
    await dialog(elena).getByRole('button', { name: 'Accetta' }).click();
    await dialogClosed(elena);
    release();
    await elena.getByRole('link', { name: 'Casi', exact: true }).click();
    const own = elena.locator('a[href^="/casi/toscana."]');
    await own.waitFor();
    await own.click();
    await elena.getByRole('link', { name: 'Consensi' }).waitFor();
  });

  step('shows both halves side by side, by pseudonym, to the interregional team and to nobody else', async () => {
    await giulia.getByRole('link', { name: 'Vai al caso' }).click();
    await share(giulia);
    await share(elena);
    const livia = await signedIn(browser, instance.url, 'Livia', '/equipe');
    await livia.getByText('La metà di Umbria').waitFor();
    await livia.getByText('La metà di Toscana').waitFor();
    assert.equal(await livia.getByRole('button', { name: /^Apri: / }).count(), 0, 'names stay closed in the shared view');
    await look(livia, 'shared-view');
    const bruno = await signedIn(browser, instance.url, 'Bruno', '/equipe');
    await bruno.getByText('Non fai parte di un’équipe interregionale.').waitFor();
    assert.equal(await bruno.getByText('La metà di').count(), 0);
  });

  step('is taken out of that view where the person asks for it, and says with what it is linked', async () => {
    const livia = await signedIn(browser, instance.url, 'Livia', '/equipe');
    await livia.getByText('La metà di Umbria').waitFor();
    await giulia.getByRole('link', { name: 'Riepilogo' }).click();
    const linked = giulia.getByRole('region', { name: 'Casi collegati' });
    await linked.getByText('Invio congiunto').waitFor();
    assert.equal(await linked.getByRole('link').count(), 0, 'the other half is another region’s');
    await giulia.getByRole('link', { name: 'Chi vede' }).click();
    await giulia.getByRole('row', { name: TEAM }).getByRole('button', { name: 'Cambia' }).click();
    await dialog(giulia).getByRole('button', { name: 'Togli dalla vista' }).click();
    await dialog(giulia).getByText('Questo campo serve.').first().waitFor();
    await dialog(giulia).getByLabel('Perché').selectOption({ label: 'Lo chiede la persona' });
    await look(giulia, 'case-unsharing');
    await dialog(giulia).getByRole('button', { name: 'Togli dalla vista' }).click();
    await dialogClosed(giulia);
    await livia.getByText('La metà di Umbria').waitFor({ state: 'detached' });
    await livia.getByText('La metà di Toscana').waitFor();
    await giulia.getByRole('link', { name: 'Storia' }).click();
    await giulia.getByText('ha tolto il caso dalla vista dell’équipe interregionale').waitFor();
  });
});
