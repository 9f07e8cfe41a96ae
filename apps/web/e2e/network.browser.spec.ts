import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { amend } from './asking.ts';
import { dialogClosed, hasFocus, launch, look, signedIn, signIn, visitor } from './browser.ts';
import { both, Instance } from './instance.ts';

const button = (page: Page | Locator, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const inAYear = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);
const NAME = 'Associazione Esempio Ponte';

describe('those who run the network', () => {
  let instance: Instance;
  let browser: Browser;
  let piero: Page;
  let giulia: Page;
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    await instance.fill();
    piero = await visitor(browser, instance.url);
    await signIn(piero, 'Piero', '/organizzazioni', 3);
    giulia = await visitor(browser, instance.url);
    await signIn(giulia, 'Giulia', '/squadre', 3);
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  it('have an organisation join: what is wrong is said at its field, and what was typed stays', async () => {
    await piero.getByRole('rowheader', { name: 'ASL Esempio Umbria' }).waitFor();
    assert.equal(await piero.getByText('Progetto Esempio Toscana').count(), 0, 'the own region’s, unless more is asked for');
    await look(piero, 'organisations');
    await piero.getByLabel('Nome pubblico').fill('Ponte, tel. 0755551234');
    await piero.getByLabel('Tipo', { exact: true }).last().selectOption('association');
    await piero.getByLabel(/^Settore/).selectOption('public');
    await button(piero, 'Registra').click();
    await piero.getByText('Un’organizzazione di questo tipo non appartiene a questo settore.').waitFor();
    await hasFocus(piero, '[name=sector]');
    await look(piero, 'organisation-errors');
    await piero.getByLabel(/^Settore/).selectOption('private_social');
    await button(piero, 'Registra').click();
    await piero.getByText('Il nome pubblico non contiene telefoni').waitFor();
    assert.equal(await piero.getByLabel('Nome pubblico').inputValue(), 'Ponte, tel. 0755551234');
    await piero.getByLabel('Nome pubblico').fill(NAME);
    await button(piero, 'Registra').click();
    await piero.getByRole('heading', { name: NAME, level: 1 }).waitFor();
    assert.match(await piero.title(), /^Rete – Rete Casi$/);
    await look(piero, 'organisation-registered');
    await button(piero, 'Accredita').click();
    await piero.getByRole('link', { name: /Impronta SHA-256/ }).waitFor();
    const buffer = Buffer.from('accordo di esempio');
    await piero.getByLabel('Accordo firmato').setInputFiles({ name: 'accordo.pdf', mimeType: 'application/pdf', buffer });
    await piero.getByText('Impronta calcolata.').waitFor();
    await piero.getByLabel('Giorno della firma').fill('2025-01-15');
    await button(piero, 'Accredita').click();
    await piero.getByText('Accreditata').waitFor();
  });

  it('see what another decided meanwhile beside what they were about to send, and undo a suspension', async () => {
    const organisation = new URL(piero.url()).pathname.split('/').at(-1) ?? '';
    await button(piero, 'Sospendi').click();
    const dialog = piero.getByRole('dialog');
    await dialog.getByLabel('Perché si sospende').selectOption('investigation');
    await amend(piero, `/api/organisations/${organisation}`, `/api/organisations/${organisation}/suspension`, { reason: 'own_request' });
    await button(dialog, 'Sospendi').click();
    await dialog.getByText('Qualcuno ha cambiato questo mentre scrivevi').waitFor();
    await dialog.getByRole('region', { name: 'Quello che stavi per inviare' }).getByText('Verifica in corso').waitFor();
    await dialog.getByRole('region', { name: 'Come è adesso' }).getByText('Sospesa').waitFor();
    await look(piero, 'organisation-conflict');
    await button(dialog, 'Tieni la versione di ora').click();
    await dialogClosed(piero);
    await button(piero, 'Riammetti').click();
    await piero.getByText('Accreditata').waitFor();
    await look(piero, 'organisation-accredited');
  });

  it('call people of other organisations into a team by the code these give, and constitute it when nothing is missing', async () => {
    const codeOf = async (who: string, name: string): Promise<string> => {
      const page = await signedIn(browser, instance.url, who, '/squadre');
      await page.getByText('Codici dei colleghi').first().click();
      const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
      const code = await row.locator('code').innerText();
      await page.context().close();
      return code;
    };
    const [livia, elena] = [await codeOf('Livia', 'Livia Esempio'), await codeOf('Elena', 'Elena Immaginaria')];
    await giulia.getByRole('link', { name: 'Équipe Esempio Umbria' }).waitFor();
    await look(giulia, 'teams');
    await giulia.getByLabel('Nome', { exact: true }).fill('Équipe Esempio di prova');
    await giulia.getByLabel('Tipo').selectOption('interregional');
    await button(giulia, 'Proponi').click();
    await giulia.getByRole('heading', { name: 'Équipe Esempio di prova' }).waitFor();
    await giulia.getByText('Ancora nessuno.').waitFor();
    assert.equal(await giulia.getByText('manca', { exact: true }).count(), 4);
    await look(giulia, 'team-proposed');

    const dialog = giulia.getByRole('dialog');
    await button(giulia, 'Aggiungi una persona').click();
    await dialog.getByLabel('Persona', { exact: true }).selectOption({ label: 'Giulia Inventata' });
    await dialog.getByLabel('Professione').selectOption('outreach_worker');
    await dialog.getByLabel(/conflitti di interesse/).selectOption('no');
    await button(dialog, 'Aggiungi').click();
    await dialogClosed(giulia);
    await giulia.getByRole('rowheader', { name: 'Giulia Inventata' }).waitFor();
    await button(giulia, 'Costituisci l’équipe').click();
    await giulia.getByText('Servono persone di almeno due professioni.').waitFor();

    const add = async (code: string, discipline: string): Promise<void> => {
      await dialog.getByRole('radio', { name: 'Di un’altra organizzazione' }).check();
      await dialog.getByLabel('Codice della persona').fill(code);
      await dialog.getByLabel('Professione').selectOption(discipline);
      await dialog.getByLabel(/conflitti di interesse/).selectOption('no');
      await button(dialog, 'Aggiungi').click();
    };
    await button(giulia, 'Aggiungi una persona').click();
    await add('livia', 'psychologist');
    await dialog.getByText('Non è scritto nella forma giusta').first().waitFor();
    assert.equal(await dialog.getByLabel('Codice della persona').inputValue(), 'livia');
    await look(giulia, 'team-add-errors');
    await add(livia, 'lawyer');
    await dialog.getByText('Questa professione non è fra quelle dichiarate').waitFor();
    await add(livia, 'psychologist');
    await dialogClosed(giulia);
    await button(giulia, 'Aggiungi una persona').click();
    await add(elena, 'coordinator');
    await dialogClosed(giulia);
    await giulia.getByRole('rowheader', { name: 'Elena Immaginaria' }).waitFor();
    await giulia.getByText('manca', { exact: true }).first().waitFor({ state: 'detached' });
    await button(giulia, 'Costituisci l’équipe').click();
    await giulia.getByText('Costituita').waitFor();
    await button(giulia, 'Togli Elena Immaginaria').waitFor();
    await look(giulia, 'team-constituted');

    const address = new URL(giulia.url()).pathname;
    const page = await signedIn(browser, instance.url, 'Livia', address);
    await button(page, 'Registra una riunione').click();
    const meeting = page.getByRole('dialog');
    await button(meeting, 'Registra una riunione').click();
    await meeting.getByText('Questo campo serve.').first().waitFor();
    await meeting.getByRole('checkbox', { name: 'Livia Esempio' }).check();
    await meeting.getByRole('checkbox', { name: 'Compiti assegnati' }).check();
    await meeting.getByLabel(/^Verbale/).fill('Incontro di prova.');
    await look(page, 'team-meeting');
    await button(meeting, 'Registra una riunione').click();
    await dialogClosed(page);
    await page.getByRole('cell', { name: 'Compiti assegnati' }).waitFor();
    await page.context().close();

    await giulia.reload();
    await button(giulia, 'Sciogli l’équipe').click();
    await dialog.getByLabel('Perché si scioglie').selectOption('task_done');
    await button(dialog, 'Sciogli l’équipe').click();
    await dialogClosed(giulia);
    await giulia.getByText('Sciolta').waitFor();
    assert.equal(await button(giulia, 'Aggiungi una persona').count(), 0);
  });

  it('agree with others: each party signs for itself, and the region’s office only reads', async () => {
    await giulia.goto('/accordi');
    await giulia.getByText('Nessun accordo.').waitFor();
    await giulia.getByRole('link', { name: 'Nuovo accordo' }).click();
    await button(giulia, 'Proponi l’accordo').click();
    await giulia.getByText('Questo campo serve.').first().waitFor();
    // The first bad field on the screen has the focus, and stands first in the summary.
    const first = giulia.getByRole('group', { name: 'Con quali organizzazioni', exact: true });
    await first
      .locator(':focus')
      .or(first.and(giulia.locator(':focus')))
      .first()
      .waitFor({ state: 'attached' });
    assert.match(
      await giulia
        .getByRole('link', { name: /Questo campo serve\.$/ })
        .first()
        .innerText(),
      /^Con quali organizzazioni/,
    );
    await giulia.getByRole('checkbox', { name: /Progetto Esempio Toscana/ }).check();
    await giulia.getByRole('checkbox', { name: 'Caso congiunto' }).check();
    await giulia.getByLabel('Vale fino al').fill('2099-01-01');
    const cap = async (n: number): Promise<void> => {
      await button(giulia, 'Aggiungi un limite').click();
      const fields = giulia.getByRole('group', { name: `Limite ${n}`, exact: true });
      await fields.getByLabel('Chi mostra').selectOption({ label: 'Progetto Esempio Umbria' });
      await fields.getByLabel('A chi').selectOption({ label: 'Progetto Esempio Toscana' });
      await fields.getByRole('checkbox', { name: 'Bisogni e servizi' }).check();
    };
    await cap(1);
    await cap(2);
    await button(giulia, 'Proponi l’accordo').click();
    await giulia.getByText('C’è già un limite fra queste due parti').waitFor();
    await hasFocus(giulia, '[data-field=caps]');
    await look(giulia, 'agreement-errors');
    await button(giulia, 'Togli il limite 2').click();
    await button(giulia, 'Proponi l’accordo').click();
    await giulia.getByText('Un accordo dura al più cinque anni.').waitFor();
    await giulia.getByLabel('Vale fino al').fill(inAYear);
    await button(giulia, 'Proponi l’accordo').click();
    await button(giulia, 'Apri la trattativa').click();
    await button(giulia, 'Firma per la mia organizzazione').click();
    await giulia.getByText('Si aspettano le altre.').waitFor();
    await look(giulia, 'agreement-negotiating');

    const address = new URL(giulia.url()).pathname;
    const elena = await visitor(browser, instance.url);
    await signIn(elena, 'Elena', address, 3);
    await button(elena, 'Firma per la mia organizzazione').click();
    await button(elena, 'Metti in vigore').click();
    await elena.getByText('In vigore').waitFor();

    await piero.goto('/accordi');
    await piero.getByRole('link', { name: /Progetto Esempio Umbria, Progetto Esempio Toscana/ }).click();
    await piero.getByText('Il tuo ufficio legge soltanto.').waitFor();
    await look(piero, 'agreement-read');

    await giulia.reload();
    await button(giulia, 'Concludi prima della fine').click();
    const dialog = giulia.getByRole('dialog');
    await dialog.getByLabel('Perché si conclude').selectOption('superseded');
    await button(dialog, 'Concludi prima della fine').click();
    await dialogClosed(giulia);
    await giulia.getByText('Concluso prima').waitFor();
    await giulia.goto('/accordi');
    await giulia.getByText('2 di 2').waitFor();
    await look(giulia, 'agreements');
  });

  it('are alone with it: whoever works on cases has no such menu, no such page, and no such right', async () => {
    const nino = await signedIn(browser, instance.url, 'Nino', '/lavoro');
    const menu = await nino.getByRole('navigation', { name: 'Sezioni' }).getByRole('link').allInnerTexts();
    assert.ok(menu.includes('Casi'));
    for (const entry of ['Organizzazioni', 'Gestione équipe', 'Accordi', 'Persone', 'Politiche', 'Sistema'])
      assert.ok(!menu.includes(entry), entry);
    for (const address of ['/organizzazioni', '/squadre', '/accordi', '/accordi/nuovo', '/persone']) {
      await nino.goto(address);
      await nino.getByRole('heading', { name: 'Questa pagina non c’è' }).waitFor();
    }
    const attempts = [
      ['/api/organisations', { kind: 'association', designation: 'Associazione Esempio Nuova' }],
      ['/api/teams', { kind: 'local', designation: 'Équipe Esempio Nuova' }],
    ] as const;
    for (const [path, body] of attempts) {
      const status = await nino.evaluate(
        async ([at, sent]) => {
          const { csrf } = (await (await fetch('/auth/session')).json()) as { csrf: string };
          const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf, 'idempotency-key': crypto.randomUUID() };
          return (await fetch(at, { method: 'POST', headers, body: JSON.stringify(sent) })).status;
        },
        [path, body] as const,
      );
      assert.ok(status === 403 || status === 404, `${path} answers ${status}`);
    }
    const status = await nino.evaluate(async () => (await fetch('/api/agreements')).status);
    assert.ok(status === 403 || status === 404, `the agreements answer ${status}`);
    await nino.context().close();
  });
});
