import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { closeAll, connected, path, until } from './engineSupport';
import { zkw } from './zkwProcess';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

describe('zkw sandbox', () => {
  afterEach(closeAll);

  it('prints its address, serves from a thread, and ends when interrupted', async () => {
    const child = spawn(process.execPath, [program, 'sandbox']);
    const [address] = (await once(createInterface(child.stdout), 'line')) as [string];
    expect(address).toMatch(/^127\.0\.0\.1:\d+$/);
    const { client } = await connected(address);
    await client.create(path('/a'), Buffer.from('x'));
    expect((await client.getData(path('/a'))).stat.version).toBe(0);
    const { code, stdout } = await zkw(['walk', address, '/a']);
    expect([code, stdout]).toEqual([0, '/a\t0\t1\t0\n']);
    const port = address.split(':')[1] ?? '';
    const second = await zkw(['sandbox', '--port', port]);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('EADDRINUSE');
    await closeAll();
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it('begins with the sample when asked to, and lets its members live', async () => {
    const child = spawn(process.execPath, [program, 'sandbox', '--churn']);
    const [address] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { client, events } = await connected(address);
    await client.addWatch(path('/'), 'recursive');
    const [holder = ''] = (await client.getChildren(path('/locks/nightly-report'))).names.sort();
    const stat = await client.exists(path(`/locks/nightly-report/${holder}`));
    expect(stat?.ephemeralOwner).not.toBe(0n);
    await until('something changes', () => events.length > 0);
    await closeAll();
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it.each([['-5'], ['70000'], ['x']])('says that %s is no port', async (port) => {
    const { code, stderr } = await zkw(['sandbox', `--port=${port}`]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${port} is no port`)]);
  });
});
