import * as assert from 'node:assert/strict';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { connect, definePresets, disconnect, znode } from './support/connections';
import { startZooKeeper, type ZooKeeper } from './support/tools';
import { closeEditors, until } from './support/waiting';

const CONNECTION = 'values';
const JSON_TEXT = '{\n  "größe": 1\n}\n';

async function open(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(znode(CONNECTION, path));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** VS Code makes another document of a text whose language is set. */
function languageOf({ uri }: vscode.TextDocument): string | undefined {
  const { textDocuments } = vscode.workspace;
  return textDocuments.find((one) => one.uri.toString() === uri.toString())?.languageId;
}

async function lensesOf({ uri }: vscode.TextDocument): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
    10,
  );
  return lenses.map(({ command }) => command?.title ?? '');
}

async function isReadOnly(path: string): Promise<boolean> {
  const { permissions } = await vscode.workspace.fs.stat(znode(CONNECTION, path));
  return permissions === vscode.FilePermission.Readonly;
}

async function edit(document: vscode.TextDocument, text: string): Promise<void> {
  const change = new vscode.WorkspaceEdit();
  const end = document.positionAt(document.getText().length);
  change.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), text);
  await vscode.workspace.applyEdit(change);
}

function setDecoders(decoders: readonly object[] | undefined): Thenable<void> {
  return vscode.workspace
    .getConfiguration('zookeeperWorkbench')
    .update('values.decoders', decoders, vscode.ConfigurationTarget.Workspace);
}

