import * as vscode from 'vscode';
import { DisposableStore, toDisposable, type Disposable } from '../../base/disposable';
import { childPath, type ZPath } from '../../domain/znode/path';
import type { SessionChanges, Sessions } from '../../zk/sessions';
import { SCHEME } from '../contributions';
import { znodeUri } from '../uri';

const SHOWN_MS = 4_000;
/** A burst of more changes than this is a reload, not something to follow by eye. */
const MOST = 200;

interface Mark {
  readonly uri: vscode.Uri;
  readonly kind: 'created' | 'data';
}

/** Marks rows that somebody has just created (`A`) or written (`M`), for a few seconds. */
export class ChangeDecorations implements vscode.FileDecorationProvider, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = new vscode.EventEmitter<vscode.Uri[]>();
  private readonly marks = new Map<string, Mark>();
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();

  readonly onDidChangeFileDecorations = this.changed.event;

  constructor(sessions: Sessions) {
    this.store.add(this.changed);
    this.store.add(sessions.onDidChangeZnodes((burst) => this.mark(burst)));
    this.store.add(vscode.window.registerFileDecorationProvider(this));
    this.store.add(toDisposable(() => this.timers.forEach(clearTimeout)));
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== SCHEME) return undefined;
    switch (this.marks.get(uri.toString())?.kind) {
      case 'created':
        return new vscode.FileDecoration(
          'A',
          vscode.l10n.t('just created'),
          new vscode.ThemeColor('zookeeperWorkbench.createdForeground'),
        );
      case 'data':
        return new vscode.FileDecoration(
          'M',
          vscode.l10n.t('just changed'),
          new vscode.ThemeColor('zookeeperWorkbench.changedForeground'),
        );
      case undefined:
        return undefined;
    }
  }

  dispose(): void {
    this.store.dispose();
  }

  private mark({ connectionId, changes }: SessionChanges): void {
    const marks: Mark[] = [];
    const add = (path: ZPath, kind: Mark['kind']): void => {
      if (marks.length >= MOST) return;
      const mark = { uri: znodeUri(connectionId, path), kind };
      this.marks.set(mark.uri.toString(), mark);
      marks.push(mark);
    };
    for (const { path, type, added } of changes) {
      if (type === 'data' || type === 'created') add(path, type);
      for (const name of added ?? []) add(childPath(path, name), 'created');
    }
    if (marks.length === 0) return;
    this.changed.fire(marks.map(({ uri }) => uri));
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      // What was marked again meanwhile keeps its newer mark.
      const over = marks.filter((mark) => this.marks.get(mark.uri.toString()) === mark);
      for (const { uri } of over) this.marks.delete(uri.toString());
      this.changed.fire(over.map(({ uri }) => uri));
    }, SHOWN_MS);
    this.timers.add(timer);
  }
}
