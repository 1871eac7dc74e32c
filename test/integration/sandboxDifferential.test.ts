import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { OPEN_ACL } from '../../src/domain/znode/acl';
import type { ZPath } from '../../src/domain/znode/path';
import type { ZnodeStat } from '../../src/domain/znode/stat';
import type { CreateMode } from '../../src/zk/client';
import { ZkError } from '../../src/zk/errors';
import { startStandalone } from '../tools/zookeeper/server.mjs';
import { closeAll, connected, type Watched } from './engineSupport';
import { startTestSandbox, type TestSandbox } from './sandboxSupport';

/**
 * The same random operations on a real server and on the sandbox. Everything answered must be equal:
 * values, whole stats, errors and watch events. Transaction ids are counted from the first one of a
 * run; of times only their order is looked at. The seed is another one each time; `ZK_SEED` repeats it.
 */

const RUNS = Number(process.env['ZK_DIFFERENTIAL_RUNS'] ?? 40);
const SEED = Number(process.env['ZK_SEED'] ?? Date.now() % 1_000_000);
const MODES: readonly CreateMode[] = [
  ...(['persistent', 'persistentSequential', 'ephemeral', 'ephemeralSequential'] as const),
  ...(['container', 'persistentTtl', 'persistentSequentialTtl'] as const),
];
const ACLS = [
  OPEN_ACL,
  [{ scheme: 'world', id: 'anyone', permissions: 15 }],
  [{ scheme: 'auth', id: '', permissions: 31 }],
  [{ scheme: 'ip', id: '127.0.0.0/8', permissions: 31 }],
  [{ scheme: 'ip', id: '10.0.0.1', permissions: 31 }, ...OPEN_ACL],
  [...OPEN_ACL, { scheme: 'digest', id: 'eve:hash', permissions: 1 }, ...OPEN_ACL],
  [{ scheme: 'digest', id: 'no-colon', permissions: 1 }],
  [{ scheme: 'nobody', id: 'x', permissions: 1 }],
];

/** Whom the steps of a run are made by: the second client has proved to be `bob`. */
type Who = 0 | 1;
interface Side {
  readonly clients: readonly Watched[];
  readonly base: bigint;
}
interface Step {
  readonly name: string;
  readonly who: Who;
  run(side: Side, client: Watched['client']): Promise<unknown>;
}

let real: Awaited<ReturnType<typeof startStandalone>>;
let sandbox: TestSandbox;
beforeAll(async () => {
  // Nothing goes by itself while both are compared.
  const never = 600_000;
  [real, sandbox] = await Promise.all([
    startStandalone({ jvmFlags: [`-Dznode.container.checkIntervalMs=${never}`] }),
    startTestSandbox(never),
  ]);
}, 60_000);
afterEach(closeAll);
afterAll(async () => {
  await Promise.all([real.stop(), sandbox.stop()]);
  expect(sandbox.problems).toEqual([]);
});

/** Few names and mostly short paths, so that steps meet on the same znodes. */
const someName = fc.constantFrom('a', 'b', 'é');
const someNames = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(someName) },
  { weight: 2, arbitrary: fc.tuple(someName, someName) },
  { weight: 1, arbitrary: fc.tuple(someName, someName, someName) },
);
const somePath = fc.oneof(
  { weight: 19, arbitrary: someNames.map((names) => `/${names.join('/')}` as ZPath) },
  { weight: 1, arbitrary: fc.constant('/' as ZPath) },
);
const someVersion = fc.constantFrom(-1, -1, 0, 1, 2);
const someData = fc.string({ maxLength: 8 }).map((text) => Buffer.from(text));
const someAcl = fc.oneof({ weight: 2, arbitrary: fc.constant(OPEN_ACL) }, fc.constantFrom(...ACLS));
const someLimits = fc.constantFrom(undefined, { count: 3 }, { bytes: 5, countHardLimit: 2 });
const someCreate = fc
  .record({
    path: somePath,
    data: someData,
    acl: someAcl,
    mode: fc.constantFrom(...MODES, 'persistent' as const),
  })
  .map((args) => (args.mode.endsWith('Ttl') ? { ...args, ttlMs: 60_000 } : args));
