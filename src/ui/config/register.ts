import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import { registerCommand } from '../commands';
import { PlanCommands } from '../contributions';
import { isCandidate } from './lintFiles';
import type { WriteConfigPorts } from './writeConfig';

export interface ConfigFeature extends WriteConfigPorts {
  readonly log: Logger;
}

/** Config files: written from plans, and looked over where they are open. All of it loads late. */
export function registerConfig({ log, ...ports }: ConfigFeature): Disposable {
  const store = new DisposableStore();
  const write = async (target?: unknown): Promise<void> => {
    const { writeConfig } = await import('./writeConfig');
    await writeConfig(ports, target);
  };
  store.add(registerCommand(PlanCommands.writeConfig, write, log));
  lintOnceNeeded(store, log);
  return store;
}

/** The first document that may be a `zoo.cfg` loads what looks it over. */
function lintOnceNeeded(store: DisposableStore, log: Logger): void {
  const load = async (): Promise<void> => {
    const { ZooCfgLint } = await import('./lint');
    store.add(new ZooCfgLint(log));
  };
  const start = (): void => void load().catch((error: unknown) => log.error('zoo.cfg', error));
  if (vscode.workspace.textDocuments.some(isCandidate)) {
    start();
    return;
  }
  const opened = store.add(
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (!isCandidate(document)) return;
      opened.dispose();
      start();
    }),
  );
}
