import type { Page } from 'playwright-core';
import { exactly } from './text';

/**
 * Runs a command by its title in the palette ("Category: Title"). The row is clicked, because Enter
 * takes the first row, which need not be ours; a palette that was opened before the extension had
 * registered is opened again.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  const widget = page.locator('.quick-input-widget');
  const input = widget.locator('.quick-input-box input');
  const label = page.locator('.label-name', { hasText: exactly(title) });
  const row = widget.locator('.quick-input-list .monaco-list-row').filter({ has: label }).first();
  for (let attempt = 0; attempt < 8; attempt++) {
    await page.keyboard.press('F1');
    try {
      await input.waitFor({ state: 'visible', timeout: 1500 });
      await input.fill(`>${title}`);
      await row.waitFor({ timeout: 1500 });
    } catch {
      await page.keyboard.press('Escape');
      continue;
    }
    return row.click();
  }
  throw new Error(`The command palette has no "${title}".`);
}
