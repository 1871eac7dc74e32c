import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { connect, definePresets, disconnect, znode } from './support/connections';
import { startZooKeeper, type ZooKeeper } from './support/tools';
import { fileError } from './support/waiting';

const { fs } = vscode.workspace;
const NO_READ = [{ scheme: 'world', id: 'anyone', perms: 'cdwa' }];

/** Names that ZooKeeper takes and that URIs or file systems give a meaning. */
const NAMES = [
  'with spaces in it',
  'Größe 订单',
  '100%',
  '%2Fetc%2Fpasswd',
  'a+b&c=d;e,f',
  '?query=1#fragment',
  'back\\slash',
  'C:',
  '...',
  '$(alert)',
  'UPPER',
  'upper',
];

describe('znodes as files', () => {
  let zookeeper: ZooKeeper;

  before(async () => {
    zookeeper = await startZooKeeper();
    const { connectString } = zookeeper.server;
    await definePresets([
      { id: 'files', connectString },
      { id: 'closed', connectString },
    ]);
    await connect('files');
  });
  after(async () => {
    await disconnect('files');
    await definePresets(undefined);
    await zookeeper.stop();
  });

  it('have the times and the size of the znode and are read-only', async () => {
    await zookeeper.kazoo.create('/plain', 'one');
    const stat = await zookeeper.kazoo.set('/plain', 'three');
    const file = await fs.stat(znode('files', '/plain'));
    assert.equal(file.type, vscode.FileType.File);
    assert.equal(file.ctime, stat.ctime);
    assert.equal(file.mtime, stat.mtime);
    assert.equal(file.size, 5);
    assert.equal(file.permissions, vscode.FilePermission.Readonly);
  });

  it('have the data of the znode, the root too', async () => {
    await zookeeper.kazoo.create('/data', 'naïve');
    const data = await fs.readFile(znode('files', '/data'));
    assert.equal(new TextDecoder().decode(data), 'naïve');
    await zookeeper.kazoo.set('/', 'of the root');
    const root = await fs.readFile(vscode.Uri.parse('zk://files/'));
    assert.equal(new TextDecoder().decode(root), 'of the root');
  });

  it('cannot be written, deleted, renamed or created', async () => {
    await zookeeper.kazoo.create('/kept', 'as it is');
    const uri = znode('files', '/kept');
    const attempts = [
      fs.writeFile(uri, new Uint8Array([1])),
      fs.writeFile(znode('files', '/new'), new Uint8Array([1])),
      fs.delete(uri),
      fs.rename(uri, znode('files', '/renamed')),
      fs.createDirectory(znode('files', '/folder')),
    ];
    for (const attempt of attempts) {
      assert.equal((await fileError(attempt)).code, 'NoPermissions');
    }
    const { data, stat } = await zookeeper.kazoo.get('/kept');
    assert.equal(data.toString(), 'as it is');
    assert.equal(stat.version, 0);
    assert.equal(await zookeeper.kazoo.exists('/new'), undefined);
  });

  it('say why they cannot be read', async () => {
    await zookeeper.kazoo.create('/secret', 'x', { acl: NO_READ });
    const denied = await fileError(fs.readFile(znode('files', '/secret')));
    assert.equal(denied.code, 'NoPermissions');
    assert.match(denied.message, /\/secret: no READ permission; connected without credentials/);
    const missing = await fileError(fs.stat(znode('files', '/missing')));
    assert.equal(missing.code, 'FileNotFound');
  });

  it('are unavailable without a connection, and nothing connects by itself', async () => {
    const before = await zookeeper.server.mode();
    const error = await fileError(fs.readFile(znode('closed', '/data')));
    assert.equal(error.code, 'Unavailable');
    assert.match(error.message, /Connect to “closed”/);
    assert.equal((await fileError(fs.stat(znode('nobody', '/data')))).code, 'Unavailable');
    assert.equal(before, 'standalone');
  });

  it('keep any name from path to address and back', async () => {
    await zookeeper.kazoo.create('/names');
    for (const name of NAMES) {
      await zookeeper.kazoo.create(`/names/${name}`, name);
      const uri = znode('files', `/names/${name}`);
      for (const address of [uri, vscode.Uri.parse(uri.toString())]) {
        const data = await fs.readFile(address);
        assert.equal(new TextDecoder().decode(data), name);
      }
      const document = await vscode.workspace.openTextDocument(uri);
      assert.equal(document.getText(), name);
    }
  });
});

describe('connections of the workspace', () => {
  let zookeeper: ZooKeeper;

  before(async () => {
    zookeeper = await startZooKeeper();
    await zookeeper.kazoo.create('/here', 'yes');
  });
  after(async () => {
    await definePresets(undefined);
    await zookeeper.stop();
  });

  it('are there as long as its settings define them', async () => {
    const { connectString } = zookeeper.server;
    await definePresets([{ id: 'preset', connectString }]);
    await connect('preset');
    assert.equal((await fs.readFile(znode('preset', '/here'))).toString(), 'yes');
    await definePresets([]);
    assert.equal((await fileError(fs.readFile(znode('preset', '/here')))).code, 'Unavailable');
  });

  it('close when the settings point them elsewhere', async () => {
    const { connectString } = zookeeper.server;
    await definePresets([{ id: 'moving', connectString }]);
    await connect('moving');
    await fs.readFile(znode('moving', '/here'));
    await definePresets([{ id: 'moving', connectString: 'localhost:1' }]);
    assert.equal((await fileError(fs.readFile(znode('moving', '/here')))).code, 'Unavailable');
  });
});
