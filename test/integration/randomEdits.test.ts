import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLogger } from '../../src/base/logger';
import { OPEN_ACL } from '../../src/domain/znode/acl';
import { childPath, parentPath, type ZPath } from '../../src/domain/znode/path';
import { changeBelow } from '../../src/ui/edit/aclBelow';
import { copyZnodes } from '../../src/ui/edit/copy';
import type { CopyCommand } from '../../src/ui/edit/copyQuestions';
import type { Creation } from '../../src/ui/edit/createDraft';
import { createZnode } from '../../src/ui/edit/createZnode';
import { deleteZnodes } from '../../src/ui/edit/delete';
import { undoChange } from '../../src/ui/edit/undo';
import { UndoFiles } from '../../src/ui/edit/undoFiles';
import { baseOf, type Base } from '../../src/ui/fs/bases';
import { saveZnode } from '../../src/ui/fs/save';
import { Cancelled, type UserInput } from '../../src/ui/userInput';
import type { TransactionStep, ZkClient } from '../../src/zk/client';
import { MadeModes, type UndoStore } from '../../src/zk/edit/undo';
import { Writer } from '../../src/zk/edit/writer';
import type { Session } from '../../src/zk/sessions';
import { walk } from '../../src/zk/walk';
import { englishL10n as l10n } from '../fakes/userInput';
import { Random } from '../../src/sandbox/sample/random';
import { startKazoo } from '../tools/kazoo.mjs';
import { startStandalone } from '../tools/zookeeper/server.mjs';
import { closeAll, bytes, connected, path, text } from './engineSupport';
import { aclText, ShadowModel, type Deed, type Written } from './shadowModel';

/**
 * Random edits through the functions that the commands call, while kazoo edits the same tree between
 * any two of our requests. All requests go one after the other, so that a shadow model is told of each
 * write in order. The user agrees to what is shown, and never to overwriting.
 *
 * A znode that kazoo deletes and creates again between our last look and our write gets another
 * version: a server's transactions know versions only, and one that came back with the same version
 * within those milliseconds could be told by no client.
 */
const EDITS = Number(process.env['ZKW_EDITS'] ?? 2_000);
const SEED = Number(process.env['ZKW_EDITS_SEED'] ?? Date.now() % 1_000_000);

const ROOT_OF_ALL = path('/edits');
const NAMES = ['a', 'b', 'c', 'd', 'e'];
const OTHER_ACL = [...OPEN_ACL, { scheme: 'ip', id: '127.0.0.1', permissions: 31 }];
const KAZOO_OTHER = [
  { scheme: 'world', id: 'anyone', perms: 'cdrwa' },
  { scheme: 'ip', id: '127.0.0.1', perms: 'cdrwa' },
];
const MAX_ZNODES = 60;
const DISTURBED = 0.1;

