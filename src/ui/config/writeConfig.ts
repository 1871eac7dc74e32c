import * as vscode from 'vscode';
import { parsePlan } from '../../domain/capacity/plan/document';
import { isProblems } from '../../domain/capacity/result';
import type { FileChange } from '../../domain/config/changes';
import { planFacts } from '../../domain/config/facts';
import { SERVER_TARGETS } from '../../domain/config/file';
import { nameFrom } from '../../domain/config/names';
import { PlanCommands } from '../contributions';
import { offerFolder } from '../openFolder';
import { findPlans, isPlanUri } from '../planUri';
import type { UserInput } from '../userInput';
import { type Choice, writeConfigFiles } from './flow';
import { WorkspaceFiles } from './workspaceFiles';

export interface WriteConfigPorts {
  readonly ui: UserInput;
  /** Of the workspace. */
  readonly memento: vscode.Memento;
}

/** What was chosen the last time, and the places of plans by their path. */
const TARGETS = 'config.targets';
const PLACES = 'config.places';
const MOST_PLACES = 50;
const ENDING = '.zkplan.json';

/** *Write Config Files…* for a plan document, the one in the editor, or one that is asked for. */
export async function writeConfig({ ui, memento }: WriteConfigPorts, target: unknown) {
  const uri = planUri(target) ?? (await choosePlan(ui));
  const workspaceFolder = vscode.workspace.getWorkspaceFolder(uri);
  if (workspaceFolder === undefined) {
    offerFolder(
      ui,
      vscode.l10n.t(
        'Open the folder of the plan first: files are written into the workspace only.',
      ),
    );
    return;
  }
  const document = parsePlan((await vscode.workspace.openTextDocument(uri)).getText());
  const facts = isProblems(document) ? document : planFacts(document.input);
  if (isProblems(facts)) {
    const [first] = facts;
    const text = first === undefined ? '' : `${first.where} ${first.message}`.trim();
    throw new Error(vscode.l10n.t('There is nothing to write for this plan: {0}', text));
  }
  const planFile = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const folder = new WorkspaceFiles(workspaceFolder.uri);
  try {
    await writeConfigFiles(
      { facts, planFile, first: firstChoice(memento, uri, planFile) },
      {
        ui,
        folder,
        remember: async ({ targets, ...place }) => {
          await memento.update(TARGETS, targets);
          const key = uri.toString();
          const others = Object.entries(placesIn(memento)).filter(([other]) => other !== key);
          const kept = [...others.slice(1 - MOST_PLACES), [key, place]];
          await memento.update(PLACES, Object.fromEntries(kept));
        },
        next: (chosen, changes) => [
          ...summaryOf(workspaceFolder.uri, changes),
          ...startOf(uri, chosen),
        ],
        l10n: vscode.l10n,
      },
    );
  } finally {
    folder.dispose();
  }
}

/** The reasons, and what to do in which order. */
function summaryOf(root: vscode.Uri, changes: readonly FileChange[]) {
  const label = vscode.l10n.t('Open PLAN.md');
  return changes
    .filter(({ path }) => /(^|\/)PLAN\.md$/.test(path))
    .map(({ path }) => ({
      ...{ label, command: 'vscode.open' },
      argument: vscode.Uri.joinPath(root, ...path.split('/')),
    }));
}

/** An ensemble whose files are for this machine can be started right away. */
function startOf(plan: vscode.Uri, { targets }: Choice) {
  const isLocal = targets.includes('local') || targets.includes('compose');
  if (!isLocal || !vscode.workspace.isTrusted) return [];
  const label = vscode.l10n.t('Start Local Ensemble…');
  return [{ label, command: PlanCommands.startLocal, argument: plan }];
}

type Places = Readonly<Record<string, { readonly folder: string; readonly name: string }>>;

const placesIn = (memento: vscode.Memento): Places => memento.get<Places>(PLACES, {});

/** The last answers; for a plan that is written for the first time, a folder beside it. */
function firstChoice(memento: vscode.Memento, uri: vscode.Uri, planFile: string): Choice {
  const beside = vscode.workspace.asRelativePath(uri, false).split('/').slice(0, -1);
  const place = placesIn(memento)[uri.toString()] ?? {
    folder: [...beside, 'zookeeper'].join('/'),
    name: nameFrom(planFile.slice(0, -ENDING.length)),
  };
  return { targets: memento.get<readonly string[]>(TARGETS, SERVER_TARGETS), ...place };
}

function planUri(target: unknown): vscode.Uri | undefined {
  const active = vscode.window.activeTextEditor?.document.uri;
  const uri = target instanceof vscode.Uri ? target : active;
  return uri && isPlanUri(uri) ? uri : undefined;
}

async function choosePlan(ui: UserInput): Promise<vscode.Uri> {
  const found = await findPlans();
  const [only] = found;
  if (found.length === 1 && only !== undefined) return only.uri;
  return ui.pick({
    title: vscode.l10n.t('Write Config Files'),
    placeholder: vscode.l10n.t('Choose a plan'),
    items: found.map(({ uri, path }) => ({ value: uri, label: path })),
  });
}
