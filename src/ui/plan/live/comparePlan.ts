import * as vscode from 'vscode';
import type { ServerConf } from '../../../domain/capacity/live/configDrift';
import { driftOf, type Reality } from '../../../domain/capacity/live/drift';
import { driftText, headroomText } from '../../../domain/capacity/live/driftText';
import type { LoadPoint } from '../../../domain/capacity/live/headroom';
import { isProblems } from '../../../domain/capacity/result';
import { readConf } from '../../../zk/ensemble/conf';
import type { EnsembleSampler, Reading } from '../../../zk/ensemble/sampler';
import type { DriftDiagnostics } from './driftDiagnostics';
import { measureFor } from './measureFor';
import { choosePlan, readPlanText } from './planDocument';
import type { LivePorts } from './register';

/** A comparison need not know the load as exactly as a calibration. */
const SECONDS = 10;
const TIMEOUT_MS = 5_000;

/**
 * *Compare with Live Ensemble*: what differs from the plan is shown at the inputs that it is about,
 * with a quick fix where a measured value would make the plan right, and all of it as a text.
 */
export async function comparePlan(
  ports: LivePorts,
  diagnostics: DriftDiagnostics,
  target: unknown,
): Promise<void> {
  const { t } = vscode.l10n;
  const title = t('Compare with Live Ensemble');
  const uri = await choosePlan(target, ports.ui);
  const document = await vscode.workspace.openTextDocument(uri);
  const { input } = readPlanText(document);
  const text = document.getText(); // who edits it meanwhile changes what was not compared
  const measured = await measureFor(ports, target, {
    title,
    seconds: SECONDS,
    also: async (sampler, signal) => ({
      confs: await confsOf(sampler, signal),
      history: sampler.readings.flatMap(pointOf),
    }),
  });
  if (!measured) return;
  const { name, measurement, asked } = measured;
  const { seen, sample } = measurement;
  const reality: Reality = { seen, sample, ...asked };
  const drift = driftOf(input, reality);
  if (isProblems(drift)) {
    throw new Error(t('The plan has no results: {0}', drift[0]?.message ?? ''));
  }
  await vscode.window.showTextDocument(document, { preview: false });
  diagnostics.show(document, text, drift.comparisons);
  await ports.answers.show(t('comparison with {0}', name), driftText(drift), 'plaintext', {
    beside: true,
  });
  const count = drift.comparisons.filter(({ verdict }) => verdict === 'drift').length;
  const headroom = headroomText(drift.headroom);
  ports.ui.notify({
    severity: count > 0 ? 'warning' : 'info',
    message:
      count === 0
        ? t('{0} runs as planned. Headroom: {1}', name, headroom)
        : count === 1
          ? t('{0} differs from the plan in one point. Headroom: {1}', name, headroom)
          : t('{0} differs from the plan in {1} points. Headroom: {2}', name, count, headroom),
  });
}

async function confsOf({ servers, admin, reach }: EnsembleSampler, signal: AbortSignal) {
  const options = { ...reach, timeoutMs: TIMEOUT_MS, now: Date.now, signal };
  const confs = await Promise.all(
    servers.map(
      async (server) => [server.address, await readConf(server, admin, options)] as const,
    ),
  );
  return new Map<string, ServerConf>(confs);
}

function pointOf({ sample, window }: Reading): LoadPoint[] {
  if (window?.writes === undefined) return [];
  const pings = [...window.servers.values()].reduce((sum, one) => sum + one.pings, 0);
  return [{ at: sample.at, perSecond: window.writes + (window.reads ?? 0) + pings }];
}
