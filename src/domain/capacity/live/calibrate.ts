import type { PlanInput } from '../plan/inputFields';
import { short } from '../plan/report';
import { consistency, type Consistency, type Observation, whole } from './observation';
import {
  fsyncFromBatch,
  fsyncOfServers,
  residuals,
  residualText,
  type Residual,
} from './residuals';
import { wrapped } from './wrapped';

/** A measured value for an input of a plan, with where it comes from. */
export interface Measured {
  /** `ensemble.fsyncMs` */
  readonly field: string;
  readonly value: number;
  readonly was: number;
  readonly from: string;
  /** The check that the measurement fails, which it would have to pass for this value. */
  readonly doubt: string | undefined;
}

/** What the values of an input rest on. */
const RESTS_ON: Readonly<Record<string, readonly Consistency['name'][]>> = {
  'otherLoad.writesPerSecond': ['enough', 'flushes', 'local'],
  'ensemble.fsyncMs': ['enough', 'flushes'],
};

/** What a measurement says of a plan: how well the model fits first, then what may be changed. */
export interface Calibration {
  readonly checks: readonly Consistency[];
  readonly residuals: readonly Residual[];
  /** Relative error to expect of write latencies at other loads: residual and sampling together. */
  readonly band: number | undefined;
  readonly diagnosis: string | undefined;
  readonly parameters: readonly Measured[];
}

/** What only lists of sessions tell. */
export interface SessionFacts {
  readonly shortestTimeoutMs: number | undefined;
  /** Connections of the address that has most to one server. */
  readonly mostPerAddress: number | undefined;
}

/** Compares a plan with a measurement, and says which of its inputs the measurement replaces. */
export function calibrate(
  input: PlanInput,
  seen: Observation,
  sessions: SessionFacts,
  when: string,
): Calibration {
  const compared = residuals(input.ensemble, seen);
  const checks = consistency(seen);
  return {
    checks,
    residuals: compared,
    band: bandOf(compared, seen),
    diagnosis: diagnose(seen),
    parameters: parameters(input, seen, sessions, when).map((one) => ({
      ...one,
      doubt:
        checks.find(({ holds, name }) => !holds && RESTS_ON[one.field]?.includes(name))?.text ??
        (one.field === 'ensemble.fsyncMs' ? doubtOfFsync(seen) : undefined),
    })),
  };
}

/** Half a millisecond more or less is much of a short fsync. */
const SHORT_FSYNC_MS = 2;

function doubtOfFsync({ fsyncMs }: Observation): string | undefined {
  if (fsyncMs === undefined || fsyncMs >= SHORT_FSYNC_MS) return undefined;
  return `servers count whole milliseconds, so that it is between ${short(fsyncMs)} and ${short(fsyncMs + 1)} ms`;
}

function bandOf(compared: readonly Residual[], { writeCount }: Observation): number | undefined {
  const write = compared.find(({ name }) => name === 'writeMs');
  const model = write?.calibrated ?? write?.planned;
  if (write === undefined || model === undefined || model <= 0 || writeCount <= 0) return undefined;
  return Math.hypot(write.observed / model - 1, 1.96 / Math.sqrt(writeCount));
}

/** How far the batches' own fsync may be from the measured one. */
const FAR = 3;

function diagnose(seen: Observation): string | undefined {
  const { fsyncMs: least } = seen;
  const fromBatch = fsyncFromBatch(seen);
  if (fromBatch === undefined || least === undefined || fromBatch < FAR * (least + 1)) {
    return undefined;
  }
  return (
    `Flushes hold as many transactions as if an fsync took ${short(fromBatch)} ms, it takes ` +
    `${short(least)} to ${short(least + 1)} ms: writes come in bursts, or the servers stall. The disk is not the cause.`
  );
}

const rounded = (value: number): number => Number(value.toPrecision(3));
/** Less than one a second is nothing to plan for. */
const rate = (value: number): number => (value < 1 ? 0 : rounded(value));

