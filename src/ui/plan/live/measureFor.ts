import * as vscode from 'vscode';
import type { EnsembleSampler } from '../../../zk/ensemble/sampler';
import { chooseSession } from '../../chooseSession';
import { notifiedWork } from '../../work';
import type { LivePorts } from './register';
import { measure, type Measurement } from './measure';

/** Measures the ensemble of a connection that the user picks, with a progress that can be cancelled. */
export async function measureFor(
  { sessions, samplers, ui, nameOf }: LivePorts,
  target: unknown,
  title: string,
  seconds?: number,
): Promise<{ name: string; measurement: Measurement; sampler: EnsembleSampler } | undefined> {
  const { t } = vscode.l10n;
  const session = await chooseSession(sessions, ui, connectionIdOf(target));
  const sampler = session && (await samplers.load()).of(session.id);
  if (!sampler) return undefined;
  const measurement = await notifiedWork(title, (signal, tell) =>
    measure(
      sampler,
      signal,
      ({ seconds: passed, writes }) =>
        tell(
          t('{0} s, {1} writes seen', Math.round(passed), writes ?? 0),
          Math.min(100, (100 * passed) / (seconds ?? 30)),
        ),
      seconds,
    ),
  );
  return { name: nameOf(session.id) ?? session.id, measurement, sampler };
}

/** Rows of the Ensemble and Clusters views have one. */
function connectionIdOf(target: unknown): string | undefined {
  if (typeof target !== 'object' || target === null) return undefined;
  const { connectionId } = target as { connectionId?: unknown };
  return typeof connectionId === 'string' ? connectionId : undefined;
}
