import { NO_LOAD } from '../scenarios/load';
import { isProblems } from '../result';
import { type EnsembleShape, fsyncOf, shapeEnsemble } from '../plan/ensembleShape';
import type { EnsembleInput } from '../plan/inputFields';
import { short } from '../plan/report';
import type { Observation } from './observation';

/** What the model says at the observed load beside what the servers say. */
export interface Residual {
  readonly name: 'writeMs' | 'fsyncMs' | 'batch';
  readonly title: string;
  readonly unit: 'ms' | '';
  /** With the plan as it stands, and with the measured fsync in it. */
  readonly planned: number | undefined;
  readonly calibrated: number | undefined;
  readonly observed: number;
}

/** The ensemble that is there, under the load that it has. Undefined where no model fits that. */
export function modelAt(
  input: EnsembleInput,
  seen: Observation,
  fsyncMs: number | undefined,
): EnsembleShape | undefined {
  const asIs: EnsembleInput = {
    ...input,
    // Plans have no even number; as many must agree as of the next odd one.
    voters: seen.voters + ((seen.voters + 1) % 2),
    // What is there is described, whether it reaches the plan's goals or not.
    zones: 1,
    survivesZoneLoss: false,
    outageGoalMinutesPerYear: 525_960,
    utilisationGoal: 0.99,
    ...(fsyncMs === undefined ? {} : { fsyncMs }),
  };
  const load = { ...NO_LOAD, reads: (seen.reads ?? 0) + seen.pings, writes: seen.writes };
  const shape = shapeEnsemble(asIs, load);
  return isProblems(shape) ? undefined : shape;
}

/**
 * Model against server. The time of a write is what servers count: from the request's arrival to
 * the answer, without the way to the client and back.
 */
export function residuals(input: EnsembleInput, seen: Observation): Residual[] {
  const measured = fsyncOfServers(seen);
  const planned = modelAt(input, seen, undefined);
  const calibrated = modelAt(input, seen, measured);
  const found: Residual[] = [];
  const add = (
    name: Residual['name'],
    title: string,
    unit: Residual['unit'],
    observed: number | undefined,
    pick: (shape: EnsembleShape) => number,
  ): void => {
    if (observed === undefined) return;
    const of = (shape: EnsembleShape | undefined) =>
      shape === undefined ? undefined : pick(shape);
    found.push({
      ...{ name, title, unit, observed },
      planned: of(planned),
      calibrated: measured === undefined ? undefined : of(calibrated),
    });
  };
  add('writeMs', `time of a write at ${short(seen.writes)} writes/s`, 'ms', seen.writeMs, (shape) =>
    serverTime(input, shape),
  );
  add('fsyncMs', 'fsync', 'ms', seen.fsyncMs, () => 1000 * fsyncOf(input));
  add('batch', 'transactions a flush', '', seen.batch, ({ log }) => log.batch);
  return found;
}

/** Milliseconds from a write's arrival at a server to its answer. */
export function serverTime(input: EnsembleInput, { write }: EnsembleShape): number {
  return 1000 * write.total - input.clientRoundTripMs;
}

/**
 * The mean fsync, to half a millisecond: servers count whole milliseconds of each and drop the rest
 * (`FileTxnLog.commit`), so that it is between their mean and one more.
 */
export function fsyncOfServers({ fsyncMs }: Observation): number | undefined {
  return fsyncMs === undefined ? undefined : fsyncMs + 0.5;
}

/** The same in the width of a question: `write at 286/s: model says 1.4 ms, server says 1.9 ms (+36 %)` */
export function shortResidual(residual: Residual, { writes }: Observation): string {
  const title = residual.name === 'writeMs' ? `write at ${short(writes)}/s` : residual.title;
  return residualText({ ...residual, title, planned: residual.calibrated ?? residual.planned });
}

/** `time of a write at 286 writes/s: model says 1.4 ms, server says 1.9 ms (+36 %)` */
export function residualText(residual: Residual): string {
  const { name, title, unit, planned, calibrated, observed } = residual;
  const value = (number: number): string => `${short(number)}${unit === '' ? '' : ` ${unit}`}`;
  const best = calibrated ?? planned;
  if (best === undefined)
    return `${title}: no model fits this load, server says ${value(observed)}`;
  if (name === 'fsyncMs') {
    const most = value(observed + 1);
    return `${title}: plan says ${value(best)}, server counts whole ms: ${short(observed)} to ${most}`;
  }
  const off = best > 0 ? ` (${signed(observed / best - 1)})` : '';
  const before =
    calibrated === undefined || planned === undefined || same(calibrated, planned)
      ? ''
      : `, with the plan’s own numbers ${value(planned)}`;
  return `${title}: model says ${value(best)}${before}, server says ${value(observed)}${off}`;
}

const same = (a: number, b: number): boolean => short(a) === short(b);

/** `+36 %`, `−12 %` */
function signed(share: number): string {
  return `${share < 0 ? '−' : '+'}${Math.round(Math.abs(100 * share))} %`;
}

/**
 * The fsync that would explain the batches, in milliseconds: x + e^(−x) = n·(1 − λa) solved for
 * x = λF. Far above the measured fsync it tells of bursts or stalls, not of a slow disk, so it is a
 * diagnosis and never a parameter.
 */
export function fsyncFromBatch(seen: Observation, appendSeconds = 20e-6): number | undefined {
  const { batch, writes } = seen;
  if (batch === undefined || writes <= 0) return undefined;
  const target = batch * (1 - writes * appendSeconds);
  if (target <= 1) return 0;
  let [low, high] = [0, target];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (middle + Math.exp(-middle) < target) low = middle;
    else high = middle;
  }
  return (1000 * (low + high)) / 2 / writes;
}
