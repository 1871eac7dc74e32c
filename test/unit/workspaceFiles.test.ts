import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filePlace } from '../../src/ui/workspaceFiles';

describe('a place for a file in a workspace', () => {
  let base: string;
  const inside = (path: string): string => join(base, 'work', path);
  const placeOf = (path: string) => filePlace(join(base, 'work'), path);

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'zkw-files-'));
    await mkdir(inside('conf'), { recursive: true });
    await mkdir(join(base, 'work-too'));
    await writeFile(inside('file'), '');
  });
  afterEach(() => rm(base, { recursive: true, force: true }));

  it('is free, a file or a folder', async () => {
    expect(await placeOf('new')).toBe('free');
    expect(await placeOf('a/b/new')).toBe('free');
    expect(await placeOf('file')).toBe('file');
    expect(await placeOf('conf')).toBe('folder');
    expect(await placeOf('file/new')).toBe('readOnly');
  });

  it('is outside where any link on the way leads out', async () => {
    await symlink(join(base, 'work-too'), inside('away'));
    await symlink(join(base, 'nowhere'), inside('dangling'));
    await symlink('/', inside('conf/root'));
    for (const path of ['away', 'away/new', 'away/a/new', 'dangling', 'conf/root/etc/new']) {
      expect(await placeOf(path), path).toBe('outside');
    }
    expect(await placeOf('../work-too/new')).toBe('outside');
  });

  it('may be behind a link that stays inside, and in a folder that is a link itself', async () => {
    await symlink(inside('conf'), inside('link'));
    expect(await placeOf('link/new')).toBe('free');
    await symlink(join(base, 'work'), join(base, 'workspace'));
    const linked = join(base, 'workspace');
    expect(await filePlace(linked, 'conf/new')).toBe('free');
  });

  it.skipIf(process.getuid?.() === 0)('is read-only where it cannot be written', async () => {
    await chmod(inside('conf'), 0o555);
    await chmod(inside('file'), 0o444);
    expect(await placeOf('conf/new')).toBe('readOnly');
    expect(await placeOf('file')).toBe('readOnly');
    await chmod(inside('conf'), 0o755);
  });
});
