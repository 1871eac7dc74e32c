import { type Costs, readThroughput, type Shape, writeThroughput } from '../ensemble/throughput';
import type { Problem } from '../../placement/types';
import { problem } from '../result';
import { ensemble } from './ensembleFields';
import { percent, sentence, short } from './report';

/** What is asked of an ensemble that no number of observers is enough for. Rates per second. */
export interface Saturation {
  /** `reads` has the pings in it. */
  readonly reads: number;
  readonly pings: number;
  readonly writes: number;
  readonly costs: Costs;
  readonly utilisationGoal: number;
}

/**
 * Why none of these shapes is enough, judged at the one that comes nearest: whether reads or writes
 * keep it busier decides what is advised. `shapes` has at least one.
 */
export function saturated(asked: Saturation, shapes: readonly Shape[]): Problem {
  const { reads, pings, writes, costs, utilisationGoal } = asked;
  const busyOf = (shape: Shape): { reads: number; writes: number } => ({
    reads: reads / readThroughput(costs, shape),
    writes: writes / writeThroughput(costs, shape),
  });
  const [best] = shapes
    .map((shape) => ({ shape, busy: busyOf(shape) }))
    .sort((a, b) => a.busy.reads + a.busy.writes - (b.busy.reads + b.busy.writes));
  if (best === undefined) throw new RangeError('No shape was given.');
  const { shape, busy } = best;
  const least = busy.reads + busy.writes;
  const facts =
    `With ${serversText(shape)}, ${short(writes)} writes/s keep the ensemble ` +
    `${percent(busy.writes)} busy and ${short(reads)} reads/s, pings included, ` +
    `${percent(busy.reads)}: at most ${percent(utilisationGoal)} is wanted.`;
  const writeRoom = Math.max(
    ...shapes.map((one) => (utilisationGoal - busyOf(one).reads) * writeThroughput(costs, one)),
  );
  const writesBind = busy.writes > busy.reads;
  const remedies = [
    ...(writesBind && writeRoom >= 1 ? [`write at most ${short(roundedDown(writeRoom))}/s`] : []),
    ...(!writesBind && pings > reads / 2 ? ['ask for longer sessions, which ping less often'] : []),
    ...(!writesBind ? ['cache in the clients'] : []),
    ...(least <= ensemble.fields.utilisationGoal.maximum
      ? [`allow a utilisation of ${Math.ceil(100 * least) / 100}`]
      : []),
    writesBind
      ? 'split the data over several ensembles: more servers do not write faster'
      : 'split the data over several ensembles',
  ];
  return problem('ensembleSaturated', 'ensemble.utilisationGoal', `${facts} ${either(remedies)}`);
}

function serversText({ voters, observers }: Shape): string {
  const voting = voters === 1 ? '1 voter' : `${voters} voters`;
  if (observers === 0) return voting;
  return `${voting} and ${observers === 1 ? '1 observer' : `${observers} observers`}`;
}

/** Three digits, as `short` shows them, but never more than there is room for. */
function roundedDown(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 2);
  return Math.floor(value / unit) * unit;
}

/** One sentence that offers each of these. */
function either(remedies: readonly string[]): string {
  const last = remedies.at(-1) ?? '';
  const others = remedies.slice(0, -1);
  return sentence(others.length === 0 ? last : `${others.join(', ')}, or ${last}`);
}
