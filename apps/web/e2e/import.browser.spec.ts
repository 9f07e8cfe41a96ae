import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import writeXlsxFile from 'write-excel-file/node';
import { hasFocus, launch, look, signedIn } from './browser.ts';
import { both, Instance } from './instance.ts';
import { steps } from './steps.ts';

const SECRET = 'Canarino Segreto';
const HEAD = ['Nome', 'Data', 'Comune', 'Dove esattamente', 'Lingua', 'Modalità', 'Bisogni'];
const ROWS = [
  [SECRET, '02/03/2025', 'Perugia', 'Insediamento', 'fr', 'approached_by_team', 'Salute'],
  ['x', '31/02/2025', 'Atlantide', 'Insediamento', 'fr', 'approached_by_team', ''],
  ['x', '03/03/2025', 'Foligno (PG)', 'Sotto il ponte', 'fr', 'came_by_themself', ''],
  [],
  ['x', '04/03/2025', 'Perugia', 'Insediamento', 'francese', 'approached_by_team', ''],
];
const CSV = Buffer.from([HEAD, ...ROWS].map((row) => row.join(';')).join('\r\n'));

describe('contacts out of a sheet', () => {
  const step = steps();
  let instance: Instance;
  let browser: Browser;
  let page: Page;
  /** What was sent of sheets, in clear. */
  const sent: string[] = [];
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    await instance.fill();
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const choose = (name: string, mimeType: string, buffer: Buffer): Promise<void> =>
    page.getByLabel('File', { exact: true }).setInputFiles({ name, mimeType, buffer });
  const faults = (): Locator => page.getByRole('table', { name: 'Righe da guardare' });
  /** Lines of the list of contacts, as somebody sees them. */
  const listed = async (who: Page): Promise<string[]> => {
    await who.goto('/contatti');
    await who.getByRole('table').or(who.getByText('Nessun contatto ancora')).first().waitFor();
    return who.getByRole('table').locator('tbody tr').allInnerTexts();
  };

  step('are looked for from the list of contacts, in a file that is none and in one that is', async () => {
    page = await signedIn(browser, instance.url, 'Karim', '/contatti');
    page.on('request', (request) => {
      if (!request.url().includes('/api/contacts/sheets/')) return;
      const { file } = request.postDataJSON() as { file: string };
      sent.push(Buffer.from(file, 'base64').toString('utf8'));
    });
    await page.getByText('Nessun contatto ancora').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Importa un foglio' }).click();
    await choose('foto.png', 'image/png', Buffer.from('x'));
    await page.getByText('Questo file non è un CSV').waitFor();
    await choose('vuoto.xlsx', 'application/octet-stream', Buffer.from('x'));
    await page.getByText('Il file non si apre').waitFor();
    await choose('uscite.csv', 'text/csv', CSV);
    await page.getByText('uscite.csv: righe 4, colonne 7.').waitFor();
    await look(page, 'import-columns');
  });

  step('have their columns guessed, and corrected where nothing could be guessed', async () => {
    assert.equal(await page.getByLabel('Quando', { exact: true }).inputValue(), '1');
    assert.equal(await page.getByLabel('Che posto è', { exact: true }).inputValue(), '');
    await button('Prova senza scrivere').click();
    await page.getByText('Questo campo serve.').first().waitFor();
    await hasFocus(page, '[name=channel]');
    await look(page, 'import-columns-missing');
    await page.getByLabel('Che posto è', { exact: true }).selectOption({ label: 'Dove esattamente (per esempio: Insediamento)' });
  });

  step('are tried without writing: errors stand at their rows, and the first of them has the focus', async () => {
    await button('Prova senza scrivere').click();
    await page.getByText('Si può registrare 1 riga su 4.').waitFor();
    await page
      .locator(':focus')
      .filter({ hasText: /^Che cosa non va$/ })
      .waitFor({ state: 'attached' });
    const lines = await faults().locator('tbody tr').allInnerTexts();
    assert.deepEqual(
      lines.map((line) => line.split(/\t/).slice(0, 3)),
      [
        ['Riga 3', 'Quando', '31/02/2025'],
        ['Riga 3', 'Dove (comune)', 'Atlantide'],
        ['Riga 4', 'Che posto è', 'Sotto il ponte'],
        ['Riga 6', 'Lingua che parla', 'francese'],
      ],
    );
    await look(page, 'import-tried');
    assert.deepEqual(await listed(await signedIn(browser, instance.url, 'Karim', '/contatti')), []);
  });

  step('are read in the words of their team once somebody says what these mean', async () => {
    await page.getByLabel('Che posto è: «Sotto il ponte»').selectOption({ label: 'Insediamento' });
    await page.getByLabel('Lingua che parla: «francese»').selectOption({ label: 'francese' });
    await page.getByText('Hai cambiato le colonne').waitFor();
    assert.equal(await button('Registra 1 contatto').count(), 0, 'what is shown is no longer what would be done');
    await button('Prova di nuovo').click();
    await page.getByText('Si possono registrare 3 righe su 4.').waitFor();
    assert.equal(await faults().locator('tbody tr').count(), 2);
  });

  step('are recorded, also when the line breaks on the way, and say what was left out', async () => {
    await page.route('**/api/contacts/sheets/rows', (route) => route.abort());
    await button('Registra 3 contatti').click();
    await page.getByText('Il servizio non si raggiunge').waitFor();
    await look(page, 'import-interrupted');
    await page.unroute('**/api/contacts/sheets/rows');
    await button('Continua').click();
    await page.getByText('Registrati 3 contatti.').waitFor();
    await page.getByText('1 riga saltata, con il suo motivo.').waitFor();
    await look(page, 'import-done');
    const download = page.waitForEvent('download');
    await button('Scarica le righe saltate').click();
    const taken = readFileSync(await (await download).path(), 'utf8');
    assert.match(taken, /"Nome";"Data";.*;"motivo"\r\n"x";"31\/02\/2025";"Atlantide";.*non è una data.*comune non riconosciuto/);
    assert.ok(!taken.includes(SECRET), 'rows that were recorded are not among them');
    assert.ok(sent.length >= 4 && sent.some((text) => text.includes('Foligno')));
    assert.deepEqual(
      sent.filter((text) => text.includes(SECRET)),
      [],
      'a column nobody chose leaves no browser',
    );
  });

  step('stand in the list of their organisation, and in no other', async () => {
    assert.equal((await listed(page)).length, 3);
    await page.getByRole('cell', { name: 'Foligno (PG)' }).waitFor();
    await page.getByRole('cell', { name: 'Perugia (PG)' }).nth(1).waitFor();
    await look(page, 'contacts');
    const nino = await signedIn(browser, instance.url, 'Nino', '/contatti');
    assert.deepEqual(await listed(nino), []);
    await nino.goto('/contatti/importa');
    await nino.getByText('Nessuna importazione negli ultimi sette giorni.').waitFor();
  });

  step('are withdrawn when their import is undone', async () => {
    await page.goto('/contatti/importa');
    const imports = page.getByRole('table', { name: 'Importazioni recenti' });
    await imports.getByRole('button', { name: 'Annulla l’importazione' }).click();
    await look(page, 'import-undo');
    await button('Sì, annulla l’importazione').click();
    await page.getByText('Importazione annullata: tolti 3 contatti.').waitFor();
    await imports.getByText('annullata').waitFor();
    await look(page, 'import-undone');
    assert.deepEqual(await listed(page), []);
  });

  step('come out of a workbook too, many of them, with a stop on the way, and go again from the result', async () => {
    const head = ['Data', 'Comune', 'Canale', 'Note'].map((value) => ({ value }));
    const body = Array.from({ length: 120 }, (_, n) => [
      ...[
        { type: Date, value: new Date(Date.UTC(2025, 1, 1 + (n % 28))), format: 'dd/mm/yyyy' },
        { value: 54039, type: Number },
      ],
      ...[{ value: 'Insediamento' }, { value: 'n'.repeat(2_000) }],
    ]);
    await page.goto('/contatti/importa');
    await choose('uscite.xlsx', 'application/octet-stream', await writeXlsxFile([head, ...body] as never).toBuffer());
    await page.getByText('uscite.xlsx: righe 120, colonne 4.').waitFor();
    await page.getByLabel('Lingua che parla', { exact: true }).selectOption({ label: 'Uguale per tutte le righe' });
    await page.getByLabel('Lingua che parla: per tutte le righe').selectOption({ label: 'francese' });
    await page.getByLabel('Come vi siete incontrati', { exact: true }).selectOption({ label: 'Uguale per tutte le righe' });
    await page.getByLabel('Come vi siete incontrati: per tutte le righe').selectOption({ label: 'Siamo andati noi' });
    await button('Prova senza scrivere').click();
    await page.getByText('Tutte le righe si possono registrare: 120.').waitFor();
    let letOn = (): void => undefined;
    const held = new Promise<void>((done) => (letOn = done));
    await page.route('**/api/contacts/sheets/rows', async (route) => {
      await held;
      await route.continue();
    });
    await button('Registra 120 contatti').click();
    await button('Fermati qui').click();
    letOn();
    await page.getByText('Righe fatte: 50 di 120').waitFor();
    await page.getByText('Fermato.').waitFor();
    await look(page, 'import-stopped');
    await button('Continua').click();
    await page.getByText('Registrati 120 contatti.').waitFor();
    await button('Annulla l’importazione').click();
    await button('Sì, annulla l’importazione').click();
    await page.getByText('Importazione annullata: tolti 120 contatti.').waitFor();
    assert.deepEqual(await listed(page), []);
  });
});
