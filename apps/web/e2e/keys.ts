import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

const FAR = 200;

/** Somebody without a mouse: everything is reached by Tab and done with a key. */
export class Keys {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** Tabs on until the focus is there, and sees that it shows. */
  async to(target: Locator): Promise<void> {
    const element = target.first();
    await element.waitFor();
    for (let n = 0; n < FAR; n++) {
      const there = await element.evaluate((one) => one === document.activeElement);
      if (there) {
        const shown = await element.evaluate((one) => {
          const { outlineStyle, outlineWidth } = getComputedStyle(one);
          return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
        });
        assert.ok(shown, 'where the focus is can be seen');
        return;
      }
      await this.page.keyboard.press('Tab');
    }
    assert.fail(`the keyboard does not reach ${String(target)}`);
  }

  async press(target: Locator, key = 'Enter'): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press(key);
  }

  async tick(target: Locator): Promise<void> {
    await this.press(target, 'Space');
    assert.ok(await target.first().isChecked());
  }

  async write(target: Locator, text: string): Promise<void> {
    await this.to(target);
    await this.page.keyboard.type(text);
  }

  /** Chooses in a native list by the arrow keys. */
  async choose(target: Locator, label: string): Promise<void> {
    await this.to(target);
    const chosen = (): Promise<string> => target.first().evaluate((one: HTMLSelectElement) => one.selectedOptions[0]?.textContent ?? '');
    // The choices come from the server.
    await target.locator('option', { hasText: label }).first().waitFor({ state: 'attached' });
    for (let n = 0; n < FAR && (await chosen()) !== label; n++) await this.page.keyboard.press('ArrowDown');
    assert.equal(await chosen(), label);
  }

  /** Types the beginning of a place and takes the first one offered. */
  async place(target: Locator, beginning: string): Promise<void> {
    await this.write(target, beginning);
    await this.page.locator('[role=listbox] [role=option]').first().waitFor();
    await this.page.keyboard.press('Enter');
  }
}
