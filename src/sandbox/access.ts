import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { ALL_PERMISSIONS, PERMISSIONS, type AclEntry } from '../domain/znode/acl';
import { ZkError } from '../zk/errors';

/** Who a connection is known as. */
export interface Identity {
  readonly scheme: string;
  readonly id: string;
}

const DIGEST_ID = /^[^:]+:[^:]+$/;

/** Who `user:password` is: the password is kept as a hash (`DigestAuthenticationProvider`). */
export function digestIdentity(credential: string): Identity {
  const hash = createHash('sha1').update(credential).digest('base64');
  return { scheme: 'digest', id: `${credential.split(':', 1)[0] ?? ''}:${hash}` };
}

/** Throws `NoAuth` unless one of the identities has one of the permissions. */
export function requirePermission(
  acl: readonly AclEntry[],
  permissions: number,
  identities: readonly Identity[],
): void {
  if (!isPermitted(acl, permissions, identities)) throw new ZkError('NoAuth', 'not permitted');
}

/** The ACL as shown to somebody: hashes are for those who may change it. */
export function visibleAcl(
  acl: readonly AclEntry[],
  identities: readonly Identity[],
): readonly AclEntry[] {
  if (isPermitted(acl, PERMISSIONS.admin, identities)) return acl;
  return acl.map((entry) =>
    entry.scheme === 'digest' ? { ...entry, id: entry.id.replace(/:.*/, ':x') } : entry,
  );
}

/**
 * The ACL that a request asks for, `auth` replaced by who asks (`PrepRequestProcessor.fixupACL`).
 * Throws `InvalidAcl`.
 */
export function resolvedAcl(
  asked: readonly AclEntry[],
  identities: readonly Identity[],
): readonly AclEntry[] {
  const unique = asked.filter(
    (entry, index) => asked.findIndex((other) => same(entry, other)) === index,
  );
  if (unique.length === 0) throw invalidAcl();
  return unique.flatMap((entry) => {
    if (entry.scheme === 'auth') {
      const known = identities.filter(({ scheme }) => scheme === 'digest');
      if (known.length === 0) throw invalidAcl();
      return known.map((identity) => ({ ...identity, permissions: entry.permissions }));
    }
    if (!isValid(entry)) throw invalidAcl();
    return [entry];
  });
}

/** Whether one of the identities has one of the permissions. */
export function isPermitted(
  acl: readonly AclEntry[],
  permissions: number,
  identities: readonly Identity[],
): boolean {
  return acl.some(
    (entry) =>
      (entry.permissions & permissions & ALL_PERMISSIONS) !== 0 &&
      (isEverybody(entry) || identities.some((identity) => matches(entry, identity))),
  );
}

function isEverybody({ scheme, id }: AclEntry): boolean {
  return scheme === 'world' && id === 'anyone';
}

function matches(entry: AclEntry, { scheme, id }: Identity): boolean {
  if (entry.scheme !== scheme) return false;
  return scheme === 'ip' ? isInNetwork(id, entry.id) : entry.id === id;
}

function isValid(entry: AclEntry): boolean {
  const { scheme, id } = entry;
  if (isEverybody(entry)) return true;
  if (scheme === 'digest') return DIGEST_ID.test(id);
  return scheme === 'ip' && networkOf(id) !== undefined;
}

/** Whether an IPv4 address lies in `a.b.c.d` or `a.b.c.d/bits`. */
function isInNetwork(address: string, network: string): boolean {
  const range = networkOf(network);
  const host = networkOf(address);
  if (range === undefined || host === undefined) return false;
  const ignored = 2 ** (32 - range.bits);
  return Math.floor(host.address / ignored) === Math.floor(range.address / ignored);
}

function networkOf(text: string): { address: number; bits: number } | undefined {
  const [address = '', mask] = text.split('/', 2);
  const bits = mask === undefined ? 32 : Number(mask);
  if (isIP(address) !== 4 || !Number.isInteger(bits) || bits < 0 || bits > 32) return undefined;
  return { address: address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0), bits };
}

function same(a: AclEntry, b: AclEntry): boolean {
  return a.scheme === b.scheme && a.id === b.id && a.permissions === b.permissions;
}

function invalidAcl(): ZkError {
  return new ZkError('InvalidAcl', 'the ACL is empty or has an entry that means nobody');
}
