import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { read } from './asking.ts';
import { launch, look, signIn } from './browser.ts';
import { both, Instance } from './instance.ts';
import { everythingKept } from './kept.ts';
import { fillContact, phoneOf, PIN, unlock } from './phone.ts';

/** What is typed in these specs, as people and as the server write it. */
const TYPED = ['Foligno', '054018', 'field_camp', 'Wolof', 'brought_by_peer', 'ponte vecchio'];

describe('work without a line', () => {
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

  const submit = (page: Page): Promise<void> => page.getByRole('button', { name: 'Registra il contatto' }).click();
  const contacts = async (page: Page): Promise<number> => (await read<{ items: object[] }>(page, '/api/contacts?limit=200')).items.length;

  it('records a contact on a phone that was opened without a line, keeps it sealed, and sends it once when the line is back', async () => {
    const page = await phoneOf(browser, instance.url, 'Giulia');
    const before_ = await contacts(page);
    await page.getByText('Il browser non promette di conservare').waitFor();
    await look(page, 'outbox-empty');
    await page.context().setOffline(true);
    await page.goto('/bozze');
    await page.getByText('Senza linea.').waitFor();
    await unlock(page);
    await page.getByRole('link', { name: /Puoi registrare un contatto/ }).click();
    await fillContact(page);
    await page.getByText('Bozza conservata, cifrata.').waitFor();
    assert.deepEqual(await wordsFound(page), []);
    await submit(page);
    await page.getByRole('heading', { name: 'Contatto conservato' }).waitFor();
    await look(page, 'contact-kept');
    assert.deepEqual(await wordsFound(page), []);
    await page.getByRole('link', { name: 'Bozze' }).first().click();
    await page.getByText('Foligno (PG)').waitFor();
    await look(page, 'outbox-waiting');
    await page.context().setOffline(false);
    await page.getByText(/Nuovo contatto, inviato/).waitFor();
    await page.getByText('Niente aspetta di partire.').waitFor();
    assert.equal(await contacts(page), before_ + 1);
    await look(page, 'outbox-sent');
    assert.deepEqual(await wordsFound(page), []);
  });

  /** Looks at the bytes on the disk of this browser as a stranger would. */
  async function wordsFound(page: Page): Promise<string[]> {
    const kept = await page.evaluate(everythingKept);
    assert.ok(kept.records > 0, 'there is something to look at');
    assert.deepEqual(
      kept.cached.filter((address) => !/^\/(assets\/[^?]+|index\.html|icon\.svg|app\.webmanifest)$/.test(address)),
      [],
      'the worker keeps the page and nothing the server says',
    );
    return TYPED.filter((word) => kept.text.toLowerCase().includes(word.toLowerCase()));
  }

  it('does nothing twice when the answer was lost on the way', async () => {
    const page = await phoneOf(browser, instance.url, 'Karim');
    const before_ = await contacts(page);
    await page.goto('/contatti/nuovo');
    await page.getByText('Per conservarlo').waitFor({ state: 'detached' });
    await page.goto('/bozze');
    await unlock(page);
    await page.getByRole('link', { name: 'Nuovo contatto' }).click();
    await fillContact(page);
    let lost = 0;
    await page.route('**/api/contacts', async (route) => {
      if (route.request().method() !== 'POST' || lost++ > 0) return route.continue();
      const done = await route.fetch();
      assert.equal(done.status(), 201, 'the server did it');
      await route.abort();
    });
    await submit(page);
    await page.getByRole('heading', { name: 'Contatto conservato' }).waitFor();
    await page.goto('/bozze');
    await unlock(page);
    await page.getByText(/Nuovo contatto, inviato/).waitFor();
    assert.ok(lost >= 2, 'it was sent again');
    assert.equal(await contacts(page), before_ + 1);
  });

  it('wipes what is kept after five wrong PINs, also when the page is closed in between', async () => {
    const page = await phoneOf(browser, instance.url, 'Giulia');
    await page.goto('/bozze');
    for (const left of [4, 3]) {
      await unlock(page, 'sbagliato');
      await page.getByText(new RegExp(`Restano ${left} tentativi`)).waitFor();
    }
    await page.reload();
    for (const words of [/Restano 2 tentativi/, /Resta 1 tentativo/]) {
      await unlock(page, 'sbagliato');
      await page.getByText(words).waitFor();
    }
    await look(page, 'outbox-one-try-left');
    await unlock(page, 'sbagliato');
    await page.getByText('Troppi tentativi').waitFor();
    assert.equal((await page.evaluate(everythingKept)).records, 0);
    await page.reload();
    await page.getByRole('button', { name: 'Imposta il PIN' }).waitFor();
  });

  it('never shows nor sends what somebody else left on the same device', async () => {
    const page = await phoneOf(browser, instance.url, 'Giulia');
    const before_ = await contacts(page);
    await page.getByRole('link', { name: 'Nuovo contatto' }).click();
    await fillContact(page);
    await page.route('**/api/contacts', (route) => route.abort());
    await submit(page);
    await page.getByRole('heading', { name: 'Contatto conservato' }).waitFor();
    await page.getByText('Tu', { exact: true }).click();
    await page.getByRole('button', { name: 'Esci' }).click();
    await page.getByText('Su questo apparecchio c’è 1 cosa non ancora inviata.').waitFor();
    await look(page, 'leaving-with-unsent');
    await page.getByRole('button', { name: 'Tienile cifrate ed esci' }).click();
    await page.getByRole('heading', { name: 'Benvenuta, benvenuto' }).waitFor();
    await page.unroute('**/api/contacts');
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/api/contacts')) sent.push(request.url());
    });
    await signIn(page, 'Karim', '/bozze');
    await page.getByRole('button', { name: 'Imposta il PIN' }).waitFor();
    assert.equal(await page.getByText(/da inviare\./).count(), 0, 'not even how much there is');
    await page.context().setOffline(true);
    await page.reload();
    await page.getByText('Senza linea.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Apri', exact: true }).count(), 0, 'without a line it cannot be opened either');
    await page.context().setOffline(false);
    assert.deepEqual(sent, []);
    await signIn(page, 'Giulia', '/bozze');
    await page.getByText('1 cosa da inviare').waitFor();
    await unlock(page);
    await page.getByText(/Nuovo contatto, inviato/).waitFor();
    assert.equal(await contacts(page), before_ + 1);
  });

  it('covers a page whose session ends without a line, and goes on with the PIN', async () => {
    const page = await phoneOf(browser, instance.url, 'Karim');
    await page.clock.install();
    await page.goto('/bozze');
    await unlock(page);
    await page.getByRole('link', { name: 'Nuovo contatto' }).click();
    await page.getByLabel('Che posto è').selectOption('field_camp');
    await page.getByText('Bozza conservata, cifrata.').waitFor();
    await page.context().setOffline(true);
    await page.clock.fastForward('21:00');
    await page.getByRole('heading', { name: 'La sessione è finita e non c’è linea' }).waitFor();
    await look(page, 'session-ended-offline');
    await page.getByRole('dialog').getByLabel('PIN o frase').fill(PIN);
    await page.getByRole('dialog').getByRole('button', { name: 'Apri', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await page.getByLabel('Che posto è').inputValue(), 'field_camp', 'what was typed is still there');
  });

  it('finds a draft again after the page was closed', async () => {
    const page = await phoneOf(browser, instance.url, 'Giulia');
    await page.getByRole('link', { name: 'Nuovo contatto' }).click();
    await fillContact(page);
    await page.getByText('Bozza conservata, cifrata.').waitFor();
    await page.goto('/bozze');
    await unlock(page);
    await page.getByText(/Un contatto cominciato/).waitFor();
    await look(page, 'outbox-draft');
    await page.getByRole('link', { name: 'Riprendi' }).click();
    await page.getByRole('button', { name: 'Riprendi' }).click();
    await page.locator('[role=combobox][value="Foligno (PG)"]').waitFor();
    await submit(page);
    await page.getByRole('heading', { name: 'Contatto registrato' }).waitFor();
    await page.getByRole('link', { name: 'Bozze' }).first().click();
    await page.getByText('Nessuna bozza.').waitFor();
  });
});
