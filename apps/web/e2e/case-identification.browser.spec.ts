import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { amend, openCase, read } from './asking.ts';
import { dialogClosed, launch, look, signedIn } from './browser.ts';
import { targetsAreLarge } from './inspecting.ts';
import { both, Instance } from './instance.ts';
import { phoneOf, unlock } from './phone.ts';
import { steps } from './steps.ts';

const ACCOUNT = 'Turni di quattordici ore, paga trattenuta.';
const TERRITORY = 'Un paese senza autobus dopo le otto.';

describe('who is identified, and how the team means to go on', () => {
  const step = steps();
  let instance: Instance;
  let browser: Browser;
  let giulia: Page;
  let address = '';
  let record = '';
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    await instance.fill();
    giulia = await signedIn(browser, instance.url, 'Giulia', '/lavoro');
    const { handle } = await openCase(giulia);
    address = `/casi/${handle}`;
    record = `/api/cases/${handle}`;
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const dialog = () => giulia.getByRole('dialog');
  const act = async (name: string): Promise<void> => {
    await giulia.goto(address);
    await giulia.getByText('Registra o cambia').click();
    await giulia.getByRole('button', { name, exact: true }).click();
  };
  const open = async (name: string, words: string): Promise<void> => {
    await giulia.getByRole('button', { name: `Apri: ${name}` }).click();
    await dialog().getByLabel('Perché ti serve adesso').fill('Rileggo prima di parlarne in équipe.');
    await dialog().getByRole('button', { name: 'Apri e registra' }).click();
    await dialog().getByText(words).waitFor();
  };

  step('rests on indicators first, and says so', async () => {
    await act('Identificazione preliminare');
    await dialog().getByText('prima registra quelli').waitFor();
    assert.equal(await dialog().getByRole('button', { name: 'Concludi' }).count(), 0);
    await giulia.keyboard.press('Escape');
    await act('Indicatori');
    for (const code of ['EX01', 'ForcedLabour']) await dialog().locator(`input[value="${code}"]`).check();
    await dialog().getByRole('button', { name: 'Registra' }).click();
    await dialogClosed(giulia);
    // Recorded again with one more: what was there is there still.
    await act('Indicatori');
    await dialog().locator('input[value="EX02"]').check();
    await look(giulia, 'case-indicators');
    await dialog().getByRole('button', { name: 'Registra' }).click();
    await dialogClosed(giulia);
    await giulia.goto(address);
    await giulia.getByText('Lavoro forzato', { exact: true }).waitFor();
    await giulia.getByText('Giorni o orari di lavoro eccessivi; Retribuzione bassa o assente').waitFor();
  });

  step('is preliminary by those who help, with what it rests on kept apart', async () => {
    await act('Identificazione preliminare');
    await dialog().getByLabel('Su che cosa poggia, in breve').fill(ACCOUNT);
    await look(giulia, 'case-preliminary');
    await targetsAreLarge(giulia, 'preliminary identification');
    await dialog().getByRole('button', { name: 'Concludi' }).click();
    await dialogClosed(giulia);
    await giulia.goto(address);
    await giulia.locator('dt', { hasText: 'Identificazione preliminare' }).waitFor();
    assert.equal(await giulia.getByText(ACCOUNT).count(), 0, 'the words stay in the vault');
    await open('Racconto', ACCOUNT);
  });

  step('is followed by a strategy, part by part', async () => {
    await act('Strategia di presa in carico');
    await dialog().getByLabel('Il territorio').fill(TERRITORY);
    await dialog().getByRole('button', { name: 'Registra' }).click();
    await dialog().getByText('Questo campo serve.').first().waitFor();
    await dialog().getByLabel('Che cosa ha di particolare').fill('Parla solo francese.');
    await dialog().getByLabel('Le risorse che ci sono').fill('Una scuola serale.');
    await dialog().getByLabel('Gli ostacoli che si prevedono').fill('Il permesso che scade.');
    await look(giulia, 'case-strategy');
    await dialog().getByRole('button', { name: 'Registra' }).click();
    await dialogClosed(giulia);
    await giulia.goto(address);
    await giulia.getByText('Strategia di presa in carico: scritta').waitFor();
    await open('Il territorio', TERRITORY);
  });

  step('is formal by an authority, on a day that has been', async () => {
    await act('Identificazione formale');
    await dialog().getByLabel('Esito').selectOption({ label: 'Vittima' });
    await dialog().getByLabel('Chi l’ha decisa').selectOption({ label: 'Autorità giudiziaria' });
    await dialog().getByLabel('Quando è stata decisa').fill('2099-01-15');
    await dialog().getByRole('button', { name: 'Registra' }).click();
    await dialog().getByText('Questo giorno deve ancora venire.').first().waitFor();
    assert.equal(await dialog().getByLabel('Quando è stata decisa').getAttribute('aria-invalid'), 'true');
    await look(giulia, 'case-formal-refused');
    await dialog().getByLabel('Quando è stata decisa').fill('2026-01-15');
    // Meanwhile a colleague writes into the same case.
    await amend(giulia, record, `${record}/needs`, { needs: ['legal'] });
    await dialog().getByRole('button', { name: 'Registra' }).click();
    await dialog().getByText('Qualcuno ha cambiato questo mentre scrivevi').waitFor();
    await dialog().getByText('Vittima: Autorità giudiziaria, 15').waitFor();
    await look(giulia, 'case-formal-conflict');
    await dialog().getByRole('button', { name: 'Invia comunque il mio' }).click();
    await dialogClosed(giulia);
    await giulia.goto(address);
    await giulia.getByText('Vittima: Autorità giudiziaria, 15').waitFor();
    await look(giulia, 'case-identified');
  });

  step('waits, sealed, where there is no line, and leaves when there is one', async () => {
    const phone = await phoneOf(browser, instance.url, 'Giulia');
    await phone.goto(address);
    await phone.getByText('Registra o cambia').click();
    await phone.getByRole('button', { name: 'Identificazione formale', exact: true }).click();
    const asked = phone.getByRole('dialog');
    await asked.getByLabel('Esito').selectOption({ label: 'Possibile vittima' });
    await phone.context().setOffline(true);
    await asked.getByRole('button', { name: 'Registra' }).click();
    const [pin, keep] = [asked.getByLabel('PIN o frase'), asked.getByRole('button', { name: 'Conserva cifrato' })];
    await pin.or(keep).first().waitFor();
    if (await pin.isVisible()) await unlock(phone);
    await keep.click();
    await asked.getByText('Conservato su questo apparecchio').waitFor();
    await phone.keyboard.press('Escape');
    await asked.waitFor({ state: 'detached' });
    await phone.context().setOffline(false);
    await phone.getByRole('link', { name: 'Bozze' }).first().click();
    await phone.getByText(/^Identificazione formale, inviato/).waitFor();
    await giulia.goto(address);
    await giulia.getByText('Possibile vittima: Autorità giudiziaria, 15').waitFor();
  });

  step('is told in the story of the case', async () => {
    await giulia.goto(`${address}?parte=storia`);
    for (const sentence of ['concluso l’identificazione preliminare', 'scritto la strategia', 'registrato l’identificazione formale'])
      await giulia.getByText(sentence).first().waitFor();
  });

  step('is recorded by whoever may, and offered to nobody else', async () => {
    const karim = await signedIn(browser, instance.url, 'Karim', address);
    await karim.getByText('Registra o cambia').click();
    await karim.getByRole('button', { name: 'Indicatori', exact: true }).waitFor();
    const offered = await karim.locator('details', { hasText: 'Registra o cambia' }).getByRole('button').allInnerTexts();
    assert.deepEqual(offered, ['Bisogni', 'Indicatori', 'Zona di lavoro', 'Dati della persona']);
    const body = { on: '2026-01-15', decidedBy: 'police', outcome: 'actual' };
    await assert.rejects(amend(karim, record, `${record}/formal-identification`, body), /403/);
    const { groups } = await read<{ groups: { LEG: { decidedBy: string } } }>(giulia, record);
    assert.equal(groups.LEG.decidedBy, 'court_or_prosecution');
  });
});
