import { parseDuration } from '../../domain/duration';
import { PERMISSIONS } from '../../domain/znode/acl';
import { parentPath, type ZPath } from '../../domain/znode/path';
import type { TransactionStep } from '../../zk/client';
import { recordWrite, type LeftZnode, type LostMode } from '../../zk/edit/undo';
import { ZkError } from '../../zk/errors';
import { describeWriteError } from '../errorText';
import { isTtl, pathOf, type Creation } from './createDraft';
import { explainRefusal } from './noAuth';

const NO_DATA = new Uint8Array(0);

/** Creates the znode and the missing ones above it, all or none. Returns the path that it got. */
export async function createZnode(creation: Creation): Promise<ZPath> {
  const { parent, draft, ui, l10n, undo } = creation;
  const { session, target } = parent;
  const path = pathOf(creation);
  const change = {
    ...{ connectionId: session.id, connectionName: target.name },
    ...{ kind: 'create' as const, paths: [path] },
  };
  const info = {
    title: l10n.t('Create Below {0}', parent.path),
    message: l10n.t('Creating {0}', path),
    detail: l10n.t('Press Escape to stop waiting.'),
  };
  try {
    return await ui.progress(info, (signal) =>
      recordWrite(undo, change, [], async () => {
        const created = await send(creation, path, signal);
        const left = await seen(creation, [...draft.around.missing, created]);
        return { result: created, left };
      }),
    );
  } catch (error) {
    throw await explained(error, creation, path);
  }
}

async function send(creation: Creation, path: ZPath, signal: AbortSignal): Promise<ZPath> {
  const { parent, draft } = creation;
  const { writer } = parent.session;
  const { mode, acl, data } = draft;
  const ttlMs = isTtl(mode) ? parseDuration(draft.ttl) : undefined;
  const options = { mode, acl, ...(ttlMs !== undefined && { ttlMs }) };
  const { missing } = draft.around;
  if (missing.length === 0) return writer.create(path, data, { ...options, signal });
  const steps: TransactionStep[] = [
    ...missing.map((at) => ({ type: 'create' as const, path: at, data: NO_DATA, acl })),
    { type: 'create', path, data, ...options },
  ];
  const last = (await writer.transaction(steps, { signal })).at(-1);
  return last?.type === 'created' ? last.path : path;
}

/** How the new znodes are now, for the undo; one that is gone again needs none. */
async function seen(creation: Creation, paths: readonly ZPath[]): Promise<LeftZnode[]> {
  const { parent, made, draft } = creation;
  const { client, id } = parent.session;
  const left: LeftZnode[] = [];
  for (const path of paths) {
    const stat = await client.exists(path).catch(() => undefined);
    if (!stat) continue;
    const isLast = path === paths.at(-1);
    const mode = isLast ? modeOf(draft.mode, draft.ttl) : undefined;
    if (mode) made.remember(id, path, stat.czxid, mode);
    // Not as it is now: somebody may have written into it since.
    left.push({ path, czxid: stat.czxid, version: 0 });
  }
  return left;
}

/** What no server tells afterwards. */
function modeOf(mode: string, ttl: string): LostMode | undefined {
  if (mode === 'container') return { kind: 'container' };
  return mode.endsWith('Ttl') ? { kind: 'ttl', ttlMs: parseDuration(ttl) ?? 0 } : undefined;
}

async function explained(error: unknown, creation: Creation, path: ZPath): Promise<unknown> {
  if (!(error instanceof ZkError)) return error;
  const { parent, l10n, draft } = creation;
  const { session } = parent;
  const why = async (): Promise<string> => {
    switch (error.code) {
      case 'NodeExists':
        return l10n.t('somebody else has created it, or a znode on the way, in the meantime');
      case 'NoNode':
        return l10n.t('a znode above it has been deleted in the meantime');
      case 'Unimplemented':
        return isTtl(draft.mode)
          ? l10n.t(
              'the server has no TTL znodes: it needs ZooKeeper 3.5.3 and zookeeper.extendedTypesEnabled=true',
            )
          : l10n.t('the server does not know this mode: it needs ZooKeeper 3.5');
      case 'InvalidAcl':
        return l10n.t('the server does not accept the access list: a scheme or an id is unknown');
      case 'NoChildrenForEphemerals':
        return l10n.t('the znode above it is ephemeral and cannot have children');
      case 'EphemeralOnLocalSession':
        return l10n.t('a local session of this server cannot own ephemeral znodes');
      case 'NoAuth': {
        const above = draft.around.missing[0] ?? path;
        const denied = parentPath(above) ?? above;
        return explainRefusal(session, denied, PERMISSIONS.create, l10n);
      }
      default:
        return describeWriteError(error, l10n, session.identity);
    }
  };
  return new Error(l10n.t('{0} was not created: {1}.', path, await why()), { cause: error });
}
