import { ZkError } from '../zk/errors';
import type { JuteReader } from '../zk/engine/juteReader';
import type { JuteWriter } from '../zk/engine/juteWriter';
import { OpCode } from '../zk/engine/protocol';
import { readAcl } from '../zk/engine/records';
import { writeStat } from './replyRecords';
import type { Transaction } from './transaction';
import type { DataTree } from './tree';
import { check, create, remove, setAcl, setData, type Caller, type CreateRequest } from './writes';

export type WriteReply = (w: JuteWriter) => void;

/** A change that was read from a request; it returns the body of its reply. */
export type Change = (tree: DataTree, tx: Transaction, caller: Caller) => WriteReply;

const nothing: WriteReply = () => {};

/** Reads a change, alone or as a step of a multi request; throws `MarshallingError`. */
export function readChange(opCode: number, r: JuteReader): Change {
  switch (opCode) {
    case OpCode.create:
    case OpCode.create2:
    case OpCode.createContainer:
    case OpCode.createTTL:
      return creation(opCode, readCreate(opCode, r));
    case OpCode.delete: {
      const request = { path: r.string(), version: r.int() };
      return (tree, tx, caller) => {
        remove(tree, tx, caller, request);
        return nothing;
      };
    }
    case OpCode.setData: {
      const request = { path: r.string(), data: r.bytes(), version: r.int() };
      return (tree, tx, caller) => {
        const stat = setData(tree, tx, caller, request);
        return (w) => writeStat(w, stat);
      };
    }
    case OpCode.check: {
      const request = { path: r.string(), version: r.int() };
      return (tree, _, caller) => {
        check(tree, caller, request);
        return nothing;
      };
    }
    default:
      throw new ZkError('MarshallingError', `operation ${opCode} is no change`);
  }
}

/** Not a step of a multi request, hence apart. */
export function readSetAcl(r: JuteReader): Change {
  const request = { path: r.string(), acl: readAcl(r), version: r.int() };
  return (tree, tx, caller) => {
    const stat = setAcl(tree, tx, caller, request);
    return (w) => writeStat(w, stat);
  };
}

function readCreate(opCode: number, r: JuteReader): CreateRequest {
  return {
    path: r.string(),
    data: r.bytes(),
    acl: readAcl(r),
    flags: r.int(),
    ttlMs: opCode === OpCode.createTTL ? r.long() : -1n,
  };
}

function creation(opCode: number, request: CreateRequest): Change {
  return (tree, tx, caller) => {
    const { path, stat } = create(tree, tx, caller, request);
    return (w) => {
      w.string(path);
      if (opCode !== OpCode.create) writeStat(w, stat);
    };
  };
}
