import * as vscode from 'vscode';
import { formatCount, formatSessionId } from '../../domain/znode/format';
import type { ZPath } from '../../domain/znode/path';
import { isEphemeral } from '../../domain/znode/stat';
import { findOwner, type Owner } from '../../zk/ensemble/owner';
import type { Session } from '../../zk/sessions';
import { Commands } from '../contributions';
import type { PickItem } from '../userInput';
import { znodeUri } from '../uri';
import { withoutChroot } from './chroot';
import { byName } from './sessionRows';
import type { EnsembleFeature } from './register';

const TIMEOUT_MS = 5_000;
const MOST_PATHS = 200;

type Choice = { readonly copy: string } | { readonly reveal: ZPath };

/** *Who Owns This Node*: the session behind an ephemeral znode, its client, and what else it owns. */
export async function showOwner(
  { sessions, samplers, ui }: EnsembleFeature,
  target: unknown,
): Promise<void> {
  const place = placeOf(target);
  const session = place && sessions.get(place.connectionId);
  if (!place || !session) {
    throw new Error(vscode.l10n.t('Select an ephemeral znode in the Clusters view first.'));
  }
  const { path } = place;
  const stat = await session.client.exists(path);
  if (!stat) throw new Error(vscode.l10n.t('This znode is gone.'));
  if (!isEphemeral(stat)) {
    throw new Error(
      vscode.l10n.t('{0} is no ephemeral znode: no session owns it, it stays until deleted.', path),
    );
  }
  const sampler = (await samplers.load()).of(session.id);
  if (!sampler) return;
  const title = vscode.l10n.t('Who Owns This Node');
  const owner = await ui.progress(
    {
      title,
      message: vscode.l10n.t('Asking the servers for the session'),
      detail: vscode.l10n.t('Escape stops waiting'),
    },
    async (signal) => {
      if (!sampler.latest) await sampler.sampleNow();
      const options = { ...sampler.reach, timeoutMs: TIMEOUT_MS, signal, now: Date.now };
      return findOwner(sampler, stat.ephemeralOwner, options);
    },
  );
  const choice = await ui.pick<Choice>({
    title: vscode.l10n.t('Owner of {0}', path),
    placeholder: vscode.l10n.t('Choose what to copy, or a znode to show'),
    items: choicesOf(owner, session, path),
  });
  if ('copy' in choice) await vscode.env.clipboard.writeText(choice.copy);
  else
    await vscode.commands.executeCommand(Commands.znodeReveal, znodeUri(session.id, choice.reveal));
}

function choicesOf(owner: Owner, session: Session, asked: ZPath): PickItem<Choice>[] {
  const { t } = vscode.l10n;
  const { client, ephemerals } = owner;
  const id = formatSessionId(owner.sessionId);
  const { state } = session.client;
  const isOurs = state.kind === 'connected' && state.sessionId === owner.sessionId;
  const items: PickItem<Choice>[] = [
    {
      label: t('Session {0}', id),
      description: isOurs ? t('ours: it ends with this connection') : '',
      icon: 'key',
      value: { copy: id },
    },
  ];
  if (client) {
    const timeout =
      client.timeoutMs === undefined ? '' : t('times out after {0} ms', client.timeoutMs);
    items.push({
      label: t('Client {0}', client.address),
      description: [t('through {0}', client.server), timeout].filter(Boolean).join(' · '),
      icon: 'plug',
      value: { copy: client.address },
    });
  } else items.push(whereUnknown(owner));
  const owned = (ephemerals ?? []).map((full) => ({
    full,
    path: withoutChroot(full, session.options),
  }));
  const isAsked = ({ path }: { readonly path: ZPath | undefined }): boolean => path === asked;
  const sorted = [
    ...owned.filter(isAsked),
    ...owned.filter((one) => !isAsked(one)).sort((a, b) => byName(a.full, b.full)),
  ];
  for (const { full, path } of sorted.slice(0, MOST_PATHS)) {
    items.push({
      label: path ?? full,
      description:
        path === undefined
          ? t('outside of the chroot')
          : path === asked
            ? t('this znode')
            : t('owned too'),
      icon: 'pulse',
      value: path === undefined ? { copy: full } : { reveal: path },
    });
  }
  const more = sorted.length - MOST_PATHS;
  if (more > 0) {
    items.push({
      label: t('and {0} more', formatCount(more)),
      description: t('the session owns {0} znodes', formatCount(sorted.length)),
      icon: 'ellipsis',
      value: { copy: id },
    });
  }
  return items;
}

function whereUnknown({ sessionId, refusals }: Owner): PickItem<Choice> {
  const { t } = vscode.l10n;
  const [refusal] = refusals;
  if (!refusal) {
    return {
      label: t('No server has a connection of this session'),
      description: t('its client is gone, or between two servers; the session ends by its timeout'),
      icon: 'debug-disconnect',
      value: { copy: formatSessionId(sessionId) },
    };
  }
  return {
    label: t('The client is not known: {0} is refused', refusal.source),
    description:
      refusal.remedy === undefined
        ? refusal.reason
        : t('add {0} to zoo.cfg of every server', refusal.remedy),
    icon: 'warning',
    value: { copy: refusal.remedy ?? refusal.reason },
  };
}

function placeOf(target: unknown): { connectionId: string; path: ZPath } | undefined {
  if (typeof target !== 'object' || target === null) return undefined;
  const { connectionId, path } = target as { connectionId?: unknown; path?: unknown };
  if (typeof connectionId !== 'string' || typeof path !== 'string') return undefined;
  return { connectionId, path: path as ZPath };
}
