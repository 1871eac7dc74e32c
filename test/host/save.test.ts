import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { connect, definePresets, disconnect, znode } from './support/connections';
import { answering } from './support/dialogs';
import { startZooKeeper, type ZooKeeper } from './support/tools';
import { closeEditors, fileError, until } from './support/waiting';

const { fs } = vscode.workspace;
const NO_WRITE = [{ scheme: 'world', id: 'anyone', perms: 'rcda' }];

async function open(path: string, connection = 'save'): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(znode(connection, path));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** Replaces the text as a user would type it. */
async function type(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const end = document.positionAt(document.getText().length);
  edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), text);
  await vscode.workspace.applyEdit(edit);
  assert.equal(document.getText(), text);
}

async function setting(name: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration()
    .update(name, value, vscode.ConfigurationTarget.Workspace);
}

async function revert(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.files.revert');
  await until('the text is clean', () => !document.isDirty);
}

describe('saving znodes', () => {
  let zookeeper: ZooKeeper;
  const serverText = async (path: string): Promise<string> =>
    new TextDecoder().decode((await zookeeper.kazoo.get(path)).data);

  before(async () => {
    zookeeper = await startZooKeeper();
    const { connectString } = zookeeper.server;
    await setting('files.autoSave', 'off');
    await definePresets([
      { id: 'save', connectString, readOnly: false },
      { id: 'readonly', connectString, readOnly: true },
    ]);
    await connect('save');
    await connect('readonly');
  });
  afterEach(async () => {
    for (const document of vscode.workspace.textDocuments) {
      if (document.isDirty) await revert(document).catch(() => undefined);
    }
    await closeEditors();
  });
  after(async () => {
    await setting('files.autoSave', undefined);
    await disconnect('save');
    await disconnect('readonly');
    await definePresets(undefined);
    await zookeeper.stop();
  });

  it('writes what was typed, again and again, without a question', async () => {
    await zookeeper.kazoo.create('/plain', 'one');
    const document = await open('/plain');
    for (const text of ['two', 'three\n', 'naïve 日本語 🙂', '']) {
      await type(document, text);
      assert.equal(await document.save(), true);
      assert.equal(document.isDirty, false);
      assert.equal(await serverText('/plain'), text);
    }
    assert.equal((await zookeeper.kazoo.get('/plain')).stat.version, 4);
  });

  it('never overwrites a change of the same length that it has not shown', async () => {
    await zookeeper.kazoo.create('/conflict', 'aaaa');
    const document = await open('/conflict');
    await type(document, 'mine');
    await zookeeper.kazoo.set('/conflict', 'them');
    const asked = await answering([undefined], () => document.save());
    assert.match(
      asked[0] ?? '',
      /\/conflict was changed since you opened it: yours is version 0, now it is 1/,
    );
    assert.equal(document.isDirty, true);
    assert.equal(await serverText('/conflict'), 'them');
  });

  it('asks once and in the same way when the length differs, and after a revert not at all', async () => {
    await zookeeper.kazoo.create('/length', 'aaaa');
    const document = await open('/length');
    await type(document, 'mine');
    await zookeeper.kazoo.set('/length', 'a longer one');
    const asked = await answering(['Overwrite'], () => document.save());
    assert.match(asked[0] ?? '', /yours is version 0, now it is 1/);
    assert.equal(await serverText('/length'), 'mine');

    await type(document, 'mine again');
    await zookeeper.kazoo.set('/length', 'theirs');
    await revert(document);
    assert.equal(document.getText(), 'theirs');
    await type(document, 'mine after all');
    assert.equal(await document.save(), true);
    assert.equal(await serverText('/length'), 'mine after all');
  });

  it('overwrites a foreign change when the user says so, and reverts when the user says so', async () => {
    await zookeeper.kazoo.create('/decide', 'aaaa');
    const document = await open('/decide');
    await type(document, 'mine');
    await zookeeper.kazoo.set('/decide', 'them');
    await answering(['Overwrite'], () => document.save());
    assert.equal(document.isDirty, false);
    assert.equal(await serverText('/decide'), 'mine');

    await type(document, 'more');
    await zookeeper.kazoo.set('/decide', 'them');
    await answering(['Revert'], () => document.save());
    await until('their text is shown', () => document.getText() === 'them' && !document.isDirty);
    assert.equal(await serverText('/decide'), 'them');
  });

  it('compares: the text of the server beside the unsaved one, which stays', async () => {
    await zookeeper.kazoo.create('/compared', 'aaaa');
    const document = await open('/compared');
    await type(document, 'mine');
    await zookeeper.kazoo.set('/compared', 'them');
    await answering(['Compare'], () => document.save());
    await until('a diff editor is open', () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff && input.modified.path === '/compared';
    });
    assert.equal(document.getText(), 'mine');
    assert.equal(await serverText('/compared'), 'them');
  });

  it('is not misled by others that read while the text is unsaved', async () => {
    await zookeeper.kazoo.create('/foreign', 'aaaa');
    const document = await open('/foreign');
    await type(document, 'mine');
    await zookeeper.kazoo.set('/foreign', 'them');
    assert.equal((await fs.readFile(document.uri)).toString(), 'them');
    const asked = await answering([undefined], () => document.save());
    assert.equal(asked.length, 1);
    assert.equal(await serverText('/foreign'), 'them');
  });

  it('tells a znode from its successor', async () => {
    await zookeeper.kazoo.create('/reborn', 'aaaa');
    const document = await open('/reborn');
    await type(document, 'mine');
    await zookeeper.kazoo.delete('/reborn');
    await zookeeper.kazoo.create('/reborn', 'them');
    const asked = await answering([undefined], () => document.save());
    assert.match(asked[0] ?? '', /deleted and created again/);
    assert.equal(await serverText('/reborn'), 'them');
  });

  it('creates a deleted znode again only when asked to', async () => {
    await zookeeper.kazoo.create('/gone', 'aaaa');
    const document = await open('/gone');
    await type(document, 'mine');
    await zookeeper.kazoo.delete('/gone');
    await answering([undefined], () => document.save());
    assert.equal(await zookeeper.kazoo.exists('/gone'), undefined);
    assert.equal(document.isDirty, true);
    await answering(['Create Again'], () => document.save());
    assert.equal(await serverText('/gone'), 'mine');
    assert.equal(document.isDirty, false);
  });

  it('does not let auto save write', async () => {
    await zookeeper.kazoo.create('/auto', 'aaaa');
    const document = await open('/auto');
    await setting('files.autoSaveDelay', 50);
    await setting('files.autoSave', 'afterDelay');
    const saved: number[] = [];
    const listener = vscode.workspace.onWillSaveTextDocument(({ reason }) => saved.push(reason));
    try {
      await type(document, 'half a text');
      await until('auto save tried', () => saved.length > 0);
      assert.ok(!saved.includes(vscode.TextDocumentSaveReason.Manual));
      await setting('files.autoSave', 'off');
      assert.equal(await serverText('/auto'), 'aaaa');
      assert.equal(document.isDirty, true);
      assert.equal(await document.save(), true);
      assert.equal(await serverText('/auto'), 'half a text');
    } finally {
      listener.dispose();
      await setting('files.autoSave', 'off');
      await setting('files.autoSaveDelay', undefined);
    }
  });

  it('shows what VS Code changes while saving before the first time, and remembers', async () => {
    await setting('files.insertFinalNewline', true);
    await setting('files.trimTrailingWhitespace', true);
    try {
      await zookeeper.kazoo.create('/actions');
      await zookeeper.kazoo.create('/actions/config', 'a  \nb');
      const document = await open('/actions/config');
      await type(document, 'a  \nb2');
      const asked = await answering(['Save Without'], () => document.save());
      assert.match(asked[0] ?? '', /insertFinalNewline/);
      assert.match(asked[0] ?? '', /Spaces at line ends were removed in 1 lines/);
      assert.equal(await serverText('/actions/config'), 'a  \nb2');
      await until('the text is what was written', () => document.getText() === 'a  \nb2');

      await type(document, 'a  \nb3');
      assert.deepEqual(await answering([], () => document.save()), []);
      assert.equal(await serverText('/actions/config'), 'a  \nb3');

      await vscode.commands.executeCommand('zookeeperWorkbench.save.forgetChoices');
      await until('the text is what was written', () => document.getText() === 'a  \nb3');
      await type(document, 'a  \nb4');
      await answering(['Save With Changes'], () => document.save());
      assert.equal(await serverText('/actions/config'), 'a\nb4\n');
    } finally {
      await setting('files.insertFinalNewline', undefined);
      await setting('files.trimTrailingWhitespace', undefined);
      await vscode.commands.executeCommand('zookeeperWorkbench.save.forgetChoices');
    }
  });

  it('does not write a text that is open in another encoding', async () => {
    await setting('files.encoding', 'windows1252');
    try {
      await zookeeper.kazoo.create('/encoded', 'é');
      const document = await open('/encoded');
      await type(document, `${document.getText()}!`);
      assert.equal(await document.save(), false);
      assert.equal(await serverText('/encoded'), 'é');
    } finally {
      await setting('files.encoding', undefined);
    }
  });

  it('opens what would not survive an editor for reading only', async () => {
    await zookeeper.kazoo.create('/mixed', 'a\r\nb\nc');
    await zookeeper.kazoo.create('/binary', Buffer.from([0, 1, 2, 255]));
    await zookeeper.kazoo.create('/text', 'a\nb');
    const isReadOnly = async (path: string, connection = 'save'): Promise<boolean> =>
      (await fs.stat(znode(connection, path))).permissions === vscode.FilePermission.Readonly;
    assert.equal(await isReadOnly('/mixed'), true);
    assert.equal(await isReadOnly('/binary'), true);
    assert.equal(await isReadOnly('/text'), false);
    assert.equal(await isReadOnly('/text', 'readonly'), true);
  });

  it('refuses what the server would refuse, with the reason', async () => {
    await zookeeper.kazoo.create('/large', 'aaaa');
    await zookeeper.kazoo.create('/denied', 'aaaa', { acl: NO_WRITE });
    await fs.readFile(znode('save', '/large'));
    const large = await fileError(
      fs.writeFile(znode('save', '/large'), Buffer.alloc(1_100_000, 97)),
    );
    assert.match(large.message, /jute.maxbuffer/);
    await fs.readFile(znode('save', '/denied'));
    const denied = await fileError(fs.writeFile(znode('save', '/denied'), Buffer.from('x')));
    assert.match(denied.message, /access list does not permit/);
    const readonly = await fileError(fs.writeFile(znode('readonly', '/large'), Buffer.from('x')));
    assert.equal(readonly.code, 'NoPermissions');
    assert.equal(await serverText('/large'), 'aaaa');
    assert.equal(await serverText('/denied'), 'aaaa');
  });

  it('asks before it writes for somebody who has not read', async () => {
    await zookeeper.kazoo.create('/unread', 'aaaa');
    const asked = await answering([undefined], () =>
      fileError(fs.writeFile(znode('save', '/unread'), Buffer.from('blind'))),
    );
    assert.match(asked[0] ?? '', /not known which version/);
    assert.equal(await serverText('/unread'), 'aaaa');
  });
});