const someStep = fc.oneof(
  someCreate.map((args) => ({ type: 'create' as const, ...args })),
  fc.record({ type: fc.constantFrom('delete', 'check'), path: somePath, version: someVersion }),
  fc.record({
    type: fc.constant('setData' as const),
    path: somePath,
    data: someData,
    version: someVersion,
  }),
);
const someRead = fc.record({
  type: fc.constantFrom('getData', 'getChildren'),
  path: somePath,
});

const kinds: { weight: number; arbitrary: fc.Arbitrary<Step> }[] = [
  step(8, 'create', someCreate, (args) => (_, c) => c.create(args.path, args.data, args)),
  step(
    4,
    'setData',
    fc.tuple(somePath, someData, someVersion),
    (args) => (_, c) => c.setData(...args),
  ),
  step(3, 'delete', fc.tuple(somePath, someVersion), (args) => (_, c) => c.delete(...args)),
  step(
    2,
    'setAcl',
    fc.tuple(somePath, someAcl, someVersion),
    (args) => (_, c) => c.setAcl(...args),
  ),
  step(2, 'getAcl', somePath, (path) => (_, c) => c.getAcl(path)),
  step(
    2,
    'exists',
    fc.tuple(somePath, fc.boolean()),
    ([path, watch]) =>
      (_, c) =>
        c.exists(path, { watch }),
  ),
  step(
    3,
    'getData',
    fc.tuple(somePath, fc.boolean()),
    ([path, watch]) =>
      (_, c) =>
        c.getData(path, { watch }),
  ),
  step(3, 'getChildren', fc.tuple(somePath, fc.boolean()), ([path, watch]) => async (_, c) => {
    const { names, stat } = await c.getChildren(path, { watch });
    return { names: [...names].sort(), stat };
  }),
  step(1, 'count', somePath, (path) => (_, c) => c.countDescendants(path)),
  step(1, 'ephemerals', fc.constant(0), () => async (_, c) => (await c.getEphemerals()).sort()),
  step(1, 'sync', somePath, (path) => (_, c) => c.sync(path)),
  step(1, 'whoAmI', fc.constant(0), () => async (_, c) => {
    const known = await c.whoAmI();
    return known.map(({ scheme, user }) => `${scheme}:${user}`).sort();
  }),
  step(3, 'multi', fc.array(someStep, { maxLength: 5 }), (steps) => (_, c) => c.transaction(steps)),
  step(2, 'readMany', fc.array(someRead, { maxLength: 4 }), (steps) => async (_, c) => {
    const results = await c.readMany(steps);
    return results.map((one) =>
      one.type === 'children' ? { ...one, names: [...one.names].sort() } : one,
    );
  }),
  step(
    2,
    'addWatch',
    fc.tuple(somePath, fc.constantFrom('persistent', 'recursive')),
    (args) => (_, c) => c.addWatch(args[0], args[1]),
  ),
  step(
    1,
    'setQuota',
    fc.tuple(somePath, someLimits),
    (args) => (_, c) => c.setQuota(...args).catch(codeAlone),
  ),
  step(2, 'getQuota', somePath, (path) => (_, c) => c.getQuota(path)),
  step(1, 'hasWatches', somePath, (path) => (_, c) => c.hasWatches(path)),
  step(2, 'removeWatches', somePath, (path) => (_, c) => c.removeWatches(path)),
];

function step<T>(
  weight: number,
  name: string,
  args: fc.Arbitrary<T>,
  run: (args: T) => Step['run'],
): { weight: number; arbitrary: fc.Arbitrary<Step> } {
  const who = fc.constantFrom<Who[]>(0, 0, 1);
  return {
    weight,
    arbitrary: fc.tuple(args, who).map(([value, one]) => ({
      name: `${name} ${JSON.stringify(value)} by ${one}`,
      who: one,
      run: run(value),
    })),
  };
}

