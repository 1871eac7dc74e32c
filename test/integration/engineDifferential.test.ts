import fc from 'fast-check';
import * as raw from 'node-zookeeper-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT, type ZPath } from '../../src/domain/znode/path';
import type { CreateMode } from '../../src/zk/client';
import { ZkError } from '../../src/zk/errors';
import { startKazoo } from '../tools/kazoo.mjs';
import { startStandalone } from '../tools/zookeeper/server.mjs';
import { closeAll, connected, until } from './engineSupport';

/**
 * The same random operations through three clients that share no code: ours, the untouched package
 * `node-zookeeper-client`, and kazoo, each below a root of its own. What they answer, stats, errors
 * and watch events, must be the same. A failing run prints its seed: set `ZK_SEED` to repeat it.
 */

const RUNS = Number(process.env['ZK_DIFFERENTIAL_RUNS'] ?? 12);
const SEED = Number(process.env['ZK_SEED'] ?? Date.now() % 1_000_000);

type Mode = Extract<CreateMode, `${'persistent' | 'ephemeral'}${'' | 'Sequential'}`>;
const MODES: readonly Mode[] = [
  'persistent',
  'persistentSequential',
  'ephemeral',
  'ephemeralSequential',
];

type Step =
  | { readonly type: 'create'; readonly path: ZPath; readonly data: string; readonly mode: Mode }
  | { readonly type: 'set'; readonly path: ZPath; readonly data: string; readonly version: number }
  | { readonly type: 'delete'; readonly path: ZPath; readonly version: number }
  | { readonly type: 'get' | 'exists' | 'children' | 'getAcl' | 'watch'; readonly path: ZPath }
  | {
      readonly type: 'setAcl';
      readonly path: ZPath;
      readonly permissions: number;
      readonly version: number;
    };

/** What a step answered, in terms that are the same below every root: no zxids, no times. */
type Answer = Record<string, unknown>;

interface Peer {
  run(step: Step): Promise<Answer>;
  takeEvents(): string[] | Promise<string[]>;
}

interface AnyStat {
  readonly version: number;
  readonly cversion: number;
  readonly aversion: number;
  readonly dataLength: number;
  readonly numChildren: number;
  readonly ephemeralOwner: unknown;
}

const statAnswer = (stat: AnyStat, isEphemeral: boolean): Answer => ({
  versions: [stat.version, stat.cversion, stat.aversion],
  sizes: [stat.dataLength, stat.numChildren],
  isEphemeral,
});

async function ours(address: string): Promise<Peer> {
  const { client, events } = await connected(address, { sessionTimeoutMs: 20_000 });
  const stat = (s: AnyStat): Answer => statAnswer(s, s.ephemeralOwner !== 0n);
  const answer = async (step: Step): Promise<Answer> => {
    const { path } = step;
    switch (step.type) {
      case 'create':
        return { path: await client.create(path, Buffer.from(step.data), { mode: step.mode }) };
      case 'set':
        return stat(await client.setData(path, Buffer.from(step.data), step.version));
      case 'delete':
        return { deleted: await client.delete(path, step.version) };
      case 'get': {
        const got = await client.getData(path);
        return { data: Buffer.from(got.data).toString(), ...stat(got.stat) };
      }
      case 'exists': {
        const found = await client.exists(path);
        return found ? stat(found) : { missing: true };
      }
      case 'children':
        return { names: (await client.getChildren(path)).names.sort() };
      case 'getAcl':
        return { acl: (await client.getAcl(path)).acl };
      case 'setAcl': {
        const acl = [{ scheme: 'world', id: 'anyone', permissions: step.permissions }];
        return stat(await client.setAcl(path, acl, step.version));
      }
      case 'watch':
        if (await client.exists(path, { watch: true })) {
          await client.getChildren(path, { watch: true });
        }
        return {};
    }
  };
  return {
    run: (step) =>
      answer(step).catch((error: unknown) => {
        if (error instanceof ZkError) return { error: error.code };
        throw error;
      }),
    takeEvents: () => events.splice(0).map(({ type, path }) => `${type} ${path}`),
  };
}

const RAW_EVENTS = ['', 'created', 'deleted', 'dataChanged', 'childrenChanged'];
const RAW_MODES: Record<Mode, number> = {
  persistent: 0,
  ephemeral: 1,
  persistentSequential: 2,
  ephemeralSequential: 3,
};

