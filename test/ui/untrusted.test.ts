import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { screenshotOnFailure } from './support/failures';
import { connect, openScene, type Scene } from './support/scene';

describe('an untrusted workspace', () => {
  let scene: Scene;

  beforeAll(async () => {
    const workspace = await mkdtemp(join(tmpdir(), 'zkw-untrusted-'));
    await mkdir(join(workspace, '.vscode'));
    const presets = [
      { id: 'preset', name: 'Preset', connectString: '127.0.0.1:1' },
      { id: 'local', name: 'Redirected', connectString: '127.0.0.1:1' },
    ];
    const settings = { 'zookeeperWorkbench.connections': presets };
    await writeFile(join(workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
    scene = await openScene({ workspace, trusted: false });
    return async () => {
      await scene.close();
      await rm(workspace, { recursive: true });
    };
  });
  beforeEach(() => screenshotOnFailure(() => scene.workbench));

  it('sees no presets, and the connections of the user work as ever', async () => {
    const { workbench } = scene;
    await workbench.statusItem('Restricted Mode').waitFor();
    await workbench.row('Local').waitFor();
    const labels = (await workbench.sideBar.rows()).map(({ label }) => label);
    expect(labels).toEqual(['Local']);
    await connect(workbench);
    await expect
      .poll(() => workbench.sideBar.description('Local'))
      .toContain(scene.server.connectString);
  });
});
