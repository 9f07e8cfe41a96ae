import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { change, openCase, recordDocument, until } from './asking.ts';
import { closesAfterAMinute, launch, look, signedIn, signIn, visitor } from './browser.ts';
import { both, Instance } from './instance.ts';

const PHONE_NUMBER = '+39 000 55501';
const REGISTER = 'PROT-2026/90417';
const VALUES = { person: [{ group: 'CON', field: 'phone', value: PHONE_NUMBER }] };

describe('the data protection officer', () => {
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

  it('refuses an erasure by naming a duty, and approves one at the strongest sign-in after a second thought', async () => {
    const giulia = await signedIn(browser, instance.url, 'Giulia', '/lavoro');
    for (let n = 0; n < 2; n++) {
      const { handle } = await openCase(giulia, VALUES);
      await change(giulia, '/api/erasures', { subject: handle, ground: 'asked_by_person' });
    }
    const dora = await visitor(browser, instance.url);
    await signIn(dora, 'Dora', '/cancellazioni', 3);
    const requests = dora.getByRole('article');
    await requests.nth(1).waitFor();
    await requests.first().getByRole('button', { name: 'Rifiuta' }).click();
    await requests.first().getByRole('button', { name: 'Registra il rifiuto' }).click();
    await requests.first().getByText('Questo campo serve.').first().waitFor();
    await look(dora, 'erasures');
    await requests.first().getByLabel('Quale dovere di conservare').selectOption('criminal_proceedings');
    await requests.first().getByRole('button', { name: 'Registra il rifiuto' }).click();
    await dora.getByText('Rifiuto registrato, con il suo motivo.').waitFor();
    await requests.nth(1).waitFor({ state: 'detached' });
    await requests.first().getByRole('button', { name: 'Approva la cancellazione' }).click();
    await dora.getByRole('button', { name: 'Sì, cancella' }).click();
    await dora.getByText('Cancellazione approvata').waitFor();
    await dora.getByText('Nessuna richiesta da decidere.').waitFor();
  });

  it('sees a value only once a second person agrees, and is told why somebody sees a case', async () => {
    const giulia = await visitor(browser, instance.url);
    await signIn(giulia, 'Giulia', '/svelamenti', 3);
    await giulia.getByText('Nessuna richiesta in attesa.').waitFor();
    const { handle } = await openCase(giulia, VALUES);
    await recordDocument(giulia, handle, 'residence_permit', REGISTER);

    await giulia.goto(`/perche?caso=${encodeURIComponent(handle)}`);
    await giulia.getByLabel('Persona', { exact: true }).selectOption({ label: 'Karim Inventato' });
    await giulia.getByRole('button', { name: 'Spiega' }).click();
    await giulia.getByText(/^Questa persona/).waitFor();
    await look(giulia, 'why');

    const dora = await visitor(browser, instance.url);
    await signIn(dora, 'Dora', '/svelamenti', 3);
    await dora.goto('/registro?atto=OpenCase&esito=permitted');
    await dora.getByRole('rowheader').first().getByRole('link').click();
    await dora.getByRole('link', { name: 'Ricostruisci il caso a questo punto' }).click();
    const named = new URL(await dora.evaluate(() => location.href)).searchParams.get('caso') ?? '';
    assert.notEqual(named, handle, 'the trail has a name of its own for the case');
    await dora.goto(`/svelamenti?caso=${encodeURIComponent(named)}`);
    for (const group of ['Contatto sicuro', 'Posizione giuridica e procedimenti'])
      await dora.getByRole('checkbox', { name: group }).check();
    await dora.getByLabel('Perché', { exact: true }).selectOption('data_subject_request');
    await dora.getByLabel('Perché, in parole').fill('La persona ha chiesto copia dei suoi dati.');
    await look(dora, 'unmask-request');
    await dora.getByRole('button', { name: 'Chiedi', exact: true }).click();
    await dora.getByText('Aspetta un’altra persona').waitFor();

    await until<{ items: unknown[] }>(giulia, '/api/unmaskings', ({ items }) => items.length > 0);
    await giulia.goto('/svelamenti');
    await giulia.getByRole('button', { name: 'Approva' }).click();
    await giulia.getByRole('button', { name: 'Approva' }).waitFor({ state: 'detached' });
    await dora.clock.install();
    await dora.reload();
    await dora.getByRole('timer').waitFor();
    await dora.getByRole('button', { name: 'Mostra' }).click();
    await dora.getByText('Scegli prima il dato e il valore.').waitFor();
    await dora.getByLabel('Dato').selectOption('CON');
    await dora.getByLabel('Valore').selectOption('phone');
    await dora.getByRole('button', { name: 'Mostra' }).click();
    await dora.getByText(PHONE_NUMBER).waitFor();
    await look(dora, 'unmask-open');
    await dora.getByLabel('Dato').selectOption('LEG');
    assert.equal(await dora.getByText(PHONE_NUMBER).count(), 0, 'what was opened before is put away');
    await dora.getByLabel('Valore').selectOption('documents');
    await dora.getByRole('button', { name: 'Mostra' }).click();
    const line = dora.getByRole('row', { name: /Titolo di soggiorno LEG-1/ });
    await line.getByRole('cell', { name: 'Progetto Esempio Umbria' }).waitFor();
    assert.equal(await dora.getByText(REGISTER).count(), 0, 'where it stands in a register is for those who work with the person');
    await look(dora, 'unmask-documents');
    await closesAfterAMinute(dora, line, () => dora.getByRole('button', { name: 'Mostra' }).click());
    await dora.getByText('Il minuto è passato').waitFor();
    await dora.getByRole('button', { name: 'Ho finito' }).click();
    await dora.getByText('Nessuna richiesta in attesa.').waitFor();
  });
});
