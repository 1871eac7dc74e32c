import * as vscode from 'vscode';
import { PlanCommands } from '../contributions';
import { offerFolder } from '../openFolder';
import type { UserInput } from '../userInput';
import { planFolders } from './planFiles';
import { type SourcePorts, startSources } from './startSources';
import type { AnswerMemory, UnfinishedAnswers } from './wizard/draft';
import { PLAN_SCENARIOS, type PlanKind } from './wizard/scenarios';
import { askForPlan } from './wizard/wizard';

export interface PlanCreation extends SourcePorts {
  readonly ui: UserInput;
  /** Of the workspace. */
  readonly memento: vscode.Memento;
  readonly unfinished: UnfinishedAnswers;
}

/** Asks for a plan, writes it and shows it; what may come next is offered. */
export async function createPlan(
  kind: PlanKind,
  { ui, memento, unfinished, ...ports }: PlanCreation,
): Promise<void> {
  const { l10n } = vscode;
  const folders = planFolders();
  if (folders.length === 0) {
    offerFolder(ui, l10n.t('A plan is a file of the workspace. Open a folder first.'));
    return;
  }
  const { path, text, folder } = await askForPlan(PLAN_SCENARIOS[kind], {
    ...{ ui, l10n, folders, unfinished, memory: new Answers(memento) },
    sources: await startSources(ports),
  });
  const place = folders.find((one) => one === folder);
  if (!place) return;
  const document = await place.write(path, text);
  await vscode.window.showTextDocument(document, { preview: false });
  offerNext(document.uri, `${place.name}/${path}`, ui);
}

/** One message with what can be done with the plan. */
function offerNext(uri: vscode.Uri, path: string, ui: UserInput): void {
  const { t } = vscode.l10n;
  const actions = [
    { label: t('Show Report'), command: PlanCommands.showReport, argument: uri },
    { label: t('Write Config Files…'), command: PlanCommands.writeConfig, argument: uri },
  ];
  ui.notify({ severity: 'info', message: t('The plan is in {0}.', path), actions });
}

/** Answers in the workspace's storage, one plan of each kind. */
class Answers implements AnswerMemory {
  constructor(private readonly memento: vscode.Memento) {}

  get(kind: PlanKind): unknown {
    return this.memento.get(keyOf(kind));
  }

  set(kind: PlanKind, inputs: object): void {
    void this.memento.update(keyOf(kind), inputs);
  }
}

const keyOf = (kind: PlanKind): string => `plan.answers.${kind}`;
