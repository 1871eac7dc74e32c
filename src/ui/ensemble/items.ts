import * as vscode from 'vscode';
import { contextValue } from '../../domain/contextValue';
import {
  type EnsembleSample,
  memberAt,
  roleOf,
  type ShownRole,
} from '../../domain/metrics/ensembleSample';
import { awayFrom, unreachableSince } from '../../domain/metrics/history';
import { quorumOf } from '../../domain/metrics/quorum';
import { displayName } from '../../domain/znode/displayName';
import { formatCount, formatSessionId } from '../../domain/znode/format';
import type { Reading } from '../../zk/ensemble/sampler';
import { Commands } from '../contributions';
import { describeQuorum } from '../quorumText';
import { describeClock } from '../relativeTime';
import type { AskedClients } from './askedClients';
import {
  idOf,
  type EnsembleNode,
  type EphemeralNode,
  type FactNode,
  type NoteNode,
  type ServerNode,
  type SessionNode,
  type SessionsNode,
} from './nodes';
import { describeMember } from './text';

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

const icon = (id: string, colour?: string): vscode.ThemeIcon =>
  new vscode.ThemeIcon(id, colour === undefined ? undefined : new vscode.ThemeColor(colour));

export function renderEnsemble(
  node: EnsembleNode,
  name: string,
  reading: Reading | undefined,
): vscode.TreeItem {
  const item = new vscode.TreeItem(displayName(name), Expanded);
  item.id = idOf(node);
  item.contextValue = 'ensemble';
  item.iconPath = icon('server-environment');
  if (!reading) return item;
  const quorum = quorumOf(reading.sample);
  const text = describeQuorum(reading.sample, quorum, vscode.l10n);
  const { members } = reading.sample;
  item.description = text;
  const lines = [displayName(name), text];
  if (members.every(({ id }) => id === undefined)) {
    lines.push(
      reading.sample.configured === undefined
        ? vscode.l10n.t('The servers of the connect string; nobody told of others.')
        : vscode.l10n.t(
            'The servers of the connect string; members cannot be reached by their own names.',
          ),
    );
  }
  item.tooltip = lines.join('\n');
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, {1}', displayName(name), text) };
  if (!quorum.hasQuorum) item.iconPath = icon('error', 'charts.red');
  else if (quorum.spare === undefined) item.iconPath = icon('question');
  else if (quorum.voters > 1) item.iconPath = iconOfQuorum(quorum.spare, reading.sample);
  return item;
}

/** Green while everybody is there and one may fail. */
function iconOfQuorum(spare: number, sample: EnsembleSample): vscode.ThemeIcon {
  return spare > 0 && awayFrom(sample).length === 0
    ? icon('pass', 'charts.green')
    : icon('warning', 'charts.yellow');
}

export function renderServer(node: ServerNode, readings: readonly Reading[]): vscode.TreeItem {
  const reading = readings.at(-1);
  const item = new vscode.TreeItem(displayName(node.address), Collapsed);
  const member = memberAt(reading?.sample, node.address);
  const role = member ? roleOf(member) : 'unknown';
  item.id = idOf(node);
  item.contextValue = contextValue('server', {
    answering: member?.kind === 'answered',
    leader: role === 'leader',
  });
  item.iconPath = iconOf(role);
  if (!member) return item;
  const window = reading?.window?.servers.get(node.address);
  const samples = readings.map(({ sample }) => sample);
  const lostAt = unreachableSince(samples, node.address);
  const since = lostAt === undefined ? undefined : describeClock(lostAt);
  const text = describeMember(member, window, since, vscode.l10n);
  item.description = text;
  const id = member.id === undefined ? undefined : vscode.l10n.t('server {0}', member.id);
  const why = member.kind === 'answered' ? undefined : member.reason;
  const lines = [node.address, id, text, why].filter((line) => line !== undefined);
  item.tooltip = lines.join('\n');
  item.accessibilityInformation = { label: lines.join(', ') };
  return item;
}

