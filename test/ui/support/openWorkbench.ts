import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, ensureChromium } from '../../tools/vscode/chromium.mjs';
import { startWorkbench } from '../../tools/vscode/server.mjs';
import { hostName } from '../../tools/vscode/versions.mjs';
import { makeWorkspace } from '../../tools/vscode/workspace.mjs';
import { containerTitle } from './container';
import { THEMES, type ThemeName } from './themes';
import { Workbench } from './workbench';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

export interface OpenOptions {
  /** What `ZKW_VSCODE` says, else newest. */
  readonly version?: 'newest' | 'oldest';
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Used as it is, changes included; without it a copy of the sample workspace. */
  readonly workspace?: string;
  readonly theme?: ThemeName;
  readonly trusted?: boolean;
  /** The project unless said. */
  readonly extensionPath?: string;
  /** A packaged extension, tested in place of the folder. */
  readonly vsix?: string;
  /** More variables for the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly deviceScaleFactor?: number;
}

/** Opens a window of its own server in its own browser, and waits until the extension is there. */
export async function openWorkbench(options: OpenOptions = {}): Promise<Workbench> {
  const version = options.version ?? hostName(process.env['ZKW_VSCODE']);
  const extensionPath = options.extensionPath ?? PROJECT;
  const theme = { 'workbench.colorTheme': THEMES[options.theme ?? 'dark'].id };
  const folder = await mkdtemp(join(tmpdir(), 'zkw-ui-'));
  const endings: (() => Promise<unknown>)[] = [
    () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  ];
  const close = async () => {
    for (const end of endings.reverse()) await end();
  };
  try {
    const workspace = options.workspace ?? (await makeWorkspace(folder));
    const server = await startWorkbench({
      version,
      ...(options.vsix ? { vsix: options.vsix } : { extensionPath }),
      workspace,
      settings: { ...theme, ...options.settings },
      trusted: options.trusted ?? true,
      env: options.env ?? {},
    });
    endings.push(server.stop);
    const executablePath = await ensureChromium();
    const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
    endings.push(() => browser.close());
    const page = await browser.newPage({
      viewport: options.viewport ?? { width: 1280, height: 800 },
      deviceScaleFactor: options.deviceScaleFactor ?? 1,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    page.setDefaultTimeout(15_000);
    const workbench = new Workbench({
      page,
      version,
      workspace,
      userDataDir: server.userDataDir,
      container: await containerTitle(extensionPath),
      close,
    });
    await page.goto(server.url, { waitUntil: 'commit' });
    await workbench.ready();
    return workbench;
  } catch (error) {
    await close();
    throw error;
  }
}
