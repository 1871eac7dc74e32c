import { DisposableStore, type Disposable } from '../../../base/disposable';
import { Emitter } from '../../../base/event';
import type { Reality } from '../../../domain/capacity/live/drift';
import type { Sessions } from '../../../zk/sessions';

/** What a plan was compared with. */
export interface Compared {
  readonly reality: Reality;
  readonly connectionId: string;
  /** Of the connection, as it may be shown. */
  readonly name: string;
}

/** The last comparison of each plan, by its document; it ends with the connection that it is about. */
export class Comparisons implements Disposable {
  private readonly store = new DisposableStore();
  private readonly made = new Map<string, Compared>();
  private readonly forgotten = this.store.add(new Emitter<string>());

  /** Fires with a document whose comparison says nothing any more. */
  readonly onDidForget = this.forgotten.event;

  constructor(sessions: Pick<Sessions, 'get' | 'onDidChange'>) {
    this.store.add(
      sessions.onDidChange((id) => {
        if (!sessions.get(id)) this.clear(({ connectionId }) => connectionId === id);
      }),
    );
  }

  get isEmpty(): boolean {
    return this.made.size === 0;
  }

  get(document: string): Compared | undefined {
    return this.made.get(document);
  }

  set(document: string, compared: Compared): void {
    this.made.set(document, compared);
  }

  forget(document: string): void {
    if (this.made.delete(document)) this.forgotten.fire(document);
  }

  clear(isWanted: (compared: Compared) => boolean = () => true): void {
    for (const [document, compared] of [...this.made]) {
      if (isWanted(compared)) this.forget(document);
    }
  }

  dispose(): void {
    this.store.dispose();
  }
}