test(
  `${EDITS} random edits beside kazoo (ZKW_EDITS_SEED=${SEED})`,
  { timeout: 300_000 },
  async () => {
    console.log(`ZKW_EDITS_SEED=${SEED}`);
    const server = await startStandalone();
    const kazoo = await startKazoo(server.connectString);
    const { client } = await connected(server.connectString);
    const folder = mkdtempSync(join(tmpdir(), 'edits-'));
    const random = new Random(SEED);
    const shadow = new ShadowModel();
    let tokens = 0;
    let isDisturbed = true;
    let foreign = 0;

    const pickPath = (): ZPath => random.pick([...shadow.shades.keys()]) ?? ROOT_OF_ALL;
    const newPath = (): ZPath => childPath(pickPath(), random.pick(NAMES) ?? 'a');
    const depthOf = (at: ZPath): number => at.split('/').length;

    /** One write of kazoo's. @param isExact whether a recreated znode may get its old version again */
    async function disturb(isExact: boolean): Promise<void> {
      const at = pickPath();
      const data = `k${tokens++}`;
      const isLeaf = shadow.childrenOf(at).length === 0 && at !== ROOT_OF_ALL;
      foreign++;
      const make = async (where: ZPath): Promise<void> => {
        const last = shadow.lastVersions(where);
        await kazoo.create(where, data);
        shadow.apply({ type: 'create', path: where, data: bytes(data), acl: OPEN_ACL }, 'kazoo');
        if (isExact) return;
        for (let version = 0; version <= last.version; version++) {
          await kazoo.set(where, data);
          shadow.apply({ type: 'setData', path: where, data: bytes(data), version }, 'kazoo');
        }
        for (let aversion = 0; aversion <= last.aversion; aversion++) {
          await kazoo.setAcl(where, 'open');
          shadow.apply({ type: 'setAcl', path: where, acl: OPEN_ACL }, 'kazoo');
        }
      };
      switch (random.below(6)) {
        case 0: {
          const fresh = newPath();
          if (!shadow.shades.has(fresh) && depthOf(fresh) < 6) await make(fresh);
          return;
        }
        case 1:
        case 2: {
          if (!isLeaf) return;
          await kazoo.delete(at);
          shadow.apply({ type: 'delete', path: at, version: -1 }, 'kazoo');
          if (random.below(2) === 0) await make(at);
          return;
        }
        case 3: {
          const isOpen = shadow.shades.get(at)?.acl.text === 'world';
          await kazoo.setAcl(at, isOpen ? KAZOO_OTHER : 'open');
          const acl = isOpen ? OTHER_ACL : OPEN_ACL;
          return shadow.apply({ type: 'setAcl', path: at, acl }, 'kazoo');
        }
        default:
          await kazoo.set(at, data);
          shadow.apply({ type: 'setData', path: at, data: bytes(data), version: -1 }, 'kazoo');
      }
    }

    /** Requests of ours, one after the other, each perhaps after one of kazoo's. */
    let line: Promise<unknown> = Promise.resolve();
    const inLine = <T>(send: () => Promise<T>): Promise<T> => {
      const mine = line.then(async () => {
        if (isDisturbed && random.next() < DISTURBED) await disturb(false);
        return send();
      });
      line = mine.catch(() => undefined);
      return mine;
    };
    const reading = async <T>(paths: readonly ZPath[], send: () => Promise<T>): Promise<T> =>
      inLine(async () => {
        const answer = await send();
        for (const at of paths) shadow.see(at);
        return answer;
      });
    const writing = async <T>(
      steps: readonly Parameters<ShadowModel['apply']>[0][],
      send: () => Promise<T>,
    ): Promise<T> =>
      inLine(async () => {
        const answer = await send();
        for (const step of steps) shadow.apply(step, 'us');
        return answer;
      });
    const ours: ZkClient = Object.create(client, {
      exists: { value: (at: ZPath) => reading([at], () => client.exists(at)) },
      getData: { value: (at: ZPath) => reading([at], () => client.getData(at)) },
      getChildren: { value: (at: ZPath) => reading([at], () => client.getChildren(at)) },
      getAcl: { value: (at: ZPath) => reading([at], () => client.getAcl(at)) },
      readMany: {
        value: (steps: Parameters<ZkClient['readMany']>[0]) =>
          reading(
            steps.map((step) => step.path),
            () => client.readMany(steps),
          ),
      },
      create: {
        value: (...[at, data, options = {}]: Parameters<ZkClient['create']>) =>
          writing([{ type: 'create', path: at, data, acl: options.acl ?? OPEN_ACL }], () =>
            client.create(at, data, options),
          ),
      },
      setData: {
        value: (...[at, data, version]: Parameters<ZkClient['setData']>) =>
          writing([{ type: 'setData', path: at, data, version }], () =>
            client.setData(at, data, version),
          ),
      },
      delete: {
        value: (at: ZPath, version: number) =>
          writing([{ type: 'delete', path: at, version }], () => client.delete(at, version)),
      },
      setAcl: {
        value: (...[at, acl, version]: Parameters<ZkClient['setAcl']>) =>
          writing([{ type: 'setAcl', path: at, acl }], () => client.setAcl(at, acl, version)),
      },
      transaction: {
        value: (steps: readonly TransactionStep[]) =>
          writing(steps, () => client.transaction(steps)),
      },
    }) as ZkClient;

    const session = {
      ...{ id: 'dev', client: ours, writer: new Writer('dev', ours, () => true) },
      identity: undefined,
    } as unknown as Session;
    const files = new UndoFiles({
      ...{ folder, keeps: () => true, log: silentLogger, bytesInTotal: 30_000 },
    });
    const last = { record: '' };
    const undo: UndoStore = {
      bytesPerChange: files.bytesPerChange,
      list: (id) => files.list(id),
      read: (id) => files.read(id),
      remove: (id) => files.remove(id),
      begin: async (change) => {
        const writer = await files.begin(change);
        last.record = writer?.id ?? '';
        return writer;
      },
    };

    /** Agrees to what is shown, types what is wanted, never overwrites. */
    let typed = '';
    const agree = async (): Promise<boolean> => {
      shadow.consent();
      if (isDisturbed && random.below(4) === 0) await disturb(true);
      return true;
    };
    const ui: UserInput = {
      confirm: agree,
      decide: () => Promise.resolve(undefined),
      input: async ({ placeholder, validate }) => {
        const answer = placeholder ?? typed;
        if ((await validate?.(answer)) !== undefined) throw new Cancelled();
        return answer;
      },
      progress: (_, task) => task(new AbortController().signal, () => undefined),
      notify: () => undefined,
      pick: () => Promise.reject(new Error('not asked')),
      pickMany: () => Promise.reject(new Error('not asked')),
      pickFile: () => Promise.reject(new Error('not asked')),
    };
    const ports = {
      sessions: { get: () => session, all: () => [session] },
      targetOf: () => ({ name: 'Dev', production: false, keepUndo: true }),
      ...{ undo, made: new MadeModes(), ui, l10n, nameOf: () => 'Dev' },
      work: <T>(_: string, task: (signal: AbortSignal, tell: () => void) => Promise<T>) =>
        task(new AbortController().signal, () => undefined),
      perSecond: () => undefined,
      describeTime: () => 'now',
      follow: () => Promise.resolve(),
    };
    const subjectOf = (at: ZPath) => ({ session, path: at, target: { name: 'Dev' } });

    /** Documents that are open, perhaps for long, and what they show. */
    const open = new Map<ZPath, { readonly base: Base; readonly data: Written | undefined }>();
    const undoable: { readonly id: string; readonly deed: Deed }[] = [];
    const counts: Record<string, number> = {};
    let predicted = 0;

    const edits: Record<string, () => Promise<void>> = {
      create: async () => {
        const at = newPath();
        const [parent, data] = [parentPath(at) ?? ROOT_OF_ALL, bytes(`o${tokens++}`)];
        if (shadow.shades.size > MAX_ZNODES || depthOf(at) > 6) return;
        const around = { exists: false, missing: [], ephemeral: undefined };
        const draft = { name: at.slice(parent.length + 1), mode: 'persistent', ttl: '', data };
        const creation = { ...ports, parent: subjectOf(parent), draft: { ...draft, around } };
        Object.assign(creation.draft, { acl: OPEN_ACL });
        await createZnode(creation as unknown as Creation);
      },
      open: async () => {
        const at = pickPath();
        const { stat } = await ours.getData(at);
        open.set(at, { base: baseOf(stat), data: shadow.shades.get(at)?.data });
      },
      save: async () => {
        const at = random.pick([...open.keys()]);
        const shown = at && open.get(at);
        if (!at || !shown) return;
        shadow.startCommand([shown.data]);
        const outcome = await saveZnode(
          subjectOf(at),
          () => bytes(`o${tokens++}`),
          shown.base,
          ports,
        );
        if (outcome.kind !== 'written') open.delete(at);
        else open.set(at, { base: baseOf(outcome.stat), data: shadow.shades.get(at)?.data });
      },
      delete: async () => {
        const at = pickPath();
        if (depthOf(at) < 3) return;
        await deleteZnodes([{ connectionId: 'dev', path: at }], ports);
      },
      ...Object.fromEntries(
        (['rename', 'move', 'copy', 'duplicate'] satisfies CopyCommand[]).map((command) => [
          command,
          async () => {
            const at = pickPath();
            if (at === ROOT_OF_ALL) return;
            const isCopy = command === 'copy' || command === 'duplicate';
            if (isCopy && shadow.shades.size > MAX_ZNODES) return;
            typed =
              command === 'rename' || command === 'duplicate'
                ? ('abcdefg'[random.below(7)] ?? 'a')
                : newPath();
            if (depthOf(path(typed)) > 5) return;
            await copyZnodes(command, subjectOf(at), ports);
          },
        ]),
      ),
      setAcl: async () => {
        const at = pickPath();
        const { acl: before, stat } = await ours.getAcl(at);
        const acl = random.below(2) === 0 ? OPEN_ACL : OTHER_ACL;
        const who = [{ scheme: 'ip', user: '127.0.0.1' }];
        await changeBelow({ subject: subjectOf(at), before, stat, acl, who }, ports);
      },
      undo: async () => {
        const [entry] = undoable.splice(-1 - random.below(Math.min(4, undoable.length || 1)), 1);
        if (!entry || !(await files.read(entry.id))) return;
        isDisturbed = random.below(2) === 0;
        const { deed } = entry;
        const isSure = !isDisturbed && shadow.isUntouched(deed);
        shadow.isStrict = true;
        try {
          await undoChange(entry.id, ports);
        } finally {
          shadow.isStrict = false;
          isDisturbed = true;
        }
        if (!isSure) return;
        predicted++;
        for (const [at, before] of deed.before) {
          const stat = await client.exists(at);
          const now = stat && {
            data: text((await client.getData(at)).data),
            acl: aclText((await client.getAcl(at)).acl),
          };
          const then = before && { data: before.data.text, acl: before.acl.text };
          expect({ at, now }, `undone ${entry.id}`).toEqual({ at, now: then });
        }
      },
    };
    const weighted = [
      ...['create', 'create', 'create', 'create', 'open', 'save', 'save', 'delete', 'rename'],
      ...['rename', 'move', 'move', 'copy', 'copy', 'duplicate', 'setAcl', 'undo', 'undo', 'undo'],
    ];

    try {
      await client.create(ROOT_OF_ALL, bytes('top'));
      const top = { type: 'create' as const, path: ROOT_OF_ALL, data: bytes('top') };
      shadow.apply({ ...top, acl: OPEN_ACL }, 'us');
      for (let edit = 0; edit < EDITS; edit++) {
        const name = random.pick(weighted) ?? 'create';
        last.record = '';
        shadow.startCommand();
        try {
          await edits[name]?.();
        } catch (error) {
          if (error instanceof TypeError || error instanceof RangeError) throw error;
          if (error instanceof Error && error.name === 'AssertionError') throw error;
        }
        expect(shadow.violations, `edit ${edit}: ${name}`).toEqual([]);
        if (shadow.deed.after.size === 0) continue;
        counts[name] = (counts[name] ?? 0) + 1;
        if (name !== 'undo' && last.record) undoable.push({ id: last.record, deed: shadow.deed });
      }
      console.log({ ...counts, foreign, destroyed: shadow.destroyed, predicted });

      const there = new Map<string, string>();
      for await (const { path: at } of walk(client, ROOT_OF_ALL)) {
        there.set(at, (await kazoo.get(at)).data.toString());
      }
      const expected = [...shadow.shades].map(([at, { data }]) => [at, data.text] as const);
      expect([...there].sort()).toEqual(expected.sort());
      for (const name of new Set(weighted)) {
        if (name !== 'open') expect(counts[name], name).toBeGreaterThan(EDITS / 400);
      }
      expect(predicted).toBeGreaterThan(EDITS / 50);
      expect(foreign).toBeGreaterThan(EDITS / 4);
    } finally {
      await kazoo.close();
      await closeAll();
      await server.stop();
      rmSync(folder, { recursive: true });
    }
  },
);
