import { PERMISSIONS } from '../domain/znode/acl';
import { ZkError, type ZkErrorCode } from '../zk/errors';
import type { JuteReader } from '../zk/engine/juteReader';
import { AddWatchMode, OpCode, WatcherType } from '../zk/engine/protocol';
import { readStrings, writeAcl } from '../zk/engine/records';
import { requirePermission, visibleAcl } from './access';
import { readChange, readSetAcl, type Change, type WriteReply } from './changes';
import type { Database } from './database';
import { multi, multiRead } from './multi';
import { writeStat, writeStrings } from './replyRecords';
import type { Watcher } from './watchTable';
import type { WatcherKind } from './watches';
import { nodeAt, type Caller } from './writes';
import { statOf, type Znode } from './znode';

/** A caller whom watches can tell of events. */
export type Client = Caller & Watcher;

type Handler = (db: Database, client: Client, r: JuteReader) => WriteReply;

/** The requests of a session, by operation code. */
const HANDLERS: ReadonlyMap<number, Handler> = new Map<number, Handler>([
  ...[OpCode.create, OpCode.create2, OpCode.createContainer, OpCode.createTTL].map(change),
  ...[OpCode.delete, OpCode.setData, OpCode.check].map(change),
  [OpCode.setACL, (db, client, r) => commit(db, client, readSetAcl(r))],
  [OpCode.multi, multi],
  [OpCode.multiRead, multiRead],
  [OpCode.exists, exists],
  [OpCode.getData, getData],
  [OpCode.getACL, getAcl],
  [OpCode.getChildren, (db, client, r) => listing(db, client, r, false)],
  [OpCode.getChildren2, (db, client, r) => listing(db, client, r, true)],
  [OpCode.getAllChildrenNumber, countDescendants],
  [OpCode.getEphemerals, getEphemerals],
  [OpCode.sync, sync],
  [OpCode.whoAmI, whoAmI],
  [OpCode.addWatch, addWatch],
  [OpCode.checkWatches, (db, _, r) => onWatches(r, (path, kind) => db.watches.has(path, kind))],
  [
    OpCode.removeWatches,
    (db, client, r) => onWatches(r, (path, kind) => db.watches.remove(path, client, kind)),
  ],
  [OpCode.setWatches, (db, client, r) => setWatches(db, client, r, false)],
  [OpCode.setWatches2, (db, client, r) => setWatches(db, client, r, true)],
  [OpCode.reconfig, refuse('ReconfigDisabled')],
  [OpCode.ping, () => () => {}],
]);

/** What answers an operation; undefined for those that this server does not have. */
export function handlerOf(opCode: number): Handler | undefined {
  return HANDLERS.get(opCode);
}

function change(opCode: number): [number, Handler] {
  return [opCode, (db, client, r) => commit(db, client, readChange(opCode, r))];
}

function commit(db: Database, client: Client, made: Change): WriteReply {
  return db.commit((tx) => made(db.tree, tx, client));
}

function exists(db: Database, client: Client, r: JuteReader): WriteReply {
  const [path, watch] = [r.string(), r.bool()];
  if (path.includes('\0')) throw new ZkError('BadArguments', 'a path holds no NUL');
  if (watch) db.watches.data.add(path, client, 'oneShot');
  const stat = statOf(nodeAt(db.tree, path));
  return (w) => writeStat(w, stat);
}

function getData(db: Database, client: Client, r: JuteReader): WriteReply {
  const [path, watch] = [r.string(), r.bool()];
  const node = readable(db, client, path);
  if (watch) db.watches.data.add(path, client, 'oneShot');
  return (w) => {
    w.bytes(node.data);
    writeStat(w, statOf(node));
  };
}

function getAcl(db: Database, client: Client, r: JuteReader): WriteReply {
  const node = readable(db, client, r.string(), PERMISSIONS.read | PERMISSIONS.admin);
  return (w) => {
    writeAcl(w, visibleAcl(node.acl, client.identities));
    writeStat(w, statOf(node));
  };
}

function listing(db: Database, client: Client, r: JuteReader, withStat: boolean): WriteReply {
  const [path, watch] = [r.string(), r.bool()];
  const node = readable(db, client, path);
  if (watch) db.watches.child.add(path, client, 'oneShot');
  return (w) => {
    writeStrings(w, node.children ?? []);
    if (withStat) writeStat(w, statOf(node));
  };
}

function countDescendants(db: Database, client: Client, r: JuteReader): WriteReply {
  const path = r.string();
  readable(db, client, path);
  const { count } = db.tree.sizeOf(path);
  return (w) => w.int(count - 1);
}

function getEphemerals(db: Database, client: Client, r: JuteReader): WriteReply {
  const prefix = r.string().trim();
  const paths = db.tree.ephemeralsOf(client.sessionId).filter((path) => path.startsWith(prefix));
  return (w) => writeStrings(w, paths);
}

/** There is one server only: it is always up to date. */
function sync(_: Database, __: Client, r: JuteReader): WriteReply {
  const path = r.string();
  return (w) => w.string(path);
}

function whoAmI(_: Database, { identities }: Client): WriteReply {
  return (w) =>
    w.vector(identities, ({ scheme, id }) => {
      w.string(scheme);
      w.string(id.split(':', 1)[0] ?? '');
    });
}

function addWatch(db: Database, client: Client, r: JuteReader): WriteReply {
  const [path, mode] = [r.string(), r.int()];
  const known = keyOf(AddWatchMode, mode);
  db.watches.addPersistent(path, client, known);
  return (w) => w.int(0);
}

/** @param found whether there was such a watch */
function onWatches(r: JuteReader, found: (path: string, kind: WatcherKind) => boolean): WriteReply {
  const [path, type] = [r.string(), r.int()];
  if (!found(path, keyOf(WatcherType, type))) throw new ZkError('NoWatcher', 'no such watch');
  return () => {};
}

function setWatches(
  db: Database,
  client: Client,
  r: JuteReader,
  withPersistent: boolean,
): WriteReply {
  const seen = r.long();
  const [data, exist, child] = [readStrings(r), readStrings(r), readStrings(r)];
  const persistent = withPersistent ? readStrings(r) : [];
  const recursive = withPersistent ? readStrings(r) : [];
  db.watches.restore(db.tree, client, seen, { data, exist, child, persistent, recursive });
  return () => {};
}

/** The znode at a path; throws `NoNode`, or `NoAuth` unless one of the permissions is given. */
export function readable(
  db: Database,
  { identities }: Pick<Client, 'identities'>,
  path: string,
  permissions: number = PERMISSIONS.read,
): Znode {
  const node = nodeAt(db.tree, path);
  requirePermission(node.acl, permissions, identities);
  return node;
}

function refuse(code: ZkErrorCode): Handler {
  return () => {
    throw new ZkError(code, 'not in a sandbox');
  };
}

function keyOf<K extends string>(numbers: Readonly<Record<K, number>>, value: number): K {
  const found = (Object.keys(numbers) as K[]).find((key) => numbers[key] === value);
  if (found === undefined) throw new ZkError('MarshallingError', `${value} is none of the kinds`);
  return found;
}
