import { allLayouts } from '../ensemble/layouts';
import { DISKS } from '../ensemble/presets';
import { slowQuorum, snapCountFor } from '../ensemble/snapshotInterference';
import { findPreset } from '../../placement/presets';
import { type Change, evaluate, type Evaluation } from '../plan/evaluate';
import { failureRates, fsyncOf } from '../plan/ensembleShape';
import type { EnsembleInput, PlanInput, PoolInput } from '../plan/inputFields';
import { isProblems, type Unit } from '../result';

/** What an improvement takes, the cheapest first. */
export const EFFORTS = ['setting', 'program', 'hardware', 'servers'] as const;
export type Effort = (typeof EFFORTS)[number];

/** One change with its computed effect on one figure. */
export interface Advice {
  readonly id: string;
  readonly effort: Effort;
  readonly text: string;
  /** The result that it improves, before and after. */
  readonly effect: {
    readonly name: string;
    readonly unit: Unit;
    readonly before: number;
    readonly after: number;
  };
}

/** Gains below this share are not worth a line. */
const LEAST_GAIN = 0.02;

/** Improvements ranked by effort, then by gain. All of them lower their figure. */
export function adviceFor(input: PlanInput, planned: Evaluation): Advice[] {
  const all = [
    ...poolAdvice(input, planned),
    logDevice(input, planned),
    dedicatedDevice(input.ensemble, planned),
    snapCount(input.ensemble, planned),
    observer(input, planned),
    layout(input.ensemble, planned),
  ].filter((one) => one !== undefined);
  return all
    .filter(({ effect }) => gain(effect) >= LEAST_GAIN)
    .sort(
      (a, b) =>
        EFFORTS.indexOf(a.effort) - EFFORTS.indexOf(b.effort) || gain(b.effect) - gain(a.effect),
    );
}

const gain = ({ before, after }: Advice['effect']): number => (before > 0 ? 1 - after / before : 0);

function poolAdvice(input: PlanInput, planned: Evaluation): Advice[] {
  if (planned.pool === undefined) return [];
  const before = planned.pool.size.servers;
  const { pool } = input;
  const tries: [string, Effort, string, Partial<PoolInput>][] = [];
  const preset = findPreset(pool.preset);
  const option = preset?.options.find(({ name }) => name === preset.virtualNodes);
  if (option !== undefined && typeof option.default === 'number') {
    const now = Number(pool.presetOptions[option.name] ?? option.default);
    const more = Math.min(4 * now, option.maximum ?? 4 * now);
    const presetOptions = { ...pool.presetOptions, [option.name]: more };
    tries.push([
      'moreVirtualNodes',
      'setting',
      `Set ${option.name} to ${more} for four times the virtual nodes.`,
      { presetOptions },
    ]);
  }
  if (pool.loadCapFactor === 0 && preset?.policy !== true) {
    tries.push([
      'boundedLoad',
      'program',
      'Cap each server at 125 % of the mean (bounded loads), where the program can.',
      { loadCapFactor: 1.25 },
    ]);
    tries.push([
      'evenPlacement',
      'program',
      'Place keys by rendezvous hashing, which spreads them evenly.',
      { preset: 'rendezvous', presetOptions: {} },
    ]);
  }
  if (preset?.policy === true && pool.preset !== 'power-of-two-choices') {
    tries.push([
      'twoChoices',
      'setting',
      'Send each request to the less busy of two servers.',
      { preset: 'power-of-two-choices', presetOptions: {} },
    ]);
  }
  const copies = Math.min(2 * pool.hottestKeyCopies, planned.pool.size.survivors);
  if (planned.pool.load.hotShare > 0 && copies > pool.hottestKeyCopies) {
    tries.push([
      'splitHotKey',
      'program',
      `Split or replicate the hottest key over ${copies} servers.`,
      { hottestKeyCopies: copies },
    ]);
  }
  return tries.flatMap(([id, effort, text, change]) => {
    const changed = evaluate({ ...input, pool: { ...pool, ...change } }, {}, planned);
    if (isProblems(changed) || changed.pool === undefined) return [];
    const after = changed.pool.size.servers;
    return [{ id, effort, text, effect: { name: 'pool.servers', unit: '1', before, after } }];
  });
}

