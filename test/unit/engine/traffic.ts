import { readFileSync } from 'node:fs';
import { multi, multiRead } from '../../../src/zk/engine/multi';
import type { Operation } from '../../../src/zk/engine/operation';
import * as znodes from '../../../src/zk/engine/operations';
import { getEphemerals, whoAmI } from '../../../src/zk/engine/sessionOperations';

/** What a 3.8.0 server answered (`test/tools/recordTraffic.ts`), body by operation. */
const recorded = JSON.parse(
  readFileSync(new URL('../../fixtures/zookeeperReplies.json', import.meta.url), 'utf8'),
) as Record<string, string>;

export function body(name: string): Buffer {
  const hex = recorded[name];
  if (hex === undefined) throw new Error(`nothing recorded as ${name}`);
  return Buffer.from(hex, 'hex');
}

export interface Sample {
  readonly name: string;
  readonly operation: Operation<unknown, unknown>;
  readonly args: unknown;
  readonly reply: Buffer;
}

const sample = <A, R>(name: string, operation: Operation<A, R>, args: A): Sample => ({
  name,
  operation: operation,
  args,
  reply: body(name),
});

const a = { path: '/a' };
export const samples: readonly Sample[] = [
  sample('create', znodes.createOf('persistent'), {
    ...a,
    data: new Uint8Array(0),
    acl: [],
    mode: 'persistent',
  }),
  sample('getData', znodes.getData, { ...a, watch: true }),
  sample('exists', znodes.exists, { ...a, watch: true }),
  sample('setData', znodes.setData, { ...a, data: new Uint8Array(0), version: -1 }),
  sample('getAcl', znodes.getAcl, a),
  sample('getChildren', znodes.getChildren, { ...a, watch: true }),
  sample('multi', multi, []),
  sample('multiRead', multiRead, []),
  sample('whoAmI', whoAmI, undefined),
  sample('getEphemerals', getEphemerals, a),
  sample('countDescendants', znodes.countDescendants, a),
];

/** A message with its length before it. */
export function frame(...parts: Uint8Array[]): Buffer {
  const message = Buffer.concat(parts);
  const length = Buffer.alloc(4);
  length.writeInt32BE(message.length);
  return Buffer.concat([length, message]);
}

export function replyHeader(xid: number, code = 0, zxid = 99n): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32BE(xid, 0);
  header.writeBigInt64BE(zxid, 4);
  header.writeInt32BE(code, 12);
  return header;
}
