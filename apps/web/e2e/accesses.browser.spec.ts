import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { read } from './asking.ts';
import { dialogClosed, launch, look, signedIn } from './browser.ts';
import { targetsAreLarge } from './inspecting.ts';
import { both, Instance } from './instance.ts';
import { steps } from './steps.ts';

interface Grant {
  readonly handle: string;
  readonly member: string | null;
  readonly relation: string;
  readonly groups: readonly string[];
  readonly expires: string;
  readonly live: boolean;
}

describe('an access that was opened to somebody of another organisation', () => {
  const step = steps();
  let instance: Instance;
  let browser: Browser;
  let giulia: Page;
  let address = '';
  let grant: Grant | undefined;
  before(async () => {
    [instance, browser] = await both(Instance.seeded(), launch());
    giulia = await signedIn(browser, instance.url, 'Giulia', '/lavoro');
    const { items } = await read<{ items: { handle: string }[] }>(giulia, '/api/cases?limit=200');
    for (const { handle } of items.filter((one) => one.handle.startsWith('umbria.'))) {
      const { grants = [] } = await read<{ grants?: Grant[] }>(giulia, `/api/cases/${handle}/access`);
      grant = grants.find((one) => one.live && one.member !== null && one.relation === 'referral-accepted' && one.groups.length > 1);
      address = `/casi/${handle}?parte=accessi`;
      if (grant) break;
    }
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const dialog = () => giulia.getByRole('dialog');
  const days = (n: number): string => new Date(Date.parse(grant?.expires ?? '') + n * 86_400_000).toISOString().slice(0, 10);
  /** Lines of the list that may still be changed. */
  const changeable = () => giulia.getByRole('button', { name: 'Cambia', exact: true });
  const act = async (name: string): Promise<void> => {
    await giulia.goto(address);
    await changeable().first().click();
    await dialog().getByRole('button', { name, exact: true }).click();
  };
  const submit = (name: string) => dialog().locator('form').getByRole('button', { name });
  const now = async (): Promise<Grant | undefined> => {
    const { grants } = await read<{ grants: Grant[] }>(giulia, `/api${address.replace('/casi/', '/cases/').split('?')[0]}/access`);
    return grants.find(({ handle }) => handle === grant?.handle);
  };

  step('is extended to a later day only, and says so at the field', async () => {
    assert.ok(grant, 'there is a case that somebody else reads');
    await act('Prolunga');
    await dialog().getByLabel('Fino al').fill(days(-1));
    await dialog().getByLabel('Perché').selectOption({ label: 'Il servizio continua' });
    await submit('Prolunga').click();
    const field = dialog().getByLabel('Fino al');
    await dialog().locator('.rc-field-bad').getByText('Deve finire dopo il giorno in cui finisce ora.').waitFor();
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    await look(giulia, 'access-renewal-refused');
    await targetsAreLarge(giulia, 'the acts of an access');
  });

  step('is narrowed, and what was taken away is not open any more', async () => {
    const [gone = '', ...stays] = grant?.groups ?? [];
    await act('Restringi');
    await dialog().locator(`input[value="${gone}"]`).uncheck();
    await look(giulia, 'access-narrowing');
    await submit('Restringi').click();
    await dialogClosed(giulia);
    assert.deepEqual([...((await now())?.groups ?? [])].sort(), [...stays].sort());
  });

  step('is revoked for a reason, and is over', async () => {
    await act('Revoca');
    const before = await changeable().count();
    await submit('Revoca').click();
    await dialog().getByText('Questo campo serve.').first().waitFor();
    await dialog().getByLabel('Perché').selectOption({ label: 'Non serve più' });
    await submit('Revoca').click();
    await dialogClosed(giulia);
    await giulia.goto(address);
    await giulia.getByText('finito').first().waitFor();
    assert.ok((await changeable().count()) < before);
    await look(giulia, 'accesses');
    assert.equal((await now())?.live, false);
    await giulia.goto(address.replace('accessi', 'storia'));
    await giulia.getByText('Un accesso è stato revocato.').first().waitFor();
    await giulia.getByText('Un accesso è stato ristretto.').first().waitFor();
  });
});
