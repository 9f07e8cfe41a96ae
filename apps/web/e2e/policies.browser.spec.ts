import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { parse } from 'yaml';
import { change, until } from './asking.ts';
import { launch, look, signIn, visitor } from './browser.ts';
import { both, Instance } from './instance.ts';

const SHIPPED = new URL('../../../libs/contexts/cases/src/case/case.policy.yaml', import.meta.url);
/** Words of the policy's own vocabulary; people read none of them. */
const RAW =
  /\b(same-region|custodian-team|own-[a-z]+|referral-[a-z]+|break-glass|allowed|none|acr-\d|not-required|[A-Z][a-z]+[A-Z]\w+)\b|-if-/;

describe('a policy before it is signed', () => {
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

  it('says in words what each of its hundreds of lines changes, subject by subject, and takes no signature for granted', async () => {
    const piero = await visitor(browser, instance.url);
    await signIn(piero, 'Piero', '/politiche', 3);
    await change(piero, '/api/policies', { document: parse(readFileSync(SHIPPED, 'utf8')) as object });
    await until<{ items: unknown[] }>(piero, '/api/policies', ({ items }) => items.length === 1);

    const dora = await visitor(browser, instance.url);
    await signIn(dora, 'Dora', '/politiche', 3);
    await dora.getByRole('rowheader').getByRole('link').click();
    const subjects = dora.locator('details.rc-card');
    await subjects.nth(100).waitFor();
    const first = subjects.first();
    await first.getByRole('checkbox').first().waitFor();
    await look(dora, 'policy-lines');

    // Opened all at once: what each line says must be words.
    await subjects.evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
    const texts = await dora.locator('main section').first().locator('summary, li').allInnerTexts();
    assert.ok(texts.length > 600);
    assert.deepEqual(
      texts.filter((text) => RAW.test(text)),
      [],
    );

    await first.getByRole('checkbox').first().check();
    await dora.getByText(/^Firmate 1 di \d+ righe che allargano\.$/).waitFor();
    await first.getByText('1 firmata').waitFor();
    await dora.getByRole('button', { name: 'Metti in vigore' }).click();
    await dora.getByText('Ci sono righe che allargano e non sono firmate.').waitFor();
    assert.ok(await first.getByRole('checkbox').first().isChecked(), 'what was signed stays signed');
  });
});
