import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Event } from '../../base/event';
import type { Logger } from '../../base/logger';
import { isSameLink, type ConnectionProfile } from '../../domain/connection';
import type { ClientOptions, ZkClient } from '../../zk/client';
import type { ClientLoader } from '../../zk/clientLoader';
import { parseConnectString } from '../../zk/connectString';
import { Commands } from '../contributions';
import type { Secrets } from '../secrets';
import type { UserInput } from '../userInput';
import { askForSecret } from './askForSecret';
import { checkFiles, located, type CertificateFiles } from './certificateFiles';
import { clientOptions, identityOf, type Timing } from './clientOptions';
import type { ConnectionStore } from './connectionStore';
import { firstOutcome, type FirstOutcome } from './firstOutcome';
import { describeConnect } from './outcomeText';
import { describeProblem } from './problemText';

/** What this feature needs of the window's sessions. */
export interface OpenSessions {
  readonly onDidChange: Event<string>;
  get(id: string): { readonly client: Pick<ZkClient, 'state' | 'onDidChangeState'> } | undefined;
  open(id: string, options: ClientOptions, identity: string | undefined): Promise<void>;
  close(id: string): Promise<void>;
}

export interface ConnectorPorts {
  readonly store: Pick<ConnectionStore, 'find' | 'onDidChange'>;
  readonly sessions: OpenSessions;
  /** Loaded before a session is opened. */
  readonly clients: ClientLoader;
  readonly secrets: Secrets;
  readonly files: CertificateFiles;
  readonly ui: UserInput;
  readonly l10n: typeof vscode.l10n;
  readonly timing: () => Timing;
  /** Shows in the view that the task runs. */
  readonly showProgress: (task: Promise<unknown>) => void;
  readonly log: Logger;
}

/** How long the user's command waits before it says that nobody answers, in milliseconds. */
const FIRST_LIMIT_MS = 10_000;

/** Opens and closes connections at the user's wish; nothing here connects by itself. */
export class Connector implements Disposable {
  private readonly disposables = new DisposableStore();
  /** What the open sessions were opened with. */
  private readonly opened = new Map<string, ConnectionProfile>();

  constructor(private readonly ports: ConnectorPorts) {
    this.disposables.add(ports.store.onDidChange(() => this.closeChanged()));
  }

  /**
   * Asks for what is missing, opens the session and waits for the first outcome. A failure is told
   * once, here; the session goes on trying and its row shows how that goes.
   */
  async connect(profile: ConnectionProfile): Promise<void> {
    const { sessions, files, l10n, ui, log } = this.ports;
    if (sessions.get(profile.id)) return;
    const parsed = parseConnectString(profile.connectString);
    if ('kind' in parsed) {
      const problem = describeProblem(parsed, l10n);
      const message = l10n.t('The connect string of {0} is faulty. {1}', profile.name, problem);
      return ui.notify({ severity: 'error', message, actions: [this.editAction(profile)] });
    }
    const link = located(profile, files);
    const check = await checkFiles(link, files);
    if (check.kind === 'unreadable') {
      const { file } = check;
      const message = l10n.t('{0} needs the file {1}, which cannot be read.', profile.name, file);
      return ui.notify({ severity: 'error', message, actions: [this.editAction(profile)] });
    }
    const locked = check.kind === 'locked' ? check : undefined;
    const secret = await askForSecret(link, locked, this.ports);
    await this.ports.clients.load();
    if (sessions.get(profile.id)) return;

    const options = clientOptions(link, secret, this.ports.timing());
    const connecting = sessions.open(profile.id, options, identityOf(link, secret, l10n));
    this.opened.set(profile.id, profile);
    const session = sessions.get(profile.id);
    if (!session) return;
    const { client } = session;
    const hostCount = parsed.hosts.length;
    const limitMs = FIRST_LIMIT_MS;
    const first = firstOutcome({ client, connecting, hostCount, limitMs });
    this.ports.showProgress(first);
    const outcome = await first;
    log.info(`${profile.id}: ${outcome.kind}`);
    if (sessions.get(profile.id) === session) this.tell(profile, outcome);
  }

  async disconnect(id: string): Promise<void> {
    this.opened.delete(id);
    await this.ports.sessions.close(id);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private tell(profile: ConnectionProfile, outcome: FirstOutcome): void {
    const { l10n, ui } = this.ports;
    const message = describeConnect(profile.name, outcome, l10n);
    if (message === undefined) return;
    const disconnect = {
      label: l10n.t('Disconnect'),
      command: Commands.connectionDisconnect,
      argument: { connectionId: profile.id },
    };
    ui.notify({ severity: 'error', message, actions: [this.editAction(profile), disconnect] });
  }

  private editAction({ id }: ConnectionProfile) {
    const label = this.ports.l10n.t('Edit…');
    return { label, command: Commands.connectionEdit, argument: { connectionId: id } };
  }

  /** Closes what the settings no longer describe, so that a row never shows another ensemble's data. */
  private closeChanged(): void {
    const { store, log } = this.ports;
    for (const [id, before] of this.opened) {
      const now = store.find(id);
      if (now && isSameLink(now, before)) continue;
      log.info(`${id}: its settings have changed`);
      this.disconnect(id).catch((error: unknown) => log.error(`${id}: close`, error));
    }
  }
}
