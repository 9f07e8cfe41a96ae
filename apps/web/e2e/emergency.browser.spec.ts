import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openCase, recordDocument, until } from './asking.ts';
import { closesAfterAMinute, dialogClosed, launch, look, signedIn, signIn, visitor } from './browser.ts';
import { both, Instance } from './instance.ts';

const HOUR = 3_600_000;
const PHONE_NUMBER = '+39 000 55501';
const RELATIVE = 'Una sorella inventata, a Citerna';
const REGISTER = 'FAM-2026/90417';
const ACCOUNT = 'Ha chiamato il pronto soccorso, serve un contatto.';

describe('an emergency access', () => {
  let instance: Instance;
  let browser: Browser;
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    await instance.fill();
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const holdClock = async (at?: number): Promise<void> => {
    const body = JSON.stringify(at === undefined ? {} : { at: new Date(at).toISOString() });
    const answer = await fetch(`${instance.url}/demo/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    assert.ok(answer.ok, 'the clock could be set');
  };

  async function fillIn(page: Page, codename: string, group = 'CON'): Promise<void> {
    await page.getByLabel('Chi ha in carico la persona').selectOption({ label: 'Progetto Esempio Umbria' });
    await page.getByLabel('Nome in codice del caso').fill(codename);
    await page.getByLabel('Che cosa serve').selectOption(group);
    await page.getByLabel('Perché').selectOption('imminent_danger_to_life');
    await page.getByLabel('Racconta in breve').fill(ACCOUNT);
  }

  /** The stronger sign-in happens in a second tab, as the same person. */
  async function strengthen(page: Page): Promise<void> {
    const [tab] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: 'Entra di nuovo' }).click()]);
    assert.ok(await tab.getByRole('radio', { name: /^Nino / }).isChecked(), 'the same person is marked already');
    await tab.getByRole('button', { name: 'Entra' }).click();
    await tab.getByRole('heading', { name: 'Accesso riuscito' }).waitFor();
    await tab.close();
    const dialog = page.getByRole('dialog');
    if (await dialog.isVisible()) await page.getByRole('button', { name: 'Ho fatto l’accesso' }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  it('opens one group after a stronger sign-in without losing a word, counts down, closes early, and is judged elsewhere', async () => {
    const giulia = await signedIn(browser, instance.url, 'Giulia', '/lavoro');
    const { codename } = await openCase(giulia, { person: [{ group: 'CON', field: 'phone', value: PHONE_NUMBER }] });
    const nino = await signedIn(browser, instance.url, 'Nino', '/emergenze');
    await nino.getByText('Nessun accesso aperto o in attesa di riesame.').waitFor();
    assert.equal(
      await nino
        .getByLabel('Che cosa serve')
        .locator('option', { hasText: /Identità|Luogo protetto/ })
        .count(),
      0,
    );
    const stronger = nino.getByRole('dialog', { name: 'Serve un accesso più forte' });
    await nino.getByRole('button', { name: 'Apri', exact: true }).click();
    await nino.getByText('Controlla questi campi').waitFor();
    assert.equal(await nino.getByText('Questo campo serve.', { exact: true }).count(), 5, 'every empty field is told of');
    assert.equal(await stronger.count(), 0, 'nobody signs in anew for a form that cannot be sent');
    await look(nino, 'emergency-incomplete');
    await fillIn(nino, codename);
    for (const [account, said] of [
      ['In fretta', 'Il testo è troppo corto: servono almeno 10 caratteri.'],
      [' '.repeat(12), 'Questo campo serve.'],
    ] as const) {
      await nino.getByLabel('Racconta in breve').fill(account);
      await nino.getByRole('button', { name: 'Apri', exact: true }).click();
      await nino.getByText(said, { exact: true }).waitFor();
      assert.equal(await stronger.count(), 0);
    }
    await fillIn(nino, codename);
    await look(nino, 'emergency-form');
    await nino.getByRole('button', { name: 'Apri', exact: true }).click();
    await stronger.waitFor();
    await look(nino, 'emergency-step-up');
    await nino.getByRole('button', { name: 'Annulla' }).click();
    await nino.getByRole('button', { name: 'Apri', exact: true }).click();
    await strengthen(nino);
    assert.equal(await nino.getByLabel('Racconta in breve').inputValue(), ACCOUNT, 'nothing that was typed is lost');
    await nino.getByText('Accesso più forte riuscito').waitFor();
    await nino.getByRole('button', { name: 'Apri', exact: true }).click();
    await nino.getByRole('timer').waitFor();
    assert.match(await nino.getByRole('timer').innerText(), /^Si chiude tra (60:00|5\d:\d\d)$/);
    await nino.getByRole('button', { name: 'Mostra: telefono' }).click();
    await nino.getByLabel('Motivo').fill('Per chiamare chi la conosce.');
    await nino.getByRole('button', { name: 'Mostra', exact: true }).click();
    await nino.getByText(PHONE_NUMBER).waitFor();
    await look(nino, 'emergency-open');
    await nino.reload();
    await nino.getByRole('timer').waitFor();
    assert.equal(await nino.getByText(PHONE_NUMBER).count(), 0, 'an opened value is gone with the page');

    const livia = await signedIn(browser, instance.url, 'Livia', '/riesami');
    await livia.getByText('È ancora aperto: si giudica quando è finito.').waitFor();
    await nino.getByRole('button', { name: 'Chiudi adesso' }).click();
    await nino.getByText('Chiuso: aspetta il riesame entro il').waitFor();
    await look(nino, 'emergency-awaiting');

    const rita = await signedIn(browser, instance.url, 'Rita', '/riesami');
    await rita.getByText('Niente da riesaminare.').waitFor();
    await rita.getByText('Quelli della tua organizzazione non si vedono qui').waitFor();
    await look(rita, 'reviews-same-organisation');

    try {
      await holdClock(Date.now() + 73 * HOUR);
      await until<{ items: { overdue: boolean }[] }>(livia, '/api/break-glass', ({ items }) => items[0]?.overdue === true);
      await nino.reload();
      await fillIn(nino, codename);
      await nino.getByRole('button', { name: 'Apri', exact: true }).click();
      await nino.getByText('aspetta ancora il riesame, ed è in ritardo').waitFor();
      await look(nino, 'emergency-overdue');
    } finally {
      await holdClock();
    }
    await livia.reload();
    await livia.getByText('In ritardo').waitFor();
    await livia.getByRole('button', { name: 'Registra il giudizio' }).click();
    await livia.getByText('Questo campo serve.').first().waitFor();
    await look(livia, 'review');
    await livia.getByLabel('Il tuo giudizio').selectOption('justified');
    await livia.getByLabel('Che cosa hai verificato').fill('La chiamata risulta dal registro.');
    await livia.getByRole('button', { name: 'Registra il giudizio' }).click();
    await livia.getByText('Giudizio registrato.').waitFor();
    await livia.getByText('Niente da riesaminare.').waitFor();
  });

  it('tells which documents there are in the one group, and shows a value for a minute only', async () => {
    const giulia = await signedIn(browser, instance.url, 'Giulia', '/lavoro');
    const { handle, codename } = await openCase(giulia, { person: [{ group: 'FAM', field: 'relatives', value: RELATIVE }] });
    await recordDocument(giulia, handle, 'family_document', REGISTER);
    await recordDocument(giulia, handle, 'medical_report', 'REF-2026/1');
    const nino = await visitor(browser, instance.url);
    await signIn(nino, 'Nino', '/emergenze', 3);
    await nino.clock.install();
    await nino.reload();
    await fillIn(nino, codename, 'FAM');
    await nino.getByRole('button', { name: 'Apri', exact: true }).click();
    await nino.getByRole('timer').waitFor();
    const documents = nino.getByRole('region', { name: 'Documenti tenuti altrove' });
    const row = documents.getByRole('row', { name: /Documento di famiglia FAM-1/ });
    await row.getByRole('cell', { name: 'Progetto Esempio Umbria' }).waitFor();
    assert.equal(await nino.getByText('HEA-1').count(), 0, 'of another group not even that there is one');
    await look(nino, 'emergency-documents');
    await row.getByRole('button', { name: /^Numero di registro/ }).click();
    await nino.getByLabel('Perché ti serve adesso').fill('Per avvisare i familiari.');
    await nino.getByRole('button', { name: 'Apri e registra' }).click();
    await nino.getByRole('dialog').getByText(REGISTER).waitFor();
    await look(nino, 'emergency-document-place');
    await nino.getByRole('button', { name: 'Chiudi', exact: true }).click();
    await dialogClosed(nino);
    await closesAfterAMinute(nino, nino.getByText(RELATIVE), async () => {
      await nino.getByRole('button', { name: 'Mostra: parenti' }).click();
      await nino.getByLabel('Motivo').fill('Per avvisare i familiari.');
      await nino.getByRole('button', { name: 'Mostra', exact: true }).click();
    });
    await nino.getByRole('button', { name: 'Mostra: parenti' }).waitFor();
  });
});
