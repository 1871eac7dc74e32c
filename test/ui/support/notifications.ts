import type { Locator, Page } from 'playwright-core';
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

  /** Waits for a notification that contains the text; its buttons can be pressed by role. */
  async find(text: string | RegExp): Promise<Locator> {
    await this.open();
    const item = this.center.locator('.notification-list-item', { hasText: text }).first();
    await item.waitFor();
    return item;
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
    await this.center.waitFor();
  }
}
