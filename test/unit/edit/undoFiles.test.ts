import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ZPath } from '../../../src/domain/znode/path';
import type { Change, LostZnode, UndoWriter } from '../../../src/zk/edit/undo';
import { silentLogger } from '../../../src/base/logger';
import { UndoFiles, type UndoFilesOptions } from '../../../src/ui/edit/undoFiles';

const path = (text: string): ZPath => text as ZPath;
const HOUR_MS = 3_600_000;

function lost(at: string, more: Partial<LostZnode> = {}): LostZnode {
  return {
    path: path(at),
    data: Buffer.from('data of ' + at),
    acl: [{ scheme: 'world', id: 'anyone', permissions: 31 }],
    mode: { kind: 'lasting' },
    stat: {
      ...{ czxid: 0x1_0000_0001n, mzxid: 2n, pzxid: -3n, ephemeralOwner: 0n },
      ...{ ctime: 1_700_000_000_001, mtime: 5, version: 6, cversion: 7, aversion: 8 },
      ...{ dataLength: 9, numChildren: 10 },
    },
    ...more,
  };
}

const CHANGE: Change = {
  connectionId: 'dev',
  connectionName: 'Dev',
  kind: 'delete',
  paths: [path('/a')],
};

describe('undo files', () => {
  let root: string;
  let folder: string;
  let clock: number;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'undo-'));
    folder = join(root, 'undo');
    clock = 1_000 * HOUR_MS;
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const files = (options: Partial<UndoFilesOptions> = {}): UndoFiles =>
    new UndoFiles({ folder, keeps: () => true, log: silentLogger, now: () => clock++, ...options });

  const begin = async (store: UndoFiles, change = CHANGE): Promise<UndoWriter> => {
    const writer = await store.begin(change);
    if (!writer) throw new Error('keeps nothing');
    return writer;
  };
  const write = async (store: UndoFiles, ...znodes: LostZnode[]): Promise<void> => {
    const writer = await begin(store);
    for (const znode of znodes) await writer.lost(znode);
    await writer.commit();
  };
  const onlyFile = (): string => join(folder, readdirSync(folder)[0] ?? '');

  it('gives back exactly what was lost and left', async () => {
    const store = files();
    const znodes = [
      lost('/a', { data: Uint8Array.of(0, 255, 10), acl: undefined }),
      lost('/a/b', { mode: { kind: 'ephemeral', owner: -5n } }),
      lost('/a/c\u202e', { mode: { kind: 'ttl', ttlMs: 77 } }),
      lost('/a/d', { acl: [{ scheme: 'digest', id: 'bob:x=', permissions: 3 }] }),
      lost('/a/e', { mode: { kind: 'container' }, data: new Uint8Array() }),
    ];
    const left = { path: path('/a/x'), czxid: 99n, version: 3, aversion: 4 };
    const writer = await begin(store);
    await Promise.all(znodes.map((znode) => writer.lost(znode)));
    await writer.lost(lost('/a/spared'));
    await writer.spared(path('/a/spared'));
    await writer.commit([left]);
    const [entry] = await store.list();
    expect(entry).toMatchObject({ ...CHANGE, isOurs: true, isComplete: true });
    const record = await store.read(entry?.id ?? '');
    const plain = record?.lost.map((znode) => ({ ...znode, data: Uint8Array.from(znode.data) }));
    expect(plain).toEqual(znodes.map((z) => ({ ...z, data: Uint8Array.from(z.data) })));
    expect(record?.left).toEqual([left]);
  });

  it('lets nobody else read them', async () => {
    await write(files(), lost('/a'));
    expect(statSync(onlyFile()).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('has the lines in the file before it says so', async () => {
    const writer = await begin(files());
    await writer.lost(lost('/a/first'));
    const write = writer.lost(lost('/a/second'));
    const third = Promise.resolve().then(() => writer.lost(lost('/a/third')));
    await Promise.all([write, third]);
    const text = readFileSync(onlyFile(), 'utf8');
    expect(text).toContain('/a/first');
    expect(text).toContain('/a/second');
    expect(text).toContain('/a/third');
    await writer.discard();
  });

  it('keeps what it has of a change that grows too large, and refuses more', async () => {
    const store = files({ bytesPerChange: 1_000 });
    const writer = await begin(store);
    expect(await writer.lost(lost('/a/small'))).toBe(true);
    expect(await writer.lost(lost('/a/large', { data: new Uint8Array(1_000) }))).toBe(false);
    expect(await writer.lost(lost('/a/next'))).toBe(false);
    await writer.commit();
    const record = await store.read((await store.list())[0]?.id ?? '');
    expect(record?.lost.map((znode) => znode.path)).toEqual(['/a/small']);
  });

  it('drops the oldest when all are too large together', async () => {
    const store = files({ bytesInTotal: 4_000 });
    const names = ['/1', '/2', '/3', '/4', '/5'];
    for (const name of names) await write(store, lost(name, { data: new Uint8Array(900) }));
    const kept = await store.list();
    const records = await Promise.all(kept.map(({ id }) => store.read(id)));
    expect(records.map((record) => record?.lost[0]?.path)).toEqual(['/5', '/4']);
  });

  it('drops what is older than a week, in later windows too', async () => {
    await write(files(), lost('/old'));
    clock += 6.9 * 24 * HOUR_MS;
    await write(files(), lost('/new'));
    expect(await files().list()).toHaveLength(2);
    clock += 0.2 * 24 * HOUR_MS;
    expect(await files().list()).toHaveLength(1);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(readFileSync(onlyFile(), 'utf8')).toContain('/new');
  });

  it('keeps nothing where the connection says so, nor after a discard', async () => {
    expect(await files({ keeps: (id) => id !== 'dev' }).begin(CHANGE)).toBeUndefined();
    const store = files();
    const writer = await begin(store);
    await writer.lost(lost('/a'));
    await writer.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('lists another window\u2019s changes, newest first, by connection', async () => {
    const other = files();
    await write(other, lost('/a'));
    await (await begin(other, { ...CHANGE, connectionId: 'prod' })).commit();
    const entries = await files().list();
    expect(entries.map(({ connectionId, isOurs }) => [connectionId, isOurs])).toEqual([
      ['prod', false],
      ['dev', false],
    ]);
    expect(await files().list('dev')).toHaveLength(1);
  });

  it('reads what a window that ended half-way has left, without its torn last line', async () => {
    const writer = await begin(files());
    await writer.lost(lost('/a'));
    appendFileSync(onlyFile(), '{"p":"/a/to');
    const store = files();
    const [entry] = await store.list();
    expect(entry?.isComplete).toBe(false);
    expect((await store.read(entry?.id ?? ''))?.lost).toHaveLength(1);
    await writer.discard();
  });

  it.each([
    ['a broken line', '{"p":\n{"end":1}\n'],
    ['an impossible path', '{"p":"../etc","d":"","s":[]}\n{"end":1}\n'],
    ['a missing ACL', '{"p":"/a","d":"","a":7,"s":["1","2","3","0",1,2,3,4,5,6,7]}\n{"end":1}\n'],
    ['a missing stat', '{"p":"/a","d":""}\n{"end":1}\n'],
  ])('reads no record with %s', async (_, lines) => {
    const store = files();
    await write(store, lost('/a'));
    appendFileSync(onlyFile(), lines);
    expect(await store.read((await store.list())[0]?.id ?? '')).toBeUndefined();
  });

  it('ignores files that it did not write', async () => {
    const store = files();
    await write(store, lost('/a'));
    appendFileSync(join(folder, 'notes.txt'), 'x');
    appendFileSync(join(folder, `1-${'0'.repeat(36)}.jsonl`), 'x');
    expect(await store.list()).toHaveLength(1);
    expect(readdirSync(folder)).toContain('notes.txt');
  });

  it('keeps nothing when the folder cannot be made, instead of failing', async () => {
    appendFileSync(folder, 'a file');
    expect(await files().begin(CHANGE)).toBeUndefined();
    expect(await files().list()).toEqual([]);
  });
});
