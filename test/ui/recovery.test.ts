import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startKazoo } from '../tools/kazoo.mjs';
import { startProxy, type Proxy } from '../tools/zookeeper/proxy.mjs';
import { startEnsemble } from '../tools/zookeeper/server.mjs';
import type { ZkEnsemble } from '../tools/zookeeper/zkEnsemble.mjs';
import { screenshotOnFailure } from './support/failures';
import type { Pane } from './support/pane';
import { connect, local, openScene, type Scene } from './support/scene';
import type { Workbench } from './support/workbench';

const RECOVERY = { timeout: 30_000, interval: 100 };

describe('the tree over failures', () => {
  let scene: Scene;
  let workbench: Workbench;
  let tree: Pane;
  let ensemble: ZkEnsemble;
  let link: Proxy;

  beforeAll(async () => {
    ensemble = await startEnsemble(3);
    try {
      scene = await openScene({
        data: async (kazoo) => {
          await kazoo.create('/data/old', '1', { makepath: true });
          await kazoo.create('/data/kept', '1');
        },
        connections: (server) => [
          local(server),
          { ...local(ensemble), id: 'ensemble', name: 'Ensemble' },
        ],
        settings: { 'zookeeperWorkbench.session.requestTimeout': 1_000 },
        viewport: { width: 1280, height: 1000 },
      });
    } catch (error) {
      await ensemble.stop();
      throw error;
    }
    link = await startProxy(scene.server);
    ({ workbench } = scene);
    tree = workbench.sideBar;
    return async () => {
      link.stop();
      await scene.close();
      await ensemble.stop();
    };
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  it('says that the server is gone, keeps what it knows, and is live again afterwards', async () => {
    await connect(workbench);
    await tree.expand('Local', 'data');
    await tree.rowByPath('Local', 'data', 'old');
    await scene.server.kill();
    await expect
      .poll(() => tree.description('Local'), RECOVERY)
      .toMatch(/^suspended, reconnecting/);
    expect(await tree.childrenOf('Local', 'data')).toEqual(['kept', 'old']);
    await scene.server.restart();
    await expect.poll(() => tree.description('Local'), RECOVERY).toMatch(/^connected to/);
    await scene.kazoo.create('/data/new');
    await expect
      .poll(() => tree.childrenOf('Local', 'data'), { timeout: 2_000 })
      .toEqual(['kept', 'new', 'old']);
  });

  it('reads what could not be read without the server as soon as it is back', async () => {
    await (await tree.rowByPath('Local', 'data')).locator('.monaco-tl-twistie').click();
    await scene.server.kill();
    await expect
      .poll(() => tree.description('Local'), RECOVERY)
      .toMatch(/^suspended, reconnecting/);
    await (await tree.rowByPath('Local', 'zookeeper')).locator('.monaco-tl-twistie').click();
    await expect
      .poll(() => tree.childrenOf('Local', 'zookeeper'), RECOVERY)
      .toEqual([expect.stringMatching(/^(the server did not answer|the connection was lost)/)]);
    await scene.server.restart();
    await expect
      .poll(() => tree.childrenOf('Local', 'zookeeper'), RECOVERY)
      .toEqual(['config', 'quota']);
  });

  it('shows what it missed while the network was down', async () => {
    await tree.collapseAll();
    const settings = { ...local(link), id: 'far', name: 'Far' };
    await workbench.updateSettings({ 'zookeeperWorkbench.connections': [settings] });
    await tree.row('Far').waitFor();
    await connect(workbench, 'Far');
    await tree.expand('Far', 'data');
    await tree.rowByPath('Far', 'data', 'old');
    link.refuse();
    link.cutAll();
    await expect.poll(() => tree.description('Far'), RECOVERY).toMatch(/^suspended, reconnecting/);
    await scene.kazoo.create('/data/meanwhile');
    await scene.kazoo.delete('/data/old');
    await scene.kazoo.set('/data/kept', 'another value');
    await link.accept();
    await expect
      .poll(() => tree.childrenOf('Far', 'data'), RECOVERY)
      .toEqual(['kept', 'meanwhile', 'new']);
    await expect.poll(() => tree.description('Far', 'data', 'kept')).toBe('13 bytes');
  });

  it('goes on with another server of the ensemble and shows exactly what is there', async () => {
    await tree.collapseAll();
    await connect(workbench, 'Ensemble');
    const connectedTo = async () =>
      /^connected to (\S+)/.exec((await tree.description('Ensemble')) ?? '')?.[1];
    const address = await connectedTo();
    const victim = ensemble.servers.find(({ connectString }) => connectString === address);
    const others = ensemble.servers.filter((server) => server !== victim);
    const kazoo = await startKazoo(others.map(({ connectString }) => connectString).join(','));
    try {
      for (const name of ['a', 'b', 'c']) {
        await kazoo.create(`/nodes/${name}`, '', { makepath: true });
      }
      await tree.rowByPath('Ensemble', 'nodes');
      await tree.expand('Ensemble', 'nodes');
      await expect.poll(() => tree.childrenOf('Ensemble', 'nodes')).toEqual(['a', 'b', 'c']);

      await victim?.kill();
      await ensemble.leader();
      await kazoo.delete('/nodes/b');
      await kazoo.create('/nodes/d', 'made meanwhile');
      const addresses = others.map(({ connectString }) => connectString);
      await expect
        .poll(async () => addresses.includes((await connectedTo()) ?? ''), RECOVERY)
        .toBe(true);
      await expect
        .poll(() => tree.childrenOf('Ensemble', 'nodes'), RECOVERY)
        .toEqual(await kazoo.children('/nodes'));
      await kazoo.create('/nodes/e');
      await expect
        .poll(() => tree.childrenOf('Ensemble', 'nodes'), { timeout: 2_000 })
        .toEqual(['a', 'c', 'd', 'e']);
    } finally {
      await kazoo.close();
    }
  });
});
