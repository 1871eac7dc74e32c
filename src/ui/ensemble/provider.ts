import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { EnsembleSampler } from '../../zk/ensemble/sampler';
import type { EnsembleSamplers } from '../../zk/ensemble/samplers';
import type { Sessions } from '../../zk/sessions';
import { describeClock } from '../relativeTime';
import { AskedClients } from './askedClients';
import * as items from './items';
import type { EnsembleNode, ServerNode, SessionsNode, TreeNode } from './nodes';
import { ensembleNotes } from './notes';
import { serverRows } from './rows';
import { ephemeralRows, rowsOf } from './sessionRows';

export interface EnsembleSource {
  readonly samplers: EnsembleSamplers;
  readonly sessions: Pick<Sessions, 'all' | 'get' | 'onDidChange'>;
  readonly nameOf: (connectionId: string) => string | undefined;
}

/** The *Ensemble* view's rows: from the samples, but the sessions, which are asked for. */
export class EnsembleProvider implements vscode.TreeDataProvider<TreeNode>, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = new vscode.EventEmitter<TreeNode | undefined>();
  private readonly ensembles = new Map<string, EnsembleNode>();
  private readonly servers = new Map<string, ServerNode>();
  private readonly sessionsNodes = new WeakMap<ServerNode, SessionsNode>();
  private readonly holds = new Map<string, { sampler: EnsembleSampler; hold: DisposableStore }>();
  private readonly clients = new AskedClients({
    onAnswer: (node) => this.changed.fire(node),
  });
  private isVisible = false;
  /** The ids of the connections in the tree. */
  private shown = '';

  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly source: EnsembleSource) {
    this.store.add(this.changed);
    this.shown = this.open().join();
    this.store.add(source.sessions.onDidChange(() => this.onSession()));
  }

  /** Samples are only taken while somebody looks. */
  setVisible(isVisible: boolean): void {
    this.isVisible = isVisible;
    if (!isVisible) this.clients.forget();
    this.hold();
  }

  /** Asks everything again, sessions too. */
  async refresh(): Promise<void> {
    this.clients.forget();
    const samplers = [...this.holds.values()].map(({ sampler }) => sampler);
    await Promise.all(
      samplers.map((sampler) => {
        sampler.forgetMembers();
        sampler.admin.forget();
        return sampler.sampleNow();
      }),
    );
    this.changed.fire(undefined);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!node) return this.open().map((id) => this.ensemble(id));
    switch (node.kind) {
      case 'ensemble':
        return this.serversOf(node);
      case 'server': {
        const reading = this.sampler(node)?.latest;
        return reading ? serverRows(node, reading, this.sessionsNode(node), vscode.l10n) : [];
      }
      case 'sessions':
        return this.sessionsOf(node);
      case 'session':
        return ephemeralRows(node, this.sampler(node)?.reach, vscode.l10n);
      case 'ephemeral':
      case 'fact':
      case 'note':
        return [];
    }
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.kind === 'ensemble' ? undefined : node.parent;
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const sampler = this.sampler(node);
    const reading = sampler?.latest;
    switch (node.kind) {
      case 'ensemble':
        return items.renderEnsemble(node, this.nameOf(node.connectionId), reading);
      case 'server':
        return items.renderServer(node, sampler?.readings ?? []);
      case 'fact':
        return items.renderFact(node);
      case 'sessions':
        return items.renderSessions(node, this.clients.toldOf(node));
      case 'session':
        return items.renderSession(node);
      case 'ephemeral':
        return items.renderEphemeral(node);
      case 'note':
        return items.renderNote(node);
    }
  }

  dispose(): void {
    this.setVisible(false);
    this.store.dispose();
  }

  private nameOf(connectionId: string): string {
    return this.source.nameOf(connectionId) ?? connectionId;
  }

  private sampler({ connectionId }: TreeNode): EnsembleSampler | undefined {
    return this.source.samplers.of(connectionId);
  }

  /** The row was folded: what is below is asked for again when it is unfolded. */
  fold(node: TreeNode): void {
    if (node.kind !== 'ensemble' && node.kind !== 'server' && node.kind !== 'sessions') return;
    this.clients.forget(node);
    this.changed.fire(node);
  }

  /** Also those that have not connected yet: without a quorum nothing else tells why. */
  private open(): string[] {
    return this.source.sessions.all().map(({ id }) => id);
  }

  private async serversOf(node: EnsembleNode): Promise<TreeNode[]> {
    const sampler = this.sampler(node);
    if (!sampler) return [];
    // It rejects when the connection is closed meanwhile.
    const reading = sampler.latest ?? (await sampler.sampleNow().catch(() => undefined));
    if (!reading) return [];
    return [
      ...ensembleNotes(node, sampler.readings, { l10n: vscode.l10n, clock: describeClock }),
      ...reading.sample.members.map(({ address }) => this.server(node, address)),
    ];
  }

  private async sessionsOf(node: SessionsNode): Promise<TreeNode[]> {
    const sampler = this.sampler(node);
    const clients = sampler && (await this.clients.of(node, sampler));
    if (!clients) return [];
    const state = this.source.sessions.get(node.connectionId)?.client.state;
    const ours = state?.kind === 'connected' ? state.sessionId : undefined;
    return rowsOf(node, clients, { ours, latest: sampler.latest }, vscode.l10n);
  }

  private ensemble(connectionId: string): EnsembleNode {
    let node = this.ensembles.get(connectionId);
    if (!node) this.ensembles.set(connectionId, (node = { kind: 'ensemble', connectionId }));
    return node;
  }

  private server(parent: EnsembleNode, address: string): ServerNode {
    const { connectionId } = parent;
    const key = `${connectionId}#${address}`;
    let node = this.servers.get(key);
    if (!node) this.servers.set(key, (node = { kind: 'server', connectionId, parent, address }));
    return node;
  }

  /** The same object each time, as the rows below it name it as their parent. */
  private sessionsNode(parent: ServerNode): SessionsNode {
    let node = this.sessionsNodes.get(parent);
    if (!node) {
      node = { kind: 'sessions', connectionId: parent.connectionId, parent };
      this.sessionsNodes.set(parent, node);
    }
    return node;
  }

  private onSession(): void {
    this.hold();
    const open = this.open().join();
    if (open === this.shown) return;
    this.shown = open;
    this.changed.fire(undefined);
  }

  /** Holds the samplers of what is shown, and no others. */
  private hold(): void {
    const wanted = new Map(
      (this.isVisible ? this.open() : []).flatMap((id) => {
        const sampler = this.source.samplers.of(id);
        return sampler ? [[id, sampler] as const] : [];
      }),
    );
    for (const [id, { sampler, hold }] of this.holds) {
      if (wanted.get(id) === sampler) continue;
      hold.dispose();
      this.holds.delete(id);
    }
    for (const [id, sampler] of wanted) {
      if (this.holds.has(id)) continue;
      const hold = new DisposableStore();
      hold.add(
        sampler.onDidSample(() => {
          this.clients.forgetChanged(sampler);
          this.changed.fire(this.ensemble(id));
        }),
      );
      hold.add(sampler.hold());
      this.holds.set(id, { sampler, hold });
    }
  }
}
