import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import type { Sessions } from '../../zk/sessions';
import type { UserInput } from '../userInput';
import { registerTreeCommands } from './commands';
import { ChangeDecorations } from './decorations';
import { ClustersProvider, type BookmarkSource, type ProfileSource } from './provider';
import { ClustersView, type Place } from './view';

export interface TreeFeature {
  readonly source: ProfileSource;
  readonly sessions: Sessions;
  readonly bookmarks: BookmarkSource;
  readonly ui: UserInput;
  readonly pageSize: () => number;
  readonly log: Logger;
}

export interface Tree extends Disposable {
  /** The connections and znodes that are selected now; the focused one is the first. */
  readonly selectedPlaces: () => readonly Place[];
}

/** The *Clusters* view with its commands. */
export function registerTree(feature: TreeFeature): Tree {
  const { source, sessions, bookmarks, pageSize } = feature;
  const store = new DisposableStore();
  const provider = store.add(new ClustersProvider(source, sessions, bookmarks, pageSize));
  const view = store.add(new ClustersView(provider, sessions));
  store.add(new ChangeDecorations(sessions));
  store.add(registerTreeCommands({ ...feature, provider, view }));
  return { selectedPlaces: () => view.selectedPlaces, dispose: () => store.dispose() };
}
