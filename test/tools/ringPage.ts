import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import type { RingChoices } from '../../src/domain/ring/choices';
import type { FromRingPage, ToRingPage } from '../../src/protocol/ring';
import { RingController } from '../../src/ui/ring/controller';
import { listedMembers, NOTHING_YET } from '../../src/ui/ring/feed';
import { englishL10n } from '../fakes/userInput';
import { CHROMIUM_FLAGS, ensureChromium } from './vscode/chromium.mjs';

const BUNDLE = fileURLToPath(new URL('../../dist/media/ring/', import.meta.url));

/** Runs in the page: what VS Code gives to a webview, and how messages come in. */
const HOST = `
let state;
globalThis.acquireVsCodeApi = () => ({
  postMessage: (message) => globalThis.fromPage(message),
  getState: () => state,
  setState: (next) => { state = next; },
});
const arrays = { Uint32Array, Uint16Array, Uint8Array };
globalThis.decode = (text) => JSON.parse(text, (_, value) => {
  if (typeof value?.$array !== 'string') return value;
  const bytes = Uint8Array.from(atob(value.base64), (character) => character.charCodeAt(0));
  return new arrays[value.$array](bytes.buffer);
});
globalThis.receive = (message) => window.dispatchEvent(new MessageEvent('message', { data: message }));
`;

/** The page of a ring in a bare browser, with the real controller behind it. */
export interface RingPage {
  readonly page: Page;
  readonly controller: RingController;
  /** The last message of a type that the controller posted. */
  readonly last: (type: ToRingPage['type']) => ToRingPage | undefined;
  /** Makes a message available in the page as the global `name`. */
  readonly put: (name: string, message: ToRingPage | undefined) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens it; what the controller posts stays here until it is put into the page. */
export async function openRingPage(choices: RingChoices): Promise<RingPage> {
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: CHROMIUM_FLAGS,
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  const [script, style] = await Promise.all([
    readFile(`${BUNDLE}main.js`, 'utf8'),
    readFile(`${BUNDLE}main.css`, 'utf8'),
  ]);
  const posted: ToRingPage[] = [];
  const controller = new RingController(choices, {
    l10n: englishL10n,
    nameOf: () => 'Local',
    feed: (members, tell) => {
      const servers = 'servers' in members ? members.servers : [];
      tell({ ...NOTHING_YET, members: listedMembers(servers) });
      return { dispose: () => {} };
    },
    keys: {
      readFile: () => Promise.resolve(new Uint8Array()),
      childrenOf: () => Promise.resolve([]),
      watchFile: () => ({ dispose: () => {} }),
    },
    act: () => {},
    tell: () => {},
    post: (message) => void posted.push(message),
    now: () => Date.UTC(2026, 0, 1),
  });
  await page.exposeFunction('fromPage', (message: FromRingPage) => controller.receive(message));
  await page.setContent(
    '<!DOCTYPE html><html lang="en"><body><main id="ring"></main></body></html>',
  );
  await page.addStyleTag({ content: style });
  await page.addScriptTag({ content: HOST });
  await page.addScriptTag({ content: script });
  return {
    page,
    controller,
    last: (type) => posted.findLast((message) => message.type === type),
    async put(name, message) {
      await page.evaluate(`globalThis.${name} = decode(${JSON.stringify(encode(message))})`);
    },
    async close() {
      controller.dispose();
      await browser.close();
    },
  };
}

/** JSON with typed arrays in it. */
function encode(message: ToRingPage | undefined): string {
  return JSON.stringify(message, (_, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value;
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return { $array: value.constructor.name, base64: bytes.toString('base64') };
  });
}
