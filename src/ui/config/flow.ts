import type * as vscode from 'vscode';
import { isProblems } from '../../domain/capacity/result';
import type { FileChange } from '../../domain/config/changes';
import { type ConfigChanges, configChanges } from '../../domain/config/configChanges';
import type { PlanFacts } from '../../domain/config/facts';
import { isTarget, type Target } from '../../domain/config/file';
import { relativeFolder } from '../../domain/config/inside';
import { isName } from '../../domain/config/names';
import { pickSome } from '../pickSome';
import { type Notice, runSteps, type Step, type UserInput } from '../userInput';
import { doneText, missedItem, noteText, nothingText, targetNotes, writeItem } from './flowText';
import { targetItems } from './targets';

/** The workspace folder that a plan lies in. Paths are relative to it, with `/`. */
export interface ConfigFolder {
  /** Why a file can't be written, or any file in a folder; undefined when it can. */
  refusal(path: string): Promise<string | undefined>;
  /** The texts of those of these files that are there; fails for one that leads out by a link. */
  read(paths: readonly string[]): Promise<Map<string, string>>;
  /** Opens what would change beside what is there. */
  showChanges(changes: readonly FileChange[]): Promise<void>;
  /** Writes new and changed files, as one step that can be undone. */
  write(changes: readonly FileChange[]): Promise<void>;
}

/** What to write and where. */
export interface Choice {
  readonly targets: readonly string[];
  readonly folder: string;
  readonly name: string;
}

export interface WriteRequest {
  readonly facts: PlanFacts;
  /** File name of the plan. */
  readonly planFile: string;
  /** Chosen to begin with. */
  readonly first: Choice;
}

export interface WriteContext {
  readonly ui: UserInput;
  readonly folder: ConfigFolder;
  readonly remember: (chosen: Choice) => Promise<void>;
  /** What can be done with what was written. */
  readonly next?: (
    chosen: Choice,
    changes: readonly FileChange[],
  ) => NonNullable<Notice['actions']>;
  readonly l10n: typeof vscode.l10n;
}

interface Chosen {
  targets: Target[];
  folder: string;
  name: string;
}

/** Asks what to write and where, shows what changes, and writes it when the user agrees. */
export async function writeConfigFiles(request: WriteRequest, context: WriteContext) {
  const { ui, folder, remember, next, l10n } = context;
  const chosen = await choose(request, context);
  await remember(chosen);
  const found = await changesFor(request, chosen, context);
  const { changes } = found;
  const notes = [
    ...found.notes.map((note) => noteText(note, l10n)),
    ...targetNotes(chosen.targets, changes, l10n),
  ];
  const pending = changes.filter(({ kind }) => kind === 'new' || kind === 'changed');
  const skipped = changes.filter(({ kind }) => kind === 'foreign').map(({ path }) => path);
  if (pending.length === 0) {
    ui.notify({ severity: 'info', message: nothingText(changes, skipped, l10n) });
    return tell(notes, ui);
  }
  for (const { path } of pending) {
    const refusal = await folder.refusal(path);
    if (refusal !== undefined) throw new Error(refusal);
  }
  if (pending.some(({ kind }) => kind === 'changed')) await folder.showChanges(pending);
  await confirm(request, changes, pending, context);
  // The user may have taken long: what was shown must still be what would be written.
  const now = await changesFor(request, chosen, context);
  if (JSON.stringify(now) !== JSON.stringify(found)) {
    throw new Error(
      l10n.t('A file changed while the changes were shown, so nothing was written. Try again.'),
    );
  }
  await folder.write(pending);
  ui.notify({
    severity: skipped.length > 0 ? 'warning' : 'info',
    message: doneText(pending.length, chosen.folder, skipped, l10n),
    ...(next && { actions: next(chosen, pending) }),
  });
  tell(notes, ui);
}

/** Each by itself: a notice has room for a few lines, and what must not be missed may stand last. */
function tell(notes: readonly string[], ui: UserInput): void {
  for (const message of notes) ui.notify({ severity: 'warning', message });
}

