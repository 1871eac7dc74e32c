import * as vscode from 'vscode';
import type { ServerConf } from '../../../domain/capacity/live/configDrift';
import { countOf, driftOf, type Reality } from '../../../domain/capacity/live/drift';
import { driftText } from '../../../domain/capacity/live/driftText';
import { loadPoint } from '../../../domain/capacity/live/headroom';
import { isProblems } from '../../../domain/capacity/result';
import { readConf } from '../../../zk/ensemble/conf';
import type { EnsembleSampler } from '../../../zk/ensemble/sampler';
import { plainText } from '../../plainText';
import type { DriftDiagnostics } from './driftDiagnostics';
import { driftSummary } from './driftSummary';
import { measureFor } from './measureFor';
import { choosePlan, readPlanText, showPlan } from './planDocument';
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
  const measured = await measureFor(ports, target, {
    title,
    seconds: SECONDS,
    also: async (sampler, signal) => ({
      confs: await confsOf(sampler, signal),
      history: sampler.readings.flatMap(({ sample, window }) => loadPoint(sample, window) ?? []),
    }),
  });
  if (!measured) return;
  const { name, connectionId, measurement, asked } = measured;
  const { seen, sample } = measurement;
  const reality: Reality = { seen, sample, ...asked };
  const drift = driftOf(input, reality);
  if (isProblems(drift)) {
    throw new Error(t('The plan has no results: {0}', drift[0]?.message ?? ''));
  }
  await showPlan(document);
  diagnostics.show(document, { reality, connectionId, name: plainText(name) });
  await ports.answers.show(t('comparison with {0}', name), driftText(drift), 'plaintext', {
    beside: true,
  });
  ports.ui.notify({
    severity: countOf(drift, 'drift') > 0 ? 'warning' : 'info',
    message: driftSummary(name, drift, vscode.l10n),
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
