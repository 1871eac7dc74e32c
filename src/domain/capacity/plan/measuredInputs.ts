import { type EnsembleSample, sampleOf } from '../../metrics/ensembleSample';
import type { EnsembleWindow } from '../../metrics/ensembleWindow';
import { quorumOf } from '../../metrics/quorum';
import type { Gauges } from '../../metrics/sample';
import type { FieldPath } from './paths';

/** The value of an input that was read somewhere, and from what: the name of a metric or a key. */
export interface FoundInput {
  readonly path: FieldPath;
  readonly value: number | boolean;
  readonly from: string;
}

/** Length of a path that a plan assumes unless told otherwise. */
const PATH_BYTES = 40;
/** Fewer voters are no ensemble to plan. */
const FEWEST_VOTERS = 3;

/**
 * What a running ensemble says about the inputs of a plan: counts from the sample, rates and the fsync
 * from the window between two, times in milliseconds. What is not known is left out. Rates have three
 * digits, as no window of seconds gives more.
 */
export function measuredInputs(
  sample: EnsembleSample,
  window: EnsembleWindow | undefined,
): FoundInput[] {
  const gauges = sample.members.flatMap((member) => sampleOf(member)?.gauges ?? []);
  const all = (name: keyof Gauges): number[] => gauges.flatMap((one) => one[name] ?? []);
  const servers = [...(window?.servers.values() ?? [])];
  const fsyncs = servers.flatMap(({ fsyncMs }) => fsyncMs ?? []);
  const worst = sample.members.flatMap((member) => sampleOf(member)?.lifetime.fsync?.p999 ?? []);
  const [znodes, bytes] = [most(all('znodes')), most(all('dataBytes'))];
  const { voters } = quorumOf(sample);
  return [
    // All servers know all global sessions; before 3.6 there are only their own connections.
    found('otherLoad.sessions', most(all('sessions')), 'global_sessions') ??
      found('otherLoad.sessions', sum(all('connections')), 'num_alive_connections'),
    found('otherLoad.readsPerSecond', digits(window?.reads), 'Δcnt_readlatency, less pings'),
    found('otherLoad.writesPerSecond', digits(window?.writes), 'Δzxid'),
    found('otherLoad.znodes', znodes, 'znode_count'),
    found(
      'otherLoad.dataBytes',
      znodes === undefined || znodes === 0 || bytes === undefined
        ? undefined
        : Math.max(0, Math.round(bytes / znodes) - PATH_BYTES),
      `approximate_data_size / znode_count − ${PATH_BYTES} B`,
    ),
    found('otherLoad.watches', sum(all('watches')), 'watch_count'),
    found('ensemble.voters', voters < FEWEST_VOTERS ? undefined : voters, '/zookeeper/config'),
    found('ensemble.fsyncMs', positive(digits(most(fsyncs))), 'Δsum_fsynctime / Δcnt_fsynctime'),
    found('ensemble.worstFsyncMs', positive(most(worst)), 'p999_fsynctime'),
    found('ensemble.openFiles', least(all('maxFiles')), 'max_file_descriptor_count'),
  ].filter((one) => one !== undefined);
}

function found(path: string, value: number | undefined, from: string): FoundInput | undefined {
  return value === undefined ? undefined : { path: path.split('.'), value, from };
}

const most = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : Math.max(...values);
const least = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : Math.min(...values);
const sum = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((total, value) => total + value, 0);
const digits = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Number(value.toPrecision(3));
/** 0 stands for "not measured" in a plan. */
const positive = (value: number | undefined): number | undefined =>
  value === 0 ? undefined : value;
