import { basename } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { exactly, readable } from './text';

/** Text goes through the extension host before its message or its rows are there. */
const ECHO_MS = 250;

/**
 * The quick pick or input box that is open. One widget serves them all, one after another: after
 * whatever opens a step wait for its title before anything else, or the keys go to the step before.
 */
export class QuickInput {
  readonly widget: Locator;
  private readonly input: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget');
    this.input = this.widget.locator('.quick-input-box input');
  }

  /** Waits for a title that contains the text; steps read "Title (2/3)". */
  async title(text: string): Promise<string> {
    const title = this.widget.locator('.quick-input-title', { hasText: text });
    await title.waitFor();
    return readable(await title.innerText());
  }

  async value(): Promise<string> {
    return this.input.inputValue();
  }

  async placeholder(): Promise<string> {
    return (await this.input.getAttribute('placeholder')) ?? '';
  }

  async fill(text: string): Promise<void> {
    await this.input.fill(text);
    await this.page.waitForTimeout(ECHO_MS);
  }

  /**
   * Chooses a file in VS Code's own dialog. That fills in its folder once it has read it, and an Enter
   * that comes before it has read the folder of what was typed does no more than read that.
   */
  async chooseFile(path: string): Promise<void> {
    await this.option('..').waitFor();
    await this.fill(path);
    await this.option(basename(path)).waitFor();
    await this.accept();
  }

  /** Enter: the input as it is, or the row that has the focus. */
  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  /**
   * Chooses a row by its whole label; with checkboxes it toggles. Before, the mouse leaves where it
   * is: what hovers there may lie over the row.
   */
  async pick(label: string): Promise<void> {
    await this.widget.hover({ position: { x: 4, y: 4 }, force: true });
    await this.option(label).click();
  }

  option(label: string): Locator {
    const name = this.page.locator('.label-name', { hasText: exactly(label) });
    return this.widget.locator('.quick-input-list .monaco-list-row').filter({ has: name }).first();
  }

  /**
   * What is read out for each row: "label, description, detail". Long lists have only some rows.
   */
  async options(): Promise<string[]> {
    const rows = this.widget.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    const labels: string[] = [];
    for (const row of await rows.all()) labels.push((await row.getAttribute('aria-label')) ?? '');
    return labels.map(readable);
  }

  /** The prompt, or in its place what the validation says. */
  async message(): Promise<string> {
    return readable(await this.widget.locator('.quick-input-message').innerText());
  }

  async severity(): Promise<'error' | 'warning' | 'info' | 'none'> {
    const classes = (await this.widget.locator('.monaco-inputbox').getAttribute('class')) ?? '';
    const names = ['error', 'warning', 'info'] as const;
    return names.find((name) => classes.split(' ').includes(name)) ?? 'none';
  }

  async back(): Promise<void> {
    await this.button('Back').click();
  }

  /** The same by its key on Linux. */
  async backByKey(): Promise<void> {
    await this.input.press('Control+Alt+Minus');
  }

  /** What is read out for the row that Enter would choose; empty for none. */
  async active(): Promise<string> {
    const row = this.widget
      .locator('.quick-input-list .monaco-list-row.focused')
      .filter({ visible: true });
    return readable(
      (await row
        .first()
        .getAttribute('aria-label', { timeout: 100 })
        .catch(() => '')) ?? '',
    );
  }

  /** A button of the title bar, by its tooltip. */
  button(name: string): Locator {
    return this.widget.locator(`.quick-input-titlebar [aria-label^="${name}"]`);
  }

  /** Escape, twice if need be: an open notification centre takes the first one. */
  async cancel(): Promise<void> {
    await this.input.press('Escape');
    try {
      await this.widget.waitFor({ state: 'hidden', timeout: 1000 });
    } catch {
      await this.input.press('Escape');
    }
    await this.closed();
  }

  async closed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }
}
