import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable';
import type { Logger } from '../base/logger';

/** The log as the layers below know it, in an output channel with levels of its own. */
export function createLog(): Logger & Disposable & { show(): void } {
  const channel = vscode.window.createOutputChannel('ZooKeeper Workbench', { log: true });
  return {
    debug: (message) => channel.debug(message),
    info: (message) => channel.info(message),
    warn: (message) => channel.warn(message),
    error: (message, error) => {
      channel.error(
        error instanceof Error ? `${message}: ${error.stack ?? error.message}` : message,
      );
    },
    show: () => channel.show(),
    dispose: () => channel.dispose(),
  };
}
