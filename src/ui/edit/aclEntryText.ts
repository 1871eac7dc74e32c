import type * as vscode from 'vscode';
import { ALL_PERMISSIONS, PERMISSIONS, type AclEntry } from '../../domain/znode/acl';
import { displayName } from '../../domain/znode/displayName';

type L10n = typeof vscode.l10n;

/** Who is meant by an entry. */
export function describeWho({ scheme, id }: AclEntry, l10n: L10n): string {
  const name = displayName(id);
  switch (scheme) {
    case 'world':
      return l10n.t('Anyone');
    case 'auth':
      return l10n.t('Whoever is connected now');
    case 'digest':
      return l10n.t('User {0}', name.split(':', 1)[0] ?? '');
    case 'ip':
      return l10n.t('Address {0}', name);
    case 'sasl':
      return l10n.t('SASL user {0}', name);
    case 'x509':
      return l10n.t('Certificate of {0}', name);
    default:
      return `${displayName(scheme)}: ${name}`;
  }
}

/** The permissions in words, each with what it lets one do. */
export function permissionItems(l10n: L10n): { label: string; detail: string; value: number }[] {
  const { read, write, create, delete: remove, admin } = PERMISSIONS;
  return [
    { label: l10n.t('read'), detail: l10n.t('see data and list children'), value: read },
    { label: l10n.t('write'), detail: l10n.t('change data'), value: write },
    { label: l10n.t('create'), detail: l10n.t('create children'), value: create },
    { label: l10n.t('delete'), detail: l10n.t('delete children'), value: remove },
    { label: l10n.t('admin'), detail: l10n.t('change this access list'), value: admin },
  ];
}

/** `read, write`, or `everything`. */
export function describePermissions(permissions: number, l10n: L10n): string {
  if ((permissions & ALL_PERMISSIONS) === ALL_PERMISSIONS) return l10n.t('everything');
  const names = permissionItems(l10n).filter(({ value }) => (permissions & value) !== 0);
  return names.length === 0 ? l10n.t('nothing') : names.map(({ label }) => label).join(', ');
}