function parameters(
  input: PlanInput,
  seen: Observation,
  { shortestTimeoutMs, mostPerAddress }: SessionFacts,
  when: string,
): Omit<Measured, 'doubt'>[] {
  const { ensemble, otherLoad } = input;
  const found: Omit<Measured, 'doubt'>[] = [];
  const add = (field: string, was: number, value: number | undefined, what: string): void => {
    if (value === undefined || value === was) return;
    found.push({ field, value, was, from: `${what}, measured ${when}` });
  };
  const duration = `over ${short(seen.seconds)} s`;
  const fsync = fsyncOfServers(seen);
  add(
    'ensemble.fsyncMs',
    ensemble.fsyncMs,
    // Below a whole millisecond nobody tells how long it takes.
    fsync === undefined || seen.fsyncMs === 0 ? undefined : rounded(fsync),
    `mean of all servers’ fsynctime and half a millisecond that they don’t count, ${duration}`,
  );
  add(
    'ensemble.sessionTimeoutMs',
    ensemble.sessionTimeoutMs,
    shortestTimeoutMs,
    'shortest timeout of the sessions',
  );
  add(
    'ensemble.clientsPerAddress',
    ensemble.clientsPerAddress,
    // Fewer now says nothing about how many there may be.
    mostPerAddress !== undefined && mostPerAddress > ensemble.clientsPerAddress
      ? mostPerAddress
      : undefined,
    'connections of the address with most to one server',
  );
  // With a scenario the measured load is its own and the rest together, which nobody can part.
  if (input.scenario !== undefined) return found;
  const each = seen.znodes ? (seen.dataBytes ?? 0) / seen.znodes - otherLoad.pathBytes : 0;
  // Below nothing: paths are shorter than the plan has them, and nobody tells by how much.
  const mean = each > 0 ? Math.round(each) : undefined;
  const other = (key: keyof typeof otherLoad, value: number | undefined, what: string): void =>
    add(`otherLoad.${key}`, otherLoad[key], value, what);
  other('writesPerSecond', rate(seen.writes), `Δzxid ${duration}`);
  const reads = whole(seen, seen.reads);
  other(
    'readsPerSecond',
    reads === undefined ? undefined : rate(reads),
    `Δreadlatency of all servers without ${short(seen.pings)} pings/s, ${duration}`,
  );
  other('sessions', seen.sessions, 'global_sessions');
  other('znodes', seen.znodes, 'znode_count');
  other('watches', whole(seen, seen.watches), 'watch_count of all servers');
  other('dataBytes', mean, 'approximate_data_size over znode_count, less the paths');
  return found;
}

/** The whole calibration as a text, residuals first. */
export function calibrationText(calibration: Calibration): string {
  const { checks, residuals: compared, band, diagnosis, parameters: found } = calibration;
  const lines = [
    'Model against servers',
    ...(compared.length === 0
      ? ['  no server tells latencies or fsyncs: allow mntr or the AdminServer']
      : compared.map((one) => wrapped(`  ${residualText(one)}`, 4))),
    ...(band === undefined
      ? []
      : [`  expect write latencies at other loads within ±${short(100 * band)} %`]),
    '',
    'Does the measurement fit together?',
    ...checks.map(({ holds, text }) => wrapped(`  ${holds ? 'yes' : 'NO '}  ${text}`, 7)),
    ...(diagnosis === undefined ? [] : ['', 'Diagnosis', wrapped(`  ${diagnosis}`, 2)]),
    '',
    'Inputs of the plan',
    ...(found.length === 0
      ? ['  as measured already']
      : found.map(({ field, was, value, from, doubt }) => {
          const doubted = doubt === undefined ? '' : `; NOT TRUSTED: ${doubt}`;
          return wrapped(`  ${field}: ${was} → ${value} (${from}${doubted})`, 4);
        })),
    '',
    wrapped(
      'Not measured: throughput at saturation, which needs the processor time that servers do not tell.',
      2,
    ),
    '',
  ];
  return lines.join('\n');
}
