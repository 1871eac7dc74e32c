import * as vscode from 'vscode';
import { messageOf } from '../../base/assert';
import type { Disposable } from '../../base/disposable';
import { MAX_SERVERS } from '../../domain/ring/parseChoices';
import { parseServerList } from '../../domain/ring/servers';
import { decodeUtf8 } from '../../domain/textCoding';
import { listedMembers, NOTHING_YET, type Feed, type FeedState } from './feed';
import type { RingFolder } from './folder';

/** The servers in a JSON file, read again when it changes. */
export class FileFeed implements Feed {
  private readonly watch: Disposable;
  private isDisposed = false;
  private state: FeedState = NOTHING_YET;

  constructor(
    private readonly file: string,
    private readonly folder: RingFolder,
    private readonly tell: (state: FeedState) => void,
  ) {
    this.watch = folder.watch(file, () => void this.read());
    void this.read();
  }

  dispose(): void {
    this.isDisposed = true;
    this.watch.dispose();
  }

  private async read(): Promise<void> {
    const state = await this.readState();
    if (this.isDisposed) return;
    this.state = state;
    this.tell(state);
  }

  /** A file that can't be read now leaves the servers that it had. */
  private async readState(): Promise<FeedState> {
    const { l10n } = vscode;
    try {
      const text = decodeUtf8(await this.folder.read(this.file));
      const servers = parseServerList(JSON.parse((text ?? '').replace(/^\ufeff/, '')));
      if (typeof servers === 'string') throw new Error(servers);
      const members = listedMembers(servers.slice(0, MAX_SERVERS));
      const rest = servers.length - members.length;
      const message = rest > 0 ? l10n.t('{0} more servers are not shown.', rest) : '';
      return { ...NOTHING_YET, members, message };
    } catch (error) {
      const message = l10n.t('{0} cannot be used: {1}', this.file, messageOf(error));
      return { ...this.state, message };
    }
  }
}
