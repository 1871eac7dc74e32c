import { type EnsembleSample, sampleOf } from '../../metrics/ensembleSample';
import { calibrate, type SessionFacts } from '../live/calibrate';
import type { Observation } from '../live/observation';
import type { PlanInput } from './inputFields';
import { type FieldPath, parsePath } from './paths';

/** The value of an input that was read somewhere, and from what: metrics or a key. */
export interface FoundInput {
  readonly path: FieldPath;
  readonly value: number | boolean;
  readonly from: string;
}

/** Fewer voters are no ensemble to plan. */
const FEWEST_VOTERS = 3;

/**
 * What a running ensemble says about the inputs of a new plan, for which `initial` are the inputs: all
 * that calibrates a plan, and what only a plan that is not there yet can take from it. `when` says
 * where and when it was measured.
 */
export function measuredInputs(
  initial: PlanInput,
  { seen, sample, sessions }: Measurement,
  when: string,
): FoundInput[] {
  // What runs there now is no scenario of this plan, but what the ensemble carries besides.
  const { parameters } = calibrate({ ...initial, scenario: undefined }, seen, sessions, when);
  const samples = sample.members.flatMap((member) => sampleOf(member) ?? []);
  const known = (values: readonly (number | undefined)[]): number[] =>
    values.filter((value) => value !== undefined && value > 0) as number[];
  const connections = known(samples.map(({ gauges }) => gauges.connections));
  const files = known(samples.map(({ gauges }) => gauges.maxFiles));
  const worst = known(samples.map(({ lifetime }) => lifetime.fsync?.p999));
  const found = (path: string, value: number, what: string): FoundInput[] => [
    { path: parsePath(path), value, from: `${what}, measured ${when}` },
  ];
  return [
    ...parameters.map(({ field, value, from }) => ({ path: parsePath(field), value, from })),
    ...(seen.sessions === undefined && connections.length > 0
      ? found('otherLoad.sessions', sum(connections), 'num_alive_connections of all servers')
      : []),
    ...(seen.voters < FEWEST_VOTERS
      ? []
      : found('ensemble.voters', seen.voters, '/zookeeper/config')),
    ...(files.length === 0
      ? []
      : found('ensemble.openFiles', Math.min(...files), 'max_file_descriptor_count')),
    ...(worst.length === 0
      ? []
      : found('ensemble.worstFsyncMs', Math.max(...worst), 'p999_fsynctime')),
  ];
}

export interface Measurement {
  readonly seen: Observation;
  readonly sample: EnsembleSample;
  readonly sessions: SessionFacts;
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
