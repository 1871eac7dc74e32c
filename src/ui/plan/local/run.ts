import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { type ConnectionProfile, idFromName } from '../../../domain/connection';
import { sendFourLetterWord } from '../../../zk/fourLetterWords';
import { parseSrvr } from '../../../zk/metrics';
import { ServerCommandError } from '../../../zk/serverCommandError';
import { Commands, PlanCommands } from '../../contributions';
import type { UserInput } from '../../userInput';
import { notifiedWork } from '../../work';
import { filePlace } from '../../workspaceFiles';
import { byScript, findCompose, findInstallations } from './programs';
import { composePorts, currentServers, type LocalServer, readServer } from './setup';
import { type LocalProcess, type LocalSetup, startLocal } from './startLocal';

export interface LocalFeature {
  readonly ui: UserInput;
  readonly store: {
    readonly profiles: readonly ConnectionProfile[];
    save(profile: ConnectionProfile): Promise<void>;
  };
}

const MOST_FILES = 100;
const MOST_BYTES = 1_000_000;
const ANSWER_MS = 1000;

/**
 * Starts an ensemble on this machine from files beside a plan, or anywhere in the workspace, and
 * offers to connect to it.
 */
export async function runLocalEnsemble(
  plan: vscode.Uri | undefined,
  { ui, store }: LocalFeature,
): Promise<void> {
  const { l10n, workspace } = vscode;
  if (!workspace.isTrusted) {
    throw new Error(l10n.t('Programs are only started from the files of a trusted workspace.'));
  }
  const own = plan && workspace.getWorkspaceFolder(plan);
  const folders = own ? [own] : (workspace.workspaceFolders ?? []);
  const local = folders.filter(({ uri }) => uri.scheme === 'file');
  const found = local.map(async (one) => [
    ...(await serverSetups(one)),
    ...(await composeSetups(one)),
  ]);
  const setups = (await Promise.all(found)).flat();
  if (setups.length === 0) {
    ui.notify({
      severity: 'warning',
      message: l10n.t(
        'There are no files of an ensemble for this machine alone. Write the target “local” or docker-compose.yml first.',
      ),
      actions: [
        {
          label: l10n.t('Write Config Files…'),
          command: PlanCommands.writeConfig,
          argument: plan,
        },
      ],
    });
    return;
  }
  const connectString = await startLocal({
    ...{ ui, l10n, setups, run, serves, runs, work: notifiedWork },
    installations: await findInstallations(process.env),
    compose: await findCompose(process.env),
    shown: (path) => workspace.asRelativePath(path),
    installationAt: byScript,
  });
  const connectionId = await savedConnection(store, connectString);
  ui.notify({
    severity: 'info',
    message: l10n.t('The ensemble serves at {0}.', connectString),
    actions: [
      {
        label: l10n.t('Connect'),
        command: Commands.connectionConnect,
        argument: { connectionId },
      },
    ],
  });
}

/** Folders `server.N` side by side, each with a `zoo.cfg`. */
async function serverSetups(folder: vscode.WorkspaceFolder): Promise<LocalSetup[]> {
  const files = await filesIn(folder, '**/server.*/zoo.cfg');
  const byFolder = new Map<string, (LocalServer | { readonly problem: string })[]>();
  for (const { fsPath } of files) {
    const own = dirname(fsPath);
    const id = (await textOf(join(own, 'data', 'myid'))).trim();
    const server = readServer(await textOf(fsPath), own, id);
    const beside = dirname(own);
    byFolder.set(beside, [...(byFolder.get(beside) ?? []), server]);
  }
  return [...byFolder].flatMap(([beside, found]) => {
    const servers = found.filter((one) => 'port' in one);
    // A server that listens elsewhere makes the whole ensemble none of this machine.
    if (servers.length !== found.length) return [];
    return [{ kind: 'servers' as const, folder: beside, servers: currentServers(servers) }];
  });
}

