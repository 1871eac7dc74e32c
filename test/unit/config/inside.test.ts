import { mkdir, mkdtemp, realpath, lstat, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leavesFolder, realPathWith, relativeFolder } from '../../../src/domain/config/inside';

describe('relativeFolder', () => {
  it.each([
    ['', ''],
    ['.', ''],
    [' conf ', 'conf'],
    ['./a//b/', 'a/b'],
    ['a\\b', 'a/b'],
  ])('takes %j', (text, expected) => expect(relativeFolder(text)).toBe(expected));

  it.each(['..', 'a/../b', '/etc', '\\\\host', 'C:\\x', 'c:x', '~/x', 'a\u0000b'])(
    'refuses %j',
    (text) => expect(relativeFolder(text)).toBeUndefined(),
  );
});

describe('leavesFolder', () => {
  let root = '';
  const real = realPathWith({ realpath, lstat });
  const leaves = (path: string) => leavesFolder(join(root, 'inside'), path, real);

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'zkw-inside-'));
    await mkdir(join(root, 'inside/own'), { recursive: true });
    await mkdir(join(root, 'inside-too'));
    await writeFile(join(root, 'secret'), '');
    await symlink(root, join(root, 'inside/up'));
    await symlink(join(root, 'inside-too'), join(root, 'inside/sibling'));
    await symlink(join(root, 'secret'), join(root, 'inside/zoo.cfg'));
    await symlink(join(root, 'nothing'), join(root, 'inside/dangling'));
    await symlink(join(root, 'inside/own'), join(root, 'inside/alias'));
  });
  afterAll(() => rm(root, { recursive: true }));

  it.each(['up/x', 'up/a/b/c', 'sibling/x', 'zoo.cfg', 'dangling'])(
    'sees that %s does',
    async (path) => expect(await leaves(path)).toBe(true),
  );
  it.each(['x', 'own/x', 'new/deep/x', 'alias/x', 'alias'])('sees that %s does not', async (path) =>
    expect(await leaves(path)).toBe(false),
  );
});
