import type * as vscode from 'vscode';
import { DisposableStore, toDisposable, type Disposable } from '../base/disposable';
import type { ZnodeStat } from '../domain/znode/stat';
import type { Session, Sessions } from '../zk/sessions';
import { parseZnodeUri } from './uri';

interface Watched {
  readonly uri: vscode.Uri;
  session: Session | undefined;
  hold: Disposable | undefined;
}

/** Keeps open documents watched, over reconnecting by hand too: each session is held anew. */
export class DocumentWatches implements Disposable {
  private readonly store = new DisposableStore();
  private readonly watched = new Set<Watched>();

  /**
   * `onSession` is called for documents whose connection was opened after they were, `onStat` with
   * what was there when watching began: the document may have been read before that.
   */
  constructor(
    private readonly sessions: Sessions,
    private readonly onSession: (uri: vscode.Uri) => void,
    private readonly onStat: (uri: vscode.Uri, stat: ZnodeStat | undefined) => void,
  ) {
    this.store.add(sessions.onDidChange(() => this.follow()));
  }

  watch(uri: vscode.Uri): Disposable {
    const watched: Watched = { uri, session: undefined, hold: undefined };
    this.watched.add(watched);
    this.attach(watched);
    return toDisposable(() => {
      this.watched.delete(watched);
      watched.hold?.dispose();
    });
  }

  dispose(): void {
    this.store.dispose();
    for (const { hold } of this.watched) hold?.dispose();
    this.watched.clear();
  }

  private follow(): void {
    for (const watched of this.watched) if (this.attach(watched)) this.onSession(watched.uri);
  }

  /** Holds the znode in the session of now; true when that is another one than before. */
  private attach(watched: Watched): boolean {
    const znode = parseZnodeUri(watched.uri);
    const session = znode && this.sessions.get(znode.connectionId);
    if (session === watched.session) return false;
    watched.hold?.dispose();
    watched.hold = znode && session?.model.hold(znode.path, 'stat');
    watched.session = session;
    if (!znode || !session) return false;
    session.model.stat(znode.path).then(
      (stat) => this.watched.has(watched) && this.onStat(watched.uri, stat),
      () => undefined, // shown by the document itself
    );
    return true;
  }
}
