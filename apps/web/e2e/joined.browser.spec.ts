import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type CaseLink, carries, sharedLink } from '../src/cases/situation.ts';
import { amend, change, openCase, read, until } from './asking.ts';
import { dialogClosed, launch, look, signedIn } from './browser.ts';
import { targetsAreLarge } from './inspecting.ts';
import { both, Instance } from './instance.ts';
import { steps } from './steps.ts';

interface Called {
  readonly handle: string;
  readonly codename: string;
}
const MEETING = { on: '2026-01-12', comune: '054039', channel: 'helpdesk', language: 'fr', met: 'came_by_themself' };

describe('the link two cases are to carry', () => {
  const link = (of: string, reason: CaseLink['reason'] = 'one_situation'): CaseLink => ({ link: of, reason, cases: [] });

  it('is a new one where neither is part of a situation', () => assert.equal(sharedLink([], [], 'new'), 'new'));
  it('is that of the situation one of them is part of, the other’s first', () => {
    assert.equal(sharedLink([link('ours')], [], 'new'), 'ours');
    assert.equal(sharedLink([], [link('theirs')], 'new'), 'theirs');
    assert.equal(sharedLink([link('ours')], [link('theirs')], 'new'), 'theirs');
  });
  it('is the one they have in common already', () =>
    assert.equal(sharedLink([link('ours'), link('both')], [link('theirs'), link('both')], 'new'), 'both'));
  it('is never that of a joint referral or of one person: those are two files of somebody, and no situation', () => {
    assert.equal(sharedLink([link('referral', 'joint_referral')], [link('match', 'confirmed_match')], 'new'), 'new');
    assert.equal(carries([link('referral', 'joint_referral')], 'referral'), true);
  });
});

