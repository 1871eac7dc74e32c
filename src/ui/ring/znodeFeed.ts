import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import type { MembershipKind } from '../../domain/membership/detect';
import type { ZPath } from '../../domain/znode/path';
import type { RingMembers } from '../../domain/ring/choices';
import { ZkError } from '../../zk/errors';
import type { Session, Sessions } from '../../zk/sessions';
import { describeError } from '../errorText';
import { NOTHING_YET, type Feed, type FeedState } from './feed';
import { MemberSource } from './members';

export interface ZnodeFeedPorts {
  readonly sessions: Pick<Sessions, 'get' | 'onDidChange' | 'onDidChangeZnodes'>;
  readonly l10n: typeof vscode.l10n;
  readonly nameOf: (connectionId: string) => string | undefined;
  readonly log: Logger;
}

/** The servers below a znode, live: over the end of a session and the start of another. */
export class ZnodeFeed implements Feed {
  private source: MemberSource | undefined;
  private session: Session | undefined;
  private state: FeedState = NOTHING_YET;
  private isOutdated = false;
  private reading: Promise<void> | undefined;
  private readonly subscriptions: readonly Disposable[];

  constructor(
    private readonly members: Extract<RingMembers, { path: string }>,
    private readonly ports: ZnodeFeedPorts,
    private readonly tell: (state: FeedState) => void,
  ) {
    const { sessions } = ports;
    const { connection } = members;
    this.subscriptions = [
      sessions.onDidChange((id) => {
        if (id === connection) this.attach();
      }),
      sessions.onDidChangeZnodes(({ connectionId: id, changes }) => {
        if (id === connection && this.source?.learn(changes)) this.readSoon();
      }),
    ];
    this.attach();
  }

  dispose(): void {
    for (const one of this.subscriptions) one.dispose();
    this.source?.dispose();
    this.source = undefined;
  }

  /** Starts on a session that was opened; one that ended leaves its last servers. */
  private attach(): void {
    const { sessions, nameOf, l10n } = this.ports;
    const { connection, path } = this.members;
    const session = sessions.get(connection);
    const name = nameOf(connection) ?? connection;
    if (session && session === this.session) {
      const { kind } = session.client.state;
      if (kind === 'connected') return this.readSoon();
      return this.become({
        message: l10n.t('The connection {0} is interrupted: this may be out of date.', name),
      });
    }
    this.source?.dispose();
    this.session = session;
    this.source = session && new MemberSource(session, path as ZPath);
    if (session?.client.state.kind === 'connected') return this.readSoon();
    this.become({ message: l10n.t('Connect to {0} to see this ring live.', name) });
  }

  private readSoon(): void {
    this.isOutdated = true;
    this.reading ??= this.readAll()
      .catch((error: unknown) => this.ports.log.error(this.members.path, error))
      .finally(() => {
        this.reading = undefined;
        if (this.isOutdated && this.source) this.readSoon();
      });
  }

  private async readAll(): Promise<void> {
    const { source, session } = this;
    this.isOutdated = false;
    if (!source || !session) return;
    try {
      // A layout that was detected stays: one stray among the members doesn't make them none.
      const found = await source.read(this.layout);
      // Half of a burst is no membership: what changed meanwhile is read before anything shows.
      if (source !== this.source || this.mustReadAgain()) return;
      this.become({ ...found, message: '' });
    } catch (error) {
      if (!(error instanceof ZkError)) throw error;
      if (source !== this.source) return;
      const message = describeError(error, this.ports.l10n, session.identity);
      this.become({ message, ...(ZkError.is(error, 'NoNode') && { members: [] }) });
    }
  }

  private get layout(): MembershipKind | undefined {
    return this.members.layout ?? this.state.kind;
  }

  private mustReadAgain(): boolean {
    return this.isOutdated;
  }

  private become(change: Partial<FeedState>): void {
    this.state = { ...this.state, ...change };
    this.tell(this.state);
  }
}
