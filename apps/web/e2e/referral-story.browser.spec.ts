import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { recordDocument } from './asking.ts';
import { dialogClosed, launch, look, signedIn } from './browser.ts';
import { both, Instance } from './instance.ts';
import { steps } from './steps.ts';

const NAME = 'Zafferano Inventato';
const REGISTER = 'PASS-2026/417';

describe('a case and its referral, as people live them', () => {
  const step = steps();
  let instance: Instance;
  let browser: Browser;
  let giulia: Page;
  let elena: Page;
  let address = '';
  let referral = '';
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    await instance.fill();
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const inDialog = (page: Page) => page.getByRole('dialog');
  const act = async (page: Page, name: string): Promise<void> => {
    await page.getByText('Registra o cambia').click();
    await page.getByRole('button', { name, exact: true }).click();
  };

  step('opens a case under a codename, and keeps the name out of sight', async () => {
    giulia = await signedIn(browser, instance.url, 'Giulia', '/casi/nuovo');
    await giulia.getByLabel('Équipe che prende in carico').selectOption({ index: 1 });
    await giulia.getByLabel('Lingua').selectOption('fr');
    await giulia.getByLabel(/^Nome \(/).fill(NAME);
    await giulia.getByRole('button', { name: 'Apri il caso' }).click();
    await giulia.getByRole('link', { name: 'Vai al caso' }).click();
    await giulia
      .getByRole('heading', { name: 'Dati identificativi' })
      .or(giulia.getByRole('button', { name: 'Apri: Nome' }))
      .first()
      .waitFor();
    address = giulia.url();
    assert.equal(await giulia.getByText(NAME).count(), 0);
    assert.ok(!address.includes('Zafferano'));
    await look(giulia, 'case');
  });

  step('records needs, indicators and where the person works', async () => {
    await act(giulia, 'Bisogni');
    for (const need of ['legal', 'housing']) await inDialog(giulia).locator(`input[value="${need}"]`).check();
    await look(giulia, 'case-needs');
    await inDialog(giulia).getByRole('button', { name: 'Registra' }).click();
    await dialogClosed(giulia);
    await giulia
      .getByText(/Tutela legale/)
      .first()
      .waitFor();
    await giulia.getByRole('button', { name: 'Indicatori', exact: true }).click();
    await inDialog(giulia).getByRole('checkbox').nth(0).check();
    await inDialog(giulia).getByRole('checkbox').nth(3).check();
    await inDialog(giulia).getByRole('button', { name: 'Registra' }).click();
    await dialogClosed(giulia);
    await giulia.getByText('Indicazione, non accertamento').waitFor();
    await giulia.getByRole('button', { name: 'Zona di lavoro', exact: true }).click();
    await inDialog(giulia).getByRole('combobox', { name: 'Comune' }).fill('Spello');
    await inDialog(giulia)
      .getByRole('option', { name: /^Spello/ })
      .click();
    await inDialog(giulia).getByRole('button', { name: 'Registra' }).click();
    await giulia.getByText('Spello (PG)').waitFor();
    await giulia.getByRole('button', { name: 'Impresa', exact: true }).click();
    await inDialog(giulia).getByLabel('Nome dell’impresa').fill('Azienda Agricola Esempio Fantasma');
    await inDialog(giulia).getByLabel('Settore').selectOption('A');
    await inDialog(giulia).getByRole('combobox', { name: 'Comune' }).fill('Spello');
    await inDialog(giulia)
      .getByRole('option', { name: /^Spello/ })
      .click();
    await inDialog(giulia).getByRole('button', { name: 'Collega' }).click();
    await dialogClosed(giulia);
    assert.equal(await giulia.getByText('Fantasma').count(), 0, 'a company is shown under its codename');
    await look(giulia, 'case-recorded');
  });

  step('refers to a document of whom it is about, and to one of the proceedings', async () => {
    const handle = decodeURIComponent(new URL(address).pathname.split('/').at(-1) ?? '');
    await recordDocument(giulia, handle, 'identity_document', REGISTER);
    await recordDocument(giulia, handle, 'court_act', 'RG-2026/90');
    await giulia.getByText('Documenti tenuti altrove: LEG-1.').waitFor();
  });

  step('shows a colleague’s change beside one’s own and overwrites nothing', async () => {
    const karim = await signedIn(browser, instance.url, 'Giulia', new URL(address).pathname);
    await act(karim, 'Bisogni');
    await inDialog(karim).locator('input[value="health"]').check();
    await giulia.getByRole('button', { name: 'Sicurezza', exact: true }).click();
    await inDialog(giulia).getByLabel('Sicurezza').selectOption('at_risk');
    await inDialog(giulia).getByRole('button', { name: 'Registra' }).click();
    await dialogClosed(giulia);
    await inDialog(karim).getByRole('button', { name: 'Registra' }).click();
    await karim.getByText('Qualcuno ha cambiato questo mentre scrivevi').waitFor();
    assert.equal(await inDialog(karim).locator('input[value="health"]').isChecked(), true, 'what was chosen is still there');
    await look(karim, 'conflict');
    await karim.getByRole('button', { name: /Invia comunque il mio/ }).click();
    await dialogClosed(karim);
    await karim.context().close();
  });

  step('asks for consents, each on its own', async () => {
    await giulia.getByRole('link', { name: 'Consensi' }).click();
    for (const [purpose, groups] of [
      ['referral_assessment', ['REF', 'ID', 'EXP', 'NEED', 'TERR']],
      ['direct_assistance', ['ID', 'CON', 'NEED']],
    ] as const) {
      await giulia.getByRole('button', { name: 'Chiedi un consenso' }).click();
      const dialog = inDialog(giulia);
      await dialog.getByLabel('Verso chi').selectOption({ label: 'Progetto Esempio Toscana' });
      await dialog.getByLabel('Per che cosa').selectOption(purpose);
      for (const group of groups) await dialog.locator(`input[value="${group}"]`).check();
      await dialog.getByLabel('In che lingua è stato chiesto').selectOption('fr');
      if (purpose === 'direct_assistance') await look(giulia, 'consent-ask');
      await dialog.getByRole('button', { name: 'Chiedi un consenso' }).click();
      await dialogClosed(giulia);
      await giulia.getByRole('button', { name: 'Risposta' }).click();
      await inDialog(giulia)
        .getByLabel(/Come ha detto sì/)
        .fill('Ha ascoltato e ha detto di sì.');
      await inDialog(giulia).getByRole('button', { name: 'Ha detto sì' }).click();
      await dialogClosed(giulia);
    }
    await giulia.getByRole('cell', { name: /Dato/ }).nth(1).waitFor();
    await look(giulia, 'consents');
  });

  step('previews exactly what the other team will see, and only then sends', async () => {
    await giulia.getByRole('link', { name: 'Invii' }).click();
    await giulia.getByRole('link', { name: 'Invia a un’altra équipe' }).click();
    await giulia.getByLabel('A chi').selectOption({ label: 'Toscana – Progetto Esempio Toscana' });
    await giulia.getByLabel('Che servizio serve').selectOption('housing_placement');
    await giulia.getByLabel('Quanto è urgente').selectOption('urgent');
    await giulia.getByLabel('Perché').selectOption('migration_or_change_of_location');
    for (const group of ['ID', 'CON', 'NEED']) await giulia.locator(`input[value="${group}"]`).check();
    await look(giulia, 'refer');
    await giulia.getByRole('button', { name: 'Guarda che cosa vedranno' }).click();
    await giulia.getByRole('heading', { name: 'Mai' }).waitFor();
    await look(giulia, 'preview');
    await giulia.getByRole('button', { name: 'Invia la richiesta' }).click();
    await giulia.getByRole('heading', { name: 'La richiesta è partita' }).waitFor();
    await giulia.getByRole('link', { name: 'Segui la richiesta' }).click();
    await giulia.getByText('Offerta').first().waitFor();
    referral = giulia.url();
    await look(giulia, 'referral-sent');
  });

  step('lets the receiver know nothing of the person before they open the summary', async () => {
    elena = await signedIn(browser, instance.url, 'Elena', '/lavoro');
    await elena.getByRole('link', { name: 'Apri' }).click();
    await elena.getByText('Della persona, niente.').waitFor();
    await look(elena, 'referral-offer');
    await elena.getByRole('button', { name: 'Apri il riassunto senza nome' }).click();
    await elena.getByRole('heading', { name: /Riassunto della persona/ }).waitFor();
    await elena.getByText('Tutela legale').waitFor();
    assert.equal(await elena.getByText(NAME).count(), 0);
    assert.equal(await elena.getByRole('button', { name: /^Apri: / }).count(), 0, 'no name can be opened before acceptance');
    assert.equal(await elena.getByText(/Documenti|ID-1|LEG-1/).count(), 0, 'nor is there a document to know of');
    await look(elena, 'referral-summary');
  });

  step('keeps a colleague out who is not named', async () => {
    const bruno = await signedIn(browser, instance.url, 'Bruno', '/casi');
    await bruno.getByText('Nessun caso con questi filtri').waitFor();
    await bruno.goto(new URL(await elena.getByRole('link', { name: 'Vai al caso' }).getAttribute('href').then(String), instance.url).href);
    await bruno.getByText('il caso non è aperto per te').waitFor();
    assert.equal(await bruno.getByText('Tutela legale').count(), 0);
    await look(bruno, 'kept-out');
    await bruno.context().close();
  });

  step('carries a question and its answer', async () => {
    await elena.getByLabel('Domanda').fill('Serve un alloggio per quanti mesi?');
    await elena.getByRole('button', { name: 'Fai una domanda' }).click();
    await elena.getByText('aspetta risposta').waitFor();
    await giulia.goto(referral);
    await giulia.getByLabel('Risposta').fill('Almeno sei mesi.');
    await giulia.getByRole('button', { name: 'Invia', exact: true }).click();
    await giulia.getByRole('listitem').getByText('Almeno sei mesi.').waitFor();
    await elena.reload();
    await elena.getByText('Almeno sei mesi.').waitFor();
  });

  step('opens the identity only after acceptance, one value at a time and with a reason', async () => {
    await elena.getByRole('button', { name: 'Accetta' }).click();
    await look(elena, 'accept');
    await inDialog(elena).getByRole('button', { name: 'Accetta' }).click();
    await dialogClosed(elena);
    await elena.getByText('Accettata').first().waitFor();
    await elena.getByText('Tutela legale').waitFor();
    await elena.getByRole('link', { name: 'Vai al caso' }).click();
    await elena.getByRole('button', { name: 'Apri: Nome', exact: true }).click();
    await inDialog(elena).getByLabel('Perché ti serve adesso').fill('corto');
    await inDialog(elena).getByRole('button', { name: 'Apri e registra' }).click();
    await inDialog(elena).getByText('Il testo è troppo corto').waitFor();
    await inDialog(elena).getByLabel('Perché ti serve adesso').fill('Accoglienza della persona');
    await inDialog(elena).getByRole('button', { name: 'Apri e registra' }).click();
    await inDialog(elena).getByText(NAME).waitFor();
    await look(elena, 'revealed');
    assert.ok(!(await elena.title()).includes('Zafferano'));
    await elena.keyboard.press('Escape');
    assert.equal(await elena.getByText(NAME).count(), 0);
  });

  step('tells the receiver which documents there are of what was granted, and of nothing else', async () => {
    const documents = elena.getByRole('region', { name: 'Documenti tenuti altrove' });
    const row = documents.getByRole('row', { name: /Documento d'identità o passaporto ID-1/ });
    await row.getByRole('cell', { name: 'Progetto Esempio Umbria' }).waitFor();
    assert.equal(await documents.getByRole('row').count(), 2, 'the heading and one document');
    assert.equal(await elena.getByText('LEG-1').count(), 0);
    assert.equal(await documents.getByRole('button', { name: /^(Ritira|Registra)/ }).count(), 0, 'whoever holds the case records');
    await look(elena, 'receiver-documents');
    await row.getByRole('button', { name: /^Numero di registro/ }).click();
    await inDialog(elena).getByLabel('Perché ti serve adesso').fill('Serve per la residenza');
    await inDialog(elena).getByRole('button', { name: 'Apri e registra' }).click();
    await inDialog(elena).getByText(REGISTER).waitFor();
    await look(elena, 'receiver-document-place');
    await inDialog(elena).getByRole('button', { name: 'Chiudi' }).click();
    await dialogClosed(elena);
  });

  step('tells the custodian who sees what, and why', async () => {
    await giulia.goto(`${address}?parte=accessi`);
    await giulia.getByRole('table').getByText('Assistenza diretta').first().waitFor();
    await giulia
      .getByRole('row', { name: /Assistenza diretta/ })
      .getByRole('button', { name: 'Perché?' })
      .first()
      .click();
    await inDialog(giulia)
      .getByText(/Questa persona può vedere .*«identità».* per lo scopo «assistenza diretta»/)
      .waitFor();
    await look(giulia, 'case-why-elsewhere');
    await giulia.keyboard.press('Escape');
    await giulia.getByLabel('Équipe o organizzazione').selectOption({ label: 'Équipe Esempio Umbria' });
    await giulia.getByLabel('Persona', { exact: true }).selectOption({ index: 1 });
    await giulia.getByText(/^Può$|^Non può$/).waitFor();
    await look(giulia, 'case-access');
    await giulia.getByRole('link', { name: 'Storia' }).click();
    await giulia.getByText('Giulia Inventata ha aperto il caso.').waitFor();
    await look(giulia, 'case-history');
  });

  step('ends what rested on a consent the moment it is withdrawn', async () => {
    await giulia.getByRole('link', { name: 'Consensi' }).click();
    await giulia
      .getByRole('row', { name: /Assistenza diretta/ })
      .getByRole('button', { name: 'Ritira' })
      .click();
    await look(giulia, 'consent-withdraw');
    await inDialog(giulia).getByRole('button', { name: 'Ritira' }).click();
    await giulia.getByText('Ritirato').waitFor();
    await elena.reload();
    await elena.getByText('il caso non è aperto per te').waitFor();
    assert.equal(await elena.getByRole('button', { name: 'Apri: Nome' }).count(), 0);
  });

  step('takes an act in the place of a consent, and ends it', async () => {
    await giulia.getByRole('button', { name: 'Registra una base giuridica' }).click();
    const dialog = inDialog(giulia);
    await dialog.getByLabel('Numero e data dell’atto').fill('Decreto 12/2031');
    await dialog.getByRole('button', { name: 'Registra una base giuridica' }).click();
    await dialog.getByText('Questo campo serve.').first().waitFor();
    await dialog.getByLabel('Che atto è').selectOption('judicial_order');
    await dialog.getByLabel('Chi l’ha emesso').selectOption('court');
    await dialog.getByLabel('Verso chi').selectOption({ label: 'Progetto Esempio Toscana' });
    await dialog.getByLabel('Per che cosa').selectOption('direct_assistance');
    await dialog.locator('input[value="ID"]').check();
    await look(giulia, 'legal-basis');
    await dialog.getByRole('button', { name: 'Registra una base giuridica' }).click();
    await dialogClosed(giulia);
    const row = giulia.getByRole('row', { name: /Ordine di un giudice/ });
    await row.waitFor();
    await look(giulia, 'legal-bases');
    assert.equal(await giulia.getByText('Decreto 12/2031').count(), 0, 'the number stays sealed');
    await row.getByRole('button', { name: 'Termina' }).click();
    await inDialog(giulia).getByRole('button', { name: 'Termina' }).click();
    await row.getByText('finita').waitFor();
  });
});
