import * as vscode from 'vscode';
import { parsePath, type ZPath } from '../domain/znode/path';
import { SCHEME } from './contributions';

/** The address of a znode in VS Code. Connection ids are lower case, as URI authorities must be. */
export function znodeUri(connectionId: string, path: ZPath): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, authority: connectionId, path });
}

/** The znode that a `zk:` URI names; undefined for other URIs and for impossible paths. */
export function parseZnodeUri(
  uri: vscode.Uri,
): { readonly connectionId: string; readonly path: ZPath } | undefined {
  const path = uri.scheme === SCHEME ? parsePath(uri.path || '/') : undefined;
  return path === undefined ? undefined : { connectionId: uri.authority, path };
}
