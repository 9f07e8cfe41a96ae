import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { generateSync } from 'otplib';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launch, look, PHONE, visitor } from './browser.ts';
import { both, Instance } from './instance.ts';
import { everythingKept } from './kept.ts';
import { PIN, unlock } from './phone.ts';

const GROUND = {
  region: 'umbria',
  office: 'Ufficio regionale di esempio',
  custodian: { kind: 'anti_trafficking_project', designation: 'Progetto Esempio' },
  agreement: 'ab'.repeat(32),
  signedOn: '2026-01-15',
};

/** Passkeys need a name of the web, hence an installation with accounts of its own at `localhost`. */
describe('a passkey beside the PIN', () => {
  let instance: Instance;
  let browser: Browser;
  let named: string;
  before(async () => {
    [instance, browser] = await both(Instance.start({ DEMO: 'false' }), launch());
    named = instance.url.replace('127.0.0.1', 'localhost');
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const post = <T>(page: Page, path: string, body: object, headers: Record<string, string> = {}): Promise<T> =>
    page.evaluate(
      async ([address, sent, more]) => {
        const response = await fetch(address, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...more },
          body: JSON.stringify(sent),
        });
        const text = await response.text();
        if (!response.ok) throw new Error(`${address}: ${response.status} ${text}`);
        return (text === '' ? undefined : JSON.parse(text)) as unknown;
      },
      [path, body, headers] as const,
    ) as Promise<T>;

  /** Somebody at work whose phone has a PIN, and an authenticator that gives keys or does not. */
  async function somebody(key: string, hasPrf: boolean): Promise<{ page: Page; devtools: CDPSession; authenticator: string }> {
    const page = await visitor(browser, named, PHONE);
    await page.goto('/accessibilita');
    const machine = { 'raccordo-setup-token': instance.setupToken };
    await post(page, '/api/setup/ground', GROUND, machine);
    const people = [{ key, at: 'custodian', name: 'Omar Esempio', roles: ['operator'], disciplines: ['educator'] }];
    const welcomed = await post<{ people: { enrolment: { token: string } }[] }>(page, '/api/setup/people', { people }, machine);
    const token = welcomed.people[0]?.enrolment.token ?? '';
    const begun = await post<{ attempt: string; code: { secret: string } }>(page, '/auth/local/enrolment', { token, name: key });
    const code = generateSync({ secret: begun.code.secret });
    await post(page, '/auth/local/enrolment/password', { token, attempt: begun.attempt, password: 'quattro sedie e un ombrello', code });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
        ...{ isUserVerified: true, automaticPresenceSimulation: true, hasPrf },
      },
    });
    await page.goto('/bozze');
    await page.getByLabel('PIN o frase').fill(PIN);
    await page.getByLabel('Lo stesso, ancora una volta').fill(PIN);
    await page.getByRole('button', { name: 'Imposta il PIN' }).click();
    await page.getByRole('heading', { name: 'Da inviare' }).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    return { page, devtools, authenticator: authenticatorId };
  }
  async function add(page: Page, pin = PIN): Promise<void> {
    await page.getByText('Apri anche con una passkey').click();
    await page.getByLabel('Prima il PIN, per conferma').fill(pin);
    await page.getByRole('button', { name: 'Aggiungi la passkey' }).click();
  }
  const byPasskey = (page: Page) => page.getByRole('button', { name: 'Apri con la passkey' });
  const isOpen = (page: Page): Promise<void> => page.getByRole('heading', { name: 'Da inviare' }).waitFor();

  it('opens what is kept, also without a line, only after the PIN has let it in', async () => {
    const { page, devtools, authenticator } = await somebody('omar', true);
    await add(page, 'sbagliato');
    await page.getByText(/Restano 4 tentativi/).waitFor();
    await look(page, 'passkey-add');
    assert.equal((await devtools.send('WebAuthn.getCredentials', { authenticatorId: authenticator })).credentials.length, 0);
    await page.getByLabel('Prima il PIN, per conferma').fill(PIN);
    await page.getByRole('button', { name: 'Aggiungi la passkey' }).click();
    await page.getByText('D’ora in poi si apre anche con la passkey.').waitFor();
    await look(page, 'passkey-added');
    await page.goto('/contatti/nuovo');
    await page.context().setOffline(true);
    await page.goto('/bozze');
    await byPasskey(page).waitFor();
    await look(page, 'passkey-door');
    await byPasskey(page).click();
    await isOpen(page);
    await page.reload();
    await unlock(page);
    await isOpen(page);
  });

  it('opens nothing when the person is not verified, or the passkey is another, and the PIN still does', async () => {
    const { page, devtools, authenticator } = await somebody('nadia', true);
    await add(page);
    await page.getByText('D’ora in poi si apre anche con la passkey.').waitFor();
    await page.goto('/bozze');
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId: authenticator, isUserVerified: false });
    await byPasskey(page).click();
    await page.getByText('La passkey non ha aperto. Usa il PIN.').waitFor();
    await devtools.send('WebAuthn.clearCredentials', { authenticatorId: authenticator });
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId: authenticator, isUserVerified: true });
    await unlock(page);
    await isOpen(page);
    await page.getByRole('button', { name: 'Non aprire più con la passkey' }).click();
    await page.getByText('Si apre di nuovo solo con il PIN.').waitFor();
    await page.goto('/bozze');
    await page.getByRole('button', { name: 'Apri', exact: true }).waitFor();
    assert.equal(await byPasskey(page).count(), 0);
  });

  it('is wiped with everything else after five wrong PINs', async () => {
    const { page } = await somebody('lea', true);
    await add(page);
    await page.getByText('D’ora in poi si apre anche con la passkey.').waitFor();
    await page.goto('/bozze');
    await byPasskey(page).waitFor();
    for (const words of [/Restano 4/, /Restano 3/, /Restano 2/, /Resta 1/, /Troppi tentativi/]) {
      await unlock(page, 'sbagliato');
      await page.getByText(words).waitFor();
    }
    assert.equal((await page.evaluate(everythingKept)).records, 0);
    await page.goto('/bozze');
    await page.getByRole('button', { name: 'Imposta il PIN' }).waitFor();
    assert.equal(await byPasskey(page).count(), 0);
  });

  it('says so where a passkey gives no keys, and leaves the PIN as it was', async () => {
    const { page } = await somebody('ugo', false);
    await add(page);
    await page.getByText('non danno chiavi: resta il PIN').waitFor();
    await look(page, 'passkey-without-keys');
    await page.goto('/bozze');
    await unlock(page);
    await isOpen(page);
    assert.equal(await byPasskey(page).count(), 0);
  });
});
