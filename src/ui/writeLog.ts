import * as vscode from 'vscode';
import { Coalescer } from '../base/async';
import { DisposableStore, type Disposable } from '../base/disposable';
import type { Logger } from '../base/logger';
import { writeLine } from '../domain/writeLine';
import type { Sessions } from '../zk/sessions';
import { registerCommand } from './commands';
import { Commands } from './contributions';
import { nameOfTarget, type Target } from './target';

/** How long a burst of writes is collected before it is shown, in milliseconds. */
const DELAY_MS = 100;

export interface WriteLogFeature {
  readonly sessions: Pick<Sessions, 'onDidWrite'>;
  readonly connectionOf: (id: string) => Target | undefined;
  readonly log: Logger;
}

/** The output channel *ZooKeeper Writes*: every write that was tried in this window, and its result. */
export function registerWriteLog({ sessions, connectionOf, log }: WriteLogFeature): Disposable {
  const store = new DisposableStore();
  const channel = store.add(
    vscode.window.createOutputChannel(vscode.l10n.t('ZooKeeper Writes'), 'log'),
  );
  const lines: string[] = [];
  const show = store.add(
    new Coalescer(DELAY_MS, () => channel.appendLine(lines.splice(0).join('\n'))),
  );
  store.add(
    sessions.onDidWrite(({ connectionId, ...entry }) => {
      const target = connectionOf(connectionId) ?? { name: connectionId };
      const connection = nameOfTarget(target, vscode.l10n);
      lines.push(writeLine({ ...entry, connection, timeMs: Date.now() }));
      show.schedule();
    }),
  );
  store.add(registerCommand(Commands.showWrites, () => channel.show(), log));
  return store;
}
