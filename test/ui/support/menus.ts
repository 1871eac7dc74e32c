import { errors, type Locator, type Page } from 'playwright-core';
import { exactly } from './text';

const ATTEMPTS = 5;
/** How long an opened menu may take to show an item; after that it has closed again. */
const SHOWN_MS = 3_000;
/** A menu ignores the mouse in its first 100 ms. */
const DEAF_MS = 150;

/**
 * Chooses from the context menu of a row; a path like "Create", "Child…" goes through a submenu.
 */
export async function contextMenu(page: Page, row: Locator, ...path: string[]): Promise<void> {
  const [first = '', ...rest] = path;
  const last = menuItem(page, rest.at(-1) ?? first);
  await withMenu(page, row, first, async (item) => {
    await press(page, item);
    for (const name of rest) await press(page, menuItem(page, name));
  });
  await last.waitFor({ state: 'detached' });
}

/** The labels of a row's context menu, which has `known` among them, in their order. */
export async function menuLabels(page: Page, row: Locator, known: string): Promise<string[]> {
  let labels: string[] = [];
  await withMenu(page, row, known, async (item) => {
    labels = await page.locator('.monaco-menu .action-label').allInnerTexts();
    if (!labels.includes(known))
      throw new errors.TimeoutError('The menu closed while it was read.');
    await page.keyboard.press('Escape');
    await item.waitFor({ state: 'detached' });
  });
  return labels.filter((label) => label !== '');
}

/** Presses a button at the right end of a row; those appear while the pointer is over it. */
export async function inlineAction(row: Locator, name: string): Promise<void> {
  await row.hover();
  await row.getByRole('button', { name }).click();
}

/**
 * Opens the menu of a row for an action. Menus close when anything else takes the focus, so one that
 * is gone before the action was through is opened again.
 */
async function withMenu(
  page: Page,
  row: Locator,
  known: string,
  action: (item: Locator) => Promise<void>,
): Promise<void> {
  const item = menuItem(page, known);
  for (let attempt = 1; ; attempt++) {
    try {
      await row.click({ button: 'right' });
      await item.waitFor({ timeout: SHOWN_MS });
      return await action(item);
    } catch (error) {
      if (!(error instanceof errors.TimeoutError) || attempt === ATTEMPTS) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** By its label alone: the name of the item has its key as well. */
function menuItem(page: Page, label: string): Locator {
  const text = page.locator('.action-label', { hasText: exactly(label) });
  return page.locator('.monaco-menu').getByRole('menuitem').filter({ has: text });
}

async function press(page: Page, item: Locator): Promise<void> {
  await item.waitFor({ timeout: SHOWN_MS });
  // By the clock of the page, which is late when its machine is busy.
  await page.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), DEAF_MS);
  await item.click({ timeout: SHOWN_MS });
}
