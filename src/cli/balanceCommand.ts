import { balanceOf, imbalanceQuantile, type Balance } from '../domain/placement/balance';
import type { KeyEncoding } from '../domain/placement/keyText';
import type { Placement } from '../domain/placement/types';
import { readKeys } from './keys';
import { write } from './output';

export interface ReportOptions {
  /** Where keys are read from, if they are. */
  readonly keys: string | undefined;
  readonly encoding: KeyEncoding;
  readonly json: boolean;
}

/** Keys of each server; the last number counts those without a server. */
type KeyCounts = Float64Array;

/** Prints the share of each server and, with keys, how many of them it gets. */
export async function printBalance(
  placement: Placement,
  { keys, encoding, json }: ReportOptions,
): Promise<number> {
  if (placement.servers.length === 0) throw new Error('nobody owns keys: name servers');
  const counts = keys === undefined ? undefined : await countKeys(placement, keys, encoding);
  const shares = placement.shares();
  const weights = weightsOf(placement);
  const report = {
    preset: placement.preset.id,
    options: placement.options,
    servers: placement.servers.map(({ address }, i) => ({
      address,
      share: shares[i] ?? 0,
      ...(counts && { keys: counts[i] ?? 0 }),
    })),
    ...(counts && { keysWithoutServer: counts.at(-1) ?? 0 }),
    shares: liveBalance(shares, weights),
    ...(counts && { keys: liveBalance(counts, weights) }),
    planningQuantile: planningQuantile(placement, weights),
  };
  await write(json ? `${JSON.stringify(report, null, 2)}\n` : tableOf(report));
  return 0;
}

async function countKeys(
  placement: Placement,
  path: string,
  encoding: KeyEncoding,
): Promise<KeyCounts> {
  const nobody = placement.servers.length;
  const counts = new Float64Array(nobody + 1);
  await readKeys(path, encoding, {
    onKey: (_, key) => {
      const owner = placement.ownerOf(key);
      const at = owner < 0 ? nobody : owner;
      counts[at] = (counts[at] ?? 0) + 1;
    },
  });
  return counts;
}

/** What a fair share goes by: weights where the program knows them, 0 for servers that are down. */
function weightsOf({ servers, preset }: Placement): number[] {
  return servers.map(({ weight = 1, down }) => (down ? 0 : preset.weighted ? weight : 1));
}

/** The balance among the servers that take keys; the others would only spoil the mean. */
function liveBalance(loads: Float64Array, weights: readonly number[]): Balance {
  const live = [...weights.keys()].filter((i) => weights[i] !== 0);
  return balanceOf(
    live.map((i) => loads[i] ?? 0),
    live.map((i) => weights[i] ?? 0),
  );
}

/**
 * The max/mean that 5 of 100 rings of as many servers with as many points exceed; for rings of equal
 * servers whose points own the arc before them, because nothing else has this law.
 */
function planningQuantile(
  { ring, preset }: Placement,
  weights: readonly number[],
): number | undefined {
  const live = weights.filter((weight) => weight > 0);
  if (ring === undefined || preset.picture !== 'ring' || new Set(live).size > 1) return undefined;
  return imbalanceQuantile(live.length, Math.max(1, ring.points.length / live.length));
}

interface Report {
  readonly servers: readonly { address: string; share: number; keys?: number }[];
  readonly keysWithoutServer?: number;
  readonly shares: Balance;
  readonly keys?: Balance;
  readonly planningQuantile: number | undefined;
}

function tableOf({ servers, keysWithoutServer, shares, keys, planningQuantile }: Report): string {
  const row = (name: string, ...cells: (string | number | undefined)[]): string =>
    `${[name, ...cells].filter((cell) => cell !== undefined).join('\t')}\n`;
  const measure = (name: string, field: keyof Balance): string =>
    row(name, shares[field].toFixed(4), keys?.[field].toFixed(4));
  return [
    row('server', 'share', keys && 'keys'),
    ...servers.map((server) => row(server.address, server.share.toFixed(6), server.keys)),
    keysWithoutServer ? row('nobody', '', keysWithoutServer) : '',
    measure('max/mean', 'maxOverMean'),
    measure('min/mean', 'minOverMean'),
    measure('variation', 'variation'),
    planningQuantile === undefined ? '' : row('planning quantile', planningQuantile.toFixed(4)),
  ].join('');
}
