import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import type { SamplersLoader } from '../../zk/ensemble/samplersLoader';
import type { Sessions } from '../../zk/sessions';
import { registerCommand } from '../commands';
import { PlanCommands } from '../contributions';
import type { UserInput } from '../userInput';
import { registerLivePlans } from './live/register';
import type { LocalFeature } from './local/run';
import { isPlanUri, planUriOf } from '../planUri';
import type { UnfinishedAnswers } from './wizard/draft';

export interface PlanFeature extends Pick<LocalFeature, 'store'> {
  readonly sessions: Sessions;
  readonly samplers: SamplersLoader;
  readonly nameOf: (connectionId: string) => string | undefined;
  readonly extensionUri: vscode.Uri;
  readonly ui: UserInput;
  /** Of the workspace. */
  readonly memento: vscode.Memento;
  readonly log: Logger;
}

const WIZARDS = {
  ensemble: PlanCommands.newEnsemble,
  cache: PlanCommands.newCache,
  metadata: PlanCommands.newMetadata,
  queue: PlanCommands.newQueue,
  database: PlanCommands.newDatabase,
} as const;

/** Capacity plans: wizards that make them, and help in their editor. All is loaded when needed. */
export function registerPlans(feature: PlanFeature): Disposable {
  const { log, ui } = feature;
  const store = new DisposableStore();
  const unfinished: UnfinishedAnswers = new Map();
  for (const [kind, command] of Object.entries(WIZARDS)) {
    const create = async (): Promise<void> => {
      const { createPlan } = await import('./createPlan');
      await createPlan(kind as keyof typeof WIZARDS, { ...feature, unfinished });
    };
    store.add(registerCommand(command, create, log));
  }
  const recompute = async (target?: unknown): Promise<void> => {
    const uri = planUriOf(target);
    const { recomputePlan } = await import('./recomputePlan');
    await recomputePlan(uri);
  };
  store.add(registerCommand(PlanCommands.recompute, recompute, log));
  const start = async (target?: unknown): Promise<void> => {
    const uri = target instanceof vscode.Uri ? target : undefined;
    const { runLocalEnsemble } = await import('./local/run');
    await runLocalEnsemble(uri, { ui, store: feature.store });
  };
  store.add(registerCommand(PlanCommands.startLocal, start, log));
  store.add(registerLivePlans(feature));
  store.add(helpInEditors(vscode.Uri.joinPath(feature.extensionUri, 'media', 'docs'), log));
  return store;
}

/** Helps in the editors of plans from the first one on that is seen. */
function helpInEditors(docs: vscode.Uri, log: Logger): Disposable {
  const { workspace } = vscode;
  const store = new DisposableStore();
  const start = (): void => {
    opening.dispose();
    import('./editor/language')
      .then(({ PlanLanguage }) => store.add(new PlanLanguage(docs)))
      .catch((error: unknown) => log.error('plans', error));
  };
  const opening = store.add(
    workspace.onDidOpenTextDocument(({ uri }) => {
      if (isPlanUri(uri)) start();
    }),
  );
  if (workspace.textDocuments.some(({ uri }) => isPlanUri(uri))) start();
  return store;
}
