import * as vscode from 'vscode';
import { parsePath, type ZPath } from '../../domain/znode/path';
import { SCHEME, SNAPSHOT_SCHEME } from '../contributions';

export interface ZnodeAddress {
  readonly connectionId: string;
  readonly path: ZPath;
}

/**
 * What a read-only document shows of a znode.
 *
 * - `now`: its present value, all of it, as the editor would show it
 * - `formatted`: the same, indented
 * - `bytes`: its data as they are
 * - an id: the value of that id that this window saw earlier
 */
export type View = 'now' | 'formatted' | 'bytes' | number;

export function snapshotUri({ connectionId, path }: ZnodeAddress, view: View): vscode.Uri {
  const query = typeof view === 'number' ? `earlier=${view}` : view;
  return vscode.Uri.from({ scheme: SNAPSHOT_SCHEME, authority: connectionId, path, query });
}

/** What a `zkro:` URI stands for; undefined when it can't be one of ours. */
export function parseSnapshotUri(uri: vscode.Uri): (ZnodeAddress & { view: View }) | undefined {
  const address = uri.scheme === SNAPSHOT_SCHEME ? addressOf(uri) : undefined;
  const earlier = /^earlier=(\d{1,15})$/.exec(uri.query)?.[1];
  const view = earlier === undefined ? uri.query : Number(earlier);
  if (!address || !isView(view)) return undefined;
  return { ...address, view };
}

/** The znode that a command was called for: by a row of the tree, a document, or a view of one. */
export function znodeOf(target: unknown): ZnodeAddress | undefined {
  const chosen = target ?? vscode.window.activeTextEditor?.document.uri;
  if (chosen instanceof vscode.Uri) return addressOf(chosen);
  if (typeof chosen !== 'object') return undefined;
  const { connectionId, path } = chosen as Record<string, unknown>;
  if (typeof connectionId !== 'string' || typeof path !== 'string') return undefined;
  const parsed = parsePath(path);
  return parsed && { connectionId, path: parsed };
}

function addressOf(uri: vscode.Uri): ZnodeAddress | undefined {
  if (uri.scheme !== SCHEME && uri.scheme !== SNAPSHOT_SCHEME) return undefined;
  const path = parsePath(uri.path || '/');
  return path && { connectionId: uri.authority, path };
}

function isView(view: string | number): view is View {
  return typeof view === 'number' || ['now', 'formatted', 'bytes'].includes(view);
}
