import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zkw } from './zkwProcess';

const plan = join(import.meta.dirname, '../sample/plans/cache.zkplan.json');
let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'zkw-write-'));
});
afterAll(() => rm(root, { recursive: true }));

const write = (folder: string, ...args: string[]) =>
  zkw(['plan', plan, '--write', join(root, folder), ...args]);

describe('zkw plan --write', () => {
  it('writes what servers need, and nothing the second time', async () => {
    const first = await write('new');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout.split('\n').filter(Boolean)).toEqual(
      [
        'zoo.cfg',
        'zoo.cfg.dynamic',
        ...[1, 2, 3].map((id) => `myid/server.${id}/myid`),
        'java.env',
        'PLAN.md',
      ].map((path) => `new\t${path}`),
    );
    const golden = (name: string) =>
      readFile(join(import.meta.dirname, '../fixtures/config/cache', name), 'utf8');
    expect(await readFile(join(root, 'new/zoo.cfg.dynamic'), 'utf8')).toBe(
      await golden('zoo.cfg.dynamic'),
    );
    const second = await write('new');
    expect(second.stdout.replaceAll('unchanged', 'new')).toBe(first.stdout);
  });

  it('writes all targets under a name, and keeps what a file has', async () => {
    await mkdir(join(root, 'all'));
    await writeFile(join(root, 'all/zoo.cfg'), '# ours\nssl.clientAuth=want\n');
    await writeFile(join(root, 'all/kubernetes.yml'), 'kind: Pod\n');
    const targets = 'zoo,compose,kubernetes,systemd,prometheus,grafana,pool,local';
    const { code, stdout, stderr } = await write('all', '--targets', targets, '--name', 'shop');
    expect(code).toBe(1);
    expect(stderr).toMatch(/kubernetes\.yml was not written from a plan/);
    expect(stdout).toContain('foreign\tkubernetes.yml\n');
    expect(stdout).toContain('new\tshop.service\n');
    expect(stdout).toContain('new\tpool/shop.twemproxy.yml\n');
    expect(await readFile(join(root, 'all/kubernetes.yml'), 'utf8')).toBe('kind: Pod\n');
    expect(await readFile(join(root, 'all/zoo.cfg'), 'utf8')).toMatch(
      /^# ours\nssl\.clientAuth=want\n/,
    );
  });

  it('takes voters of containers in one at a time, and says so', async () => {
    const files = ['--targets', 'compose,kubernetes'];
    await write('steps', ...files);
    const text = JSON.parse(await readFile(plan, 'utf8')) as { ensemble: object };
    const five = join(root, 'five.zkplan.json');
    await writeFile(five, JSON.stringify({ ...text, ensemble: { ...text.ensemble, voters: 5 } }));
    const grow = () => zkw(['plan', five, '--write', join(root, 'steps'), ...files]);
    const first = await grow();
    expect(first.code).toBe(0);
    expect(first.stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/docker-compose\.yml has 4 voters on the way to 5, .* again$/),
      expect.stringMatching(/kubernetes\.yml has 4 voters on the way to 5, .* again$/),
    ]);
    const second = await grow();
    expect(second.stderr.match(/goes from 4 to 5 voters: apply it only where/g)).toHaveLength(2);
    expect(await grow()).toMatchObject({
      stdout: 'unchanged\tdocker-compose.yml\nunchanged\tkubernetes.yml\n',
      stderr: '',
    });
  });

  it('writes nothing where a list of servers cannot be read', async () => {
    await mkdir(join(root, 'unread'));
    await writeFile(join(root, 'unread/zoo.cfg'), 'dataDir=/zk\nserver.1=${ZK_HOST}\n');
    const { code, stdout, stderr } = await write('unread');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /unread\/zoo\.cfg: line 2: server\.1 can't be read.*Nothing was written/,
    );
    expect(await readdir(join(root, 'unread'))).toEqual(['zoo.cfg']);
  });

  it('writes nothing through a link that leads out', async () => {
    await mkdir(join(root, 'linked'));
    await mkdir(join(root, 'outside'));
    await symlink(join(root, 'outside'), join(root, 'linked/myid'));
    const { code, stderr } = await write('linked');
    expect(code).toBe(1);
    expect(stderr).toMatch(/leads out of .* by a symbolic link; nothing was written/);
    expect(await readdir(join(root, 'outside'))).toEqual([]);
    expect(await readdir(join(root, 'linked'))).toEqual(['myid']);
  });

  it.each([
    [['--targets', 'zoo,docker'], /--targets takes a list of zoo, dynamic/],
    [['--name', 'Not A Name'], /--name takes/],
    [['--json'], /--write goes without/],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await write('refused', ...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
