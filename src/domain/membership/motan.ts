import { baseName } from '../znode/path';
import { parseAddress } from './address';
import { type ChildInput, type Draft, type MembershipInput } from './member';

/**
 * A Motan server: its name is `host:port` (`ZkUtils.toNodePath`). It starts below
 * `unavailableServer` and moves to `server` when it takes requests.
 */
export function parseMotanServer({ name }: ChildInput, { path }: MembershipInput): Draft | string {
  const address = parseAddress(name);
  if (address === undefined) return 'is no host:port';
  return { address, state: baseName(path) === 'unavailableServer' ? 'down' : undefined };
}
