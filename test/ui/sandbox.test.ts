import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ZPath } from '../../src/domain/znode/path';
import { createNodeClient } from '../../src/zk/nodeClient';
import { screenshotOnFailure } from './support/failures';
import { openWorkbench } from './support/openWorkbench';
import type { Workbench } from './support/workbench';

describe('the sandbox', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await openWorkbench();
    await workbench.openContainer();
    return () => workbench.close();
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  const description = () => workbench.sideBar.description('Sandbox');
  const names = () => workbench.sideBar.childrenOf('Sandbox');
  const address = async (): Promise<string> =>
    (await workbench.log())
      .match(/sandbox: (127\.0\.0\.1:\d+)/g)
      ?.at(-1)
      ?.slice(9) ?? '';

  it('starts from the empty view, connects and unfolds by itself', async () => {
    await workbench.sideBar.root.getByRole('button', { name: 'Start Sandbox' }).click();
    await expect.poll(names).toContain('zookeeper');
    await expect
      .poll(names)
      .toEqual(expect.arrayContaining(['config', 'dubbo', 'election', 'locks']));
    await expect.poll(description).toMatch(/^in memory · connected/);
    await workbench.statusItem('Sandbox: connected').waitFor();
    expect(await workbench.userSettings()).not.toContain('andbox');
  });

  it('is a server for other programs, whose znodes the tree shows', async () => {
    await expect.poll(address).not.toBe(''); // the log is written a little later
    const client = createNodeClient({ connectString: await address() });
    try {
      await client.connect();
      await client.create('/made-outside' as ZPath, new Uint8Array(3));
      await expect.poll(names).toContain('made-outside');
    } finally {
      await client.close();
    }
  });

  it('begins again with what is chosen', async () => {
    const { quickInput } = workbench;
    await workbench.inlineAction(workbench.row('Sandbox'), 'Reset Sandbox');
    await quickInput.title('Reset Sandbox');
    await quickInput.pick('Nothing');
    await expect.poll(names).toEqual(['zookeeper']);
    await workbench.run('ZooKeeper: Reset Sandbox…');
    await quickInput.title('Reset Sandbox');
    await quickInput.pick('Sample data that stays');
    await expect.poll(names).toContain('dubbo');
    expect(await names()).not.toContain('made-outside');
  });

  it('tells who holds the znodes of its members', async () => {
    const { quickInput } = workbench;
    await workbench.contextMenu(workbench.row('controller'), 'Who Owns This Node');
    await quickInput.title('Owner of /controller');
    expect((await quickInput.options())[1]).toMatch(/Client sandbox:\d+, through 127/);
    await workbench.screenshot('sandbox-owner');
    await quickInput.cancel();
  });

  it('is gone when it is stopped', async () => {
    await workbench.contextMenu(workbench.row('Sandbox'), 'Stop Sandbox');
    await workbench.sideBar.root.getByRole('button', { name: 'Start Sandbox' }).waitFor();
  });

  it('is the first step of the walkthrough', async () => {
    const { page, sideBar } = workbench;
    await sideBar.root.getByText('Take the tour', { exact: true }).click();
    const steps = page.locator('.getting-started-step');
    await steps.getByRole('button', { name: 'Start Sandbox' }).click();
    await expect.poll(names).toContain('dubbo');
    await steps.getByRole('checkbox', { name: 'Connect to a ZooKeeper', checked: true }).waitFor();
    await steps.filter({ hasText: 'See where keys land' }).click();
    await steps.getByRole('button', { name: 'Show a Hash Ring of the Sandbox' }).click();
    await workbench.tab('Ring of providers').waitFor();
  });
});
