import * as vscode from 'vscode';
import { DEFAULT_ADMIN_PORT } from '../zk/adminServer';
import { PREFIX, Settings } from './contributions';

/** How many children a page of the tree shows. */
export function pageSize(): number {
  return read(Settings.pageSize, 200);
}

/** Where the AdminServer of each server listens. */
export function adminPort(): number {
  return read(Settings.adminPort, DEFAULT_ADMIN_PORT);
}

/** Time limits of new connections, in milliseconds. */
export function timing(): { sessionTimeoutMs: number; requestTimeoutMs: number } {
  return {
    sessionTimeoutMs: read(Settings.sessionTimeout, 30_000),
    requestTimeoutMs: read(Settings.requestTimeout, 10_000),
  };
}

/** A number from the settings; VS Code doesn't enforce the schema, so nonsense falls back. */
function read(name: string, fallback: number): number {
  const value = vscode.workspace.getConfiguration(PREFIX).get<unknown>(name);
  return typeof value === 'number' && value > 0 ? value : fallback;
}
