import type * as vscode from 'vscode';
import type { AclProblem } from '../../domain/znode/aclText';

/** What is wrong with the text of an ACL, and what to write instead. */
export function describeAclProblem({ kind, entry }: AclProblem, l10n: typeof vscode.l10n): string {
  switch (kind) {
    case 'empty':
      return l10n.t('Enter at least one entry, for example world:anyone:r');
    case 'noEntry':
      return l10n.t('“{0}” is no entry. Write scheme:id:permissions, with commas between.', entry);
    case 'permissions':
      return l10n.t('“{0}”: permissions are some of c, d, r, w and a, each once.', entry);
    case 'world':
      return l10n.t('“{0}”: the scheme world has one id, anyone.', entry);
    case 'auth':
      return l10n.t('“{0}”: the scheme auth has no id; it stands for whoever is connected.', entry);
    case 'digest':
      return l10n.t('“{0}”: the id is a user, a colon and the Base64 of a SHA-1.', entry);
    case 'address':
      return l10n.t('“{0}”: the id is an IP address, with /bits or without.', entry);
    case 'masked':
      return l10n.t('“{0}” stands for a hash that the server did not show.', entry);
    case 'id':
      return l10n.t('“{0}”: the id is missing.', entry);
  }
}
