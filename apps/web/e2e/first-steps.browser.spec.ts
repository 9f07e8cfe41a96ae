import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { hasFocus, launch, look, PHONE, signedIn, signIn, visitor } from './browser.ts';
import { both, Instance } from './instance.ts';

describe('an empty installation', () => {
  let instance: Instance;
  let browser: Browser;
  before(async () => {
    [instance, browser] = await both(Instance.start({ DEMO: '' }), launch());
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  it('offers two choices; given to the story it starts again in demo mode and loads its invented people', async () => {
    const page = await visitor(browser, instance.url);
    await page.goto('/');
    await page.getByRole('heading', { name: 'Benvenuta, benvenuto' }).waitFor();
    assert.equal(await page.title(), 'Rete Casi');
    await look(page, 'start');
    await page.getByRole('link', { name: 'Inizia davvero' }).click();
    await page.getByRole('heading', { name: 'Inizia davvero', level: 1 }).waitFor();
    await look(page, 'set-up');
    await page.goBack();
    await page.getByRole('link', { name: 'Prova la storia' }).click();
    await page.getByText('Dopo non potrà più custodire dati veri.').waitFor();
    await look(page, 'story-offer');
    await page.getByRole('button', { name: 'Carica solo le persone' }).click();
    await page.getByRole('link', { name: /Entra come Karim/ }).waitFor({ timeout: 60_000 });
    await page.getByText('DATI INVENTATI').first().waitFor();
    await page.getByRole('button', { name: 'Carica solo le persone' }).waitFor({ state: 'detached' });
    await look(page, 'story');
    await page.getByRole('link', { name: /Entra come Karim/ }).click();
    assert.equal(await page.getByRole('radio', { name: /^Karim / }).isChecked(), true);
  });
});

describe('the first steps in a browser', () => {
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

  const fillInContact = async (page: Page): Promise<void> => {
    await page.getByRole('combobox', { name: 'Dove (comune)' }).fill('foli');
    await page.getByRole('option', { name: 'Foligno (PG)' }).click();
    await page.getByLabel('Che posto è').selectOption('field_camp');
    await page.getByLabel('Lingua che parla').selectOption('fr');
    await page.getByRole('checkbox', { name: /^Alimenti/ }).check();
  };

  it('lead Giulia to her work, in Italian and in English', async () => {
    const page = await visitor(browser, instance.url);
    await signIn(page, 'Giulia');
    await page.getByRole('heading', { name: 'Il mio lavoro' }).waitFor();
    await page.getByText('Niente che aspetti te.').waitFor();
    await page.getByText('Nessun caso è affidato a te.').waitFor();
    await look(page, 'work');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'My work' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  });

  it('let her record a contact on a phone and open the case that grows from it', async () => {
    const page = await signedIn(browser, instance.url, 'Giulia', '/contatti/nuovo', PHONE);
    await page.getByRole('button', { name: 'Registra il contatto' }).click();
    await page.getByRole('link', { name: 'Dove (comune): Questo campo serve.' }).waitFor();
    // The comune is a box of its own before a hidden value.
    await hasFocus(page, '[role=combobox]');
    await page.getByRole('combobox', { name: 'Dove (comune)' }).fill('perug');
    await page.getByRole('option', { name: 'Perugia (PG)' }).click();
    await look(page, 'new-contact');
    await page.getByRole('button', { name: 'Registra il contatto' }).click();
    await page.getByRole('link', { name: 'Che posto è: Questo campo serve.' }).first().waitFor();
    await hasFocus(page, '[name=channel]');
    await look(page, 'new-contact-errors');
    await page.getByLabel('Che posto è').selectOption('field_camp');
    await page.getByLabel('Lingua che parla').selectOption('fr');
    await page.getByRole('checkbox', { name: /^Alimenti/ }).check();
    await page.getByRole('button', { name: 'Registra il contatto' }).click();
    await page.getByRole('heading', { name: 'Contatto registrato' }).waitFor();
    await look(page, 'contact-recorded');
    await page.getByRole('link', { name: 'Apri un caso per questa persona' }).click();
    await page.getByLabel('Équipe che prende in carico').selectOption({ index: 1 });
    await page.getByLabel('Età').selectOption('minor');
    await page.getByLabel('Lingua').selectOption('fr');
    await page.getByRole('button', { name: 'Apri il caso' }).click();
    await page.getByText('Chi è minorenne resta al sistema').waitFor();
    await page.getByLabel('Età').selectOption('adult');
    await look(page, 'new-case');
    await page.getByRole('button', { name: 'Apri il caso' }).click();
    await page.getByRole('heading', { name: 'Il caso è aperto' }).waitFor();
    const codename = await page.locator('strong.rc-big').innerText();
    await page.goto('/casi');
    await page.getByRole('rowheader', { name: codename }).waitFor();
    await look(page, 'cases');
  });

  it('go on when the server has other keys than when the page wrote', async () => {
    const page = await signedIn(browser, instance.url, 'Giulia', '/contatti/nuovo');
    await page.route('**/api/contacts', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'raccordo-position': 'rOfAnotherKey' } });
    });
    await fillInContact(page);
    const refused = page.waitForResponse(async (answer) => answer.status() === 400 && (await answer.text()).includes('request.at-least'));
    await page.getByRole('button', { name: 'Registra il contatto' }).click();
    await page.getByRole('heading', { name: 'Contatto registrato' }).waitFor();
    await page.getByRole('link', { name: 'Contatti', exact: true }).first().click();
    await refused;
    await page.getByText('Foligno').first().waitFor();
    assert.equal(await page.getByText('Qualcosa non va nei dati').count(), 0, 'nobody is told of what passes by itself');
  });

  it('say what is wrong in the person’s language also where the screen has no field for it', async () => {
    const page = await signedIn(browser, instance.url, 'Giulia', '/contatti/nuovo');
    const errors = [{ pointer: '/elsewhere', message: 'text.length: must have 3 to 20 characters' }];
    const answer = { title: 'request.invalid', status: 400, detail: 'The request does not have the form this route asks for.', errors };
    await page.route('**/api/contacts', (route) => route.fulfill({ status: 400, json: answer, contentType: 'application/problem+json' }));
    await fillInContact(page);
    await page.getByRole('button', { name: 'Registra il contatto' }).click();
    await page.getByRole('alert').getByText('Servono da 3 a 20 caratteri.').waitFor();
    await look(page, 'new-contact-refused');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('alert').getByText('It takes 3 to 20 characters.').waitFor();
  });

  it('end at once with Shift pressed three times, also where a dialog is open', async () => {
    const page = await signedIn(browser, instance.url, 'Giulia', '/casi');
    await page.getByRole('heading', { name: 'Casi' }).waitFor();
    await page.keyboard.press('Shift');
    await page.keyboard.press('a');
    await page.keyboard.press('Shift');
    await page.keyboard.press('Shift');
    assert.ok(page.url().startsWith(instance.url), 'two presses in a row are not enough');
    await page.keyboard.press('Shift');
    await page.getByRole('heading', { name: 'Elsewhere' }).waitFor();
    await page.goto(`${instance.url}/casi`);
    await page.getByRole('link', { name: 'Entra' }).first().waitFor();
    assert.equal(await page.getByRole('table').count(), 0, 'the session is over: nothing is shown any more');
  });
});
