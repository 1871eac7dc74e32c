import type * as vscode from 'vscode';
import type { ShownRole } from '../domain/metrics/ensembleSample';

/** What a server is in its ensemble, in words. */
export function describeRole(role: ShownRole, l10n: typeof vscode.l10n): string {
  switch (role) {
    case 'leader':
      return l10n.t('leader');
    case 'follower':
      return l10n.t('follower');
    case 'observer':
      return l10n.t('observer');
    case 'standalone':
      return l10n.t('standalone');
    case 'read-only':
      return l10n.t('read-only, without a quorum');
    case 'notServing':
      return l10n.t('running, without a quorum');
    case 'unreachable':
      return l10n.t('unreachable');
    case 'unknown':
      return l10n.t('unknown role');
  }
}