/** Roles differ by shape, not only by colour. */
function iconOf(role: ShownRole): vscode.ThemeIcon {
  switch (role) {
    case 'leader':
      return icon('star-full', 'charts.yellow');
    case 'follower':
    case 'standalone':
      return icon('server');
    case 'observer':
      return icon('eye');
    case 'read-only':
      return icon('lock', 'charts.yellow');
    case 'notServing':
      return icon('warning', 'charts.yellow');
    case 'unreachable':
      return icon('error', 'charts.red');
    case 'unknown':
      return icon('question');
  }
}

export function renderFact(node: FactNode): vscode.TreeItem {
  const item = new vscode.TreeItem(node.name, None);
  item.id = idOf(node);
  item.description = node.value;
  item.tooltip = `${node.name}: ${node.value}`;
  item.iconPath = icon(node.icon);
  item.contextValue = 'fact';
  return item;
}

export function renderSessions(
  node: SessionsNode,
  told: ReturnType<AskedClients['toldOf']>,
): vscode.TreeItem {
  const { t } = vscode.l10n;
  const item = new vscode.TreeItem(t('Sessions'), Collapsed);
  item.id = idOf(node);
  if (told?.count !== undefined) {
    item.description = t('{0} at {1}', formatCount(told.count), describeClock(told.at));
  }
  item.tooltip = t('Asked for when unfolded: fold and unfold this row to ask again');
  item.iconPath = icon('account');
  item.contextValue = 'sessions';
  return item;
}

export function renderSession({ session, ephemerals, ...node }: SessionNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const owned = ephemerals?.length ?? 0;
  const item = new vscode.TreeItem(displayName(session.address), owned > 0 ? Collapsed : None);
  const id = formatSessionId(session.id);
  const operation = session.lastOperation ?? '';
  item.id = idOf({ session, ephemerals, ...node });
  const ownedText = owned === 1 ? t('1 ephemeral') : t('{0} ephemerals', formatCount(owned));
  item.description = [id, node.isOurs && t('this connection'), owned > 0 && ownedText]
    .filter(Boolean)
    .join(' · ');
  item.tooltip = [
    t('Session {0} of {1}', id, displayName(session.address)),
    ...(session.timeoutMs === undefined ? [] : [t('Times out after {0} ms', session.timeoutMs)]),
    ...(session.received === undefined
      ? []
      : [t('{0} packets received, {1} waiting', session.received, session.queued ?? 0)]),
    ...(operation === '' ? [] : [t('Last operation: {0}', displayName(operation))]),
  ].join('\n');
  item.iconPath = icon(owned > 0 ? 'pulse' : 'account');
  item.contextValue = 'session';
  return item;
}

export function renderEphemeral(node: EphemeralNode): vscode.TreeItem {
  const item = new vscode.TreeItem(displayName(node.fullPath), None);
  item.id = idOf(node);
  item.iconPath = icon('symbol-file');
  item.contextValue = contextValue('ephemeral', { reachable: node.path !== undefined });
  if (node.path !== undefined) {
    const title = vscode.l10n.t('Reveal in Clusters View');
    item.command = { command: Commands.ensembleReveal, title, arguments: [node] };
    item.tooltip = `${displayName(node.fullPath)}\n${title}`;
  } else {
    item.tooltip = vscode.l10n.t('{0} is outside of the chroot', displayName(node.fullPath));
  }
  return item;
}

export function renderNote(node: NoteNode): vscode.TreeItem {
  const item = new vscode.TreeItem(displayName(node.text), None);
  item.id = idOf(node);
  item.tooltip = node.detail;
  const colours = { info: 'charts.blue', warning: 'charts.yellow', error: 'charts.red' };
  item.iconPath = icon(node.icon, colours[node.icon]);
  const explains = node.detail !== node.text;
  item.contextValue = contextValue('note', {
    explains,
    remedy: node.refusal?.remedy !== undefined,
  });
  if (explains) {
    item.accessibilityInformation = { label: `${node.text}. ${node.detail}` };
    const title = vscode.l10n.t('Explain');
    item.command = { command: Commands.ensembleExplain, title, arguments: [node] };
  }
  return item;
}