async function untouchedPackage(address: string): Promise<Peer & { close(): void }> {
  const client = raw.createClient(address, { sessionTimeout: 20_000 });
  await new Promise<void>((done) => {
    client.once('connected', done);
    client.connect();
  });
  const events: string[] = [];
  const watcher = (event: raw.Event): void => {
    events.push(`${RAW_EVENTS[event.getType()]} ${event.getPath()}`);
  };
  const stat = (s: raw.Stat): Answer => statAnswer(s, s.ephemeralOwner.readBigInt64BE() !== 0n);
  const ask = <R extends unknown[]>(
    call: (done: (error: Error | raw.Exception | null, ...results: R) => void) => void,
  ): Promise<R> =>
    new Promise((resolve, reject) => {
      call((error, ...results) => {
        if (error) reject(asError(error));
        else resolve(results);
      });
    });
  const answer = async (step: Step): Promise<Answer> => {
    const { path } = step;
    switch (step.type) {
      case 'create': {
        const data = Buffer.from(step.data);
        const mode = RAW_MODES[step.mode];
        return { path: (await ask<[string]>((done) => client.create(path, data, mode, done)))[0] };
      }
      case 'set': {
        const data = Buffer.from(step.data);
        const [s] = await ask<[raw.Stat]>((done) => client.setData(path, data, step.version, done));
        return stat(s);
      }
      case 'delete':
        await ask<[]>((done) => client.remove(path, step.version, done));
        return { deleted: undefined };
      case 'get': {
        const [data, s] = await ask<[Buffer, raw.Stat]>((done) => client.getData(path, done));
        return { data: data.toString(), ...stat(s) };
      }
      case 'exists': {
        const [s] = await ask<[raw.Stat | null]>((done) => client.exists(path, done));
        return s ? stat(s) : { missing: true };
      }
      case 'children':
        return {
          names: (await ask<[string[]]>((done) => client.getChildren(path, done)))[0].sort(),
        };
      case 'getAcl': {
        const [acl] = await ask<[raw.ACL[]]>((done) => client.getACL(path, done));
        return {
          acl: acl.map(({ id, ...rest }) => ({
            scheme: id.scheme,
            id: id.id,
            permissions: (rest as unknown as { permission: number }).permission,
          })),
        };
      }
      case 'setAcl': {
        const acl = [new raw.ACL(step.permissions, new raw.Id('world', 'anyone'))];
        const [s] = await ask<[raw.Stat]>((done) => client.setACL(path, acl, step.version, done));
        return stat(s);
      }
      case 'watch': {
        const [s] = await ask<[raw.Stat | null]>((done) => client.exists(path, watcher, done));
        if (s) await ask<[string[]]>((done) => client.getChildren(path, watcher, done));
        return {};
      }
    }
  };
  return {
    run: (step) =>
      answer(step).catch((error: unknown) => {
        if (error instanceof raw.Exception) return { error: camelCase(error.getName()) };
        throw error;
      }),
    // It tells a function that watches both data and children of a deletion twice.
    takeEvents: () => [...new Set(events.splice(0))],
    close: () => client.close(),
  };
}

