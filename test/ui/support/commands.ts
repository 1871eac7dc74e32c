import { errors, type Page } from 'playwright-core';
import { exactly } from './text';

const ATTEMPTS = 8;
/** What each step of an attempt may take: a palette that lost the focus has closed. */
const STEP_MS = 1_500;

/** Runs a command by its title in the palette ("Category: Title"). */
export async function runCommand(page: Page, title: string): Promise<void> {
  await chooseInPalette(page, `>${title}`, title);
}

/**
 * Opens the palette, which finds files too, enters a text and chooses a row by its label. The row is
 * clicked, because Enter takes the first row, which need not be ours. The palette is opened again
 * where that failed: its key is lost while the focus is on its way to or from a webview, what was
 * opened before the extension had registered doesn't know its commands, and anything else that takes
 * the focus closes it.
 */
export async function chooseInPalette(page: Page, text: string, label: string): Promise<void> {
  const widget = page.locator('.quick-input-widget').filter({ visible: true });
  const input = widget.locator('.quick-input-box input');
  const name = page.locator('.label-name', { hasText: exactly(label) });
  const row = widget.locator('.quick-input-list .monaco-list-row').filter({ has: name }).first();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const timeout = STEP_MS * (attempt < 3 ? 1 : 2);
    try {
      await page.keyboard.press('F1');
      await input.waitFor({ timeout });
      await input.fill(text, { timeout });
      await row.click({ timeout, trial: true });
      // A click that runs out of time may have chosen it, which must not happen twice.
      return await row.click();
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error;
      await page.keyboard.press('Escape');
    }
  }
  throw new Error(`The palette has no "${label}" for "${text}".`);
}
