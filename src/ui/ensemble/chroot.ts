import { parsePath, type ZPath } from '../../domain/znode/path';
import { parseConnectString } from '../../zk/connectString';
import type { Reach } from '../../zk/sessions';

/** The servers know whole paths, a connection those below its chroot; undefined for all others. */
export function withoutChroot(
  full: string,
  { connectString }: Pick<Reach, 'connectString'>,
): ZPath | undefined {
  const parsed = parseConnectString(connectString);
  const chroot = 'kind' in parsed ? '' : parsed.chroot;
  const path = full === chroot ? '/' : full.startsWith(`${chroot}/`) && full.slice(chroot.length);
  return path === false ? undefined : parsePath(path);
}