/** The package's exceptions are errors, whatever its types say. */
function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** `BAD_VERSION` → `BadVersion` */
function camelCase(name: string): string {
  const words = name.toLowerCase().split('_');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

const KAZOO_EVENTS: Record<string, string> = {
  CREATED: 'created',
  DELETED: 'deleted',
  CHANGED: 'dataChanged',
  CHILD: 'childrenChanged',
};
const LETTERS: readonly [string, number][] = [
  ['r', 1],
  ['w', 2],
  ['c', 4],
  ['d', 8],
  ['a', 16],
];

async function kazoo(address: string): Promise<Peer & { close(): Promise<void> }> {
  const client = await startKazoo(address, { timeoutSeconds: 20 });
  const stat = (s: AnyStat): Answer => statAnswer(s, s.ephemeralOwner !== 0n);
  const answer = async (step: Step): Promise<Answer> => {
    const { path } = step;
    switch (step.type) {
      case 'create':
        return {
          path: await client.create(path, step.data, {
            ephemeral: step.mode.startsWith('ephemeral'),
            sequence: step.mode.endsWith('Sequential'),
          }),
        };
      case 'set':
        return stat(await client.set(path, step.data, step.version));
      case 'delete':
        await client.delete(path, { version: step.version });
        return { deleted: undefined };
      case 'get': {
        const got = await client.get(path);
        return { data: got.data.toString(), ...stat(got.stat) };
      }
      case 'exists': {
        const found = await client.exists(path);
        return found ? stat(found) : { missing: true };
      }
      case 'children':
        return { names: (await client.children(path)).sort() };
      case 'getAcl': {
        const acl = await client.getAcl(path);
        return {
          acl: acl.map(({ scheme, id, perms }) => ({
            scheme,
            id,
            permissions: LETTERS.reduce((sum, [l, bit]) => sum + (perms.includes(l) ? bit : 0), 0),
          })),
        };
      }
      case 'setAcl': {
        const perms = LETTERS.map(([l, bit]) => (step.permissions & bit ? l : '')).join('');
        return stat(
          await client.setAcl(path, [{ scheme: 'world', id: 'anyone', perms }], step.version),
        );
      }
      case 'watch':
        await client.watch(path);
        return {};
    }
  };
  return {
    run: (step) =>
      answer(step).catch((error: unknown) => {
        const { name } = error as Error;
        if (name.endsWith('Error')) return { error: name.slice(0, -'Error'.length) };
        throw error;
      }),
    async takeEvents() {
      const events = await client.takeEvents();
      return events.map(({ type, path }) => `${KAZOO_EVENTS[type] ?? type} ${path}`);
    },
    close: () => client.close(),
  };
}

/** Few names, so that steps meet on the same znodes. */
const pathArbitrary = fc
  .array(fc.constantFrom('a', 'b', 'é'), { minLength: 1, maxLength: 3 })
  .map((names) => `/${names.join('/')}` as ZPath);
const version = fc.constantFrom(-1, -1, 0, 1, 2);
const data = fc.string({ maxLength: 20 });
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('create' as const),
      path: pathArbitrary,
      data,
      mode: fc.constantFrom(...MODES, 'persistent' as const, 'persistent' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('set' as const), path: pathArbitrary, data, version }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('delete' as const), path: pathArbitrary, version }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constantFrom('get', 'exists', 'children', 'getAcl', 'watch', 'watch'),
      path: pathArbitrary,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('setAcl' as const),
      path: pathArbitrary,
      // Always with the right to go on: read, write, create, delete.
      permissions: fc.constantFrom(15, 31),
      version,
    }),
  },
);

let server: Awaited<ReturnType<typeof startStandalone>>;
beforeAll(async () => {
  server = await startStandalone();
}, 60_000);
afterAll(async () => {
  await closeAll();
  await server.stop();
});

test(`three clients agree on random operations (seed ${SEED})`, async () => {
  const { client: admin } = await connected(server.connectString);
  let run = 0;
  let steps = 0;
  const sequence = fc.array(stepArbitrary, { minLength: 30, maxLength: 60, size: 'max' });
  await fc.assert(
    fc.asyncProperty(sequence, async (list) => {
      run++;
      const address = async (name: string): Promise<string> => {
        const root = `/${name}${run}` as ZPath;
        await admin.create(root, new Uint8Array(0));
        return server.connectString + root;
      };
      const engine = await ours(await address('engine'));
      const untouched = await untouchedPackage(await address('package'));
      const python = await kazoo(await address('kazoo'));
      try {
        for (const [index, step] of list.entries()) {
          steps++;
          const told = `step ${index + 1}: ${JSON.stringify(step)}`;
          const [a, b, c] = [
            await engine.run(step),
            await untouched.run(step),
            await python.run(step),
          ];
          expect(a, `${told}, package`).toEqual(b);
          expect(a, `${told}, kazoo`).toEqual(c);
          const events = await engine.takeEvents();
          expect(events, `events of ${told}, package`).toEqual(await untouched.takeEvents());
          // kazoo calls its watchers on a thread of their own, and each of two on the same path.
          const late = new Set<string>();
          await until(`${events.join()} from kazoo after ${told}`, async () => {
            for (const event of await python.takeEvents()) late.add(event);
            return late.size >= events.length;
          });
          expect(events.sort(), `events of ${told}, kazoo`).toEqual([...late].sort());
        }
      } finally {
        await closeAllOf(untouched, python);
      }
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  expect(await admin.exists(ROOT)).toBeDefined();
  expect(steps).toBeGreaterThanOrEqual(RUNS * 30);
}, 300_000);

async function closeAllOf(
  untouched: { close(): void },
  python: { close(): Promise<void> },
): Promise<void> {
  untouched.close();
  await python.close();
}
