import type { Locator, Page } from 'playwright-core';
import { readable } from './text';

/** A modal question of VS Code. */
export class Dialog {
  private constructor(private readonly box: Locator) {}

  /** Waits for one. */
  static async find(page: Page): Promise<Dialog> {
    const box = page.locator('.monaco-dialog-box');
    await box.waitFor();
    return new Dialog(box);
  }

  /** Message and detail. */
  async text(): Promise<string> {
    return readable(await this.box.locator('.dialog-message-container').innerText());
  }

  async buttons(): Promise<string[]> {
    return (await this.box.locator('.dialog-buttons .monaco-button').allInnerTexts()).map(readable);
  }

  async press(label: string): Promise<void> {
    await this.box.locator('.dialog-buttons .monaco-button', { hasText: label }).click();
    await this.box.waitFor({ state: 'detached' });
  }
}
