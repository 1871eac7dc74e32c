import * as vscode from 'vscode';
import { messageOf } from '../../base/assert';
import {
  listEphemerals,
  listSessions,
  type Asked,
  type ClientSession,
  type Ephemerals,
} from '../../zk/ensemble/clients';
import type { EnsembleSampler } from '../../zk/ensemble/sampler';
import type { NoteNode, SessionsNode, TreeNode } from './nodes';
import { refusalNotes } from './rows';

const TIMEOUT_MS = 5_000;
/** More rows than this nobody reads. */
const MOST_SESSIONS = 1_000;

/** Asks a server for its sessions, and the ensemble for what each of them owns. */
export async function askSessions(
  node: SessionsNode,
  { servers, admin, reach }: EnsembleSampler,
): Promise<TreeNode[]> {
  const server = servers.find(({ address }) => address === node.parent.address);
  if (!server) return [];
  const options = { ...reach, timeoutMs: TIMEOUT_MS, now: Date.now };
  const ask = <T>(asking: Promise<Asked<T>>): Promise<Asked<T>> =>
    asking.catch((error: unknown) => {
      const refusal = { source: server.address, reason: messageOf(error), remedy: undefined };
      return { kind: 'refused', refusal };
    });
  const [sessions, owned] = await Promise.all([
    ask(listSessions(server, admin, options)),
    ask(listEphemerals(server, admin, options)),
  ]);
  return rowsOf(node, sessions, owned);
}

function rowsOf(
  node: SessionsNode,
  sessions: Asked<ClientSession[]>,
  owned: Asked<Ephemerals>,
): TreeNode[] {
  const { connectionId } = node;
  if (sessions.kind === 'refused') return refusalNotes(node, [sessions.refusal], vscode.l10n);
  const ephemerals = owned.kind === 'known' ? owned.value : undefined;
  const shown = sessions.value.slice(0, MOST_SESSIONS);
  return [
    ...(owned.kind === 'refused' ? refusalNotes(node, [owned.refusal], vscode.l10n) : []),
    ...shown.map((session): TreeNode => ({
      ...{ kind: 'session', connectionId, parent: node, session },
      ephemerals: ephemerals && (ephemerals.get(session.id) ?? []),
    })),
    ...countNote(node, sessions.value.length, shown.length),
  ];
}

function countNote(parent: SessionsNode, total: number, shown: number): NoteNode[] {
  if (total > 0 && total === shown) return [];
  const text =
    total === 0
      ? vscode.l10n.t('no client is connected to this server')
      : vscode.l10n.t('and {0} more', total - shown);
  const { connectionId } = parent;
  return [
    {
      ...{ kind: 'note', connectionId, parent, key: 'count', text, detail: text },
      ...{ icon: 'info', refusal: undefined },
    },
  ];
}