describe('what belongs together: cases of one situation, contacts of one person', () => {
  const step = steps();
  let instance: Instance;
  let browser: Browser;
  let giulia: Page;
  let karim: Page;
  let [one, two, three, closed]: Called[] = [];
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    await instance.fill();
    giulia = await signedIn(browser, instance.url, 'Giulia', '/lavoro');
    karim = await signedIn(browser, instance.url, 'Karim', '/contatti');
    [one, two, three, closed] = [await openCase(giulia), await openCase(giulia), await openCase(giulia), await openCase(giulia)];
    const path = `/api/cases/${closed.handle}`;
    await amend(giulia, path, `${path}/closure`, { reason: 'other' });
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const the = (called: Called | undefined): Called => called ?? assert.fail('the case was not opened');
  const onCase = (of: Called | undefined): string => `/casi/${the(of).handle}`;
  const linked = (page: Page) => page.getByRole('region', { name: 'Casi collegati' });
  const choose = async (of: Called | undefined, other: Called | undefined): Promise<void> => {
    await giulia.goto(onCase(of));
    await giulia.getByText('Registra o cambia').click();
    await giulia.getByRole('button', { name: 'Caso collegato', exact: true }).click();
    await giulia
      .getByRole('dialog')
      .getByLabel('L’altro caso')
      .selectOption({ label: the(other).codename });
    await giulia.getByRole('dialog').getByRole('button', { name: 'Collega' }).click();
  };

  step('links two cases, and each names the other', async () => {
    await choose(one, two);
    await dialogClosed(giulia);
    await linked(giulia)
      .getByRole('link', { name: the(two).codename })
      .waitFor();
    await look(giulia, 'case-linked');
    await linked(giulia)
      .getByRole('link', { name: the(two).codename })
      .click();
    await linked(giulia)
      .getByRole('link', { name: the(one).codename })
      .waitFor();
    await giulia.goto(`${onCase(two)}?parte=storia`);
    await giulia.getByText('ha collegato il caso a un altro della stessa situazione').waitFor();
  });

  step('says at its field why another case cannot be linked, and changes neither', async () => {
    await choose(one, closed);
    const dialog = giulia.getByRole('dialog');
    await dialog.getByText('Il caso è chiuso: prima va riaperto.').first().waitFor();
    assert.equal(await dialog.getByLabel('L’altro caso').getAttribute('aria-invalid'), 'true');
    await look(giulia, 'case-link-refused');
    await targetsAreLarge(giulia, 'linking cases');
    const { items } = await read<{ items: { cases: Called[] }[] }>(giulia, `/api/cases/${the(one).handle}/links`);
    assert.deepEqual(
      items.map(({ cases }) => cases.map(({ codename }) => codename)),
      [[the(two).codename]],
    );
  });

  step('adds a third to the situation there is', async () => {
    await choose(three, one);
    await dialogClosed(giulia);
    await linked(giulia)
      .getByRole('link', { name: the(one).codename })
      .waitFor();
    await linked(giulia)
      .getByRole('link', { name: the(two).codename })
      .waitFor();
    assert.equal(await linked(giulia).getByRole('listitem').count(), 1, 'one situation');
  });

  step('names no case to somebody who stands back from it, and lets only who leads a case link it', async () => {
    const path = `/api/cases/${the(two).handle}`;
    const { member } = await read<{ member: string }>(karim, '/api/members/me');
    await amend(giulia, path, `${path}/recusals`, { member, reason: 'family_tie' });
    await karim.goto(onCase(one));
    await linked(karim)
      .getByRole('link', { name: the(three).codename })
      .waitFor();
    assert.equal(await karim.getByText(the(two).codename).count(), 0);
    await karim.getByText('Registra o cambia').click();
    await karim.getByRole('button', { name: 'Bisogni', exact: true }).waitFor();
    assert.equal(await karim.getByRole('button', { name: 'Caso collegato', exact: true }).count(), 0);
  });

  step('opens what a person left with a contact, with a reason', async () => {
    const person = [{ group: 'ID', field: 'given_name', value: 'Canarino' }];
    const contact = await change<Called>(karim, '/api/contacts', { ...MEETING, person });
    await until<{ items: unknown[] }>(karim, '/api/contacts', ({ items }) => items.length > 0);
    await karim.goto('/contatti');
    await karim.getByRole('link', { name: contact.codename, exact: true }).click();
    await karim.getByRole('button', { name: 'Apri: Nome' }).click();
    await karim.getByRole('dialog').getByLabel('Perché ti serve adesso').fill('Richiama oggi: chiedo di lei.');
    await karim.getByRole('dialog').getByRole('button', { name: 'Apri e registra' }).click();
    await karim.getByRole('dialog').getByText('Canarino').waitFor();
    await karim.getByRole('dialog').getByRole('button', { name: 'Chiudi' }).click();
    await look(karim, 'contact');
  });

  step('marks two contacts with the same person, and says so on both', async () => {
    const again = await change<Called>(giulia, '/api/contacts', { ...MEETING, on: '2026-01-19' });
    await until<{ items: Called[] }>(karim, '/api/contacts', ({ items }) => items.some(({ handle }) => handle === again.handle));
    await karim.goto(`/contatti/${again.handle}`);
    await karim.getByRole('button', { name: 'È la stessa persona' }).click();
    await karim.getByRole('dialog').getByRole('button', { name: 'Segna' }).click();
    await karim.getByRole('dialog').getByText('Questo campo serve.').first().waitFor();
    await karim.getByRole('dialog').getByLabel('L’altro contatto').selectOption({ index: 1 });
    await look(karim, 'contact-same');
    await karim.getByRole('dialog').getByRole('button', { name: 'Segna' }).click();
    await dialogClosed(karim);
    const same = karim.locator('.rc-facts div', { hasText: 'Stessa persona' }).getByRole('link');
    await same.click();
    await karim.locator('.rc-facts div', { hasText: 'Stessa persona' }).getByRole('link', { name: again.codename }).waitFor();
  });

  step('links a contact to a case of one’s own, and to none that stopped being it', async () => {
    const link = async (to: Called | undefined): Promise<void> => {
      await karim.getByRole('button', { name: 'Collega a un caso' }).click();
      await karim
        .getByRole('dialog')
        .getByLabel('Il caso di questa persona')
        .selectOption({ label: the(to).codename });
    };
    await link(three);
    const path = `/api/cases/${the(three).handle}`;
    const { member } = await read<{ member: string }>(karim, '/api/members/me');
    await amend(giulia, path, `${path}/recusals`, { member, reason: 'family_tie' });
    await karim.getByRole('dialog').getByRole('button', { name: 'Collega' }).click();
    await karim.getByRole('dialog').getByText('Questo caso non è in carico a te').waitFor();
    await look(karim, 'contact-link-refused');
    await karim.getByRole('dialog').getByRole('button', { name: 'Chiudi' }).click();
    await link(one);
    await karim.getByRole('dialog').getByRole('button', { name: 'Collega' }).click();
    await dialogClosed(karim);
    await karim
      .locator('.rc-facts div', { hasText: 'Fa parte del caso' })
      .getByRole('link', { name: the(one).codename })
      .waitFor();
    assert.equal(await karim.getByRole('button', { name: 'Collega a un caso' }).count(), 0, 'it takes nothing more');
    await look(karim, 'contact-linked');
    const nino = await signedIn(browser, instance.url, 'Nino', new URL(karim.url()).pathname);
    await nino.getByText('Non esiste, oppure non riguarda il tuo lavoro').waitFor();
  });
});
