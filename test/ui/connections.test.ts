import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Kazoo } from '../tools/kazoo.mjs';
import { freePorts } from '../tools/zookeeper/ports.mjs';
import { startProxy, type Proxy } from '../tools/zookeeper/proxy.mjs';
import { screenshotOnFailure } from './support/failures';
import type { Pane } from './support/pane';
import { openScene, type Scene } from './support/scene';
import { Wizard, type WizardStep } from './support/wizard';
import type { Workbench } from './support/workbench';

const PASSWORD = 'pass-Word:4711';
/** The opcode of a request that carries credentials. */
const AUTH = 100;

async function createData(kazoo: Kazoo): Promise<void> {
  await kazoo.addAuth('digest', `bob:${PASSWORD}`);
  await kazoo.create('/private/inside', '', { makepath: true, acl: 'creator' });
  await kazoo.create('/public', 'for all');
  await kazoo.setAcl('/private', 'creator');
}

describe('connections', () => {
  let scene: Scene;
  let workbench: Workbench;
  let tree: Pane;
  let hosts: string;
  let otherHost: Proxy;

  beforeAll(async () => {
    scene = await openScene({ data: createData, connections: () => [] });
    ({ workbench } = scene);
    tree = workbench.sideBar;
    hosts = scene.server.connectString;
    otherHost = await startProxy(scene.server);
    return async () => {
      otherHost.stop();
      await scene.close();
    };
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  const connections = async (): Promise<string[]> =>
    (await tree.rows()).filter(({ level }) => level === 1).map(({ label }) => label);
  const stateOf = (name: string) => () => tree.description(name);

  const backToTheFirstStep = async (): Promise<void> => {
    const title = () => workbench.quickInput.title('Add Connection');
    for (let before = await title(); !before.includes('(1/'); before = await title()) {
      await workbench.quickInput.back();
      await expect.poll(title).not.toBe(before);
    }
  };
  const add = async (answers: Partial<Record<WizardStep, string>>): Promise<Wizard> => {
    const wizard = new Wizard(workbench);
    await workbench.run('ZooKeeper: Add Connection…');
    const { user, password } = answers;
    await wizard.answer('hosts', answers.hosts ?? '');
    await wizard.answer('name', answers.name ?? '');
    await wizard.acceptUpTo('auth');
    if (user !== undefined) {
      await workbench.quickInput.pick('User and password');
      await wizard.answer('user', user);
      await wizard.answer('password', password ?? '');
    }
    await wizard.finish();
    return wizard;
  };

  it('are none to begin with, and the view offers to add one', async () => {
    await workbench.page.getByRole('button', { name: 'Add Connection' }).last().waitFor();
    expect(await connections()).toEqual([]);
  });

  it('are added by a wizard that says what is wrong and goes back', async () => {
    const { quickInput } = workbench;
    const wizard = new Wizard(workbench);
    await workbench.run('ZooKeeper: Add Connection…');
    await wizard.at('hosts');
    expect(await quickInput.title('Add Connection')).toMatch(/\(1\/\d\)$/);
    await quickInput.accept();
    await expect.poll(() => quickInput.message()).toMatch(/^Enter at least one host/);
    await quickInput.fill('localhost:port');
    await expect.poll(() => quickInput.message()).toMatch(/^"port" is not a port\./);
    await expect.poll(() => quickInput.severity()).toBe('error');
    await quickInput.accept(); // refused
    await quickInput.fill(hosts);
    await expect.poll(() => quickInput.severity()).toBe('none');
    await wizard.acceptUpTo('name');
    await expect.poll(() => quickInput.value()).toBe('Local');

    await backToTheFirstStep();
    await wizard.at('hosts');
    await expect.poll(() => quickInput.value()).toBe(hosts);
    await wizard.acceptUpTo('auth');
    await wizard.acceptUpTo('access');
    await quickInput.pick('Read only');
    await quickInput.closed();

    await expect.poll(stateOf('Local')).toBe(`connected to ${hosts} · read-only`);
    expect(JSON.parse(await workbench.userSettings())).toMatchObject({
      'zookeeperWorkbench.connections': [
        { id: 'local', name: 'Local', connectString: hosts, readOnly: true, auth: 'none' },
      ],
    });
  });

  it('leave nothing behind when the wizard is left', async () => {
    const { quickInput } = workbench;
    const before = await workbench.userSettings();
    const wizard = new Wizard(workbench);
    await workbench.run('ZooKeeper: Add Connection…');
    await wizard.answer('hosts', 'elsewhere:2181');
    await wizard.acceptUpTo('name');
    await quickInput.cancel();
    expect(await connections()).toEqual(['Local']);
    expect(await workbench.userSettings()).toBe(before);
  });

  it('are tested before they are saved, with the reason of a failure', async () => {
    const { quickInput } = workbench;
    const [port = 0] = await freePorts(1);
    const wizard = await add({ hosts: `127.0.0.1:${port}`, name: 'Nobody' });
    await quickInput.option('Save Anyway').waitFor();
    await expect.poll(() => quickInput.placeholder()).toMatch(/^The connection failed: .*refused/i);
    await quickInput.pick('Back');
    await wizard.at('access');
    await quickInput.accept();
    await quickInput.pick('Save Anyway');
    await quickInput.closed();
    await expect.poll(stateOf('Nobody')).toBe('not connected');
  });

  it('say in their row why nobody answers, and once in a message', async () => {
    await tree.row('Nobody').click();
    await expect.poll(stateOf('Nobody')).toMatch(/^cannot connect, trying again: .*refused/i);
    const message = await workbench.notifications.find('Nobody is not connected yet');
    await message.getByRole('button', { name: 'Disconnect' }).click();
    await expect.poll(stateOf('Nobody')).toBe('not connected');
    await expect.poll(() => workbench.notifications.all()).toEqual([]);
    await workbench.notifications.hide();
  });

  it('send digest credentials, and say who we are when that is not enough', async () => {
    await add({ hosts, name: 'Bob', user: 'bob', password: PASSWORD });
    await tree.rowByPath('Bob', 'private');
    await tree.expand('Bob', 'private');
    await expect.poll(() => tree.childrenOf('Bob', 'private')).toEqual(['inside']);

    await add({ hosts, name: 'Not Bob', user: 'bob', password: 'guess-4712' });
    await tree.rowByPath('Not Bob', 'private');
    await tree.expand('Not Bob', 'private');
    const reason = 'no READ permission; connected as digest:bob';
    await expect.poll(() => tree.childrenOf('Not Bob', 'private')).toEqual([reason]);
  });

  it('keep passwords out of the settings and the log', async () => {
    const texts = `${await workbench.userSettings()}\n${await workbench.log()}`;
    expect(texts).toContain('not-bob');
    for (const password of [PASSWORD, 'guess-4712', Buffer.from(PASSWORD).toString('base64')]) {
      expect(texts).not.toContain(password);
    }
  });

  it('are several at once, and the status bar sums them up', async () => {
    await workbench.statusItem('3 of 3 connected').waitFor();
    await workbench.inlineAction(tree.row('Not Bob'), 'Disconnect');
    await expect.poll(stateOf('Not Bob')).toBe('not connected');
    await expect.poll(() => tree.childrenOf('Not Bob')).toEqual([]);
    await workbench.statusItem('2 of 2 connected').click();
    await workbench.quickInput.title('ZooKeeper Connections');
    await workbench.quickInput.pick('Connect Not Bob');
    await expect.poll(stateOf('Not Bob')).toMatch(/^connected to/); // with the saved password
  });

  it('are edited, under the same id', async () => {
    const { quickInput } = workbench;
    const wizard = new Wizard(workbench, 'Edit Connection');
    await workbench.contextMenu(tree.row('Not Bob'), 'Edit Connection…');
    await wizard.at('hosts');
    await expect.poll(() => quickInput.value()).toBe(hosts);
    await wizard.acceptUpTo('name');
    await quickInput.fill('Bob');
    await expect.poll(() => quickInput.message()).toMatch(/^There is a connection named Bob/);
    await quickInput.fill('Renamed');
    await expect.poll(() => quickInput.severity()).toBe('none');
    await wizard.acceptUpTo('auth');
    await quickInput.pick('No credentials');
    await wizard.finish();
    await quickInput.closed();
    await expect.poll(stateOf('Renamed')).toMatch(/^connected to/);
    const settings = await workbench.userSettings();
    expect(settings).toContain('"id": "not-bob"');
    expect(settings).not.toContain('Not Bob');
  });

  it('are duplicated under a new name, without the credentials', async () => {
    const { quickInput } = workbench;
    const wizard = new Wizard(workbench, 'Duplicate Connection');
    await workbench.contextMenu(tree.row('Bob'), 'Duplicate Connection…');
    await wizard.acceptUpTo('name');
    await expect.poll(() => quickInput.value()).toBe('Bob copy');
    await wizard.acceptUpTo('user');
    await expect.poll(() => quickInput.value()).toBe('');
    await quickInput.cancel();
    expect(await connections()).not.toContain('Bob copy');
  });

  it('are removed after a question', async () => {
    const { modal } = workbench;
    await workbench.contextMenu(tree.row('Renamed'), 'Remove Connection…');
    await modal.getByRole('button', { name: 'Cancel' }).click();
    await modal.waitFor({ state: 'detached' });
    await expect.poll(connections).toContain('Renamed');
    await workbench.contextMenu(tree.row('Renamed'), 'Remove Connection…');
    await modal.getByRole('button', { name: 'Remove' }).click();
    await expect.poll(connections).not.toContain('Renamed');
    expect(await workbench.userSettings()).not.toContain('not-bob');
  });

  it('give no secret to a workspace that points their id to another host', async () => {
    const { quickInput } = workbench;
    const preset = { id: 'bob', name: 'Trap', connectString: otherHost.connectString };
    await workbench.updateSettings({
      'zookeeperWorkbench.connections': [{ ...preset, auth: 'digest' }],
    });
    await expect.poll(stateOf('Trap')).toMatch(/^not connected/);
    await tree.row('Trap').click();
    await quickInput.title('Connect to Trap (1/2)');
    await expect
      .poll(() => quickInput.message())
      .toMatch(/^The saved credentials are for other hosts or TLS settings\./);
    await expect.poll(() => quickInput.value()).toBe('');
    await quickInput.cancel();
    expect(otherHost.requests.filter(({ type }) => type === AUTH)).toEqual([]);
    expect(otherHost.accepted).toBe(0);
    await workbench.updateSettings({ 'zookeeperWorkbench.connections': [] });
    await expect.poll(connections).toContain('Bob');
    await tree.row('Bob').click();
    await expect.poll(stateOf('Bob')).toMatch(/^connected to/); // the secret is still there
  });

  it('are offered for the tabs of a window that was reloaded', async () => {
    await (await tree.rowByPath('Local', 'public')).click();
    await expect.poll(() => workbench.editorText()).toBe('for all');
    await workbench.reload();
    await workbench.tab('public').waitFor();
    const message = await workbench.notifications.find('Open znodes of “Local” are not connected.');
    await workbench.openContainer();
    await expect.poll(stateOf('Local')).toBe('not connected · read-only');
    await message.getByRole('button', { name: 'Connect' }).click();
    await expect.poll(() => workbench.editorText()).toBe('for all');
    await scene.kazoo.set('/public', 'and live');
    await expect.poll(() => workbench.editorText()).toBe('and live');
  });
});
