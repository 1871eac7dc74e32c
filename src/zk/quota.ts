import { OPEN_ACL } from '../domain/znode/acl';
import type { Quota, QuotaLimits } from './client';
import { atRoot, type Operation } from './engine/operation';
import { createOf, exists, getChildNames, getData, remove, setData } from './engine/operations';
import { ZkError } from './errors';

/** Where servers keep quotas, and the two nodes below each path that has one (`Quotas.java`). */
const QUOTA_ROOT = '/zookeeper/quota';
const LIMITS = 'zookeeper_limits';
const STATS = 'zookeeper_stats';

const NO_DATA = new Uint8Array(0);

/** Makes a request; quotas lie outside of every chroot. */
export type Call = <A, R>(operation: Operation<A, R>, args: A) => Promise<R>;

const calls = (call: Call) => ({
  exists: (path: string) =>
    call(atRoot(exists), { path }).then(
      () => true,
      (error: unknown) => (ZkError.is(error, 'NoNode') ? false : Promise.reject(error as Error)),
    ),
  read: (path: string) =>
    call(atRoot(getData), { path }).then(({ data }) => Buffer.from(data).toString('utf8')),
  write: (path: string, text: string) =>
    call(atRoot(setData), { path, data: Buffer.from(text), version: -1 }),
  create: (path: string, text?: string) =>
    call(atRoot(createOf('persistent')), {
      path,
      data: text === undefined ? NO_DATA : Buffer.from(text),
      acl: OPEN_ACL,
      mode: 'persistent',
    }).catch(unless('NodeExists')),
  remove: (path: string) => call(atRoot(remove), { path, version: -1 }).catch(unless('NoNode')),
  list: (path: string) => call(atRoot(getChildNames), { path }),
});

/** @param path with the chroot */
export async function readQuota(call: Call, path: string): Promise<Quota | undefined> {
  const { read } = calls(call);
  try {
    const [limits, stats] = await Promise.all([
      read(`${QUOTA_ROOT}${path}/${LIMITS}`),
      read(`${QUOTA_ROOT}${path}/${STATS}`),
    ]);
    const used = parseQuota(stats);
    return { limits: parseQuota(limits), used: { count: used.count ?? 0, bytes: used.bytes ?? 0 } };
  } catch (error) {
    if (ZkError.is(error, 'NoNode')) return undefined;
    throw error;
  }
}

/** Sets the quota of a path; quotas can't be nested, which the server does not check. */
export async function writeQuota(call: Call, path: string, limits: QuotaLimits): Promise<void> {
  const { create, write, exists, list } = calls(call);
  const segments = path.split('/').slice(1);
  const lineage = segments.map((_, index) => `/${segments.slice(0, index + 1).join('/')}`);
  for (const ancestor of lineage.slice(0, -1)) {
    if (await exists(`${QUOTA_ROOT}${ancestor}/${LIMITS}`)) throw nested(path, ancestor);
  }
  for (const ancestor of lineage) await create(`${QUOTA_ROOT}${ancestor}`);
  const below = (await list(`${QUOTA_ROOT}${path}`)).find(
    (name) => ![LIMITS, STATS].includes(name),
  );
  if (below !== undefined) throw nested(path, `${path}/${below}`);
  const text = formatQuota(limits);
  await create(`${QUOTA_ROOT}${path}/${LIMITS}`, text);
  await create(`${QUOTA_ROOT}${path}/${STATS}`, formatQuota({ count: 0, bytes: 0 }));
  await write(`${QUOTA_ROOT}${path}/${LIMITS}`, text);
}

/** Takes away the quota of a path, and the nodes above it that hold no other one. */
export async function deleteQuota(call: Call, path: string): Promise<void> {
  const { remove, list } = calls(call);
  await remove(`${QUOTA_ROOT}${path}/${LIMITS}`);
  await remove(`${QUOTA_ROOT}${path}/${STATS}`);
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const names = await list(`${QUOTA_ROOT}${at}`).catch(() => ['']);
    if (names.length > 0) return;
    await remove(`${QUOTA_ROOT}${at}`);
  }
}

/**
 * `count=10,bytes=-1=;byteHardLimit=5;countHardLimit=20` (`StatsTrack.java`); -1 is no limit. The
 * odd `=` makes servers before 3.7 stop reading there.
 */
export function parseQuota(text: string): QuotaLimits {
  const values = new Map<string, number>();
  for (const pair of text.split(/[,;]+/)) {
    const [key = '', value = ''] = pair.split('=');
    const number = Number(value);
    if (/^-?\d+$/.test(value) && number >= 0) values.set(key.trim(), number);
  }
  const [count, bytes] = [values.get('count'), values.get('bytes')];
  const [countHard, bytesHard] = [values.get('countHardLimit'), values.get('byteHardLimit')];
  return {
    ...(count !== undefined && { count }),
    ...(bytes !== undefined && { bytes }),
    ...(countHard !== undefined && { countHardLimit: countHard }),
    ...(bytesHard !== undefined && { bytesHardLimit: bytesHard }),
  };
}

export function formatQuota(limits: QuotaLimits): string {
  const { count = -1, bytes = -1, countHardLimit, bytesHardLimit } = limits;
  const hard = [
    ...(bytesHardLimit === undefined ? [] : [`byteHardLimit=${bytesHardLimit}`]),
    ...(countHardLimit === undefined ? [] : [`countHardLimit=${countHardLimit}`]),
  ];
  const soft = `count=${count},bytes=${bytes}`;
  return hard.length === 0 ? soft : `${soft}=;${hard.join(';')}`;
}

function unless(code: 'NodeExists' | 'NoNode') {
  return (error: unknown): void => {
    if (!ZkError.is(error, code)) throw error;
  };
}

function nested(path: string, other: string): ZkError {
  return new ZkError('BadArguments', `quota ${path}: ${other} has one, and they don't nest`, path);
}