async function open(connectString: string, root: string): Promise<Side> {
  const plain = await connected(connectString);
  await plain.client.create(root as ZPath, new Uint8Array(0));
  const options = { sessionTimeoutMs: 20_000 };
  const bob = { scheme: 'digest', auth: Buffer.from('bob:secret') };
  const clients = [
    await connected(connectString + root, options),
    await connected(connectString + root, { ...options, credentials: [bob] }),
  ];
  const mark = await plain.client.create(`${root}/mark` as ZPath, new Uint8Array(0));
  const base = (await plain.client.getData(mark)).stat.czxid;
  return { clients, base };
}

/** Which of several znodes a message names is chance. */
function codeAlone(error: unknown): string {
  if (!(error instanceof ZkError)) throw error;
  return error.code;
}

/** What a step answered, with transaction ids and sessions in terms of the run. */
async function outcome(side: Side, step: Step): Promise<unknown> {
  const watched = side.clients[step.who];
  if (!watched) throw new Error('no such client');
  try {
    return normal(side, await step.run(side, watched.client));
  } catch (error) {
    if (!(error instanceof ZkError)) throw error;
    return { error: error.code, path: error.path, message: error.message };
  }
}

function normal(side: Side, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (value instanceof ZkError) return { error: value.code, path: value.path };
  if (Array.isArray(value)) return value.map((one) => normal(side, one));
  if (typeof value !== 'object' || value === null) return value;
  if ('czxid' in value) return normalStat(side, value as ZnodeStat);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, normal(side, one)]));
}

function normalStat(side: Side, stat: ZnodeStat): unknown {
  const { ctime, mtime, czxid, mzxid, pzxid, ephemeralOwner, ...counts } = stat;
  return {
    ...counts,
    zxids: [czxid, mzxid, pzxid].map((zxid) => Number(zxid - side.base)),
    isTimely: mtime >= ctime && Math.abs(mtime - Date.now()) < 120_000,
    owner: side.clients.findIndex(({ client: { state } }) =>
      ephemeralOwner === 0n
        ? false
        : state.kind === 'connected' && state.sessionId === ephemeralOwner,
    ),
  };
}

/** Events of all clients; a request more makes sure that they have come. */
async function eventsOf({ clients }: Side): Promise<unknown> {
  await Promise.all(clients.map(({ client }) => client.sync('/' as ZPath)));
  return clients.map(({ events }) => events.splice(0));
}

test(`the sandbox answers random operations as a real server does (seed ${SEED})`, async () => {
  let run = 0;
  let steps = 0;
  const succeeded = new Set<string>();
  const sequence = fc.array(fc.oneof(...kinds), { minLength: 40, maxLength: 80, size: 'max' });
  await fc.assert(
    fc.asyncProperty(sequence, async (list) => {
      run++;
      const [a, b] = await Promise.all([
        open(real.connectString, `/run${run}`),
        open(sandbox.connectString, `/run${run}`),
      ]);
      for (const [index, one] of list.entries()) {
        steps++;
        const told = `step ${index + 1}: ${one.name}`;
        const [expected, actual] = await Promise.all([outcome(a, one), outcome(b, one)]);
        expect(actual, told).toEqual(expected);
        const [toBeSeen, seen] = await Promise.all([eventsOf(a), eventsOf(b)]);
        expect(seen, `events of ${told}`).toEqual(toBeSeen);
        const isError = typeof expected === 'object' && expected !== null && 'error' in expected;
        if (!isError) succeeded.add(one.name.split(' ')[0] ?? '');
      }
      await closeAll();
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  expect(steps).toBeGreaterThanOrEqual(RUNS * 40);
  // Every kind of step has worked at least once: it is not errors alone that are compared.
  expect(succeeded.size).toBe(kinds.length);
}, 900_000);
