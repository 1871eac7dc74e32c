import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { silentLogger } from '../../src/base/logger';
import { interruptedMoves, resumeInterruptedMove } from '../../src/ui/edit/interruptedMoves';
import { UndoFiles } from '../../src/ui/edit/undoFiles';
import { MadeModes } from '../../src/zk/edit/undo';
import type { Session } from '../../src/zk/sessions';
import { englishL10n, ScriptedUser, type Answer } from '../fakes/userInput';
import { fourLetterWord } from '../tools/zookeeper/fourLetterWord.mjs';
import { startProxy } from '../tools/zookeeper/proxy.mjs';
import { startStandalone, type ZkServer } from '../tools/zookeeper/server.mjs';
import { Editing } from './editSupport';
import { elsewhere } from './editCopySupport';
import { bytes, closeAll, connected, path, until } from './engineSupport';

/** A window that is killed while it moves 1,000 znodes of 2 MB, and the next window. */

const MULTI = 14;

let server: ZkServer;
let folder: string;
let worker: string;
let count = 0;

beforeAll(async () => {
  server = await startStandalone();
  folder = mkdtempSync(join(tmpdir(), 'killed-'));
  worker = join(folder, 'moveWorker.cjs');
  await build({
    entryPoints: [fileURLToPath(new URL('moveWorker.ts', import.meta.url))],
    ...{ outfile: worker, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' },
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});
afterEach(closeAll);

/** With the length in the place of long data, so that a difference can be read. */
async function treeOf(editing: Editing, root: string): Promise<string[]> {
  const tree = await editing.tree(root);
  return tree.map(
    (line) => `${line.slice(0, line.indexOf('=') + 5)} (${line.length - root.length})`,
  );
}

async function fill(editing: Editing, root: string): Promise<string[]> {
  await editing.make(root, `${root}/from=top`, `${root}/from/a=A`);
  for (let start = 0; start < 998; start += 100) {
    const steps = Array.from({ length: Math.min(100, 998 - start) }, (_, index) => ({
      type: 'create' as const,
      path: path(`${root}/from/a/leaf${start + index}`),
      data: bytes(`${start + index}${'x'.repeat(2_000)}`),
    }));
    await editing.client.transaction(steps);
  }
  return treeOf(editing, `${root}/from`);
}

/** Moves in a process of its own, and kills that at its nth transaction. */
async function killedMove(from: string, to: string, undo: string, at: number): Promise<void> {
  const proxy = await startProxy(server);
  const child = spawn(process.execPath, [worker, proxy.connectString, from, to, undo], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let transactions = 0;
  proxy.onRequest = ({ type }) => {
    if (type === MULTI && ++transactions === at) child.kill('SIGKILL');
  };
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  proxy.stop();
  // The server may still be busy with what it got. Nobody opens the next window as soon as that.
  await until('the server has noticed', async () => {
    const connections = await fourLetterWord(server.host, server.port, 'cons');
    return (connections.match(/sid=/g) ?? []).length <= 1;
  });
}

/** The next window, whose user answers so. */
async function nextWindow(editing: Editing, undo: UndoFiles, ...answers: Answer[]): Promise<void> {
  const { client, writer } = editing;
  const session = { id: 'dev', client, writer } as unknown as Session;
  const user = new ScriptedUser(...answers);
  await resumeInterruptedMove(undefined, {
    sessions: { get: () => session, all: () => [session] },
    targetOf: () => ({ name: 'Dev', production: false, keepUndo: true }),
    ...{ undo, made: new MadeModes(), ui: user, l10n: englishL10n },
    work: (_, task) => task(new AbortController().signal, () => undefined),
    perSecond: () => undefined,
    describeTime: () => 'today',
    follow: () => Promise.resolve(),
  });
  user.finish();
}

// In batches of 200: 1 to 5 copy, 6 to 12 delete.
describe.each([1, 4, 8, 11])('a move killed at transaction %i', (at) => {
  test.each(['Resume', 'Roll Back'])('%s', async (what) => {
    const root = `/killed${count++}`;
    const [from, to] = [`${root}/from`, `${root}/to`];
    const editing = new Editing((await connected(server.connectString)).client);
    const before = await fill(editing, root);
    const undoFolder = join(folder, `undo${count}`);
    await killedMove(from, to, undoFolder, at);
    await editing.client.sync(path(root));
    const undo = new UndoFiles({ folder: undoFolder, keeps: () => true, log: silentLogger });
    expect(await interruptedMoves(undo, 'dev')).toHaveLength(1);
    await nextWindow(editing, undo, { press: what }, 'yes');
    const isMoved = what === 'Resume';
    expect(await treeOf(editing, from)).toEqual(isMoved ? [] : before);
    expect(await treeOf(editing, to)).toEqual(isMoved ? elsewhere(before, from, to) : []);
    expect(await interruptedMoves(undo, 'dev')).toEqual([]);
    if (isMoved) {
      const [entry] = await undo.list();
      const record = entry && (await undo.read(entry.id));
      if (!record) throw new Error('nothing can be undone');
      await editing.restore(await editing.plan(record));
      expect(await treeOf(editing, from)).toEqual(before);
      expect(await treeOf(editing, to)).toEqual([]);
    }
    editing.dispose();
  });
});
