import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { cfgInputs } from '../../domain/capacity/plan/cfgInputs';
import { type FoundInput, measuredInputs } from '../../domain/capacity/plan/measuredInputs';
import { fieldAt, pathText, withValueAt } from '../../domain/capacity/plan/paths';
import { readField } from '../../domain/capacity/plan/parse';
import { isProblems } from '../../domain/capacity/result';
import { MAX_CFG_LENGTH, parseZooCfg } from '../../domain/config/zooCfgParse';
import { sampleOf } from '../../domain/metrics/ensembleSample';
import { ensembleWindow } from '../../domain/metrics/ensembleWindow';
import type { SamplersLoader } from '../../zk/ensemble/samplersLoader';
import type { Sessions } from '../../zk/sessions';
import type { PlanInputs, StartSource, StartValues } from './wizard/draft';
import { UnreadableSource } from './wizard/start';

export interface SourcePorts {
  readonly sessions: Sessions;
  readonly samplers: SamplersLoader;
  readonly nameOf: (connectionId: string) => string | undefined;
}

/** Between two samples: long enough for rates, short enough to wait for. */
const WINDOW_MS = 5000;
const MOST_FILES = 5;
/** Those that *Start Local Ensemble* runs say what the one beside them says. */
const NOT_THERE = '{**/node_modules/**,**/local/server.*/**}';

/** What wizards can start from: each open connection, and each `zoo.cfg` of the workspace. */
export async function startSources(ports: SourcePorts): Promise<StartSource[]> {
  const live = ports.sessions
    .all()
    .filter(({ hasConnected }) => hasConnected)
    .map(({ id, options }) => liveSource(ports, id, options.connectString));
  const files = await vscode.workspace.findFiles('**/zoo*.cfg', NOT_THERE, MOST_FILES);
  return [...live, ...files.map(cfgSource)];
}

function liveSource(ports: SourcePorts, id: string, hosts: string): StartSource {
  const { t } = vscode.l10n;
  const name = ports.nameOf(id) ?? id;
  return {
    label: t('Measured values of {0}', name),
    detail: t('Load, sizes and fsync time of {0}, by two samples {1} s apart.', hosts, SECONDS),
    icon: 'pulse',
    waiting: t('Measuring {0}', name),
    read: (signal, tell) => measure(ports, { id, name }, signal, tell),
  };
}

const SECONDS = WINDOW_MS / 1000;

async function measure(
  { samplers }: SourcePorts,
  { id, name }: { readonly id: string; readonly name: string },
  signal: AbortSignal,
  tell: (howFar: string) => void,
): Promise<StartValues> {
  const { t } = vscode.l10n;
  const sampler = (await samplers.load()).of(id);
  if (!sampler) throw new UnreadableSource(t('{0} is no longer connected.', name));
  tell(t('first sample'));
  const first = await sampler.sampleNow();
  tell(t('second sample in {0} s', SECONDS));
  await setTimeout(WINDOW_MS, undefined, { signal });
  const { sample, window } = await sampler.sampleNow();
  const members = sample.members.filter((member) => sampleOf(member) !== undefined);
  const answered = members.map(({ address }) => address).join(', ');
  const values = measuredInputs(sample, window ?? ensembleWindow(first.sample, sample));
  const isComplete = members.length === sample.members.length;
  return startValues(
    values,
    (from) =>
      isComplete
        ? t('Measured: {0} of {1}.', from, name)
        : t('Measured: {0} of {1}, without the servers that do not answer.', from, answered),
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
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > MAX_CFG_LENGTH) throw new UnreadableSource(t('{0} is too long.', name));
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      return startValues(
        cfgInputs(parseZooCfg(text)),
        (from) => t('From {0} in {1}.', from, name),
        t('{0} has no key that a plan knows.', name),
      );
    },
  };
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
