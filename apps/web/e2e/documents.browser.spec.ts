import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe } from 'node:test';
import type { Browser, Page, Request } from 'playwright-core';
import { amend, openCase } from './asking.ts';
import { dialogClosed, launch, look, signedIn, slowly, stopClock } from './browser.ts';
import { both, Instance } from './instance.ts';
import { steps } from './steps.ts';

const WORDS = 'DATI INVENTATI: le pagine di un permesso che nessuno ha mai avuto';
const FILE = { name: 'permesso-di-nessuno.pdf', mimeType: 'application/pdf', buffer: Buffer.from(WORDS) };
const OTHER = { ...FILE, buffer: Buffer.from(`${WORDS}, fotografate di nuovo`) };
const DIGEST = createHash('sha256').update(FILE.buffer).digest('hex');
const REGISTER = 'PROT-2026/90417';

describe('documents by reference', () => {
  const step = steps();
  let instance: Instance;
  let browser: Browser;
  let giulia: Page;
  let handle = '';
  /** Everything the page sent. */
  const sent: string[] = [];
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    await instance.fill();
    giulia = await signedIn(browser, instance.url, 'Giulia', '/lavoro');
    giulia.on('request', (request: Request) =>
      sent.push(`${request.method()} ${request.url()} ${request.postDataBuffer()?.toString('latin1') ?? ''}`),
    );
    ({ handle } = await openCase(giulia));
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });
  const dialog = () => giulia.getByRole('dialog');
  const row = () => giulia.getByRole('row', { name: /Titolo di soggiorno/ });

  step('a case has none at first, and says that no file is ever here', async () => {
    await giulia.goto(`/casi/${handle}?parte=documenti`);
    await giulia.getByText('Nessun riferimento a documenti.').waitFor();
    await giulia.getByText('Qui non c’è nessun file').waitFor();
    await look(giulia, 'case-documents-none');
  });

  step('what is kept where is recorded, and the file that was chosen stays on the device', async () => {
    await giulia.getByRole('button', { name: 'Registra un riferimento' }).click();
    await dialog().getByLabel('Che cos’è').selectOption('residence_permit');
    await dialog().getByLabel('Ricevuto il').fill('2026-01-20');
    await dialog().getByLabel('Numero nel registro').fill('la signora Rossi');
    await dialog().getByLabel('File, se ce l’hai').setInputFiles(FILE);
    await dialog().getByText('Impronta calcolata: il file non è partito.').waitFor();
    assert.equal(await dialog().getByLabel('Impronta SHA-256').inputValue(), DIGEST);
    await look(giulia, 'case-document-form');
    await dialog().getByRole('button', { name: 'Registra', exact: true }).click();
    // A name is no place in a register; what was typed stays to be put right.
    await dialog().locator('.rc-field-bad').getByLabel('Numero nel registro').waitFor();
    await dialog().getByLabel('Numero nel registro').fill(REGISTER.toLowerCase());
    await dialog().getByRole('button', { name: 'Registra', exact: true }).click();
    await dialogClosed(giulia);
    await row().getByText('LEG-1').waitFor();
    assert.ok(sent.some((text) => text.includes(DIGEST)));
    assert.deepEqual(
      sent.filter((text) => text.includes('nessuno ha mai avuto') || text.includes('permesso-di-nessuno')),
      [],
    );
    assert.equal(await giulia.getByText(REGISTER).count(), 0);
    await look(giulia, 'case-documents');
  });

  step('where it stands in the register is opened with a reason', async () => {
    await row()
      .getByRole('button', { name: /^Numero di registro/ })
      .click();
    await dialog().getByLabel('Perché ti serve adesso').fill('La legale lo chiede per il rinnovo');
    await dialog().getByRole('button', { name: 'Apri e registra' }).click();
    await dialog().getByText(REGISTER).waitFor();
    await look(giulia, 'case-document-place');
    await dialog().getByRole('button', { name: 'Chiudi' }).click();
    await dialogClosed(giulia);
    assert.equal(await giulia.getByText(REGISTER).count(), 0);
  });

  step('what was opened is gone after a minute, also where the page is drawn anew meanwhile', async () => {
    const page = await signedIn(browser, instance.url, 'Giulia', '/lavoro');
    await page.clock.install();
    const following = page.waitForResponse((answer) => answer.url().endsWith('/api/changes/cases'));
    await page.goto(`/casi/${handle}?parte=documenti`);
    await following;
    const opened = page.getByText(REGISTER);
    await stopClock(page);
    await slowly(page, async () => {
      await page.getByRole('button', { name: /^Numero di registro/ }).click();
      await page.getByLabel('Perché ti serve adesso').fill('La legale lo chiede per il rinnovo');
      await page.getByRole('button', { name: 'Apri e registra' }).click();
      await opened.waitFor();
    });
    await page.clock.runFor(40_000);
    assert.ok(await opened.isVisible());
    await amend(giulia, `/api/cases/${handle}`, `/api/cases/${handle}/needs`, { needs: ['health'], urgent: true });
    // The page hears of it in its own time and reads anew.
    await slowly(page, () => page.getByText('urgente', { exact: true }).waitFor());
    assert.ok(await opened.isVisible());
    await page.clock.runFor(20_000);
    await opened.waitFor({ state: 'detached' });
    await page.context().close();
  });

  step('a file at hand is the one, or is not', async () => {
    await row()
      .getByRole('button', { name: /^Confronta un file/ })
      .click();
    const compare = async (file: typeof FILE): Promise<void> => {
      await dialog().getByLabel('File che hai in mano').setInputFiles(file);
      await dialog().getByText('Impronta calcolata').waitFor();
      await dialog().getByRole('button', { name: 'Confronta', exact: true }).click();
    };
    await compare(FILE);
    await dialog().getByText('Sì: il file è identico a quello registrato.').waitFor();
    await look(giulia, 'case-document-same');
    await compare(OTHER);
    await dialog().getByText('No: non è lo stesso file.').waitFor();
    await look(giulia, 'case-document-other');
    await dialog().getByRole('button', { name: 'Chiudi' }).click();
    await dialogClosed(giulia);
  });

  step('recorded in error it is withdrawn with a reason, and stays to be seen', async () => {
    await row()
      .getByRole('button', { name: /^Ritira/ })
      .click();
    await dialog().getByLabel('Perché').selectOption('of_another_person');
    await look(giulia, 'case-document-withdrawal');
    await dialog().getByRole('button', { name: 'Ritira', exact: true }).click();
    await dialogClosed(giulia);
    await row().getByText("Riguarda un'altra persona").waitFor();
    assert.equal(await row().getByRole('button').count(), 0);
    await look(giulia, 'case-document-withdrawn');
    await giulia.getByRole('link', { name: 'Storia', exact: true }).click();
    await giulia.getByText('ha registrato dove è tenuto un documento.').waitFor();
    await giulia.getByText('ha ritirato il riferimento a un documento').waitFor();
  });
});
