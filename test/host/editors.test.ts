import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { connect, definePresets, disconnect, znode } from './support/connections';
import { startZooKeeper, type ZooKeeper } from './support/tools';
import { closeEditors, until } from './support/waiting';

async function open(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(znode('editors', path));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

async function append(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.positionAt(document.getText().length), text);
  await vscode.workspace.applyEdit(edit);
}

function setAutoSave(value: 'off' | 'afterDelay'): Thenable<void> {
  const settings = vscode.workspace.getConfiguration('files');
  return settings.update('autoSave', value, vscode.ConfigurationTarget.Workspace);
}

describe('znodes in editors', () => {
  let zookeeper: ZooKeeper;

  before(async () => {
    zookeeper = await startZooKeeper();
    await definePresets([{ id: 'editors', connectString: zookeeper.server.connectString }]);
    await connect('editors');
  });
  afterEach(closeEditors);
  after(async () => {
    await disconnect('editors');
    await definePresets(undefined);
    await zookeeper.stop();
  });

  it('show each new value, of the same length too', async () => {
    await zookeeper.kazoo.create('/live', 'aaaa');
    const document = await open('/live');
    for (const value of ['bbbb', 'longer than that', '']) {
      await zookeeper.kazoo.set('/live', value);
      await until(`"${value}" is shown`, () => document.getText() === value, 2_000);
    }
    assert.equal(document.isDirty, false);
  });

  it('show what is there again after the znode was deleted and created anew', async () => {
    await zookeeper.kazoo.create('/phoenix', 'before');
    const document = await open('/phoenix');
    await zookeeper.kazoo.delete('/phoenix');
    await zookeeper.kazoo.create('/phoenix', 'after');
    await until('the new value is shown', () => document.getText() === 'after');
  });

  it('catch up with what was written while the connection was closed', async () => {
    await zookeeper.kazoo.create('/missed', 'before');
    const document = await open('/missed');
    await disconnect('editors');
    await zookeeper.kazoo.set('/missed', 'meanwhile');
    await connect('editors');
    await until('the new value is shown', () => document.getText() === 'meanwhile');
    await zookeeper.kazoo.set('/missed', 'afterwards');
    await until('it is live again', () => document.getText() === 'afterwards', 2_000);
  });

  it('show the root', async () => {
    await zookeeper.kazoo.set('/', 'of the root');
    const document = await open('/');
    assert.equal(document.getText(), 'of the root');
  });

  it('show binary data as a hex listing', async () => {
    await zookeeper.kazoo.create(
      '/binary',
      Uint8Array.from({ length: 20 }, (_, i) => i * 13),
    );
    const document = await open('/binary');
    assert.match(document.lineAt(0).text, /^0+ +00 0d 1a 27/);
    assert.equal(document.languageId, 'plaintext');
  });

  it('show a part of large data until all of it is asked for', async () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => `line ${i}`).join('\n');
    await zookeeper.kazoo.create('/large', lines);
    const document = await open('/large');
    assert.ok(lines.startsWith(document.getText()));
    assert.ok(document.getText().length <= 256 * 1024);
    await vscode.commands.executeCommand('zookeeperWorkbench.znode.loadAll', document.uri);
    await until('all is shown', () => document.getText() === lines);
    await zookeeper.kazoo.set('/large', `${lines}\nand more`);
    await until('all of the next value is shown', () => document.getText().endsWith('and more'));
  });

  const LANGUAGES = [
    ['app.json', '{}', 'json'],
    ['app.yaml', 'a: 1', 'yaml'],
    ['log4j.properties', 'a=b', 'properties'],
    ['web.xml', '<a/>', 'xml'],
    ['start.sh', 'ls', 'shellscript'],
    ['json-inside', '{"a": 1}', 'json'],
    ['yaml-inside', 'a: 1\nb:\n  - c\n', 'yaml'],
    ['xml-inside', '<?xml version="1.0"?>\n<a></a>', 'xml'],
    ['properties-inside', 'a.b=1\nc.d=2\n', 'properties'],
    ['shell-inside', '#!/bin/sh\nls\n', 'shellscript'],
    ['text-inside', 'just a sentence.', 'plaintext'],
  ] as const;
  it('get the language of the name, else of the content', async () => {
    await zookeeper.kazoo.create('/languages');
    for (const [name, data, language] of LANGUAGES) {
      await zookeeper.kazoo.create(`/languages/${name}`, data);
      const { uri } = await open(`/languages/${name}`);
      const languageOf = () =>
        vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString())
          ?.languageId;
      await until(`${name} is ${language}`, () => languageOf() === language);
    }
  });

  for (const autoSave of ['off', 'afterDelay'] as const) {
    it(`write nothing with auto save ${autoSave}`, async () => {
      await setAutoSave(autoSave);
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder);
      const path = `/typed-${autoSave}`;
      await zookeeper.kazoo.create(path, 'clean');
      const document = await open(path);
      await append(document, ' and typed');

      // A file beside it proves that auto save had its time, or that it was really off.
      const file = vscode.Uri.joinPath(folder.uri, `${autoSave}.txt`);
      await vscode.workspace.fs.writeFile(file, new Uint8Array());
      const beside = await vscode.workspace.openTextDocument(file);
      await vscode.window.showTextDocument(beside, { viewColumn: vscode.ViewColumn.Beside });
      await append(beside, 'typed');
      if (autoSave === 'afterDelay') await until('the file is saved', () => !beside.isDirty);
      else assert.ok(beside.isDirty);
      await beside.save();

      assert.equal(await document.save().then(undefined, () => false), false);
      const { data, stat } = await zookeeper.kazoo.get(path);
      assert.equal(data.toString(), 'clean');
      assert.equal(stat.version, 0);
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await setAutoSave('off');
    });
  }
});
