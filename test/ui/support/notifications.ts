import { errors, type Locator, type Page } from 'playwright-core';
import { runCommand } from './commands';
import { readable } from './text';

/**
 * Notifications are read in their centre: the newest VS Code never shows toasts under the flag that
 * makes it load an extension under development.
 */
export class Notifications {
  private readonly center: Locator;

  constructor(private readonly page: Page) {
    this.center = page.locator('.notifications-center.visible');
  }

  /**
   * Waits for a notification that contains the text; its buttons can be pressed by role. The centre
   * closes when something else takes the focus, and is opened again.
   */
  async find(text: string | RegExp): Promise<Locator> {
    const item = this.center.locator('.notification-list-item', { hasText: text }).first();
    for (let attempt = 1; ; attempt++) {
      try {
        await this.open();
        await item.waitFor({ timeout: 3_000 });
        return item;
      } catch (error) {
        if (!(error instanceof errors.TimeoutError) || attempt === 6) throw error;
      }
    }
  }

  /** The messages that are there now. */
  async all(): Promise<string[]> {
    await this.open();
    const texts = await this.center.locator('.notification-list-item-message').allInnerTexts();
    return texts.map(readable);
  }

  async clear(): Promise<void> {
    await runCommand(this.page, 'Notifications: Clear All Notifications');
  }

  /** Reading leaves the centre open; a picture wants it closed. */
  async hide(): Promise<void> {
    if (!(await this.center.isVisible())) return;
    await runCommand(this.page, 'Notifications: Hide Notifications');
    await this.center.waitFor({ state: 'hidden' });
  }

  private async open(): Promise<void> {
    if (await this.center.isVisible()) return;
    await runCommand(this.page, 'Notifications: Show Notifications');
    await this.center.waitFor({ timeout: 3_000 });
  }
}
