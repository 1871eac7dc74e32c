import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The bundled files of one page, the only folder that it may load from. */
export function pageFolder(extensionUri: vscode.Uri, page: string): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'media', page);
}

export interface WebviewPage {
  /** The folder below `media` with `main.ts`, and the id of the element that it fills. */
  readonly page: string;
  readonly title: string;
}

/**
 * Fills a webview with a page that has no data in it, under a policy that runs nothing but its own
 * script, also as a worker, and loads nothing but its own styles and the pictures that it draws.
 */
export function showPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  { page, title }: WebviewPage,
): void {
  const folder = pageFolder(extensionUri, page);
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const uriOf = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}`,
    'img-src data:; worker-src blob:',
  ].join('; ');
  webview.html = `<!DOCTYPE html>
<html lang="${vscode.env.language}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="stylesheet" href="${uriOf('main.css')}" />
    <title>${escape(title)}</title>
  </head>
  <body>
    <main id="${page}"></main>
    <script nonce="${nonce}" src="${uriOf('main.js')}"></script>
  </body>
</html>`;
}

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
