import { balanceOf, imbalanceQuantile } from '../../placement/balance';
import { createPlacement } from '../../placement/createPlacement';
import { membersOf } from '../../placement/members';
import { findDefinition } from '../../placement/presets';
import type { Definition } from '../../placement/presets/rules';
import type { Options, Problem, Server } from '../../placement/types';
import { resolveOptions } from '../../placement/validate';
import { problem } from '../result';

/** How requests are spread over the servers of a pool. */
export interface Spread {
  /** The fullest server's load over the mean, at least 1, with as many servers. */
  readonly imbalanceAt: (servers: number) => number;
  /** Where that number comes from, for people. */
  readonly because: string;
  /** How each server's queue is fed: on its own, or by comparing queues. */
  readonly queues: 'own' | 'twoChoices';
  /** Whether the imbalance is a quantile over rings rather than a certainty. */
  readonly isQuantile?: boolean;
  /** Whether each key has a server of its own, which known addresses decide. */
  readonly hasOwner?: boolean;
}

/** A search asks for the same sizes again and again. */
function remembered(f: (servers: number) => number): (servers: number) => number {
  const known = new Map<number, number>();
  return (servers) => {
    const value = known.get(servers) ?? f(servers);
    known.set(servers, value);
    return value;
  };
}

/** Requests that go anywhere, as if at random. */
export const EVEN: Spread = {
  imbalanceAt: () => 1,
  because: 'requests are spread evenly in the long run',
  queues: 'own',
};

/** A ring of `points` virtual nodes a server: 5 of 100 such rings are less even than this. */
export const ringSpread = (points: number): Spread => ({
  imbalanceAt: remembered((servers) => imbalanceQuantile(servers, points)),
  because: `95 of 100 rings of ${points} points a server are at least as even`,
  queues: 'own',
  isQuantile: true,
});

/** No server gets more than `factor` times the mean; the rest goes on to others. */
export const capped = (spread: Spread, factor: number): Spread => ({
  ...spread,
  imbalanceAt: (servers) => Math.min(Math.max(1, factor), spread.imbalanceAt(servers)),
  because: `${spread.because}; capped at ${factor} times the mean`,
});

/** The spread of a placement preset with equal servers that have no names yet. */
export function spreadOf(presetId: string, given: Options): Spread | Problem[] {
  const definition = findDefinition(presetId);
  if (definition === undefined) {
    const message = `There is no preset "${presetId}"; zkw presets lists them.`;
    return [problem('unknownPreset', 'pool.preset', message)];
  }
  const { preset } = definition;
  const options = resolveOptions(preset, given);
  if (Array.isArray(options)) {
    return options.map((one) => ({ ...one, where: `pool.preset${one.where.replace(/^o/, 'O')}` }));
  }
  if (preset.policy) return policySpread(preset.id);
  const points = pointsRule(definition, options);
  if (points !== undefined) {
    return {
      imbalanceAt: remembered((servers) =>
        imbalanceQuantile(servers, Math.max(1, points(servers))),
      ),
      because: `95 of 100 rings of ${preset.title} are at least as even`,
      queues: 'own',
      isQuantile: true,
      hasOwner: true,
    };
  }
  const isAssigned = preset.assignment !== undefined;
  return { ...cellSpread(preset.title, options, isAssigned), hasOwner: !isAssigned };
}

/** Two choices stand for the fewest open requests too, which does better still. */
function policySpread(id: string): Spread {
  const compares = id === 'power-of-two-choices' || id === 'least-request';
  return compares
    ? { ...EVEN, because: 'each request compares queues', queues: 'twoChoices' }
    : EVEN;
}

/** Points of each of `servers` equal servers, where the preset makes a ring of its own. */
function pointsRule(definition: Definition, options: Options) {
  const rulesOf = (servers: number) => {
    const members = membersOf(placeholders(servers));
    return {
      members,
      rules: definition.rules({ options, all: members, members, assignment: undefined }),
    };
  };
  const { rules } = rulesOf(3);
  if (Array.isArray(rules) || rules.space.kind !== 'ring') return undefined;
  if (definition.preset.assignment !== undefined) return undefined;
  const ring = rules.space;
  return (servers: number): number => {
    const points = ring.points.counts(membersOf(placeholders(servers)));
    return points.reduce((sum, count) => sum + count, 0) / servers;
  };
}

const placeholders = (count: number): Server[] =>
  Array.from({ length: count }, (_, i) => ({ address: `10.0.${i >> 8}.${i & 255}:7000` }));

/** Slots, partitions and cells of a table, dealt out evenly: a server has one more than another. */
function cellSpread(title: string, options: Options, isAssigned: boolean): Spread {
  const cells = Number(options.table_size ?? options.partitions ?? options.slots ?? Infinity);
  const factor = Number(options.capacity_factor ?? 1);
  if (!(cells < Infinity))
    return {
      ...EVEN,
      because: isAssigned
        ? `${title}, if shares are assigned evenly`
        : `${title} spreads keys evenly`,
    };
  return {
    imbalanceAt: (servers) =>
      Math.min(servers, Math.ceil((cells / servers) * factor) / (cells / servers)),
    because: `${title} deals out ${cells} pieces`,
    queues: 'own',
  };
}

/** The exact imbalance of servers that are known by address. */
export function exactImbalance(
  presetId: string,
  options: Options,
  addresses: readonly string[],
): number | Problem[] {
  const placement = createPlacement(
    presetId,
    addresses.map((address) => ({ address })),
    options,
  );
  if (Array.isArray(placement)) {
    return placement.map((one) => ({ ...one, where: `pool.${one.where}` }));
  }
  return balanceOf(placement.shares()).maxOverMean;
}