/** The effect on the mean write, with the ensemble alone evaluated again. */
function write(
  input: PlanInput,
  planned: Evaluation,
  change: Change,
): Advice['effect'] | undefined {
  const changed = evaluate(input, change, planned);
  if (isProblems(changed)) return undefined;
  const before = planned.shape.write.total;
  return { name: 'ensemble.writeLatency', unit: 's', before, after: changed.shape.write.total };
}

function logDevice(input: PlanInput, planned: Evaluation): Advice | undefined {
  const now = fsyncOf(input.ensemble);
  const faster = DISKS.filter(({ fsync }) => fsync < now).sort((a, b) => b.fsync - a.fsync)[0];
  if (faster === undefined) return undefined;
  const effect = write(input, planned, { fsyncFactor: faster.fsync / now });
  const text = `Put the transaction log on a faster device: ${faster.title}.`;
  return effect && { id: 'fasterLogDevice', effort: 'hardware', text, effect };
}

function dedicatedDevice(input: EnsembleInput, { sizing }: Evaluation): Advice | undefined {
  if (input.dedicatedLogDevice || sizing.slowQuorum < 1e-4) return undefined;
  return {
    id: 'dedicatedLogDevice',
    effort: 'hardware',
    text: 'Give the transaction log (dataLogDir) a device of its own, away from the snapshots.',
    effect: { name: 'ensemble.slowQuorum', unit: '1', before: sizing.slowQuorum, after: 0 },
  };
}

function snapCount(input: EnsembleInput, { load, shape, sizing }: Evaluation): Advice | undefined {
  if (sizing.slowQuorum <= 0.01) return undefined;
  const snapshots = {
    voters: shape.layout.voters,
    rate: load.writes,
    snapshotSeconds: sizing.snapshotBytes / input.diskBytesPerSecond,
  };
  const count = snapCountFor(snapshots, 0.01);
  if (count === Infinity) return undefined;
  const after = slowQuorum({ ...snapshots, snapCount: count });
  return {
    id: 'snapCount',
    effort: 'setting',
    text: `Raise snapCount to ${count}: fewer snapshots, and a longer replay after a restart.`,
    effect: { name: 'ensemble.slowQuorum', unit: '1', before: sizing.slowQuorum, after },
  };
}

function observer(input: PlanInput, planned: Evaluation): Advice | undefined {
  const before = planned.shape.utilisation;
  if (before < 0.7 * input.ensemble.utilisationGoal) return undefined;
  const changed = evaluate(input, { moreObservers: 1 }, planned);
  if (isProblems(changed)) return undefined;
  return {
    id: 'moreObservers',
    effort: 'servers',
    text: 'Add an observer: it serves reads and does not slow the quorum.',
    effect: { name: 'ensemble.utilisation', unit: '1', before, after: changed.shape.utilisation },
  };
}

/** The best odd layout of the same number of voters, where the plan's own is not it. */
function layout(input: EnsembleInput, { shape }: Evaluation): Advice | undefined {
  const { voters, minutesAYear } = shape.layout;
  const zones = Math.max(3, input.zones);
  const all = allLayouts(zones, voters, failureRates(input));
  if (isProblems(all)) return undefined;
  const best = all.find((one) => one.voters === voters);
  if (best === undefined) return undefined;
  const where = zones > input.zones ? `over ${zones} zones` : 'differently';
  return {
    id: 'otherLayout',
    effort: zones > input.zones ? 'hardware' : 'setting',
    text: `Spread the voters ${where}, as ${best.layout.join(', ')}.`,
    effect: {
      name: 'ensemble.outage',
      unit: 's',
      before: 60 * minutesAYear,
      after: 60 * best.minutesAYear,
    },
  };
}
