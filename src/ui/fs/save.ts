import type * as vscode from 'vscode';
import { parentPath, ROOT, type ZPath } from '../../domain/znode/path';
import type { ZnodeStat } from '../../domain/znode/stat';
import { recordOverwrite, recordWrite, type Change, type UndoStore } from '../../zk/edit/undo';
import { isMasked } from '../../zk/edit/permission';
import { ZkError } from '../../zk/errors';
import type { Session } from '../../zk/sessions';
import type { UserInput } from '../userInput';
import { baseOf, isSameBase, type Base } from './bases';

/** What the server has now. */
export interface Present {
  readonly data: Uint8Array;
  readonly stat: ZnodeStat;
}

/** What became of a save. Only `written` and `same` leave the document clean. */
export type SaveOutcome =
  | { readonly kind: 'written' | 'same'; readonly stat: ZnodeStat }
  | { readonly kind: 'compare' | 'revert' | 'cancelled'; readonly reason: string };

const NO_DATA = new Uint8Array(0);

export interface SavePorts {
  readonly ui: Pick<UserInput, 'decide'>;
  readonly l10n: typeof vscode.l10n;
  /** The connection as confirmations name it. */
  readonly nameOf: (connectionId: string) => string;
  readonly undo: UndoStore;
}

export interface Address {
  readonly session: Session;
  readonly path: ZPath;
}

/**
 * Writes a text over the value that it was made from, and nothing else: another value, another znode
 * in its place or none at all is the user's decision. Rejects with what the server said.
 *
 * @param encode makes the data for the text, in the manner of the value that it replaces
 */
export async function saveZnode(
  address: Address,
  encode: (original: Uint8Array) => Uint8Array,
  base: Base | undefined,
  ports: SavePorts,
): Promise<SaveOutcome> {
  const { session, path } = address;
  const who = { connectionId: session.id, connectionName: ports.nameOf(session.id) };
  let agreed = base;
  for (;;) {
    const present = await read(session, path);
    if (!present) {
      const reason = ports.l10n.t('{0} has been deleted on the server.', path);
      if (!(await wantsRecreation(address, reason, ports))) return { kind: 'cancelled', reason };
      const change: Change = { ...who, kind: 'create', paths: [path] };
      const stat = await recreate(
        address,
        encode(NO_DATA),
        ports.undo,
        change,
        ports.l10n.t(
          'the access list of its parent is hidden from us, so it cannot be given to the znode; create it in the ZooKeeper view',
        ),
      );
      if (stat) return { kind: 'written', stat };
      continue; // somebody else was faster
    }
    const now = baseOf(present.stat);
    const data = encode(present.data);
    if (isEqual(present.data, data)) return { kind: 'same', stat: present.stat };
    if (!agreed || !isSameBase(agreed, now)) {
      const reason = changedText(path, present.stat, agreed, ports.l10n);
      const decision = await askAboutConflict(session, reason, ports);
      if (decision !== 'overwrite') return { kind: decision ?? 'cancelled', reason };
      agreed = now;
    }
    const { version } = agreed;
    try {
      const after = await recordOverwrite(ports.undo, who, path, present, () =>
        session.writer.setData(path, data, version),
      );
      return { kind: 'written', stat: after };
    } catch (error) {
      // Changed or deleted since it was read: that is a conflict of its own.
      if (!ZkError.is(error, 'BadVersion') && !ZkError.is(error, 'NoNode')) throw error;
    }
  }
}

async function read({ client }: Session, path: ZPath): Promise<Present | undefined> {
  try {
    return await client.getData(path);
  } catch (error) {
    if (ZkError.is(error, 'NoNode')) return undefined;
    throw error;
  }
}

function changedText(
  path: ZPath,
  present: ZnodeStat,
  base: Base | undefined,
  { t }: typeof vscode.l10n,
): string {
  if (!base) return t('It is not known which version of {0} this text was made from.', path);
  if (base.czxid !== present.czxid) {
    return t('{0} was deleted and created again since you opened it.', path);
  }
  const [yours, theirs] = [base.version, present.version];
  return t(
    '{0} was changed since you opened it: yours is version {1}, now it is {2}.',
    path,
    yours,
    theirs,
  );
}

function askAboutConflict(
  session: Session,
  reason: string,
  { ui, l10n: { t }, nameOf }: SavePorts,
): Promise<'compare' | 'overwrite' | 'revert' | undefined> {
  return ui.decide({
    message: reason,
    detail: t('Connection: {0}. Nothing has been written yet.', nameOf(session.id)),
    actions: [
      { label: t('Compare'), value: 'compare' },
      { label: t('Overwrite'), value: 'overwrite' },
      { label: t('Revert'), value: 'revert' },
    ],
  });
}

async function wantsRecreation(
  { session }: Address,
  reason: string,
  { ui, l10n: { t }, nameOf }: SavePorts,
): Promise<boolean> {
  const answer = await ui.decide({
    message: reason,
    detail: t(
      'Connection: {0}. It can be created again with this text, as a persistent znode with the access list of its parent.',
      nameOf(session.id),
    ),
    actions: [{ label: t('Create Again'), value: true }],
  });
  return answer === true;
}

/** Undefined when it is there again. */
async function recreate(
  { session: { client, writer }, path }: Address,
  data: Uint8Array,
  undo: UndoStore,
  change: Change,
  maskedText: string,
): Promise<ZnodeStat | undefined> {
  const { acl } = await client.getAcl(parentPath(path) ?? ROOT);
  if (isMasked(acl)) throw new Error(maskedText);
  try {
    return await recordWrite(undo, change, [], async () => {
      await writer.create(path, data, { acl });
      // Not the version that it has now: somebody may have written into it since.
      const stat = { ...(await client.getData(path)).stat, version: 0 };
      return { result: stat, left: [{ path, ...baseOf(stat) }] };
    });
  } catch (error) {
    if (ZkError.is(error, 'NodeExists')) return undefined;
    throw error;
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
