import { errors, type Page } from 'playwright-core';
import { exactly } from './text';

const ATTEMPTS = 8;
/** What each step of an attempt may take: a palette that lost the focus has closed. */
const STEP_MS = 1_500;

/**
 * Runs a command by its title in the palette ("Category: Title"). The row is clicked, because Enter
 * takes the first row, which need not be ours; a palette that was opened before the extension had
 * registered, or that closed because something else took the focus, is opened again.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  const widget = page.locator('.quick-input-widget').filter({ visible: true });
  const input = widget.locator('.quick-input-box input');
  const label = page.locator('.label-name', { hasText: exactly(title) });
  const row = widget.locator('.quick-input-list .monaco-list-row').filter({ has: label }).first();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const timeout = STEP_MS * (attempt < 3 ? 1 : 2);
    try {
      await page.keyboard.press('F1');
      await input.waitFor({ timeout });
      await input.fill(`>${title}`, { timeout });
      await row.click({ timeout, trial: true });
      // A click that runs out of time may have run the command, which must not run twice.
      return await row.click();
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error;
      await page.keyboard.press('Escape');
    }
  }
  throw new Error(`The command palette has no "${title}".`);
}
