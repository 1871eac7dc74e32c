/** Bits of an ACL entry (`ZooDefs.Perms`). */
export const PERMISSIONS = { read: 1, write: 2, create: 4, delete: 8, admin: 16 } as const;
export const ALL_PERMISSIONS = 31;

/** One entry of an access control list, for example `{ scheme: 'world', id: 'anyone', permissions: 31 }`. */
export interface AclEntry {
  readonly scheme: string;
  readonly id: string;
  /** Bits of `PERMISSIONS`. */
  readonly permissions: number;
}

export const OPEN_ACL: readonly AclEntry[] = [
  { scheme: 'world', id: 'anyone', permissions: ALL_PERMISSIONS },
];
