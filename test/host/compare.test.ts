import * as assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { connect, definePresets, disconnect, znode } from './support/connections';
import { startZooKeeper, type ZooKeeper } from './support/tools';
import { closeEditors, fileError, until } from './support/waiting';

const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`zookeeperWorkbench.znode.${command}`, ...args);

interface Diff {
  readonly title: string;
  readonly left: vscode.TextDocument;
  readonly right: vscode.TextDocument;
}

/** The diff editor in front. */
async function diff(): Promise<Diff> {
  const find = () => vscode.window.tabGroups.activeTabGroup.activeTab;
  await until('a diff editor opens', () => find()?.input instanceof vscode.TabInputTextDiff);
  const tab = find();
  const input = tab?.input as vscode.TabInputTextDiff;
  const [left, right] = await Promise.all(
    [input.original, input.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
  );
  assert.ok(tab && left && right);
  return { title: tab.label, left, right };
}

async function open(connectionId: string, path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(znode(connectionId, path));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

async function append(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.positionAt(document.getText().length), text);
  await vscode.workspace.applyEdit(edit);
}

describe('comparing', () => {
  let here: ZooKeeper;
  let there: ZooKeeper;

  before(async () => {
    [here, there] = await Promise.all([startZooKeeper(), startZooKeeper()]);
    await definePresets([
      { id: 'here', name: 'Test', connectString: here.server.connectString, readOnly: false },
      { id: 'there', name: 'Prod', connectString: there.server.connectString },
    ]);
    await connect('here');
    await connect('there');
  });
  afterEach(closeEditors);
  after(async () => {
    await disconnect('here');
    await disconnect('there');
    await definePresets(undefined);
    await Promise.all([here.stop(), there.stop()]);
  });

  it('shows a znode beside the selected one, both decoded', async () => {
    await here.kazoo.create('/a', gzipSync('{"a": 1}'));
    await here.kazoo.create('/b', '{"a": 2}');
    await run('selectForCompare', { kind: 'znode', connectionId: 'here', path: '/a' });
    await run('compareWithSelected', { kind: 'znode', connectionId: 'here', path: '/b' });
    const { title, left, right } = await diff();
    assert.equal(title, '/a ↔ /b');
    assert.deepEqual([left.getText(), right.getText()], ['{"a": 1}', '{"a": 2}']);
    assert.equal(right.uri.scheme, 'zk');
    await here.kazoo.set('/a', 'written meanwhile');
    await until('the left side follows', () => left.getText() === 'written meanwhile');
  });

  it('shows the same path of another connection, named', async () => {
    await here.kazoo.create('/shared', 'tested');
    await there.kazoo.create('/shared', 'in production');
    await run('compareWithConnection', znode('here', '/shared'));
    const { title, left, right } = await diff();
    assert.equal(title, '/shared (Prod ↔ Test)');
    assert.deepEqual([left.getText(), right.getText()], ['in production', 'tested']);
    assert.equal(left.uri.authority, 'there');
  });

  it('opens nothing when the other side does not exist', async () => {
    await here.kazoo.create('/only-here', 'x');
    await run('compareWithConnection', znode('here', '/only-here'));
    assert.deepEqual(vscode.window.tabGroups.activeTabGroup.tabs, []);
  });

  it('shows what is on the server beside what was typed', async () => {
    await here.kazoo.create('/typed', 'base');
    const document = await open('here', '/typed');
    await append(document, ' and mine');
    await here.kazoo.set('/typed', 'base and theirs');
    await run('compareWithServer', document.uri);
    const { title, left, right } = await diff();
    assert.equal(title, 'typed (server ↔ editor)');
    assert.deepEqual([left.getText(), right.getText()], ['base and theirs', 'base and mine']);
    assert.equal(right, document);
    await here.kazoo.set('/typed', 'base and theirs, later');
    await until('the server side follows', () => left.getText() === 'base and theirs, later');
    assert.equal(document.getText(), 'base and mine');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('shows a value that this window saw earlier', async () => {
    await here.kazoo.create('/history', 'first');
    const document = await open('here', '/history');
    await here.kazoo.set('/history', 'second');
    await until('the second is shown', () => document.getText() === 'second');
    const asked = run('compareWithEarlier', document.uri);
    const isOpen = () =>
      vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff;
    await until('it is chosen', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return isOpen();
    });
    await asked;
    const { title, left, right } = await diff();
    assert.equal(title, 'history (version 0 ↔ now)');
    assert.deepEqual([left.getText(), right.getText()], ['first', 'second']);
  });

  it('shows all of large values, though editors show the first part of them', async () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => `line ${i}`).join('\n');
    await here.kazoo.create('/large-1', lines);
    await here.kazoo.create('/large-2', `${lines}\nlast`);
    await run('selectForCompare', znode('here', '/large-1'));
    await run('compareWithSelected', znode('here', '/large-2'));
    const { left, right } = await diff();
    assert.equal(left.getText(), lines);
    assert.equal(right.getText(), `${lines}\nlast`);
  });

  it('has views that nobody can write', async () => {
    await here.kazoo.create('/locked', 'x');
    const view = znode('here', '/locked').with({ scheme: 'zkro', query: 'now' });
    const error = await fileError(vscode.workspace.fs.writeFile(view, new Uint8Array()));
    assert.equal(error.code, 'NoPermissions');
    const nonsense = view.with({ query: 'earlier=999' });
    assert.equal((await fileError(vscode.workspace.fs.readFile(nonsense))).code, 'Unavailable');
    const unknown = view.with({ query: 'unknown' });
    assert.equal((await fileError(vscode.workspace.fs.stat(unknown))).code, 'FileNotFound');
  });
});
