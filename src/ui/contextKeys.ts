import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable';
import type { Event } from '../base/event';
import type { ConnectionProfile } from '../domain/connection';
import type { WriteEntry } from '../zk/edit/writer';
import { ContextKeys } from './contributions';

/** Keeps the facts that `when` clauses of the manifest ask for; set only when one changes. */
export function keepContextKeys(
  store: {
    readonly profiles: readonly Pick<ConnectionProfile, 'origin'>[];
    readonly onDidChange: Event<void>;
  },
  sessions: {
    all(): readonly unknown[];
    readonly onDidChange: Event<string>;
    readonly onDidWrite: Event<Pick<WriteEntry, 'result'>>;
  },
): Disposable {
  const known = new Map<string, boolean>();
  const set = (key: string, value: boolean): void => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  const update = (): void => {
    set(ContextKeys.hasConnections, store.profiles.length > 0);
    const hasSandbox = store.profiles.some(({ origin }) => origin === 'sandbox');
    set(ContextKeys.hasSandbox, hasSandbox);
    set(ContextKeys.hasSessions, sessions.all().length > 0);
    set(ContextKeys.hasSeveralSessions, sessions.all().length > 1);
  };
  update();
  const subscriptions = new DisposableStore();
  subscriptions.add(store.onDidChange(update));
  subscriptions.add(sessions.onDidChange(update));
  subscriptions.add(
    sessions.onDidWrite(({ result }) => {
      if (result === 'ok') set(ContextKeys.hasWritten, true);
    }),
  );
  return subscriptions;
}
