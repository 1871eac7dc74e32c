import * as vscode from 'vscode';
import { baseName } from '../../domain/znode/path';
import type { ValueHistory } from '../../domain/values/history';
import { formatBytes } from '../../domain/znode/format';
import { ZkError } from '../../zk/errors';
import type { Session, Sessions } from '../../zk/sessions';
import { ContextKeys } from '../contributions';
import { describeError } from '../errorText';
import { PREVIEW_BYTES } from '../preview';
import { describeAge, describeClock } from '../relativeTime';
import { decodeRules } from '../settings';
import type { UserInput } from '../userInput';
import { znodeUri } from '../uri';
import { documentOf, openDiff, shortPath } from './diff';
import { keyOf } from './snapshots';
import { snapshotUri, znodeOf, type ZnodeAddress } from './uri';
import { readable } from './views';

export interface CompareContext {
  readonly sessions: Sessions;
  readonly history: ValueHistory;
  readonly nameOf: (connectionId: string) => string | undefined;
  readonly ui: UserInput;
}

/** The commands that show a znode beside something else, in VS Code's diff editor. */
export class Comparisons {
  private selected: ZnodeAddress | undefined;

  constructor(private readonly context: CompareContext) {}

  readonly select = async (target: unknown): Promise<void> => {
    this.selected = requireZnode(target);
    await vscode.commands.executeCommand('setContext', ContextKeys.hasCompareSelection, true);
  };

  readonly withSelected = async (target: unknown): Promise<void> => {
    const right = requireZnode(target);
    const left = this.selected;
    if (!left) throw new Error(vscode.l10n.t('Select a znode for comparing first.'));
    await this.compareZnodes(left, right);
  };

  readonly withConnection = async (target: unknown): Promise<void> => {
    const right = requireZnode(target);
    const { sessions, ui } = this.context;
    const others = sessions.all().filter(({ id }) => id !== right.connectionId);
    const [first, ...rest] = others;
    if (!first) {
      throw new Error(vscode.l10n.t('Connect to the ZooKeeper to compare with first.'));
    }
    const connectionId =
      rest.length === 0
        ? first.id
        : await ui.pick({
            title: vscode.l10n.t('Compare {0} with Other Connection', shortPath(right.path)),
            placeholder: vscode.l10n.t('Whose {0}?', shortPath(right.path)),
            items: others.map(({ id }) => ({ label: this.nameOf(id), value: id })),
            active: first.id,
          });
    await this.compareZnodes({ connectionId, path: right.path }, right);
  };

  readonly withFile = async (target: unknown): Promise<void> => {
    const znode = requireZnode(target);
    const file = await this.context.ui.pickFile({
      title: vscode.l10n.t('Compare {0} with File', shortPath(znode.path)),
      action: vscode.l10n.t('Compare'),
    });
    if (file === undefined) return;
    const uri = vscode.Uri.file(file);
    const [name = file] = uri.path.split('/').slice(-1);
    await openDiff(uri, await this.documentOf(znode), `${name} ↔ ${shortPath(znode.path)}`);
  };

  /** What the server has now beside the document, typed text and all. */
  readonly withServer = async (target: unknown): Promise<void> => {
    const znode = requireZnode(target);
    const name = baseName(znode.path);
    const right = await this.documentOf(znode);
    const title = vscode.l10n.t('{0} (server ↔ editor)', shortPath(name));
    await openDiff(snapshotUri(znode, 'now'), right, title);
  };

  readonly withEarlier = async (target: unknown): Promise<void> => {
    const znode = requireZnode(target);
    const { data } = await this.read(znode);
    const { history, ui } = this.context;
    const values = history.of(keyOf(znode));
    const earlier = values.filter((value) => !isSame(value.data, data));
    if (earlier.length === 0) {
      throw new Error(
        vscode.l10n.t('No other value of {0} was seen in this window yet.', znode.path),
      );
    }
    const now = Date.now();
    const value = await ui.pick({
      title: vscode.l10n.t('Compare {0} with Earlier Value', shortPath(znode.path)),
      placeholder: vscode.l10n.t('Values that this window has seen, the newest first'),
      items: earlier.map((value) => ({
        label: vscode.l10n.t('Version {0}', value.version),
        description: `${describeClock(value.mtime)} · ${describeAge(value.mtime, now)}`,
        detail: formatBytes(value.data.length),
        value,
      })),
      active: earlier[0],
    });
    const title = vscode.l10n.t(
      '{0} (version {1} ↔ now)',
      shortPath(baseName(znode.path)),
      value.version,
    );
    await openDiff(snapshotUri(znode, value.id), await this.documentOf(znode), title);
  };

  private async compareZnodes(left: ZnodeAddress, right: ZnodeAddress): Promise<void> {
    await this.read(left);
    const [a, b] = [left, right].map(({ connectionId }) => this.nameOf(connectionId));
    const [from, to] = [shortPath(left.path), shortPath(right.path)];
    const title =
      left.connectionId === right.connectionId
        ? `${from} ↔ ${to}`
        : from === to
          ? `${to} (${a} ↔ ${b})`
          : `${from} (${a}) ↔ ${to} (${b})`;
    await openDiff(snapshotUri(left, 'now'), await this.documentOf(right), title);
  }

  private async documentOf(znode: ZnodeAddress): Promise<vscode.Uri> {
    const uri = znodeUri(znode.connectionId, znode.path).toString();
    // A text that was typed is shown even when there is no znode any more.
    const { textDocuments } = vscode.workspace;
    if (textDocuments.some((one) => one.uri.toString() === uri && one.isDirty)) {
      return documentOf(znode, false);
    }
    const { data } = await this.read(znode);
    const { bytes } = readable(znode.path, data, decodeRules());
    return documentOf(znode, bytes.length > PREVIEW_BYTES);
  }

  /** The diff editor itself would not say why a side is missing. */
  private async read({ connectionId, path }: ZnodeAddress): Promise<{ data: Uint8Array }> {
    const session = this.sessionOf(connectionId);
    try {
      return await session.client.getData(path);
    } catch (error) {
      if (!(error instanceof ZkError)) throw error;
      const reason = describeError(error, vscode.l10n, session.identity);
      const where = `${this.nameOf(connectionId)} ${path}`;
      throw new Error(vscode.l10n.t('{0}: {1}', where, reason), { cause: error });
    }
  }

  private sessionOf(connectionId: string): Session {
    const session = this.context.sessions.get(connectionId);
    if (session) return session;
    throw new Error(
      vscode.l10n.t('Connect to “{0}” to see this znode.', this.nameOf(connectionId)),
    );
  }

  private nameOf(connectionId: string): string {
    return this.context.nameOf(connectionId) ?? connectionId;
  }
}

export function requireZnode(target: unknown): ZnodeAddress {
  const znode = znodeOf(target);
  if (znode) return znode;
  throw new Error(vscode.l10n.t('Open a znode, or choose one in the ZooKeeper view, first.'));
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
