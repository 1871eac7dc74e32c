import { beforeAll, it } from 'vitest';
import { connect, openScene, type Scene } from './support/scene';
let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ data: (k) => k.create('/live/calm', '', { makepath: true }) });
  return () => scene.close();
});
it('x', async () => {
  const { workbench, kazoo } = scene;
  const tree = workbench.sideBar;
  await connect(workbench);
  await tree.expand('Local', 'live');
  for (const name of ['aa', 'bb', 'cc']) {
    await kazoo.create('/live/' + name);
    const t = Date.now();
    const seen: string[] = [];
    let last = '';
    while (Date.now() - t < 6000) {
      const rows = await tree.childrenOf('Local', 'live');
      const badge = rows.includes(name) ? await tree.badge(tree.row(name)) + '/' + await tree.row(name).locator('.monaco-icon-label').getAttribute('class') : 'no row';
      if (badge !== last) seen.push(`${Date.now() - t}: ${badge}`);
      last = badge;
      await workbench.page.waitForTimeout(20);
    }
    console.log(seen.join('\n'));
  }
});
