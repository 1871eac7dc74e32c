import * as vscode from 'vscode';
import type { Session, Sessions } from '../zk/sessions';
import type { UserInput } from './userInput';

/** The session of a connection, the only one that is open, or the one that the user picks. */
export async function chooseSession(
  sessions: Sessions,
  ui: UserInput,
  connectionId: string | undefined,
): Promise<Session | undefined> {
  const open = sessions.all();
  const named = connectionId === undefined ? undefined : sessions.get(connectionId);
  if (named) return named;
  if (open.length === 0) throw new Error(vscode.l10n.t('Connect to a ZooKeeper first.'));
  if (open.length === 1) return open[0];
  return ui.pick({
    title: vscode.l10n.t('Choose a Connection'),
    placeholder: vscode.l10n.t('Which connection?'),
    items: open.map((session) => ({ label: session.id, value: session })),
  });
}
