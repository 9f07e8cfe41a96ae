import { after, before, describe } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { hasFocus, launch, signedIn } from './browser.ts';
import { both, Instance } from './instance.ts';
import { Keys } from './keys.ts';
import { steps } from './steps.ts';

describe('the main job by keyboard alone', () => {
  let instance: Instance;
  let browser: Browser;
  let page: Page;
  let keys: Keys;
  const step = steps();
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    await instance.fill();
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const button = (name: string | RegExp, exact = true) => page.getByRole('button', { name, exact });
  const inDialog = () => page.getByRole('dialog');
  const closed = () => inDialog().waitFor({ state: 'detached' });

  step('records a contact', async () => {
    page = await signedIn(browser, instance.url, 'Giulia', '/lavoro');
    keys = new Keys(page);
    await keys.press(page.getByRole('link', { name: 'Vai al contenuto' }));
    await hasFocus(page, '#main');
    await keys.press(page.getByRole('main').getByRole('link', { name: 'Nuovo contatto' }));
    await keys.place(page.getByRole('combobox', { name: 'Dove (comune)' }), 'perug');
    await keys.choose(page.getByLabel('Che posto è'), 'Insediamento');
    await keys.choose(page.getByLabel('Lingua che parla'), 'francese');
    await keys.press(button('Registra il contatto'));
    await page.getByRole('heading', { name: 'Contatto registrato' }).waitFor();
  });

  step('opens a case from it', async () => {
    await keys.press(page.getByRole('link', { name: 'Apri un caso per questa persona' }));
    await keys.choose(page.getByLabel('Équipe che prende in carico'), 'Équipe Esempio Umbria');
    await keys.choose(page.getByLabel('Lingua'), 'francese');
    await keys.press(button('Apri il caso'));
    await keys.press(page.getByRole('link', { name: 'Vai al caso' }));
    await keys.press(page.getByText('Registra o cambia'));
    await keys.press(button('Bisogni'));
    for (const need of ['legal', 'housing']) await keys.tick(inDialog().locator(`input[value="${need}"]`));
    await keys.press(inDialog().getByRole('button', { name: 'Registra' }));
    await closed();
  });

  step('asks for the consents', async () => {
    await keys.press(page.getByRole('link', { name: 'Consensi' }));
    for (const [purpose, groups] of [
      ['referral_assessment', ['REF', 'ID', 'NEED']],
      ['direct_assistance', ['ID', 'CON', 'NEED']],
    ] as const) {
      await keys.press(button('Chiedi un consenso'));
      await keys.choose(inDialog().getByLabel('Verso chi'), 'Progetto Esempio Toscana');
      const label = await inDialog().getByLabel('Per che cosa').locator(`option[value="${purpose}"]`).innerText();
      await keys.choose(inDialog().getByLabel('Per che cosa'), label);
      for (const group of groups) await keys.tick(inDialog().locator(`input[value="${group}"]`));
      await keys.choose(inDialog().getByLabel('In che lingua è stato chiesto'), 'francese');
      await keys.press(inDialog().getByRole('button', { name: 'Chiedi un consenso' }));
      await closed();
      await keys.press(button('Risposta'));
      await keys.write(inDialog().getByLabel(/Come ha detto sì/), 'Ha ascoltato e ha detto di sì.');
      await keys.press(inDialog().getByRole('button', { name: 'Ha detto sì' }));
      await closed();
    }
    await page.getByRole('cell', { name: /Dato/ }).nth(1).waitFor();
  });

  step('previews and sends a referral', async () => {
    await keys.press(page.getByRole('link', { name: 'Invii', exact: true }));
    await keys.press(page.getByRole('link', { name: 'Invia a un’altra équipe' }));
    await keys.choose(page.getByLabel('A chi'), 'Toscana – Progetto Esempio Toscana');
    for (const [label, value] of [
      ['Che servizio serve', 'housing_placement'],
      ['Quanto è urgente', 'urgent'],
      ['Perché', 'migration_or_change_of_location'],
    ] as const) {
      const list = page.getByLabel(label);
      await keys.choose(list, await list.locator(`option[value="${value}"]`).innerText());
    }
    for (const group of ['ID', 'CON', 'NEED']) await keys.tick(page.locator(`input[value="${group}"]`));
    await keys.press(button('Guarda che cosa vedranno'));
    await page.getByRole('heading', { name: 'Mai' }).waitFor();
    await keys.press(button('Invia la richiesta'));
    await page.getByRole('heading', { name: 'La richiesta è partita' }).waitFor();
  });

  step('accepts it on the other side', async () => {
    page = await signedIn(browser, instance.url, 'Elena', '/lavoro');
    keys = new Keys(page);
    await keys.press(page.getByRole('link', { name: 'Apri' }));
    await keys.press(button('Apri il riassunto senza nome'));
    await page.getByRole('heading', { name: /Riassunto della persona/ }).waitFor();
    await keys.press(button('Accetta'));
    await keys.press(inDialog().getByRole('button', { name: 'Accetta' }));
    await closed();
    await page.getByText('Accettata').first().waitFor();
    await page.getByText('Tutela legale').waitFor();
  });
});