async function choose(
  { first }: WriteRequest,
  { ui, l10n, folder: place }: WriteContext,
): Promise<Chosen> {
  const title = l10n.t('Write Config Files');
  const asked = { title, totalSteps: 3 };
  const chosen: Chosen = {
    ...first,
    targets: first.targets.filter(isTarget),
  };
  const askTargets: Step = async () => {
    const question = {
      ...asked,
      step: 1,
      placeholder: l10n.t('Choose what to write'),
      items: targetItems(l10n),
      chosen: chosen.targets,
    };
    const hint = l10n.t('Choose at least one, or press Escape to write nothing.');
    chosen.targets = await pickSome(ui, question, hint);
    return askFolder;
  };
  const askFolder: Step = async () => {
    const folder = await ui.input({
      ...asked,
      step: 2,
      prompt: l10n.t('Folder for the files, in the workspace folder of the plan'),
      value: chosen.folder,
      validate: async (text) => {
        const path = relativeFolder(text);
        return path === undefined
          ? l10n.t('Give a folder inside the workspace folder, such as config/zookeeper.')
          : place.refusal(path);
      },
    });
    chosen.folder = relativeFolder(folder) ?? '';
    return askName;
  };
  const askName: Step = async () => {
    chosen.name = await ui.input({
      ...asked,
      step: 3,
      prompt: l10n.t(
        'Name of the ensemble: of its unit, its Kubernetes objects, its compose project, its scrape job',
      ),
      value: chosen.name,
      validate: (text) =>
        isName(text)
          ? undefined
          : l10n.t('Use at most 40 lower-case letters, digits and hyphens, a letter first.'),
    });
    return undefined;
  };
  await runSteps(askTargets);
  return chosen;
}

/** Paths of files are those below the folder that was chosen; of changes, those below the workspace's. */
async function changesFor(
  { facts, planFile }: WriteRequest,
  { targets, folder: base, name }: Chosen,
  { folder, l10n }: WriteContext,
): Promise<ConfigChanges> {
  const at = (path: string): string => (base === '' ? path : `${base}/${path}`);
  const read = async (paths: readonly string[]): Promise<Map<string, string>> => {
    const texts = await folder.read(paths.map(at));
    return new Map(
      paths.flatMap((path) => {
        const text = texts.get(at(path));
        return text === undefined ? [] : [[path, text] as const];
      }),
    );
  };
  const found = await configChanges(facts, { targets: new Set(targets), planFile, name }, read);
  if (isProblems(found)) {
    const texts = found.map(({ where, message }) => `${at(where)}: ${message}`);
    throw new Error(l10n.t('Nothing was written. {0}', texts.join(' ')));
  }
  return {
    changes: found.changes.map((change) => ({ ...change, path: at(change.path) })),
    notes: found.notes.map((note) => ({ ...note, path: at(note.path) })),
  };
}

type Answer = FileChange | 'write' | 'missed';

/** Lists every file; one that is chosen is shown, until the user writes or leaves. */
async function confirm(
  { facts }: WriteRequest,
  changes: readonly FileChange[],
  pending: readonly FileChange[],
  { ui, folder, l10n }: WriteContext,
): Promise<void> {
  const kinds = {
    new: { icon: 'diff-added', text: l10n.t('new') },
    changed: { icon: 'diff-modified', text: l10n.t('changed') },
    unchanged: { icon: 'check', text: l10n.t('unchanged') },
    foreign: { icon: 'circle-slash', text: l10n.t('left alone: it was not written from a plan') },
  };
  const missed = missedItem(facts, l10n);
  // What was looked at stays chosen: a second Enter must not write.
  for (let active: Answer = 'write'; ;) {
    const answer: Answer = await ui.pick<Answer>({
      title: l10n.t('Write Config Files'),
      placeholder: l10n.t('Write these files? Choose one to see it; Escape writes nothing'),
      active,
      items: [
        { value: 'write', icon: 'save-all', ...writeItem(pending, l10n) },
        ...(missed ? [{ value: 'missed' as const, icon: 'warning', ...missed }] : []),
        ...changes.map((change) => ({
          value: change,
          label: change.path,
          icon: kinds[change.kind].icon,
          description: kinds[change.kind].text,
        })),
      ],
    });
    if (answer === 'write') return;
    if (answer !== 'missed') await folder.showChanges([answer]);
    active = answer;
  }
}
