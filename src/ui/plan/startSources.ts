import * as vscode from 'vscode';
import { messageOf } from '../../base/assert';
import { within } from '../../base/async';
import { cfgInputs } from '../../domain/capacity/plan/cfgInputs';
import { DOCUMENT_VERSION, readPlan } from '../../domain/capacity/plan/document';
import { type FoundInput, measuredInputs } from '../../domain/capacity/plan/measuredInputs';
import { fieldAt, pathText, withValueAt } from '../../domain/capacity/plan/paths';
import { readField } from '../../domain/capacity/plan/parse';
import { isProblems } from '../../domain/capacity/result';
import { leavesFolder } from '../../domain/config/inside';
import { MAX_CFG_LENGTH, parseZooCfg } from '../../domain/config/zooCfgParse';
import type { SamplersLoader } from '../../zk/ensemble/samplersLoader';
import type { Sessions } from '../../zk/sessions';
import { realPathOf } from '../workspaceFiles';
import { measure } from './live/measure';
import type { PlanInputs, StartSource, StartValues } from './wizard/draft';
import { UnreadableSource } from './wizard/start';
import { wholeZooCfg } from './wizard/wholeZooCfg';

export interface SourcePorts {
  readonly sessions: Sessions;
  readonly samplers: SamplersLoader;
  readonly nameOf: (connectionId: string) => string | undefined;
}

/** Between two samples: long enough for rates, short enough to wait for. */
const SECONDS = 5;
const MOST_FILES = 5;
const SEARCH_MS = 1500;
/** Those that *Start Local Ensemble* runs say what the one beside them says. */
const NOT_THERE = '{**/node_modules/**,**/local/server.*/**}';

/** What wizards can start from: each open connection, and each `zoo.cfg` of the workspace. */
export async function startSources(ports: SourcePorts): Promise<StartSource[]> {
  const live = ports.sessions
    .all()
    .filter(({ hasConnected }) => hasConnected)
    .map(({ id, options }) => liveSource(ports, id, options.connectString));
  return [...live, ...(await cfgFiles()).map(cfgSource)];
}

/** A workspace may be too large to look through before the first question. */
async function cfgFiles(): Promise<vscode.Uri[]> {
  const search = new vscode.CancellationTokenSource();
  const { token } = search;
  const files = vscode.workspace.findFiles('**/zoo*.cfg', NOT_THERE, MOST_FILES, token);
  const found = await within(SEARCH_MS, Promise.resolve(files));
  search.cancel();
  search.dispose();
  return found ?? [];
}

function liveSource(ports: SourcePorts, id: string, hosts: string): StartSource {
  const { t } = vscode.l10n;
  const name = ports.nameOf(id) ?? id;
  return {
    label: t('Measured values of {0}', name),
    detail: t(
      'What {0} carries now, and its fsync time, by two samples {1} s apart.',
      hosts,
      SECONDS,
    ),
    icon: 'pulse',
    waiting: t('Measuring {0}', name),
    read: (signal, tell) => measured(ports, { id, name }, signal, tell),
  };
}

async function measured(
  { samplers }: SourcePorts,
  { id, name }: { readonly id: string; readonly name: string },
  signal: AbortSignal,
  tell: (howFar: string) => void,
): Promise<StartValues> {
  const { t } = vscode.l10n;
  const sampler = (await samplers.load()).of(id);
  const initial = readPlan({ version: DOCUMENT_VERSION });
  if (!sampler || isProblems(initial)) {
    throw new UnreadableSource(t('{0} is no longer connected.', name));
  }
  const seconds = (passed: number): void => tell(t('{0} of {1} s', Math.round(passed), SECONDS));
  const measurement = await measure(
    sampler,
    signal,
    (howFar) => seconds(howFar.seconds),
    SECONDS,
  ).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new UnreadableSource(messageOf(error));
  });
  return startValues(
    measuredInputs(initial.input, measurement, t('on {0}', name)),
    (from) => t('From {0}.', from),
    t('No server of {0} answers mntr or the AdminServer: nothing is known of its load.', name),
  );
}

function cfgSource(uri: vscode.Uri): StartSource {
  const { t } = vscode.l10n;
  const name = vscode.workspace.asRelativePath(uri);
  return {
    label: t('Configuration {0}', name),
    detail: t('Voters, limits and retention from this file.'),
    icon: 'file-code',
    waiting: t('Reading {0}', name),
    read: async () => {
      const text = await boundedText(uri);
      if (text === undefined) throw new UnreadableSource(t('{0} is too long.', name));
      const whole = await wholeZooCfg(text, (file) => textBeside(uri, file));
      const values = startValues(
        cfgInputs(parseZooCfg(whole.text)),
        (from) => t('From {0} in {1}.', from, name),
        t('{0} has no key that a plan knows.', name),
      );
      if (whole.missing === undefined) return values;
      const { missing } = whole;
      const warning = t(
        '{0} of {1} cannot be read beside it: voters are not known.',
        missing,
        name,
      );
      return { ...values, warning };
    },
  };
}

/** The text of a file; undefined when it is too long for a configuration. */
async function boundedText(uri: vscode.Uri): Promise<string | undefined> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MAX_CFG_LENGTH) return undefined;
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** The text of a file in the same folder; undefined when there is none, or a link leads out. */
async function textBeside(uri: vscode.Uri, name: string): Promise<string | undefined> {
  const beside = vscode.Uri.joinPath(uri, '..', name);
  const folder = vscode.workspace.getWorkspaceFolder(beside);
  if (!folder) return undefined;
  const path = vscode.workspace.asRelativePath(beside, false);
  const leaves =
    beside.scheme === 'file' && (await leavesFolder(folder.uri.fsPath, path, realPathOf));
  return leaves ? undefined : boundedText(beside).catch(() => undefined);
}

/** Values that fit their inputs; the others are left out. */
function startValues(
  values: readonly FoundInput[],
  origin: (from: string) => string,
  nothing: string,
): StartValues {
  const fitting = values.filter(({ path, value }) => {
    const field = fieldAt(path, undefined);
    return field && !isProblems(readField(field, value));
  });
  if (fitting.length === 0) throw new UnreadableSource(nothing);
  return {
    inputs: fitting.reduce<PlanInputs>(
      (inputs, { path, value }) => withValueAt(inputs, path, value) as PlanInputs,
      {},
    ),
    origins: new Map(fitting.map(({ path, from }) => [pathText(path), origin(from)])),
  };
}
