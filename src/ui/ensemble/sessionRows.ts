import type * as vscode from 'vscode';
import { messageOf } from '../../base/assert';
import { memberAt, roleOf } from '../../domain/metrics/ensembleSample';
import { formatCount } from '../../domain/znode/format';
import {
  listEphemerals,
  listSessions,
  type Asked,
  type ClientSession,
  type Ephemerals,
} from '../../zk/ensemble/clients';
import type { EnsembleSampler } from '../../zk/ensemble/sampler';
import { withoutChroot } from './chroot';
import type { EphemeralNode, NoteNode, SessionNode, SessionsNode, TreeNode } from './nodes';
import { refusalNotes } from './rows';

type L10n = typeof vscode.l10n;

const TIMEOUT_MS = 5_000;
/** More rows than these nobody reads. */
const MOST_SESSIONS = 1_000;
const MOST_EPHEMERALS = 500;

/** What a server said of its sessions, and the ensemble of what each of them owns. */
export interface Clients {
  readonly sessions: Asked<ClientSession[]>;
  readonly owned: Asked<Ephemerals>;
}

/** Asks for them; never rejects. */
export async function askClients(
  { parent: { address } }: SessionsNode,
  { servers, admin, reach }: Pick<EnsembleSampler, 'servers' | 'admin' | 'reach'>,
): Promise<Clients | undefined> {
  const server = servers.find((one) => one.address === address);
  if (!server) return undefined;
  const options = { ...reach, timeoutMs: TIMEOUT_MS, now: Date.now };
  const ask = <T>(asking: Promise<Asked<T>>): Promise<Asked<T>> =>
    asking.catch((error: unknown) => {
      const refusal = { source: address, reason: messageOf(error), remedy: undefined };
      return { kind: 'refused', refusal };
    });
  const [sessions, owned] = await Promise.all([
    ask(listSessions(server, admin, options)),
    ask(listEphemerals(server, admin, options)),
  ]);
  return { sessions, owned };
}

export interface SessionSurroundings {
  /** The session of this connection, while it has one. */
  readonly ours: bigint | undefined;
  readonly latest: EnsembleSampler['latest'];
}

/** The rows below *Sessions*: who owns most comes first. */
export function rowsOf(
  node: SessionsNode,
  { sessions, owned }: Clients,
  { ours, latest }: SessionSurroundings,
  l10n: L10n,
): TreeNode[] {
  const { connectionId } = node;
  const member = memberAt(latest?.sample, node.parent.address);
  const isAlone = member !== undefined && roleOf(member) === 'standalone';
  if (sessions.kind === 'refused') return refusalNotes(node, [sessions.refusal], isAlone, l10n);
  const ephemerals = owned.kind === 'known' ? owned.value : undefined;
  const countOf = ({ id }: ClientSession): number => ephemerals?.get(id)?.length ?? 0;
  const sorted = [...sessions.value].sort(
    (a, b) => countOf(b) - countOf(a) || byName(a.address, b.address),
  );
  const shown = sorted.slice(0, MOST_SESSIONS);
  return [
    ...(owned.kind === 'refused' ? refusalNotes(node, [owned.refusal], isAlone, l10n) : []),
    ...shown.map((session): TreeNode => ({
      ...{ kind: 'session', connectionId, parent: node, session, isOurs: session.id === ours },
      ephemerals: ephemerals && (ephemerals.get(session.id) ?? []),
    })),
    ...(sorted.length === 0
      ? [sentence(node, l10n.t('no client is connected to this server'))]
      : moreNote(node, sorted.length - shown.length, l10n)),
  ];
}

/** The znodes that a session owns, by their paths. */
export function ephemeralRows(
  parent: SessionNode,
  reach: EnsembleSampler['reach'] | undefined,
  l10n: L10n,
): TreeNode[] {
  const { connectionId, ephemerals = [] } = parent;
  const shown = [...ephemerals].sort(byName).slice(0, MOST_EPHEMERALS);
  return [
    ...shown.map((fullPath): EphemeralNode => {
      const path = reach && withoutChroot(fullPath, reach);
      return { kind: 'ephemeral', connectionId, parent, fullPath, path };
    }),
    ...moreNote(parent, ephemerals.length - shown.length, l10n),
  ];
}

/** `web-2` before `web-10`. */
export const byName = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

function moreNote(parent: NoteNode['parent'], more: number, l10n: L10n): NoteNode[] {
  return more > 0 ? [sentence(parent, l10n.t('and {0} more', formatCount(more)))] : [];
}

function sentence(parent: NoteNode['parent'], text: string): NoteNode {
  const { connectionId } = parent;
  return {
    ...{ kind: 'note', connectionId, parent, key: 'count', text, detail: text },
    ...{ icon: 'info', refusal: undefined },
  };
}
