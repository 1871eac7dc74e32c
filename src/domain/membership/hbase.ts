import { baseName } from '../znode/path';
import { addressOf } from './address';
import { type ChildInput, type Draft, type MembershipInput } from './member';

export const HBASE_NAME = /^([^,]+),(\d{1,5}),(\d{1,19})$/;

/** A region server: `host,port,startcode` below `rs`, or below `draining` (`ZNodePaths`). */
export function parseHBaseServer({ name }: ChildInput, { path }: MembershipInput): Draft | string {
  const [, host, port] = HBASE_NAME.exec(name) ?? [];
  const address = addressOf(host, port);
  if (address === undefined) return 'is no server name such as host,16020,1700000000000';
  return { address, state: baseName(path) === 'draining' ? 'draining' : undefined };
}
