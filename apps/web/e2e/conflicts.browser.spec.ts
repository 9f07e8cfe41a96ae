import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { amend, openCase, read, until } from './asking.ts';
import { launch, look, signedIn, signIn } from './browser.ts';
import { both, Instance } from './instance.ts';
import { everythingKept } from './kept.ts';
import { fillContact, phoneOf, unlock } from './phone.ts';

interface Seen {
  readonly groups: { readonly REF?: { readonly urgent?: boolean }; readonly NEED?: { readonly needs?: readonly string[] } };
}
interface Team {
  readonly team: string;
  readonly kind: string;
}

describe('what was decided without a line', () => {
  let instance: Instance;
  let browser: Browser;
  let giulia: Page;
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    await instance.fill();
    giulia = await signedIn(browser, instance.url, 'Giulia', '/lavoro');
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const at = (handle: string): string => `/api/cases/${handle}`;
  const needsOf = async (handle: string): Promise<string[]> =>
    [...((await read<Seen>(giulia, at(handle))).groups.NEED?.needs ?? [])].sort();
  const needsBecome = (handle: string, wanted: readonly string[]): Promise<Seen> =>
    until<Seen>(giulia, at(handle), ({ groups }) => [...(groups.NEED?.needs ?? [])].sort().join() === [...wanted].sort().join());
  const needsNow = async (handle: string, needs: readonly string[], urgent = false): Promise<void> => {
    await amend(giulia, at(handle), `${at(handle)}/needs`, { needs, urgent });
    await needsBecome(handle, needs);
  };
  const versionOf = (handle: string): Promise<string | null> =>
    giulia.evaluate(async (address) => (await fetch(address)).headers.get('etag'), at(handle));
  /** Done, and shown to whoever reads from now on. */
  async function moved(handle: string, how: string, body: object = {}): Promise<void> {
    const before_ = await versionOf(handle);
    await amend(giulia, at(handle), `${at(handle)}/${how}`, body);
    for (let tries = 0; (await versionOf(handle)) === before_; tries++) {
      assert.ok(tries < 600, `${how} is shown`);
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  const card = (page: Page, name = 'Bisogni di un caso') => page.getByRole('region', { name, exact: true });

  /** A case whose needs somebody chooses on a page whose line has gone; what they chose is put by. */
  async function keepNeeds(page: Page, handle: string, ...needs: string[]): Promise<void> {
    await page.goto(`/casi/${handle}`);
    await page.getByText('Registra o cambia').click();
    await page.getByRole('button', { name: 'Bisogni', exact: true }).click();
    for (const need of needs) await page.getByRole('dialog').locator(`input[value="${need}"]`).check();
    await page.context().setOffline(true);
    await putBy(page);
  }
  async function putBy(page: Page): Promise<void> {
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Registra' }).click();
    const pin = dialog.getByLabel('PIN o frase');
    const button = dialog.getByRole('button', { name: 'Conserva cifrato' });
    await pin.or(button).first().waitFor();
    if (await pin.isVisible()) await unlock(page);
    await button.click();
    await dialog.getByText('Conservato su questo apparecchio').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }
  async function online(page: Page): Promise<void> {
    await page.context().setOffline(false);
    await page.getByRole('link', { name: 'Bozze' }).first().click();
    await page.getByRole('heading', { name: 'Da inviare' }).waitFor();
  }
  const sent = (page: Page, what = 'Bisogni di un caso') => page.getByText(new RegExp(`^${what}, inviato`)).waitFor();

  it('is shown beside what somebody else did meanwhile, and put aside, not thrown away, by whoever keeps theirs', async () => {
    const { handle, codename } = await openCase(giulia);
    const page = await phoneOf(browser, instance.url, 'Karim');
    await keepNeeds(page, handle, 'health', 'decent_work');
    await needsNow(handle, ['shelter'], true);
    await online(page);
    const conflict = card(page);
    await conflict.getByText('Qualcuno ha cambiato questo mentre scrivevi').waitFor();
    await conflict.getByText(codename).waitFor();
    const side = (name: string) => conflict.getByRole('region', { name });
    await side('Come è adesso').getByText('sì').waitFor();
    const [mine, theirs] = await Promise.all([side('Quello che stavi per inviare').innerText(), side('Come è adesso').innerText()]);
    assert.notEqual(mine, theirs);
    await look(page, 'outbox-conflict');
    assert.deepEqual(await needsOf(handle), ['shelter'], 'nothing was overwritten');
    const kept = await page.evaluate(everythingKept);
    for (const word of ['health', handle, codename]) assert.equal(kept.text.includes(word), false, `${word} lies there in clear`);

    await conflict.getByRole('button', { name: 'Tieni la versione di ora' }).click();
    const aside = page.getByRole('region', { name: 'Messo da parte: Bisogni di un caso' });
    await aside.waitFor();
    await look(page, 'outbox-aside');
    await page.getByText('Niente aspetta di partire.').waitFor();
    assert.deepEqual(await needsOf(handle), ['shelter']);

    // Closed and opened again it is still there; taken up, it is compared before it is sent.
    await page.goto('/bozze');
    await unlock(page);
    for (const word of mine.split('\n').slice(1)) await aside.getByText(word, { exact: true }).first().waitFor();
    await aside.getByRole('button', { name: 'Riprendi e confronta' }).click();
    await conflict.getByRole('button', { name: /Invia comunque il mio/ }).click();
    await sent(page);
    await needsBecome(handle, ['health', 'decent_work']);
    assert.equal(await aside.count(), 0);
  });

  it('is sent over theirs only by whoever has seen theirs, also when it changed once more', async () => {
    const { handle } = await openCase(giulia);
    const page = await phoneOf(browser, instance.url, 'Karim');
    await keepNeeds(page, handle, 'health');
    await needsNow(handle, ['shelter']);
    await online(page);
    const keep = card(page).getByRole('button', { name: /Invia comunque il mio/ });
    const theirs = card(page).getByRole('region', { name: 'Come è adesso' });
    await theirs.getByText('Accoglienza').waitFor();
    await needsNow(handle, ['shelter', 'training']);
    // The page is told, and reads again what it shows elsewhere: what is decided on stays as it was shown.
    const again = page.waitForResponse((answer) => answer.url().endsWith(at(handle)) && answer.request().method() === 'GET');
    await keep.click();
    await again;
    await card(page).getByText('È cambiato ancora').waitFor();
    await theirs.getByText(/,/).waitFor();
    assert.deepEqual(await needsOf(handle), ['shelter', 'training'], 'what nobody has seen is not overwritten');
    await page.route(`**${at(handle)}`, (route) => route.abort());
    await keep.click();
    await card(page).getByText('Il servizio non si raggiunge').waitFor();
    await page.unroute(`**${at(handle)}`);
    await keep.click();
    await sent(page);
    await needsBecome(handle, ['health']);
  });

  it('does not meet itself: two things decided on the same case go one after the other', async () => {
    const { handle } = await openCase(giulia);
    const page = await phoneOf(browser, instance.url, 'Giulia');
    await keepNeeds(page, handle, 'health');
    await page.getByRole('button', { name: 'Sicurezza', exact: true }).click();
    await page.getByRole('dialog').getByLabel('Sicurezza').selectOption('at_risk');
    await putBy(page);
    await online(page);
    await sent(page);
    await sent(page, 'Sicurezza di una persona');
    await page.getByText('Niente aspetta di partire.').waitFor();
    assert.deepEqual(await needsOf(handle), ['health']);
  });

  it('says which rule is in the way and leads there, and goes once the way is free', async () => {
    const { handle } = await openCase(giulia);
    const page = await phoneOf(browser, instance.url, 'Karim');
    await keepNeeds(page, handle, 'health');
    await moved(handle, 'suspension', { reason: 'asked_to_pause' });
    await online(page);
    await card(page)
      .getByRole('button', { name: /Invia comunque il mio/ })
      .click();
    await card(page).getByText('Il caso è sospeso: prima va ripreso.').waitFor();
    await look(page, 'outbox-refused-rule');
    await card(page).getByRole('link', { name: 'Apri il caso' }).click();
    await page.waitForURL(`**/casi/${handle}`);
    await moved(handle, 'resumption');
    await page.getByRole('link', { name: 'Bozze' }).first().click();
    await card(page).getByRole('button', { name: 'Invia di nuovo' }).click();
    const keep = card(page).getByRole('button', { name: /Invia comunque il mio/ });
    // What stood there may have been read before: then it is read again, and asked again, as often as it takes.
    const receipt = page.getByText(/^Bisogni di un caso, inviato/);
    for (let tries = 0; tries < 30 && !(await receipt.isVisible()); tries++) await keep.click({ timeout: 2_000 }).catch(() => undefined);
    await sent(page);
    await needsBecome(handle, ['health']);
  });

  it('stays, sealed, when the case was taken from the person meanwhile, and goes when it is given back', async () => {
    const { handle } = await openCase(giulia);
    const page = await phoneOf(browser, instance.url, 'Karim');
    const { member } = await read<{ member: string }>(page, '/api/members/me');
    const { teams } = await read<{ teams: Team[] }>(page, '/api/members/me');
    const team = `/api/teams/${teams[0]?.team}`;
    const elsewhere = await signedIn(browser, instance.url, 'Karim', '/lavoro');
    await keepNeeds(page, handle, 'health');
    await amend(giulia, team, `${team}/removals`, { member });
    await until<{ status?: number }>(elsewhere, at(handle), ({ status }) => status === 404);
    await online(page);
    await card(page).getByText('Questo caso non è più tra quelli che puoi vedere').waitFor();
    await card(page).getByText('Salute').waitFor();
    await look(page, 'outbox-refused-taken');
    assert.deepEqual(await needsOf(handle), []);
    await amend(giulia, team, `${team}/members`, { member, discipline: 'cultural_mediator', conflictOfInterest: false });
    await until<Seen>(page, at(handle), ({ groups }) => groups !== undefined);
    await card(page).getByRole('button', { name: 'Invia di nuovo' }).click();
    await sent(page);
    await needsBecome(handle, ['health']);
  });

  it('is not called a missing line when the person was suspended, and goes when they are back', async () => {
    const page = await phoneOf(browser, instance.url, 'Karim');
    const { member } = await read<{ member: string }>(page, '/api/members/me');
    const piero = await signedIn(browser, instance.url, 'Piero', '/persone');
    await signIn(piero, 'Piero', '/persone', 3);
    await page.getByRole('link', { name: 'Nuovo contatto' }).click();
    await fillContact(page);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Registra il contatto' }).click();
    await page.getByRole('heading', { name: 'Contatto conservato' }).waitFor();
    const people = `/api/members/${member}`;
    const elsewhere = await signedIn(browser, instance.url, 'Karim', '/lavoro');
    await amend(piero, people, `${people}/suspension`, { reason: 'absence' });
    await until<{ status?: number }>(elsewhere, '/api/members/me', ({ status }) => status === 403);
    await online(page);
    await page.getByText('Il tuo accesso è sospeso o finito').first().waitFor();
    await look(page, 'outbox-no-right');
    await amend(piero, people, `${people}/reinstatement`);
    await until<{ member?: string }>(page, '/api/members/me', (me) => me.member === member);
    await page.getByRole('button', { name: 'Invia ora' }).click();
    await sent(page, 'Nuovo contatto');
  });

  it('says that the right is gone where the role was taken, and what to do next', async () => {
    const page = await phoneOf(browser, instance.url, 'Karim');
    const { member } = await read<{ member: string }>(page, '/api/members/me');
    const piero = await signedIn(browser, instance.url, 'Piero', '/persone');
    await signIn(piero, 'Piero', '/persone', 3);
    await page.getByRole('link', { name: 'Nuovo contatto' }).click();
    await fillContact(page);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Registra il contatto' }).click();
    await page.getByRole('heading', { name: 'Contatto conservato' }).waitFor();
    const people = `/api/members/${member}`;
    const elsewhere = await signedIn(browser, instance.url, 'Karim', '/lavoro');
    await amend(piero, people, `${people}/role-endings`, { role: 'cultural_mediator' });
    await until<{ roles: string[] }>(piero, people, ({ roles }) => roles.length === 0);
    await amend(piero, people, `${people}/roles`, { role: 'mentor', disciplines: ['cultural_mediator'] });
    await until<{ status?: number }>(elsewhere, '/api/contacts', ({ status }) => status === 403);
    await online(page);
    const contact = card(page, 'Nuovo contatto');
    await contact.getByText('Adesso non ne hai il diritto').waitFor();
    await contact.getByText('Foligno (PG)').waitFor();
    await look(page, 'outbox-refused-right');
    await amend(piero, people, `${people}/role-endings`, { role: 'mentor' });
    await until<{ roles: string[] }>(piero, people, ({ roles }) => roles.length === 0);
    await amend(piero, people, `${people}/roles`, { role: 'cultural_mediator', disciplines: ['cultural_mediator'] });
    await until<{ roles: string[] }>(page, '/api/members/me', ({ roles }) => roles?.includes('cultural_mediator'));
    await contact.getByRole('button', { name: 'Invia di nuovo' }).click();
    await sent(page, 'Nuovo contatto');
  });
});
