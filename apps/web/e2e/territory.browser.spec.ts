import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Locator, Page, Route } from 'playwright-core';
import { daysLeft } from '../src/territory/lasting.ts';
import { amend, change, read } from './asking.ts';
import { hasFocus, launch, look, signedIn } from './browser.ts';
import { both, Instance } from './instance.ts';

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const menuOf = (page: Page): Promise<string[]> => page.getByRole('navigation', { name: 'Sezioni' }).getByRole('link').allInnerTexts();
const CONFIRM = 'Conferma: l’abbiamo vista anche noi';

describe('how soon a dynamic is over', () => {
  it('is said in its last fortnight, up to and including its last day', () => {
    const left = ['2026-06-15', '2026-06-16', '2026-06-28', '2026-06-30', '2026-07-01'].map((today) => daysLeft('2026-06-30', today));
    assert.deepEqual(left, [undefined, 14, 2, 0, undefined]);
    assert.equal(daysLeft('2026-03-30', '2026-03-28'), 2, 'whatever the clocks of the country do in between');
  });
});

describe('what happens in a territory', () => {
  let instance: Instance;
  let browser: Browser;
  let giulia: Page;
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    await instance.fill();
    giulia = await signedIn(browser, instance.url, 'Giulia', '/territorio');
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  it('is recorded by place, period and pattern: what is wrong is said at its field, and what was typed stays', async () => {
    await giulia.getByText('Nessuna dinamica in corso.').waitFor();
    assert.ok((await menuOf(giulia)).includes('Territorio'));
    await look(giulia, 'territory-empty');
    await giulia.getByRole('link', { name: 'Registra una dinamica' }).click();
    await button(giulia, 'Registra').click();
    await giulia.getByRole('link', { name: 'Dove (comune): Questo campo serve.' }).waitFor();
    await hasFocus(giulia, '[name=pattern]');
    await look(giulia, 'new-dynamic-errors');
    await giulia.getByLabel('Che cosa si vede').selectOption('transport_by_gangmaster');
    await giulia.getByRole('combobox', { name: 'Dove (comune)' }).fill('fol');
    await giulia.getByRole('option', { name: /Foligno/ }).click();
    await giulia.getByLabel('Da quando').fill(day(-3));
    await giulia.getByLabel('Ultimo giorno in cui vale').fill(day(-5));
    await button(giulia, 'Registra').click();
    await giulia.getByText('L’ultimo giorno viene prima del primo.').first().waitFor();
    await hasFocus(giulia, '[name=to]');
    assert.equal(await giulia.getByRole('combobox', { name: 'Dove (comune)' }).inputValue(), 'Foligno (PG)');
    assert.equal(await giulia.getByLabel('Da quando').inputValue(), day(-3));
    await look(giulia, 'new-dynamic-refused');
    await giulia.getByLabel('Da quando').fill(day(7));
    await giulia.getByLabel('Ultimo giorno in cui vale').fill(day(40));
    await button(giulia, 'Registra').click();
    await giulia.getByText('Questo giorno deve ancora venire.').first().waitFor();
    await hasFocus(giulia, '[name=from]');
    await giulia.getByLabel('Da quando').fill(day(-3));
    await giulia.getByLabel('Ultimo giorno in cui vale').fill(day(9));
    await button(giulia, 'Registra').click();
    await giulia.getByRole('heading', { name: 'Dinamica del territorio' }).waitFor();
    await giulia.getByText('Foligno (PG)').waitFor();
    await giulia.getByText('la tua organizzazione (Umbria)').waitFor();
    await giulia.getByText(/finisce\sfra\s\d+\sgiorni/).waitFor();
    await giulia.getByText('È stata vista nella tua regione: la conferma chi lavora in un’altra.').waitFor();
    assert.equal(await button(giulia, CONFIRM).count(), 0);
    assert.equal(await giulia.title(), 'Territorio – Rete Casi');
    await look(giulia, 'dynamic-observed');
  });

  it('is confirmed by somebody of another region, who is not told who saw it first, and then by nobody else', async () => {
    const elena = await signedIn(browser, instance.url, 'Elena', '/territorio');
    await elena.getByRole('cell', { name: 'un’organizzazione (Umbria)' }).waitFor();
    await elena.getByRole('link', { name: 'Trasporto da parte di caporali' }).click();
    await button(elena, CONFIRM).waitFor();
    await look(elena, 'dynamic-to-confirm');
    await button(elena, CONFIRM).click();
    await elena.getByText('Due regioni l’hanno vista.').waitFor();
    await elena.getByText('la tua organizzazione (Toscana)').waitFor();
    assert.equal(await button(elena, CONFIRM).count(), 0);
    await look(elena, 'dynamic-confirmed');
    await giulia.getByRole('link', { name: 'Tutte le dinamiche' }).click();
    await giulia.getByRole('cell', { name: 'Confermata' }).waitFor();
    await elena.context().close();
  });

  it('says so where its period has ended meanwhile, and is found among those that are over', async () => {
    const { handle } = await change<{ handle: string }>(giulia, '/api/dynamics', {
      ...{ comune: '054013', from: day(-30), to: day(-2), pattern: 'housing_removal' },
    });
    await giulia.goto(`/territorio/${handle}`);
    await giulia.getByText(/Si è conclusa da sé/).waitFor();
    await look(giulia, 'dynamic-over');
    await giulia.getByRole('link', { name: 'Registra di nuovo' }).click();
    await giulia.getByRole('heading', { name: 'Nuova dinamica' }).waitFor();
    await giulia.goto('/territorio');
    await giulia.getByRole('link', { name: 'Trasporto da parte di caporali' }).waitFor();
    assert.equal(await giulia.getByRole('link', { name: 'Sgombero o perdita di alloggi' }).count(), 0);
    await giulia.getByLabel('Stato').selectOption('Stale');
    await giulia.getByRole('link', { name: 'Sgombero o perdita di alloggi' }).waitFor();
    assert.equal(await giulia.getByRole('link', { name: 'Trasporto da parte di caporali' }).count(), 0);
    await giulia.getByLabel('Dove').selectOption('toscana');
    await giulia.getByText('Nessuna dinamica con questi filtri.').waitFor();
    assert.match(giulia.url(), /\/territorio\?stato=Stale&regione=toscana$/);
    await giulia.goto(new URL('/territorio?stato=Stale&regione=umbria&tipo=housing_removal', instance.url).href);
    await giulia.getByRole('link', { name: 'Sgombero o perdita di alloggi' }).waitFor();
    await look(giulia, 'territory-over');
  });

  it('is confirmed once: who comes second sees how it is now, and that nothing was done', async () => {
    await change(giulia, '/api/dynamics', { comune: '054018', from: day(-4), to: day(60), pattern: 'online_recruitment' });
    const [elena, teo] = [
      await signedIn(browser, instance.url, 'Elena', '/territorio?tipo=online_recruitment'),
      await signedIn(browser, instance.url, 'Teo', '/territorio'),
    ];
    await elena.getByRole('link', { name: 'Reclutamento in rete' }).click();
    await button(elena, CONFIRM).waitFor();
    // What the page would read by itself meanwhile waits: the conflict is looked at as it comes.
    const waiting: Route[] = [];
    const hold = async (route: Route): Promise<void> =>
      route.request().headers()['raccordo-passive'] === 'true' ? void waiting.push(route) : route.fallback();
    await elena.route('**/api/dynamics/*', hold);
    await elena.route('**/corroboration', async (route) => {
      const { items } = await read<{ items: { handle: string }[] }>(teo, '/api/dynamics?pattern=online_recruitment');
      const theirs = `/api/dynamics/${items[0]?.handle ?? ''}`;
      await amend(teo, theirs, `${theirs}/corroboration`);
      await route.continue();
    });
    await button(elena, CONFIRM).click();
    await elena.getByText('Qualcuno ha cambiato questo mentre scrivevi').waitFor();
    await elena.getByRole('region', { name: 'Come è adesso' }).getByText('Confermata').waitFor();
    await look(elena, 'dynamic-conflict');
    await elena.unroute('**/api/dynamics/*', hold);
    await Promise.all(waiting.map((route) => route.continue()));
    await button(elena, 'Tieni la versione di ora').click();
    await elena.getByText('Due regioni l’hanno vista.').waitFor();
    await elena.getByText('un’organizzazione (Toscana)').waitFor();
    for (const page of [elena, teo]) await page.context().close();
  });

  it('is told by province to whom the policy tells it so', async () => {
    await change(giulia, '/api/dynamics', { comune: '054018', from: day(-4), to: day(90), pattern: 'wage_decline' });
    const teo = await signedIn(browser, instance.url, 'Teo', '/territorio');
    await teo.getByRole('cell', { name: 'provincia di Perugia (PG)' }).first().waitFor();
    assert.equal(await teo.getByText('Foligno').count(), 0);
    await look(teo, 'territory-by-province');
    await teo.context().close();
  });

  it('is listed page after page, each below the one before and nothing twice', async () => {
    for (let n = 0; n < 51; n++)
      await change(giulia, '/api/dynamics', { comune: '054039', from: day(-n - 1), to: day(60), pattern: 'housing_removal' });
    await giulia.goto('/territorio?tipo=housing_removal');
    const lines = giulia.locator('tbody tr');
    await giulia.getByRole('button', { name: 'Altre dinamiche' }).waitFor();
    assert.equal(await lines.count(), 50);
    await button(giulia, 'Altre dinamiche').click();
    await lines.nth(50).waitFor();
    const links = await lines.getByRole('link').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    assert.deepEqual([links.length, new Set(links).size], [51, 51]);
    assert.equal(await button(giulia, 'Altre dinamiche').count(), 0);
  });

  it('is nothing to whoever may not know territories: no entry in the menu, no page, and no answer', async () => {
    for (const who of ['Livia', 'Ada', 'Piero']) {
      const page = await signedIn(browser, instance.url, who, '/');
      await page.getByRole('navigation', { name: 'Sezioni' }).waitFor();
      assert.ok(!(await menuOf(page)).includes('Territorio'), who);
      for (const address of ['/territorio', '/territorio/nuova']) {
        await page.goto(address);
        await page.getByRole('heading', { name: 'Questa pagina non c’è' }).waitFor();
      }
      await page.context().close();
    }
    const livia = await signedIn(browser, instance.url, 'Livia', '/lavoro');
    assert.equal(await livia.evaluate(async () => (await fetch('/api/dynamics')).status), 404, 'the server says so as well');
    await livia.context().close();
  });

  it('is offered in the menu to nobody to whom the server does not tell it', async () => {
    for (const who of ['Karim', 'Elena', 'Teo', 'Nino']) {
      const page = await signedIn(browser, instance.url, who, '/territorio');
      await page.getByRole('link', { name: 'Reclutamento in rete' }).waitFor();
      assert.ok((await menuOf(page)).includes('Territorio'), who);
      await page.context().close();
    }
  });
});
