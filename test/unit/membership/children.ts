import { type ChildInput, type MembershipInput } from '../../../src/domain/membership/member';
import { parsePath } from '../../../src/domain/znode/path';

/** A child as it was read from a server. */
export function child(name: string, data?: string | Uint8Array, ephemeral = true): ChildInput {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  return {
    name,
    data: bytes,
    stat: {
      czxid: 1n,
      mzxid: 1n,
      pzxid: 1n,
      ctime: 0,
      mtime: 0,
      version: 0,
      cversion: 0,
      aversion: 0,
      ephemeralOwner: ephemeral ? 0x1000n : 0n,
      dataLength: bytes?.length ?? 0,
      numChildren: 0,
    },
  };
}

export function inputOf(path: string, children: readonly ChildInput[]): MembershipInput {
  const parsed = parsePath(path);
  if (parsed === undefined) throw new Error(`${path} is no path`);
  return { path: parsed, children };
}
