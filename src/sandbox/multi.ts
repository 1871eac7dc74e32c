import { PERMISSIONS } from '../domain/znode/acl';
import { serverCodeOf, ZkError } from '../zk/errors';
import type { JuteReader } from '../zk/engine/juteReader';
import type { JuteWriter } from '../zk/engine/juteWriter';
import { OpCode } from '../zk/engine/protocol';
import { requirePermission } from './access';
import type { Database } from './database';
import { readChange, type Change, type WriteReply } from './changes';
import { writeStat, writeStrings } from './replyRecords';
import { nodeAt, type Caller } from './writes';
import { statOf } from './znode';

/** Requests of several steps (`MultiOperationRecord`, `MultiResponse`). */

const AFTER_FAILURE = serverCodeOf('RuntimeInconsistency') ?? 0;
const ALL = -1;

/** Makes all changes or none. A failure is told step by step, not in the reply's header. */
export function multi(db: Database, caller: Caller, r: JuteReader): WriteReply {
  const changes: { readonly opCode: number; readonly change: Change }[] = [];
  readSteps(r, (opCode) => changes.push({ opCode, change: readChange(opCode, r) }));
  const replies: WriteReply[] = [];
  try {
    db.commit((tx) => {
      for (const { opCode, change } of changes) {
        const body = change(db.tree, tx, caller);
        replies.push((w) => writeResult(w, resultType(opCode), body));
      }
    });
  } catch (error) {
    const failed = replies.length;
    const code = codeOf(error);
    return (w) => {
      for (const index of changes.keys()) {
        writeError(w, index < failed ? 0 : index === failed ? code : AFTER_FAILURE);
      }
      writeHeader(w, ALL, true, ALL);
    };
  }
  return finished(replies);
}

/** Reads one by one, each with its own outcome. */
export function multiRead(db: Database, caller: Caller, r: JuteReader): WriteReply {
  const replies: WriteReply[] = [];
  const steps: { readonly opCode: number; readonly path: string }[] = [];
  readSteps(r, (opCode) => {
    if (opCode !== OpCode.getData && opCode !== OpCode.getChildren) throw notAStep(opCode);
    steps.push({ opCode, path: r.string() });
    r.bool();
  });
  for (const { opCode, path } of steps) {
    try {
      const node = nodeAt(db.tree, path);
      requirePermission(node.acl, PERMISSIONS.read, caller.identities);
      replies.push((w) =>
        writeResult(w, opCode, () => {
          if (opCode === OpCode.getChildren) return writeStrings(w, node.children ?? []);
          w.bytes(node.data);
          writeStat(w, statOf(node));
        }),
      );
    } catch (error) {
      const code = codeOf(error);
      replies.push((w) => writeError(w, code));
    }
  }
  return finished(replies);
}

function readSteps(r: JuteReader, read: (opCode: number) => void): void {
  for (;;) {
    const opCode = r.int();
    const done = r.bool();
    r.int();
    if (done) return;
    read(opCode);
  }
}

/** Every creation but the oldest answers with a stat. */
function resultType(opCode: number): number {
  const creates: number[] = [OpCode.createContainer, OpCode.createTTL];
  return creates.includes(opCode) ? OpCode.create2 : opCode;
}

function finished(replies: readonly WriteReply[]): WriteReply {
  return (w) => {
    for (const reply of replies) reply(w);
    writeHeader(w, ALL, true, ALL);
  };
}

function writeResult(w: JuteWriter, type: number, body: WriteReply): void {
  writeHeader(w, type, false, 0);
  body(w);
}

function writeError(w: JuteWriter, code: number): void {
  writeHeader(w, OpCode.error, false, code);
  w.int(code);
}

function writeHeader(w: JuteWriter, type: number, done: boolean, code: number): void {
  w.int(type);
  w.bool(done);
  w.int(code);
}

/** The server's code of a refusal; anything else is our own failure. */
function codeOf(error: unknown): number {
  const code = error instanceof ZkError ? serverCodeOf(error.code) : undefined;
  if (code === undefined) throw error;
  return code;
}

function notAStep(opCode: number): ZkError {
  return new ZkError('MarshallingError', `${opCode} is no step of such a request`);
}