/** Files of compose, each with the file beside it that compose would take along by itself. */
async function composeSetups(folder: vscode.WorkspaceFolder): Promise<LocalSetup[]> {
  const names = ['docker-compose', 'compose'].flatMap((name) => [name, `${name}.override`]);
  const found = await filesIn(folder, `**/{${names.join()}}.{yml,yaml}`);
  const paths = found.map(({ fsPath }) => fsPath);
  const read = paths.map(async (path): Promise<LocalSetup[]> => {
    if (isOverride(path)) return [];
    const stem = path.replace(/\.ya?ml$/, '');
    const files = [
      path,
      ...paths.filter((other) => isOverride(other) && other.startsWith(`${stem}.`)),
    ];
    const ports = composePorts((await Promise.all(files.map(textOf))).join('\n'));
    return ports ? [{ kind: 'compose', files, ports }] : [];
  });
  return (await Promise.all(read)).flat();
}

const isOverride = (path: string): boolean => /\.override\.ya?ml$/.test(path);

/** Links that lead out of the folder are not followed. */
async function filesIn(folder: vscode.WorkspaceFolder, glob: string): Promise<vscode.Uri[]> {
  const pattern = new vscode.RelativePattern(folder, glob);
  const files = await vscode.workspace.findFiles(pattern, '**/node_modules/**', MOST_FILES);
  const places = await Promise.all(
    files.map((uri) => filePlace(folder.uri.fsPath, vscode.workspace.asRelativePath(uri, false))),
  );
  return files.filter((_, i) => places[i] !== 'outside');
}

/** Empty when there is no such file, or none that could be meant. */
async function textOf(path: string): Promise<string> {
  const uri = vscode.Uri.file(path);
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MOST_BYTES) return '';
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return '';
  }
}

/**
 * As a task without a shell between, so that nothing in a path is read as a command; the terminal of
 * a task stays to tell why it ended.
 */
async function run({ title, folder, program, args }: LocalProcess): Promise<number | undefined> {
  const { tasks } = vscode;
  const execution = new vscode.ProcessExecution(program, [...args], { cwd: folder });
  const scope = vscode.TaskScope.Workspace;
  const task = new vscode.Task({ type: 'process' }, scope, title, 'ZooKeeper Workbench', execution);
  task.isBackground = true;
  task.presentationOptions = { panel: vscode.TaskPanelKind.Dedicated, focus: false };
  const running = tasks.executeTask(task);
  return new Promise((resolve, reject) => {
    const ended = tasks.onDidEndTaskProcess(async ({ execution: other, exitCode }) => {
      if (other !== (await running)) return;
      ended.dispose();
      resolve(exitCode);
    });
    running.then(undefined, (error: unknown) => {
      ended.dispose();
      reject(error instanceof Error ? error : new Error(String(error)));
    });
  });
}

type Answer = 'serving' | 'waiting' | undefined;

const serves = async (port: number, signal: AbortSignal): Promise<boolean> =>
  (await answerOf(port, signal)) === 'serving';
const runs = async (port: number, signal: AbortSignal): Promise<boolean> =>
  (await answerOf(port, signal)) !== undefined;

async function answerOf(port: number, signal: AbortSignal): Promise<Answer> {
  const options = { signal, timeoutMs: ANSWER_MS };
  try {
    const report = parseSrvr(await sendFourLetterWord('127.0.0.1', port, 'srvr', options));
    return report?.mode === undefined ? undefined : 'serving';
  } catch (error) {
    return ServerCommandError.is(error, 'NotServing') ? 'waiting' : undefined;
  }
}

/** The saved connection with this connect string, or a new one. */
async function savedConnection(
  store: LocalFeature['store'],
  connectString: string,
): Promise<string> {
  const { profiles } = store;
  const known = profiles.find((profile) => profile.connectString === connectString);
  if (known) return known.id;
  const taken = profiles.map(({ id }) => id);
  const profile: ConnectionProfile = {
    ...{ id: idFromName('local-ensemble', taken), name: vscode.l10n.t('Local ensemble') },
    ...{ connectString, auth: 'none', readOnly: false, production: false, keepUndo: true },
    origin: 'user',
  };
  await store.save(profile);
  return profile.id;
}
