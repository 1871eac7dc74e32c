import type { AclEntry } from '../../domain/znode/acl';

export type Identity = { readonly scheme: string; readonly user: string };

/**
 * Whether an ACL lets us, as far as can be told from outside: `whoAmI` tells users, not passwords, and
 * servers may have schemes of their own. Undefined when it can't be told.
 * @param who what `whoAmI` answered; undefined where the server doesn't know that request
 */
export function permits(
  acl: readonly AclEntry[],
  permission: number,
  who: readonly Identity[] | undefined,
): boolean | undefined {
  const granting = acl.filter(({ permissions }) => (permissions & permission) !== 0);
  // An empty list is the server's word for "no restriction" (`PrepRequestProcessor.checkACL`).
  if (acl.length === 0 || granting.some(isAnyone)) return true;
  if (who === undefined) return granting.length === 0 ? false : undefined;
  if (who.some(({ scheme }) => scheme === 'super')) return true;
  // The super user of the digest scheme has no entry in any list.
  if (who.some(({ scheme, user }) => scheme === 'digest' && user === 'super')) return undefined;
  if (granting.some(({ scheme, id }) => who.some((me) => isUser(me, scheme, id)))) return true;
  const isTold = granting.every(({ scheme }) => TOLD_BY_NAME.has(scheme));
  return isTold ? false : undefined;
}

/**
 * Whether some of an ACL's ids are not the real ones: to those without ADMIN, servers since 3.5.5 and
 * 3.4.14 show `user:x` in the place of `user:hash`. Written back it would lock the user out.
 */
export function isMasked(acl: readonly AclEntry[]): boolean {
  return acl.some(({ scheme, id }) => scheme === 'digest' && /^[^:]*:x$/.test(id));
}

const TOLD_BY_NAME = new Set(['digest', 'sasl', 'x509', 'world']);

function isAnyone({ scheme, id }: AclEntry): boolean {
  return scheme === 'world' && id === 'anyone';
}

function isUser(me: Identity, scheme: string, id: string): boolean {
  if (me.scheme !== scheme) return false;
  return me.user === id || (scheme === 'digest' && id.split(':', 1)[0] === me.user);
}
