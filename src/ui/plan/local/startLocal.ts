import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type * as vscode from 'vscode';
import type { PickItem, UserInput } from '../../userInput';
import type { Work } from '../../work';
import type { CommandLine, Installation } from './programs';
import type { LocalServer } from './setup';

/** A process to be seen in a terminal. */
export interface LocalProcess extends CommandLine {
  readonly title: string;
  readonly folder: string;
}

/** Files from which an ensemble can be started. */
export type LocalSetup =
  | { readonly kind: 'servers'; readonly folder: string; readonly servers: readonly LocalServer[] }
  | {
      readonly kind: 'compose';
      /** The file, and one beside it that overrides it. */
      readonly files: readonly string[];
      readonly ports: readonly number[];
    };

export interface LocalPorts {
  readonly ui: UserInput;
  readonly l10n: typeof vscode.l10n;
  readonly setups: readonly LocalSetup[];
  readonly installations: readonly Installation[];
  /** What runs compose files; undefined when there is nothing. */
  readonly compose: CommandLine | undefined;
  /** How a path is shown. */
  readonly shown: (path: string) => string;
  /** The installation with this `zkServer.sh`. */
  readonly installationAt: (script: string) => Installation;
  /** Starts it; settles with its exit code when it has ended, and fails when it can't be started. */
  readonly run: (process: LocalProcess) => Promise<number | undefined>;
  readonly work: Work;
  /** Whether a server on this port of loopback serves. */
  readonly serves: (port: number, signal: AbortSignal) => Promise<boolean>;
  /** Whether one runs there, be it that it waits for others. */
  readonly runs: (port: number, signal: AbortSignal) => Promise<boolean>;
}

/** A process with the ports of the servers that it runs. */
interface Start {
  readonly process: LocalProcess;
  readonly ports: readonly number[];
}

const LIMIT_MS = 90_000;
const PAUSE_MS = 300;

/** Starts an ensemble of this machine, waits until it serves, and gives its connect string. */
export async function startLocal(ports: LocalPorts): Promise<string> {
  const { l10n, runs, work } = ports;
  const title = l10n.t('Start Local Ensemble');
  const starts = await chooseStart(ports, title);
  const signal = AbortSignal.timeout(LIMIT_MS);
  const all = starts.flatMap((start) => start.ports);
  // Whoever runs there already keeps the port: what was started once is not started again.
  const running = new Map(
    await Promise.all(all.map(async (port) => [port, await runs(port, signal)] as const)),
  );
  const toRun = starts.filter((start) => !start.ports.every((port) => running.get(port)));
  const waiting = l10n.t('Waiting until the ensemble serves; it goes on when you stop waiting');
  await work(waiting, (cancelled, tell) =>
    Promise.race([
      ...toRun.map(({ process }) => endOf(process, ports)),
      untilServing(ports, all, AbortSignal.any([cancelled, signal]), tell),
    ]),
  );
  return all.map((port) => `127.0.0.1:${port}`).join(',');
}

/** Runs a process and fails once it has ended: then it will not serve. */
async function endOf(process: LocalProcess, { l10n, run }: LocalPorts): Promise<never> {
  const code = await run(process);
  throw new Error(
    code === undefined
      ? l10n.t('{0} was ended before the ensemble served.', process.title)
      : l10n.t(
          '{0} ended with code {1} before the ensemble served. Its terminal says why.',
          ...[process.title, code],
        ),
  );
}

async function untilServing(
  { l10n, serves }: LocalPorts,
  all: readonly number[],
  signal: AbortSignal,
  tell: (text: string, percent: number) => void,
): Promise<void> {
  for (;;) {
    const serving = await Promise.all(all.map((port) => serves(port, signal)));
    const count = serving.filter(Boolean).length;
    tell(l10n.t('{0} of {1} servers', count, all.length), (100 * count) / all.length);
    if (count === all.length) return;
    try {
      await setTimeout(PAUSE_MS, undefined, { signal });
    } catch (error) {
      if ((signal.reason as { name?: unknown }).name !== 'TimeoutError') throw error;
      throw new Error(
        l10n.t(
          'Only {0} of {1} servers serve after {2} s. Their terminals say why.',
          ...[count, all.length, LIMIT_MS / 1000],
        ),
        { cause: error },
      );
    }
  }
}

async function chooseStart(ports: LocalPorts, title: string): Promise<Start[]> {
  const { ui, l10n } = ports;
  const items: PickItem<() => Promise<Start[]> | Start[]>[] = ports.setups.flatMap((setup) =>
    setup.kind === 'servers' ? serverItems(ports, setup, title) : composeItems(ports, setup),
  );
  if (items.length === 0) {
    throw new Error(
      l10n.t('Neither docker compose nor a ZooKeeper installation is on the path of VS Code.'),
    );
  }
  const placeholder = l10n.t('How shall it be started?');
  const choice = await ui.pick({ title, placeholder, items });
  return choice();
}

function serverItems(
  ports: LocalPorts,
  setup: Extract<LocalSetup, { kind: 'servers' }>,
  title: string,
): PickItem<() => Promise<Start[]> | Start[]>[] {
  const { ui, l10n, installations, shown, installationAt } = ports;
  const label = l10n.t('Servers in {0}', shown(setup.folder));
  const detail = portsText(
    setup.servers.map(({ port }) => port),
    l10n,
  );
  const other = async (): Promise<Start[]> => {
    const path = await ui.pickFile({ title, action: l10n.t('Use This zkServer.sh') });
    if (path === undefined) return chooseStart(ports, title);
    return serverStart(setup, installationAt(path), l10n);
  };
  return [
    ...installations.map((installation) => ({
      ...{ label, detail },
      description: installation.name,
      icon: 'server-process',
      value: () => serverStart(setup, installation, l10n),
    })),
    {
      label: l10n.t('{0} by another installation…', label),
      detail: l10n.t('Choose the zkServer.sh of a ZooKeeper that is unpacked somewhere.'),
      icon: 'folder-opened',
      value: other,
    },
  ];
}

const portsText = (ports: readonly number[], { t }: LocalPorts['l10n']): string =>
  t('Ports of this machine alone: {0}', ports.join(', '));

function serverStart(
  { servers }: Extract<LocalSetup, { kind: 'servers' }>,
  { command }: Installation,
  { t }: LocalPorts['l10n'],
): Start[] {
  return servers.map(({ folder, id, port }) => ({
    process: {
      ...command(`${folder}/zoo.cfg`),
      title: id === '' ? t('ZooKeeper') : t('ZooKeeper {0}', id),
      folder,
    },
    ports: [port],
  }));
}

function composeItems(
  { l10n, compose, shown }: LocalPorts,
  { files, ports }: Extract<LocalSetup, { kind: 'compose' }>,
): PickItem<() => Start[]>[] {
  const [file] = files;
  if (compose === undefined || file === undefined) return [];
  const args = [...compose.args, ...files.flatMap((one) => ['-f', one]), 'up'];
  const process = { title: l10n.t('ZooKeeper'), folder: dirname(file), ...compose, args };
  return [
    {
      label: l10n.t('Containers by docker compose'),
      description: files.map(shown).join(', '),
      detail: portsText(ports, l10n),
      icon: 'package',
      value: () => [{ process, ports }],
    },
  ];
}
