import * as vscode from 'vscode';
import { ENOUGH_SECONDS } from '../../../domain/capacity/live/observation';
import type { EnsembleSampler } from '../../../zk/ensemble/sampler';
import { chooseSession } from '../../chooseSession';
import { notifiedWork } from '../../work';
import type { LivePorts } from './register';
import { measure, type Measurement } from './measure';

export interface MeasureOptions<T> {
  readonly title: string;
  /** At most; as long as a calibration needs unless said. */
  readonly seconds?: number;
  /** What else is asked, under the same progress. */
  readonly also: (sampler: EnsembleSampler, signal: AbortSignal) => Promise<T>;
}

/** Measures the ensemble of a connection that the user picks, with a progress that can be cancelled. */
export async function measureFor<T>(
  { sessions, samplers, ui, nameOf }: LivePorts,
  target: unknown,
  { title, seconds, also }: MeasureOptions<T>,
): Promise<{ connectionId: string; name: string; measurement: Measurement; asked: T } | undefined> {
  const { t } = vscode.l10n;
  const session = await chooseSession(sessions, ui, connectionIdOf(target));
  const sampler = session && (await samplers.load()).of(session.id);
  if (!sampler) return undefined;
  const measured = await notifiedWork(title, async (signal, tell) => {
    const measurement = await measure(
      sampler,
      signal,
      ({ seconds: passed, writes }) =>
        tell(
          t('{0} s, {1} writes seen', Math.round(passed), writes ?? 0),
          Math.min(100, (100 * passed) / (seconds ?? ENOUGH_SECONDS)),
        ),
      seconds,
    );
    return { measurement, asked: await also(sampler, signal) };
  });
  return { connectionId: session.id, name: nameOf(session.id) ?? session.id, ...measured };
}

/** Rows of the Ensemble and Clusters views have one. */
function connectionIdOf(target: unknown): string | undefined {
  if (typeof target !== 'object' || target === null) return undefined;
  const { connectionId } = target as { connectionId?: unknown };
  return typeof connectionId === 'string' ? connectionId : undefined;
}
