import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { generateSync } from 'otplib';
import type { Browser, Page } from 'playwright-core';
import { launch, look, PHONE, visitor } from './browser.ts';
import { both, Instance } from './instance.ts';

const PASSWORD = 'quattro sedie e un ombrello';

/** A security key inside the browser: it keeps its keys, and asks for nothing because nobody is there. */
async function withSecurityKey(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'usb', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
}
const button = (page: Page, name: string) => page.getByRole('button', { name });

describe('a real installation in a browser', () => {
  let instance: Instance;
  let browser: Browser;
  let page: Page;
  let named: string;
  let invitation: string;
  before(async () => {
    [instance, browser] = await both(Instance.start({ DEMO: 'false' }), launch());
    named = instance.url.replace('127.0.0.1', 'localhost');
    page = await visitor(browser, named);
    await withSecurityKey(page);
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  it('opens only with the code of its machine', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Inizia davvero' }).click();
    await page.getByLabel('Codice del primo avvio').fill('non-è-questo');
    await button(page, 'Comincia').click();
    await page.getByText('Il codice non è quello di questa macchina').waitFor();
    await look(page, 'setup-token');
    await page.goto(`/avvio#${instance.setupToken}`);
    await page.getByRole('heading', { name: 'Organizzazione e regione' }).waitFor();
    assert.equal(new URL(page.url()).hash, '', 'the code is taken out of the address at once');
  });

  it('lays region and organisations, with the fingerprint of an agreement that goes nowhere', async () => {
    await button(page, 'Salva e continua').click();
    await page.getByText('Controlla questi campi').waitFor();
    await look(page, 'setup-organisation-errors');
    await page.getByLabel('Regione', { exact: true }).selectOption('umbria');
    await page.getByLabel('Ufficio della Regione').fill('Ufficio regionale di esempio');
    await page.getByLabel('Organizzazione che custodisce i casi').fill('Progetto Esempio');
    await page.getByLabel('Giorno in cui è stato firmato').fill('2026-01-15');
    const document = Buffer.from('accordo di esempio');
    await page.getByLabel('Accordo firmato').setInputFiles({ name: 'accordo.pdf', mimeType: 'application/pdf', buffer: document });
    await page.getByText('Impronta calcolata.').waitFor();
    const digest = createHash('sha256').update(document).digest('hex');
    assert.equal(await page.getByLabel('Impronta SHA-256').inputValue(), digest);
    await look(page, 'setup-organisation');
    await button(page, 'Salva e continua').click();
    await page.getByRole('heading', { name: 'Chi amministra' }).waitFor();
  });

  it('goes on after an interruption, and gives the administrator a passkey', async () => {
    await page.goto('/accessibilita');
    await page.goto('/avvio');
    await page.getByLabel('Codice del primo avvio').fill(instance.setupToken);
    await button(page, 'Comincia').click();
    await page.getByLabel('Nome che vedono i colleghi').fill('Ada Esempio');
    await look(page, 'setup-administrator');
    await button(page, 'Continua').click();
    await page.getByLabel('Nome per entrare').fill('ada');
    await button(page, 'Avanti').click();
    await page.getByRole('heading', { name: 'Con una chiave d’accesso' }).waitFor();
    await look(page, 'setup-ways');
    await button(page, 'Crea la chiave d’accesso').click();
    await page.getByText('Chi amministra c’è').waitFor();
  });

  it('takes in a colleague by a link that is shown once', async () => {
    await page.getByLabel('Nome che vedono i colleghi').fill('Carla Esempio');
    await page.getByLabel('Dove e come lavora').selectOption('custodian coordinator');
    await button(page, 'Aggiungi').click();
    invitation = await page.getByLabel('Da consegnare alla persona').inputValue();
    assert.match(invitation, /\/invito#[\w-]{43}$/);
    await look(page, 'setup-people');
    await button(page, 'Basta così, continua').click();
  });

  it('shows eight words once, and believes they are written when three come back', async () => {
    await button(page, 'Genera le parole').click();
    await page.getByRole('heading', { name: 'Le otto parole' }).waitFor();
    const words = await page.locator('.rc-words li').allInnerTexts();
    assert.equal(words.length, 8);
    assert.equal(await button(page, 'Ho scritto le parole').isDisabled(), true, 'first the locked keys are taken');
    const download = page.waitForEvent('download');
    await button(page, 'Scarica le chiavi chiuse').click();
    assert.match((await download).suggestedFilename(), /^chiavi-\d{4}-\d{2}-\d{2}\.raccordo$/);
    await look(page, 'setup-keys');
    await page.emulateMedia({ media: 'print' });
    const printed = await page.locator('body').innerText();
    // One of them may be a word of the sheet itself, by chance: all of them, or one on its line, is no chance.
    assert.equal(await page.locator('.rc-words').isVisible(), false, 'no printer gets the words');
    assert.deepEqual([...new Set(await page.locator('.rc-blanks li').allInnerTexts())], ['______________________']);
    assert.ok(!words.every((word) => new RegExp(`\\b${word}\\b`).test(printed)));
    await page.screenshot({ path: '.data/screenshots/setup-sheet-print.png', fullPage: true });
    await page.emulateMedia({ media: 'screen' });
    await button(page, 'Ho scritto le parole').click();
    const fields = page.getByLabel(/^Parola \d$/);
    const asked = await Promise.all([0, 1, 2].map((n) => page.locator('.rc-field label').nth(n).innerText()));
    for (const n of [0, 1, 2]) await fields.nth(n).fill('sbagliata');
    await button(page, 'Conferma').click();
    await page.getByText('Non sono le parole chieste.').first().waitFor();
    await look(page, 'setup-words-wrong');
    for (const [n, label] of asked.entries()) await fields.nth(n).fill(words[Number(/\d/.exec(label)?.[0]) - 1] ?? '');
    await button(page, 'Conferma').click();
    await page.getByText('Nessun server di posta è configurato.').waitFor();
  });

  it('leaves mail for later, ends, and lets the administrator in by her key alone', async () => {
    await look(page, 'setup-mail');
    await button(page, 'Dopo').click();
    await button(page, 'Concludi').waitFor();
    await look(page, 'setup-finish');
    await button(page, 'Concludi').click();
    await page.getByText('L’installazione è in piedi.').waitFor();
    await page.locator('summary', { hasText: 'Tu' }).click();
    await button(page, 'Esci').click();
    await page.getByRole('heading', { name: 'Benvenuta, benvenuto' }).waitFor();
    await page.getByRole('link', { name: 'Entra' }).first().click();
    await page.getByRole('heading', { name: 'Entra', level: 1 }).waitFor();
    await look(page, 'sign-in');
    await button(page, 'Entra con una chiave d’accesso').click();
    await page.getByText('Ada Esempio').waitFor();
    await page.goto('/modi-di-entrare');
    await page.getByText('su un solo dispositivo – livello 3').waitFor();
    await look(page, 'ways-in');
  });

  it('lets the colleague make an account with password and codes, on a phone, and sign in with them', async () => {
    const phone = await visitor(browser, instance.url, PHONE);
    const path = new URL(invitation).pathname + new URL(invitation).hash;
    await phone.goto(path);
    await phone.getByLabel('Nome per entrare').fill('carla');
    await button(phone, 'Avanti').click();
    await phone.getByText('A questo indirizzo, fatto di numeri').waitFor();
    const secret = (await phone.locator('code.rc-secret').innerText()).replace(/\s/g, '');
    await phone.getByLabel('Password', { exact: true }).fill('corta');
    await phone.getByLabel('Codice che mostra').fill(generateSync({ secret }));
    await button(phone, 'Salva password e codice').click();
    await phone.getByText('La password è troppo debole').first().waitFor();
    await look(phone, 'invitation');
    await phone.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await button(phone, 'Salva password e codice').click();
    await phone.getByText('Fatto. Hai anche già fatto l’accesso.').waitFor();
    await phone.context().clearCookies();
    await phone.goto('/accesso?goto=/casi');
    await phone.getByLabel('Nome per entrare').fill('carla');
    await phone.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await phone.getByLabel('Codice dell’applicazione').fill('000000');
    await button(phone, 'Entra').click();
    await phone.getByText('Qualcosa non corrisponde.').waitFor();
    await look(phone, 'sign-in-refused');
    // The code of the enrolment was used: the next one has to come.
    const next = Math.floor(Date.now() / 1000) + 30;
    await phone.getByLabel('Codice dell’applicazione').fill(generateSync({ secret, epoch: next }));
    await button(phone, 'Entra').click();
    await phone.getByRole('heading', { name: 'Casi' }).waitFor();
    await phone.goto(path);
    await button(phone, 'English').click();
    await phone.getByRole('heading', { name: 'Your way in' }).waitFor();
    await phone.getByLabel('Sign-in name').fill('carla');
    await button(phone, 'Next').click();
    await phone.getByText('This link was used, replaced, or has expired.').waitFor();
    await look(phone, 'invitation-used');
  });

  it('lets the administrator invite somebody, and let somebody in again, by links that are shown once', async () => {
    await page.goto('/persone');
    await page.getByRole('heading', { name: 'Ada Esempio' }).waitFor();
    await page.getByLabel('Nome', { exact: true }).fill('Berta Esempio');
    await button(page, 'Invita').click();
    const link = page.getByLabel('Da consegnare alla persona');
    assert.match(await link.inputValue(), /\/invito#[\w-]{43}$/);
    await page.getByRole('heading', { name: 'Berta Esempio', exact: true }).waitFor();
    assert.equal(
      await page
        .getByRole('article')
        .filter({ hasText: 'Ada Esempio' })
        .getByRole('button', { name: /Fai rifare/ })
        .count(),
      0,
    );
    await look(page, 'members-invited');

    const carla = page.getByRole('article').filter({ hasText: 'Carla Esempio' });
    await page.getByLabel('Organizzazione').selectOption({ label: 'Progetto Esempio' });
    await carla.getByText('Cambia').click();
    await button(page, 'Fai rifare il modo di entrare').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('le sue sessioni finiscono').waitFor();
    await look(page, 'members-reset');
    await dialog.getByRole('button', { name: 'Fai rifare il modo di entrare' }).click();
    const again = await carla.getByLabel('Da consegnare alla persona').inputValue();
    assert.match(again, /\/invito#[\w-]{43}$/);
    assert.notEqual(again, invitation);
  });
});
