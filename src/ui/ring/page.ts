import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Where the bundles of the page lie. */
export function mediaFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'media', 'ring');
}

/** The page: no data in it, and under a policy that runs nothing but its own script. */
export function pageOf(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const media = mediaFolder(extensionUri);
  const uriOf = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(media, name)).toString();
  const nonce = randomBytes(16).toString('base64url');
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="stylesheet" href="${uriOf('main.css')}" />
    <title>Hash Ring</title>
  </head>
  <body>
    <main id="ring"></main>
    <script nonce="${nonce}" src="${uriOf('main.js')}"></script>
  </body>
</html>`;
}
