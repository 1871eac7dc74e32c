import type * as vscode from 'vscode';
import type { Logger } from '../../base/logger';
import { idFromName, type ConnectionProfile } from '../../domain/connection';
import type { Content } from '../../sandbox/contents';
import { startSandbox, type Sandbox } from '../../sandbox/start';
import { Commands } from '../contributions';
import type { UserInput } from '../userInput';

export interface SandboxPorts {
  readonly store: {
    readonly profiles: readonly ConnectionProfile[];
    /** Shows a connection that is saved nowhere; undefined takes it away. */
    show(profile: ConnectionProfile | undefined): void;
  };
  /** The bundle of the sandbox's thread. */
  readonly workerFile: string;
  /** Shows the view with the connections: one that is made while it is hidden does not unfold. */
  readonly showView: () => Promise<void>;
  readonly connect: (id: string) => Promise<void>;
  readonly disconnect: (id: string) => Promise<void>;
  /** Shows in the view that the task runs. */
  readonly showProgress: (task: Promise<unknown>) => void;
  readonly ui: UserInput;
  readonly l10n: typeof vscode.l10n;
  readonly log: Logger;
}

/** The sandbox of this window: at most one, with a connection that lasts as long as it does. */
export class WindowSandbox {
  private running: { readonly id: string; readonly sandbox: Sandbox } | undefined;
  /** Starts and stops, one after the other. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly ports: SandboxPorts) {}

  /** Starts it unless it runs, with a sample that lives, and connects. */
  async start(): Promise<void> {
    const started = this.inTurn(async () => (this.running ??= await this.launch()));
    this.ports.showProgress(started);
    const [{ id }] = await Promise.all([started, this.ports.showView()]);
    await this.ports.connect(id);
  }

  async stop(): Promise<void> {
    await this.inTurn(async () => {
      const { running } = this;
      if (!running) return;
      this.running = undefined;
      await this.ports.disconnect(running.id);
      this.ports.store.show(undefined);
      await running.sandbox.stop();
    });
  }

  /** Asks what it shall hold, and begins again. */
  async reset(): Promise<void> {
    const { ui, l10n, showProgress } = this.ports;
    const { running } = this;
    if (!running) throw new Error(l10n.t('The sandbox is not running.'));
    const content = await ui.pick<Content>({
      title: l10n.t('Reset Sandbox'),
      placeholder: l10n.t('Everything in the sandbox is deleted. What shall it begin with?'),
      items: [
        {
          label: l10n.t('Sample data that changes'),
          detail: l10n.t(
            'Services whose members join and leave, configs that change, locks that are passed on',
          ),
          icon: 'pulse',
          value: 'churn',
        },
        {
          label: l10n.t('Sample data that stays'),
          detail: l10n.t('The same, and nothing changes but what you change'),
          icon: 'list-tree',
          value: 'sample',
        },
        {
          label: l10n.t('Nothing'),
          detail: l10n.t('An empty server, for programs of your own'),
          icon: 'circle-outline',
          value: 'empty',
        },
      ],
    });
    const reset = this.inTurn(() => running.sandbox.reset(content));
    showProgress(reset);
    await reset;
  }

  /** Without waiting: the thread ends with the window anyway. */
  dispose(): void {
    void this.running?.sandbox.stop();
    this.running = undefined;
  }

  private async launch(): Promise<{ id: string; sandbox: Sandbox }> {
    const { store, workerFile, l10n, log } = this.ports;
    const taken = store.profiles.map((profile) => profile.id);
    const id = idFromName('sandbox', taken);
    const sandbox = await startSandbox({
      ...{ workerFile, port: 0, content: 'churn' },
      onProblem: (message) => log.warn(`sandbox: ${message}`),
      onEnd: (message) => this.onEnd(message),
    });
    log.info(`sandbox: ${sandbox.connectString}`);
    store.show({
      ...{ id, name: l10n.t('Sandbox'), connectString: sandbox.connectString, auth: 'none' },
      ...{ readOnly: false, production: false, keepUndo: true, origin: 'sandbox' },
    });
    return { id, sandbox };
  }

  private onEnd(message: string): void {
    const { store, ui, l10n, log } = this.ports;
    log.error('sandbox', new Error(message));
    this.running = undefined;
    store.show(undefined);
    ui.notify({
      severity: 'error',
      message: l10n.t('The sandbox has ended by itself, and all that was in it is gone.'),
      actions: [
        { label: l10n.t('Start Sandbox'), command: Commands.sandboxStart },
        { label: l10n.t('Show Log'), command: Commands.showLog },
      ],
    });
  }

  private inTurn<T>(action: () => Promise<T>): Promise<T> {
    const next = this.last.then(action);
    this.last = next.catch(() => {});
    return next;
  }
}
