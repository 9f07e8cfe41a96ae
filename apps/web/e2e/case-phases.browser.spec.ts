import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openCase } from './asking.ts';
import { dialogClosed, launch, look, signedIn } from './browser.ts';
import { both, Instance } from './instance.ts';
import { steps } from './steps.ts';

describe('the phases of a case', () => {
  const step = steps();
  let instance: Instance;
  let browser: Browser;
  let giulia: Page;
  let address = '';
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    await instance.fill();
    giulia = await signedIn(browser, instance.url, 'Giulia', '/lavoro');
    const { handle } = await openCase(giulia);
    address = `/casi/${handle}`;
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
  const move = async (name: string): Promise<void> => {
    await act('Fase');
    await dialog().getByRole('radio', { name }).check();
    await dialog().getByRole('button', { name }).click();
    await dialogClosed(giulia);
  };

  /** What the page says the phase is. */
  const inPhase = async (name: string): Promise<void> => {
    await giulia.goto(address);
    await giulia.locator('.rc-card', { hasText: 'Progetto educativo' }).getByText(name, { exact: true }).waitFor();
  };

  step('says its phase, and offers the steps there are from it', async () => {
    await inPhase('Emersione');
    await act('Fase');
    await dialog().getByRole('radio').first().waitFor();
    assert.deepEqual(await dialog().locator('label.rc-choice').allInnerTexts(), [
      'Apri il programma di prossimità',
      'Avvia la prima assistenza: la persona è adulta',
      'Avvia la prima assistenza: l’età non si sa ancora',
      'Sospendi: la persona non si trova',
      'Sospendi: la persona chiede una pausa',
    ]);
  });

  step('rests while the person asks for a pause, and goes on', async () => {
    await act('Fase');
    // Not as the label above a field: axe sees nothing wrong with that.
    const way = await dialog()
      .locator('label.rc-choice')
      .first()
      .evaluate((label) => getComputedStyle(label).display);
    assert.equal(way, 'flex', 'a choice stands beside its button');
    await look(giulia, 'case-phases');
    await move('Sospendi: la persona chiede una pausa');
    await inPhase('Sospeso');
    await move('Riprendi');
    await inPhase('Emersione');
  });

  step('is nobody’s any more who stands back from it, on their own page too', async () => {
    const karim = await signedIn(browser, instance.url, 'Karim', address);
    await karim.getByText('Riepilogo', { exact: true }).waitFor();
    await act('Chi si astiene');
    await dialog().getByRole('button', { name: 'Registra' }).click();
    await dialog().getByText('Questo campo serve.').first().waitFor();
    await dialog().getByLabel('Chi si astiene').selectOption({ label: 'Karim Inventato' });
    await dialog().getByLabel('Perché').selectOption({ label: 'Lavora per un’impresa coinvolta' });
    await look(giulia, 'case-recusal');
    await dialog().getByRole('button', { name: 'Registra' }).click();
    await dialogClosed(giulia);
    await karim.goto(address);
    await karim.getByText('oppure non esiste').waitFor();
  });

  step('is closed with a reason, and takes one thing more', async () => {
    await act('Chiudi il caso');
    await dialog().getByLabel('Perché').selectOption({ index: 1 });
    await dialog().getByRole('button', { name: 'Chiudi il caso' }).click();
    await dialogClosed(giulia);
    await inPhase('Chiuso');
    await giulia.getByText('Registra o cambia').click();
    const offered = giulia.locator('details', { hasText: 'Registra o cambia' }).getByRole('button');
    assert.deepEqual(await offered.allInnerTexts(), ['Riapri il caso']);
    await look(giulia, 'case-closed');
  });

  step('is opened again on a consent of after its closing', async () => {
    await act('Riapri il caso');
    await dialog().getByText('Serve prima un consenso della persona').waitFor();
    await giulia.goto(`${address}?parte=consensi`);
    await giulia.getByRole('button', { name: 'Chiedi un consenso' }).click();
    await dialog().getByLabel('Verso chi').selectOption({ label: 'Progetto Esempio Toscana' });
    await dialog().getByLabel('Per che cosa').selectOption('direct_assistance');
    await dialog().locator('input[value="NEED"]').check();
    await dialog().getByLabel('In che lingua è stato chiesto').selectOption('fr');
    await dialog().getByRole('button', { name: 'Chiedi un consenso' }).click();
    await dialogClosed(giulia);
    await giulia.getByRole('button', { name: 'Risposta' }).click();
    await dialog().getByRole('button', { name: 'Ha detto sì' }).click();
    await dialogClosed(giulia);
    await act('Riapri il caso');
    await dialog().getByRole('button', { name: 'Riapri il caso' }).click();
    await dialog().getByText('Questo campo serve.').first().waitFor();
    await dialog().getByLabel('Perché').selectOption({ label: 'La persona è tornata' });
    await dialog().getByLabel('Su che cosa poggia').selectOption({ label: 'Consenso: Progetto Esempio Toscana, Assistenza diretta' });
    await look(giulia, 'case-reopening');
    await dialog().getByRole('button', { name: 'Riapri il caso' }).click();
    await dialogClosed(giulia);
    await act('Bisogni');
    await dialog().locator('input[value="health"]').check();
    await dialog().getByRole('button', { name: 'Registra' }).click();
    await dialogClosed(giulia);
    await giulia.goto(`${address}?parte=storia`);
    await giulia.getByText('Giulia Inventata ha riaperto il caso.').waitFor();
  });
});
