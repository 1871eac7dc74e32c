import { PERMISSIONS, type AclEntry } from '../../domain/znode/acl';
import { permits, type Identity } from './permission';

export interface Loss {
  readonly permission: 'admin' | 'read';
  /** False when it can't be told from here whether we keep it. */
  readonly isCertain: boolean;
}

/**
 * What a new ACL takes from ourselves: without ADMIN it can't be changed again, without READ not even
 * be seen.
 * @param who what `whoAmI` answered; undefined where the server doesn't know that request
 */
export function lossesBy(
  before: readonly AclEntry[],
  after: readonly AclEntry[],
  who: readonly Identity[] | undefined,
): Loss[] {
  const losses: Loss[] = [];
  const resolved = resolve(before, after, who);
  for (const permission of ['admin', 'read'] as const) {
    const bit = PERMISSIONS[permission];
    if (permits(before, bit, who) === false) continue;
    const keeps = permits(resolved, bit, who);
    if (keeps !== true) losses.push({ permission, isCertain: keeps === false });
  }
  return losses;
}

/** Whether the server knows more of us than where we come from, so that `auth` stands for somebody. */
export function isAuthenticated(who: readonly Identity[]): boolean {
  return who.some(({ scheme }) => scheme !== 'ip' && scheme !== 'world');
}

/** As the server will store it, with what can't be told to be us made unknown. */
function resolve(
  before: readonly AclEntry[],
  after: readonly AclEntry[],
  who: readonly Identity[] | undefined,
): AclEntry[] {
  return after.flatMap((entry): AclEntry[] => {
    if (entry.scheme === 'auth') {
      // Each of our identities takes its place; one that nobody can name still is ours.
      const mine = who?.filter(({ scheme }) => scheme !== 'ip' && scheme !== 'world');
      // Left without an entry, the list would mean that there is no restriction.
      if (mine?.length === 0) return [{ ...entry, permissions: 0 }];
      return (mine ?? [{ scheme: 'world', user: 'anyone' }]).map(({ scheme, user }) => ({
        ...{ scheme, id: user, permissions: entry.permissions },
      }));
    }
    return [isNewPassword(before, entry) ? { ...entry, scheme: 'unknown' } : entry];
  });
}

/** A user whose hash was another one: perhaps not our password any more. */
function isNewPassword(before: readonly AclEntry[], { scheme, id }: AclEntry): boolean {
  if (scheme !== 'digest') return false;
  const [user = ''] = id.split(':', 1);
  const known = before.filter((old) => old.scheme === 'digest' && old.id.startsWith(`${user}:`));
  return known.length > 0 && !known.some((old) => old.id === id);
}
