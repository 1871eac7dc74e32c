import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { OUTPUT } from '../../tools/vscode/server.mjs';
import { chooseInPalette, runCommand } from './commands';
import { contextMenu, inlineAction, menuLabels } from './menus';
import { Notifications } from './notifications';
import { Pane } from './pane';
import { QuickInput } from './quickInput';
import { readable } from './text';
import { THEMES, type ThemeName } from './themes';

export interface WorkbenchParts {
  readonly page: Page;
  readonly version: 'newest' | 'oldest';
  readonly workspace: string;
  readonly userDataDir: string;
  /** The view container of the extension. */
  readonly container: string | undefined;
  readonly close: () => Promise<void>;
}

/** A VS Code window with the extension, as a person uses it. */
export class Workbench {
  readonly page: Page;
  readonly version: 'newest' | 'oldest';
  /** The folder that is open. */
  readonly workspace: string;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  /** The rows of all views of the side bar. */
  readonly sideBar: Pane;
  /** A question that has to be answered before all else; its buttons by role. */
  readonly modal: Locator;

  constructor(private readonly parts: WorkbenchParts) {
    const { page } = parts;
    this.page = page;
    this.version = parts.version;
    this.workspace = parts.workspace;
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page);
    this.sideBar = new Pane(page, page.locator('.part.sidebar'));
    this.modal = page.locator('.monaco-dialog-box');
  }

  /** Waits until the extension's contributions are there, which is later than "restored". */
  async ready(): Promise<void> {
    const icon = this.parts.container ? this.icon(this.parts.container) : undefined;
    await (icon ?? this.page.locator('.part.statusbar')).waitFor({ timeout: 60_000 });
  }

  async run(commandTitle: string): Promise<void> {
    await runCommand(this.page, commandTitle);
  }

  /** Opens a file by its whole path: the search for names may not know a new one yet. */
  async openFile(path: string): Promise<void> {
    const name = basename(path);
    await chooseInPalette(this.page, join(this.workspace, path), name);
    await this.tab(name).waitFor();
  }

  /** Shows the extension's view container, or another one. */
  async openContainer(title = this.parts.container ?? ''): Promise<void> {
    const icon = this.page.locator(`.action-label[aria-label^="${title}"]`);
    const open = this.page.locator('.activitybar .action-item.checked').filter({ has: icon });
    if ((await open.count()) > 0) return; // a second click would hide the side bar
    await this.icon(title).click();
    await open.waitFor();
  }

  private icon(title: string): Locator {
    return this.page.locator(`.activitybar .action-label[aria-label^="${title}"]`);
  }

  /** A view by its title. */
  pane(title: string): Pane {
    const header = this.page.locator('.pane-header', { hasText: title });
    return new Pane(this.page, this.page.locator('.pane', { has: header }));
  }

  /** Opens an empty window in place of the one with the folder. */
  async closeFolder(): Promise<void> {
    const url = new URL(this.page.url());
    url.searchParams.delete('folder');
    url.searchParams.set('ew', 'true');
    await this.page.goto(url.href, { waitUntil: 'commit' });
    await this.ready();
  }

  row(name: string): Locator {
    return this.sideBar.row(name);
  }

  async rowByPath(...path: readonly string[]): Promise<Locator> {
    return this.sideBar.rowByPath(...path);
  }

  async expand(...path: readonly string[]): Promise<void> {
    await this.sideBar.expand(...path);
  }

  async contextMenu(row: Locator, ...items: string[]): Promise<void> {
    await contextMenu(this.page, row, ...items);
  }

  /** The labels of a row's context menu, which has `known` among them. */
  async menuLabels(row: Locator, known: string): Promise<string[]> {
    return menuLabels(this.page, row, known);
  }

  async inlineAction(row: Locator, name: string): Promise<void> {
    await inlineAction(row, name);
  }

  /** The content of the visible webview. Wait for something in it. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview:visible').frameLocator('#active-frame');
  }

  /** An editor tab by the whole name of its document or the title of its webview. */
  tab(name: string): Locator {
    const labelled = `.tab[aria-label="${name}"], .tab[aria-label^="${name}, "]`;
    return this.page.locator(`.tab[data-resource-name="${name}"], ${labelled}`);
  }

  /** The visible lines of the active text editor. */
  async editorText(): Promise<string> {
    const lines = this.page.locator('.editor-group-container.active .view-lines .view-line');
    const numbered = await lines.evaluateAll(
      (elements: { innerText: string; offsetTop: number }[]) =>
        elements.map(({ innerText, offsetTop }) => ({ innerText, offsetTop })),
    );
    numbered.sort((a, b) => a.offsetTop - b.offsetTop); // the DOM order is not the screen order
    return numbered
      .map(({ innerText }) => innerText.replaceAll('\u00a0', ' ').trimEnd())
      .join('\n');
  }

  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  /** Changes settings of the open workspace; they act within about a second. */
  async updateSettings(values: Readonly<Record<string, unknown>>): Promise<void> {
    const path = join(this.workspace, '.vscode', 'settings.json');
    const text = await readFile(path, 'utf8').catch(() => '{}');
    const settings = { ...(JSON.parse(text) as object), ...values };
    await mkdir(join(this.workspace, '.vscode'), { recursive: true });
    await writeFile(path, JSON.stringify(settings, null, 2));
  }

  /** The text of the user's settings. */
  async userSettings(): Promise<string> {
    return readFile(join(this.parts.userDataDir, 'data', 'User', 'settings.json'), 'utf8');
  }

  /** Files with the unsaved texts that VS Code has put away, about a second after they were typed. */
  backups(): Promise<string[]> {
    const folder = join(this.parts.userDataDir, 'data', 'User', 'Backups');
    return readdir(folder, { recursive: true }).catch(() => []);
  }

  async setTheme(name: ThemeName): Promise<void> {
    const { id, cssClass } = THEMES[name];
    await this.updateSettings({ 'workbench.colorTheme': id });
    await this.page.locator(`.monaco-workbench.${cssClass}`).waitFor();
  }

  /** Writes test/output/<version>/<name>.png, without a stray hover in it. */
  async screenshot(name: string): Promise<string> {
    const path = join(OUTPUT, this.version, `${name.replace(/[^\w.-]+/g, '-')}.png`);
    const size = this.page.viewportSize();
    if (size) await this.page.mouse.move(size.width / 2, size.height - 2);
    await this.page.waitForTimeout(300);
    await this.page.screenshot({ path });
    return path;
  }

  /** What extensions other than the built-in ones wrote to their log channels. */
  async log(): Promise<string> {
    const folder = join(this.parts.userDataDir, 'data', 'logs');
    const names = await readdir(folder, { recursive: true });
    const channel = /exthost\d*[/\\](?!vscode\.)[^/\\]+\.[^/\\]+[/\\].*\.log$/;
    const own = names.filter((name) => channel.test(name));
    const texts = await Promise.all(own.map((name) => readFile(join(folder, name), 'utf8')));
    return readable(texts.join('\n'));
  }

  /**
   * Reloads the window and waits for it; unlike a reload of the page it saves everything before.
   */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.run('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  async close(): Promise<void> {
    await this.parts.close();
  }
}
