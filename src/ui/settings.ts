import * as vscode from 'vscode';
import { DEFAULT_ADMIN_PORT } from '../zk/adminServer';
import { DEFAULT_STEPS_PER_SECOND } from '../zk/edit/pacer';
import { parseRules, type DecodeRule } from '../domain/values/rules';
import { PREFIX, Settings } from './contributions';

/** How many children a page of the tree shows. */
export function pageSize(): number {
  return read(Settings.pageSize, 200);
}

/** Where the AdminServer of each server listens. */
export function adminPort(): number {
  return read(Settings.adminPort, DEFAULT_ADMIN_PORT);
}

/** How often the servers of an ensemble are asked while somebody looks, in milliseconds. */
export function ensembleIntervalMs(): number {
  const seconds = read(Settings.ensembleInterval, 5);
  return 1000 * Math.min(3600, Math.max(2, seconds));
}

/** Time limits of new connections, in milliseconds. */
export function timing(): { sessionTimeoutMs: number; requestTimeoutMs: number } {
  return {
    sessionTimeoutMs: read(Settings.sessionTimeout, 30_000),
    requestTimeoutMs: read(Settings.requestTimeout, 10_000),
  };
}

/** The cap of bulk work in steps a second; undefined when the user has lifted it. */
export function stepsPerSecond(): number | undefined {
  const value = vscode.workspace.getConfiguration(PREFIX).get<unknown>(Settings.editRate);
  return value === 0 ? undefined : read(Settings.editRate, DEFAULT_STEPS_PER_SECOND);
}

/** How values of znodes are decoded; what isn't as it should be is left out. */
export function decodeRules(): readonly DecodeRule[] {
  const setting = vscode.workspace.getConfiguration(PREFIX).get<unknown>(Settings.decoders);
  return parseRules(setting).rules;
}

/** A number from the settings; VS Code doesn't enforce the schema, so nonsense falls back. */
function read(name: string, fallback: number): number {
  const value = vscode.workspace.getConfiguration(PREFIX).get<unknown>(name);
  return typeof value === 'number' && value > 0 ? value : fallback;
}
