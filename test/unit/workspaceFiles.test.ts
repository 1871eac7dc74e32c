import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filePlace, type FilePlace } from '../../src/ui/workspaceFiles';

const run = promisify(execFile);

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
    expect(await placeOf('')).toBe('folder');
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

  it('is read-only where it cannot be written', async () => {
    await chmod(base, 0o755);
    await chmod(inside('conf'), 0o555);
    await chmod(inside('file'), 0o444);
    const look = await lookAsNobody(base);
    expect(await look(join(base, 'work'), 'conf/new')).toBe('readOnly');
    expect(await look(join(base, 'work'), 'conf')).toBe('readOnly');
    expect(await look(join(base, 'work'), 'file')).toBe('readOnly');
    await chmod(inside('conf'), 0o777);
    expect(await look(join(base, 'work'), 'conf/new')).toBe('free');
  });
});

/** `filePlace` in a process without rights of its own: root may write everywhere. */
async function lookAsNobody(folder: string): Promise<typeof filePlace> {
  const outfile = join(folder, 'place.cjs');
  const entryPoints = ['src/ui/workspaceFiles.ts'];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', logLevel: 'error' });
  const script = 'require(process.argv[1]).filePlace(...process.argv.slice(2)).then(console.log)';
  const user = process.getuid?.() === 0 ? { uid: 65534 } : {};
  return async (...args) => {
    const { stdout } = await run(process.execPath, ['-e', script, outfile, ...args], user);
    return stdout.trim() as FilePlace;
  };
}
