import type { Evaluation } from '../plan/evaluate';
import { fsyncOf } from '../plan/ensembleShape';
import type { PlanInput } from '../plan/inputFields';
import { bytes, short } from '../plan/report';
import type { Comparison, DriftKind } from './drift';
import type { Observation } from './observation';
import { fsyncOfServers, modelAt, serverTime } from './residuals';
import { silenceText } from './silence';

/** Reality may exceed the planned load by half, and planned state by a fifth, before it is news. */
const LOAD = 1.5;
const STATE = 1.2;
/** Rates below this are never news: plans of tiny loads would drift at each restart. */
const LEAST_RATE = 10;
/** Standard deviations of a Poisson count. */
const SIGNIFICANT = 3;

interface Amount {
  readonly kind: DriftKind;
  readonly name: string;
  readonly title: string;
  readonly field: string;
  readonly planned: number;
  readonly observed: number | undefined;
  readonly limit: number;
  readonly seen: Observation;
  /** A sum over servers: not all of it is known where one is silent. */
  readonly isSum?: boolean;
  readonly text?: (value: number) => string;
  readonly fix?: Comparison['fix'];
}

function compared(amount: Amount): Comparison {
  const { kind, name, title, field, planned, observed, limit, seen, fix } = amount;
  const text = amount.text ?? ((value: number) => short(value));
  const isPart = amount.isSum === true && seen.silent > 0;
  if (observed === undefined || (isPart && observed <= limit)) {
    const message = `${title}: ${text(planned)} planned; ${silenceText(seen, 'it')}.`;
    return { kind, name, field, verdict: 'unknown', message };
  }
  const isOver = observed > limit;
  const ratio = isOver && planned > 0 ? `, ${short(observed / planned)} times the plan` : '';
  return {
    ...{
      kind,
      name,
      field,
      verdict: isOver ? 'drift' : observed < planned / 2 ? 'below' : 'within',
    },
    message: `${title}: ${isPart ? 'at least ' : ''}${text(observed)} measured${ratio}, ${text(planned)} planned.`,
    ...(isOver && !isPart && fix ? { fix } : {}),
  };
}

const rounded = (value: number): number => Number(value.toPrecision(3));

/** The load; with a scenario it is the scenario's and no single input of the plan. */
export function driftOfLoad(
  input: PlanInput,
  { load, shape }: Evaluation,
  seen: Observation,
): Comparison[] {
  const isOwn = input.scenario === undefined;
  const field = (name: string): string => (isOwn ? `otherLoad.${name}` : 'scenario');
  const duration = `measured over ${short(seen.seconds)} s`;
  const fix = (name: string, value: number | undefined) =>
    isOwn && value !== undefined
      ? { fix: { field: `otherLoad.${name}`, value: rounded(value), from: duration } }
      : {};
  const pings = `${short(seen.pings)} pings/s`;
  return [
    compared({
      ...{ kind: 'workload', name: 'writes', title: 'Writes per second', seen },
      field: field('writesPerSecond'),
      planned: load.writes,
      observed: seen.writes,
      limit: rateLimit(load.writes, seen.seconds),
      ...fix('writesPerSecond', seen.writes),
    }),
    compared({
      ...{ kind: 'workload', name: 'reads', title: `Reads per second, ${pings} included`, seen },
      field: field('readsPerSecond'),
      planned: shape.reads,
      observed: seen.reads === undefined ? undefined : seen.reads + seen.pings,
      isSum: true,
      limit: rateLimit(shape.reads, seen.seconds),
      ...fix('readsPerSecond', seen.reads),
    }),
  ];
}

/** More than chance allows, and more than half as much again. */
function rateLimit(planned: number, seconds: number): number {
  const byChance = planned + (SIGNIFICANT * Math.sqrt(planned * seconds)) / seconds;
  return Math.max(LEAST_RATE, LOAD * planned, byChance);
}

/** How long things take, against what the plan's own model says for the load that there is. */
export function driftOfService(
  input: PlanInput,
  { shape }: Evaluation,
  seen: Observation,
): Comparison[] {
  const { ensemble } = input;
  const milliseconds = (value: number): string => `${short(value)} ms`;
  const plannedFsync = 1000 * fsyncOf(ensemble);
  const fsync = fsyncOfServers(seen);
  const model = modelAt(ensemble, seen, undefined);
  const expected = model ? serverTime(ensemble, model) : 1000 * shape.write.total;
  const band = shape.isMeasured ? 0.1 : shape.band.mixed;
  return [
    compared({
      ...{ kind: 'service', name: 'fsync', title: 'Mean fsync', seen },
      field: 'ensemble.fsyncMs',
      planned: plannedFsync,
      observed: fsync,
      // Times are whole milliseconds: below two of them, one says nothing.
      limit: Math.max(2, 1.5 * plannedFsync),
      text: milliseconds,
      ...(fsync === undefined
        ? {}
        : {
            fix: {
              field: 'ensemble.fsyncMs',
              value: rounded(fsync),
              from: `measured over ${short(seen.seconds)} s`,
            },
          }),
    }),
    compared({
      ...{
        kind: 'service',
        name: 'writeLatency',
        title: 'Mean time of a write at this load',
        seen,
      },
      field: 'ensemble.writeGoalMs',
      planned: expected,
      observed: seen.writeMs,
      limit: expected * (1 + band) + 0.5,
      text: milliseconds,
    }),
  ];
}

/** What the ensemble holds. */
export function driftOfState(
  input: PlanInput,
  { load, sizing }: Evaluation,
  seen: Observation,
): Comparison[] {
  const isOwn = input.scenario === undefined;
  const state = (
    name: string,
    title: string,
    planned: number,
    observed: number | undefined,
    least: number,
    own?: string,
    text?: (value: number) => string,
  ): Comparison =>
    compared({
      ...{ kind: 'state', name, title, planned, observed, seen, isSum: name === 'watches' },
      field: isOwn ? `otherLoad.${own ?? name}` : 'scenario',
      limit: Math.max(least, STATE * planned),
      ...(text ? { text } : {}),
      ...(isOwn && own === undefined && observed !== undefined
        ? {
            fix: { field: `otherLoad.${name}`, value: observed, from: 'as the servers count them' },
          }
        : {}),
    });
  const pathsAndData = Math.max(0, sizing.snapshotBytes - 76 * sizing.znodes);
  return [
    state('znodes', 'Znodes', sizing.znodes, seen.znodes, 1000),
    state('data', 'Paths and data', pathsAndData, seen.dataBytes, 2 ** 20, 'dataBytes', bytes),
    state('watches', 'Watches', load.watches, seen.watches, 1000),
    state('sessions', 'Sessions', load.sessions, seen.sessions, LEAST_RATE),
    state(
      ...([
        'connections',
        'Connections of the server with most',
        sizing.connections,
        seen.connections,
        2 * LEAST_RATE,
        'sessions',
      ] as const),
    ),
  ];
}