describe('values', () => {
  let zookeeper: ZooKeeper;

  before(async () => {
    zookeeper = await startZooKeeper();
    const { connectString } = zookeeper.server;
    await definePresets([{ id: CONNECTION, connectString, readOnly: false }]);
    await connect(CONNECTION);
    await setDecoders([
      { pattern: '/encoded/**', chain: ['base64', 'gzip'], language: 'yaml' },
      { pattern: '/chinese', charset: 'gb18030' },
      { pattern: '/*.bin', language: 'hex' },
      { pattern: '/wrong', chain: ['zlib'] },
    ]);
    await zookeeper.kazoo.create('/encoded', '');
  });
  afterEach(closeEditors);
  after(async () => {
    await setDecoders(undefined);
    await disconnect(CONNECTION);
    await definePresets(undefined);
    await zookeeper.stop();
  });

  it('in gzip open as text in their language', async () => {
    await zookeeper.kazoo.create('/zipped', gzipSync(JSON_TEXT));
    const document = await open('/zipped');
    assert.equal(document.getText(), JSON_TEXT);
    await until('it is JSON', () => languageOf(document) === 'json');
    assert.deepEqual(await lensesOf(document), ['gzip → UTF-8 JSON']);
    assert.equal(await isReadOnly('/zipped'), false);
  });

  it('go back through gzip when they are saved', async () => {
    await zookeeper.kazoo.create('/saved', gzipSync('a: 1\nb: 2\n', { level: 1 }));
    const document = await open('/saved');
    await edit(document, 'a: 1\nb: ä\n');
    assert.equal(await document.save(), true);
    const { data } = await zookeeper.kazoo.get('/saved');
    assert.equal(gunzipSync(data).toString(), 'a: 1\nb: ä\n');
  });

  it('are unwrapped and coloured as the setting says', async () => {
    const data = gzipSync('just a sentence').toString('base64');
    await zookeeper.kazoo.create('/encoded/one', data);
    await zookeeper.kazoo.create('/beside', data);
    const document = await open('/encoded/one');
    assert.equal(document.getText(), 'just a sentence');
    await until('it is YAML', () => languageOf(document) === 'yaml');
    assert.deepEqual(await lensesOf(document), ['base64 → gzip → UTF-8 YAML']);
    assert.equal((await open('/beside')).getText(), data);

    await zookeeper.kazoo.create('/chinese', Uint8Array.of(0xd6, 0xd0, 0xce, 0xc4));
    const chinese = await open('/chinese');
    assert.equal(chinese.getText(), '中文');
    assert.deepEqual(await lensesOf(chinese), ['gb18030']);
    await edit(chinese, '文中');
    assert.equal(await chinese.save(), true);
    const { data: saved } = await zookeeper.kazoo.get('/chinese');
    assert.deepEqual([...saved], [0xce, 0xc4, 0xd6, 0xd0]);

    await zookeeper.kazoo.create('/text.bin', 'text');
    assert.match((await open('/text.bin')).getText(), /^00000000 {2}74 65 78 74/);
  });

  it('are not written when their encoding lacks a character', async () => {
    await zookeeper.kazoo.create('/encoded/two', gzipSync('a').toString('base64'));
    await setDecoders([{ pattern: '/latin', charset: 'latin1' }]);
    await zookeeper.kazoo.create('/latin', Uint8Array.of(0x67, 0x72, 0xfc, 0x6e));
    const document = await open('/latin');
    assert.equal(document.getText(), 'grün');
    await edit(document, 'grün 中');
    assert.equal(await document.save().then(undefined, () => false), false);
    const { data, stat } = await zookeeper.kazoo.get('/latin');
    assert.deepEqual([...data], [0x67, 0x72, 0xfc, 0x6e]);
    assert.equal(stat.version, 0);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await setDecoders([{ pattern: '/wrong', chain: ['zlib'] }]);
  });

  for (const [name, data, reason] of [
    ['mixed', 'a\r\nb\nc', /^Read-only: its lines end in different ways/],
    ['wrong', 'plain', /^Read-only: not what the setting .* says: no zlib, or damaged$/],
    ['trailing', Buffer.concat([gzipSync('a'), Buffer.alloc(2)]), /bytes after the compressed/],
  ] as const) {
    it(`that would not come back as they are can't be edited, and say why: ${name}`, async () => {
      await zookeeper.kazoo.create(`/${name}`, data);
      const document = await open(`/${name}`);
      assert.match((await lensesOf(document)).at(-1) ?? '', reason);
      assert.equal(await isReadOnly(`/${name}`), true);
    });
  }

  it('of more than 16 MiB are not unpacked', async () => {
    await zookeeper.kazoo.create('/bomb', gzipSync(new Uint8Array(17 * 1024 * 1024)));
    const document = await open('/bomb');
    assert.match(document.getText(), /^00000000 {2}1f 8b 08/);
    assert.ok((await lensesOf(document)).includes('Shown as it is: gzip of more than 16.8 MB'));
  });

  it('are shown formatted beside, and stay as they are', async () => {
    await zookeeper.kazoo.create('/dense.json', '{"b":[1,2],"a":1.0}');
    const document = await open('/dense.json');
    await vscode.commands.executeCommand('zookeeperWorkbench.znode.showFormatted', document.uri);
    const shown = vscode.window.activeTextEditor?.document;
    assert.equal(shown?.uri.scheme, 'zkro');
    assert.equal(shown.getText(), '{\n  "b": [\n    1,\n    2\n  ],\n  "a": 1.0\n}\n');
    assert.equal(shown.languageId, 'json');
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    assert.equal(activeTab?.label, 'dense.json (formatted)');
    await zookeeper.kazoo.set('/dense.json', '[]');
    await until('it follows', () => shown.getText() === '[]\n');
    assert.equal(document.isDirty, false);
    assert.equal((await zookeeper.kazoo.get('/dense.json')).stat.version, 1);
  });

  it('are offered to the hex editor only where it is installed', async () => {
    await zookeeper.kazoo.create('/bytes', Uint8Array.of(0, 1, 2));
    const isInstalled = vscode.extensions.getExtension('ms-vscode.hexeditor') !== undefined;
    const document = await open('/bytes');
    assert.equal((await lensesOf(document)).includes('Open in Hex Editor'), isInstalled);
    const bytes = document.uri.with({ scheme: 'zkro', query: 'bytes' });
    assert.deepEqual([...(await vscode.workspace.fs.readFile(bytes))], [0, 1, 2]);
  });
});
