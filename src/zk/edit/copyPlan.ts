import { parentPath, type ZPath } from '../../domain/znode/path';
import { isEphemeral } from '../../domain/znode/stat';
import type { ZkReader } from '../client';
import { ZkError } from '../errors';
import { mapped } from './copyAddress';
import type { Pacer } from './pacer';
import { REQUEST_BYTES } from './requestSize';
import { survey, type Survey, type SurveyCounts } from './survey';
import { presenceOf } from '../presence';

export interface CopyRequest {
  readonly kind: 'copy' | 'move';
  readonly source: ZPath;
  /** The path that the source's root gets; `problemOfAddress` has nothing against it. */
  readonly target: ZPath;
}

/** A znode that is in the place of one that is copied. */
export interface Existing {
  readonly czxid: bigint;
  readonly version: number;
  /** It has the data already that it would get. */
  readonly isEqual: boolean;
}

export interface CopyPlan extends CopyRequest {
  readonly survey: Survey;
  /** By their path. */
  readonly existing: ReadonlyMap<ZPath, Existing>;
  /** How many of them have other data. */
  readonly differing: number;
  /** Whether it is little enough to take effect at once or not at all. */
  readonly isOneTransaction: boolean;
}

/**
 * Why it cannot be done, found by looking.
 *
 * - `noSource`, `noParent`: the source, or the znode above the target, does not exist
 * - `ephemeralParent`: that one, or one that exists in the target, cannot have children
 * - `foreignEphemerals`: other sessions hold znodes of the source, which only they can move
 * - `unlistable`: we may not see all that would have to be moved
 */
export interface CopyObstacle {
  readonly problem:
    'noSource' | 'noParent' | 'ephemeralParent' | 'foreignEphemerals' | 'unlistable' | 'tooLarge';
  readonly path: ZPath;
  readonly count: number;
}

export interface CopyPlanOptions {
  readonly pacer: Pacer;
  readonly onProgress?: (counts: SurveyCounts) => void;
  readonly maxZnodes?: number;
}

/** A step without path, data and ACL; ACLs are short as a rule. */
const BYTES_PER_STEP = 30;
const BYTES_PER_ACL = 60;
/** A path's bytes in UTF-8 per UTF-16 unit are up to three; nearly all are ASCII. */
const ESTIMATE_LIMIT = REQUEST_BYTES * 0.85;
/** A server checks all the steps of a transaction in one go, and everybody else waits. */
const MOST_STEPS = 20_000;

/** Looks at source and target before anything is written. Rejects when a connection fails. */
export async function planCopy(
  from: ZkReader,
  to: ZkReader,
  request: CopyRequest,
  options: CopyPlanOptions,
): Promise<CopyPlan | CopyObstacle> {
  const { kind, source, target } = request;
  const parent = parentPath(target) ?? target;
  const above = await presenceOf(to, parent);
  if (!above) return { problem: 'noParent', path: parent, count: 1 };
  if (above !== 'hidden' && isEphemeral(above))
    return { problem: 'ephemeralParent', path: parent, count: 1 };
  const found = await survey(from, [source], options);
  const { counts, obstacles } = found;
  const obstacle = (problem: CopyObstacle['problem'], count: number, path = source) => ({
    ...{ problem, count, path },
  });
  if (found.levels.length === 0) return obstacle('noSource', 1);
  if (found.isTooLarge) return obstacle('tooLarge', counts.znodes);
  if (kind === 'move') {
    if (counts.ephemerals.others > 0) {
      return obstacle('foreignEphemerals', counts.ephemerals.others);
    }
    const hidden = obstacles.filter((one) => one.kind === 'unlistable');
    if (hidden[0]) return obstacle('unlistable', hidden.length, hidden[0].path);
  }
  const existing = await findExisting(from, to, request, found, options.pacer);
  if ('problem' in existing) return existing;
  const differing = [...existing.values()].filter(({ isEqual }) => !isEqual).length;
  const isOneTransaction = isSmall(request, counts);
  return { ...request, survey: found, existing, differing, isOneTransaction };
}

function isSmall({ kind, source, target }: CopyRequest, counts: SurveyCounts): boolean {
  const { znodes, pathUnits, bytes } = counts;
  const targetUnits = pathUnits + znodes * (target.length - source.length);
  const creates = bytes + targetUnits + znodes * (BYTES_PER_STEP + BYTES_PER_ACL);
  const deletes = kind === 'move' ? pathUnits + znodes * BYTES_PER_STEP : 0;
  return creates + deletes <= ESTIMATE_LIMIT && znodes * 2 <= MOST_STEPS;
}

/** One generation after the other: below what isn't there, nothing is. */
async function findExisting(
  from: ZkReader,
  to: ZkReader,
  { source, target }: CopyRequest,
  { levels }: Survey,
  pacer: Pacer,
): Promise<Map<ZPath, Existing> | CopyObstacle> {
  const existing = new Map<ZPath, Existing>();
  const childless = new Set<ZPath>();
  let blocked: CopyObstacle | undefined;
  for (const [depth, level] of levels.entries()) {
    let count = 0;
    await pacer.forEach(
      level,
      async ({ path, dataLength }) => {
        const at = mapped(path, source, target);
        const parent = parentPath(at) ?? at;
        if (depth > 0 && !existing.has(parent)) return;
        if (childless.has(parent)) {
          blocked = { problem: 'ephemeralParent', path: parent, count: 1 };
          return;
        }
        const stat = await to.exists(at);
        if (!stat) return;
        count++;
        if (isEphemeral(stat)) childless.add(at);
        const { czxid, version } = stat;
        const isEqual = stat.dataLength === dataLength && (await haveEqualData(from, path, to, at));
        existing.set(at, { czxid, version, isEqual });
      },
      'read',
    );
    if (blocked) return blocked;
    if (count === 0) break;
  }
  return existing;
}

/** False too when one of them is gone or hidden from us. */
export async function haveEqualData(
  from: ZkReader,
  path: ZPath,
  to: ZkReader,
  at: ZPath,
): Promise<boolean> {
  try {
    const [one, other] = await Promise.all([from.getData(path), to.getData(at)]);
    return Buffer.compare(one.data, other.data) === 0;
  } catch (error) {
    if (ZkError.is(error, 'NoNode') || ZkError.is(error, 'NoAuth')) return false;
    throw error;
  }
}
