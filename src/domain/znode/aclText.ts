import { ALL_PERMISSIONS, PERMISSIONS, type AclEntry } from './acl';

/** The letters of `zkCli`, in its order. */
const LETTERS = [
  ['c', PERMISSIONS.create],
  ['d', PERMISSIONS.delete],
  ['r', PERMISSIONS.read],
  ['w', PERMISSIONS.write],
  ['a', PERMISSIONS.admin],
] as const;

/** Why a text is no ACL; `entry` is the part of it that is meant. */
export interface AclProblem {
  readonly kind:
    'empty' | 'noEntry' | 'permissions' | 'world' | 'auth' | 'digest' | 'address' | 'masked' | 'id';
  readonly entry: string;
}

/** An entry ends with its permissions: ids of X.509 have commas and ids of digest have colons. */
const ENTRY = /\s*([A-Za-z][\w-]*):(.*?):([A-Za-z]+)\s*(?:,|$)/gsy;

/** SHA-1 in Base64. */
const DIGEST = /^[^:]+:[A-Za-z0-9+/]{27}=$/;

/** `cdrwa`, as far as they are given. */
export function formatPermissions(permissions: number): string {
  return LETTERS.map(([letter, bit]) => ((permissions & bit) === 0 ? '' : letter)).join('');
}

/** `digest:bob:hash:cdrwa` */
export function formatAclEntry({ scheme, id, permissions }: AclEntry): string {
  return `${scheme}:${id}:${formatPermissions(permissions)}`;
}

/** `scheme:id:cdrwa` with commas between, as `zkCli` takes it. */
export function formatAcl(acl: readonly AclEntry[]): string {
  return acl.map(formatAclEntry).join(',');
}

/** Reads `scheme:id:cdrwa,…`, or says what is wrong with the first entry that is. */
export function parseAcl(text: string): AclEntry[] | AclProblem {
  if (text.trim() === '') return { kind: 'empty', entry: '' };
  const acl: AclEntry[] = [];
  let end = 0;
  for (const [found, scheme = '', id = '', letters = ''] of text.matchAll(ENTRY)) {
    end += found.length;
    const permissions = bitsOf(letters);
    if (permissions === undefined) return { kind: 'permissions', entry: found.trim() };
    const entry = { scheme, id, permissions };
    const problem = problemOfEntry(entry);
    if (problem) return problem;
    acl.push(entry);
  }
  const rest = text.slice(end).trim();
  if (rest !== '' || text.trimEnd().endsWith(',')) return { kind: 'noEntry', entry: rest };
  return acl;
}

/** What the server would refuse in an entry, or take and never match. Other schemes are its own. */
export function problemOfEntry(entry: AclEntry): AclProblem | undefined {
  const { scheme, id, permissions } = entry;
  const problem = (kind: AclProblem['kind']): AclProblem => ({ kind, entry: `${scheme}:${id}` });
  if (permissions < 1 || permissions > ALL_PERMISSIONS) return problem('permissions');
  switch (scheme) {
    case 'world':
      return id === 'anyone' ? undefined : problem('world');
    case 'auth':
      return id === '' ? undefined : problem('auth');
    case 'digest':
      if (/^[^:]*:x$/.test(id)) return problem('masked');
      return DIGEST.test(id) ? undefined : problem('digest');
    case 'ip':
      return isAddress(id) ? undefined : problem('address');
    default:
      return id === '' ? problem('id') : undefined;
  }
}

/** Whether both let the same ids do the same, in whatever order their entries are. */
export function sameAcl(a: readonly AclEntry[], b: readonly AclEntry[]): boolean {
  const key = (acl: readonly AclEntry[]): string => acl.map(formatAclEntry).sort().join('\n');
  return a.length === b.length && key(a) === key(b);
}

function bitsOf(letters: string): number | undefined {
  let bits = 0;
  for (const letter of letters) {
    const bit = LETTERS.find(([known]) => known === letter)?.[1];
    if (bit === undefined || (bits & bit) !== 0) return undefined;
    bits |= bit;
  }
  return bits;
}

/** An IPv4 or IPv6 address, with the number of leading bits or without. */
function isAddress(text: string): boolean {
  const [, address = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const numbers = address.split('.');
  const isV4 = numbers.length === 4 && numbers.every((n) => /^\d{1,3}$/.test(n) && Number(n) < 256);
  const isV6 = address.includes(':') && /^[\da-f:.]+$/i.test(address);
  return (isV4 || isV6) && Number(bits ?? 0) <= (isV4 ? 32 : 128);
}
