import type * as vscode from 'vscode';
import type { ConnectionState } from '../zk/client';

type L10n = typeof vscode.l10n;

/** The state in full, for a row's description: `connected to 127.0.0.1:2181`. */
export function describeState(state: ConnectionState | undefined, l10n: L10n): string {
  switch (state?.kind) {
    case 'connecting':
      if (state.cause === undefined) return l10n.t('connecting');
      return l10n.t('cannot connect, trying again: {0}', state.cause);
    case 'connected':
      return state.readOnly
        ? l10n.t('connected to {0}, which only serves reads', state.server)
        : l10n.t('connected to {0}', state.server);
    case 'suspended':
      if (state.cause === undefined) return l10n.t('suspended, reconnecting');
      return l10n.t('suspended, reconnecting: {0}', state.cause);
    case 'expired':
      return l10n.t('session expired, reconnecting');
    case 'authFailed':
      return l10n.t('authentication failed');
    case 'closed':
      return l10n.t('closed');
    case undefined:
      return l10n.t('not connected');
  }
}

/** The state in one or two words, where there is little room. */
export function nameState(state: ConnectionState, l10n: L10n): string {
  switch (state.kind) {
    case 'connecting':
      return l10n.t('connecting');
    case 'connected':
      return l10n.t('connected');
    case 'suspended':
      return l10n.t('suspended');
    case 'expired':
      return l10n.t('session expired');
    case 'authFailed':
      return l10n.t('authentication failed');
    case 'closed':
      return l10n.t('closed');
  }
}

/** A connection that is open in this window. */
export interface OpenConnection {
  readonly name: string;
  readonly state: ConnectionState;
}

/** The status bar's text, without its icon; undefined when nothing is open and nothing is shown. */
export function summarize(open: readonly OpenConnection[], l10n: L10n): string | undefined {
  const [first, second] = open;
  if (!first) return undefined;
  if (!second) return l10n.t('{0}: {1}', first.name, nameState(first.state, l10n));
  const connected = open.filter(({ state }) => state.kind === 'connected').length;
  return l10n.t('{0} of {1} connected', connected, open.length);
}
