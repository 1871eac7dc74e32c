import type * as vscode from 'vscode';
import type { ConnectionProfile } from '../../domain/connection';
import type { PickItem, UserInput } from '../userInput';
import type { ConnectionStore } from './connectionStore';
import type { OpenSessions } from './connector';
import { describeState } from '../stateText';

/** What a menu or another part passes to say which connection it means. */
export interface ConnectionTarget {
  readonly connectionId: string;
}

export interface ChooserPorts {
  readonly store: Pick<ConnectionStore, 'profiles' | 'find'>;
  readonly sessions: Pick<OpenSessions, 'get'>;
  readonly ui: UserInput;
  readonly l10n: typeof vscode.l10n;
}

export type Choice =
  | { readonly kind: 'connect' | 'disconnect'; readonly profile: ConnectionProfile }
  | { readonly kind: 'add' };

/** Finds the connection that a command is about: by its argument, or by asking. */
export class ConnectionChooser {
  constructor(private readonly ports: ChooserPorts) {}

  /**
   * Undefined when there is nothing to choose from, which the user has been told.
   * @param which `saved` has no sandbox, which has no settings
   */
  async choose(
    argument: unknown,
    title: string,
    which: 'saved' | 'open' | 'notOpen',
  ): Promise<ConnectionProfile | undefined> {
    const { store, ui, l10n } = this.ports;
    if (isTarget(argument)) return this.find(argument.connectionId);
    const candidates = store.profiles.filter(({ id, origin }) =>
      which === 'saved' ? origin !== 'sandbox' : this.isOpen(id) === (which === 'open'),
    );
    if (candidates.length === 0) {
      ui.notify({ severity: 'info', message: this.nothing(which) });
      return undefined;
    }
    return ui.pick({
      title,
      placeholder: l10n.t('Choose a connection.'),
      items: candidates.map((profile) => this.item(profile, profile)),
    });
  }

  /** Offers to connect or disconnect each connection, and to add one. */
  chooseAction(): Promise<Choice> {
    const { store, ui, l10n } = this.ports;
    const actions = store.profiles.map((profile) => {
      const kind = this.isOpen(profile.id) ? ('disconnect' as const) : ('connect' as const);
      const label =
        kind === 'connect'
          ? l10n.t('Connect {0}', profile.name)
          : l10n.t('Disconnect {0}', profile.name);
      const icon = kind === 'connect' ? 'plug' : 'debug-disconnect';
      return { ...this.item<Choice>(profile, { kind, profile }), label, icon };
    });
    const add = { label: l10n.t('Add Connection…'), icon: 'add', value: { kind: 'add' as const } };
    return ui.pick<Choice>({
      title: l10n.t('ZooKeeper Connections'),
      placeholder: l10n.t('Choose what to connect or disconnect.'),
      items: [...actions, add],
    });
  }

  private find(id: string): ConnectionProfile {
    const { store, l10n } = this.ports;
    const profile = store.find(id);
    if (!profile) throw new Error(l10n.t('There is no connection {0} in this window.', id));
    return profile;
  }

  private item<T>(profile: ConnectionProfile, value: T): PickItem<T> {
    const { sessions, l10n } = this.ports;
    const state = describeState(sessions.get(profile.id)?.client.state, l10n);
    const description =
      profile.origin === 'workspace' ? l10n.t('{0}, from the workspace', state) : state;
    return { label: profile.name, description, detail: profile.connectString, value };
  }

  private isOpen(id: string): boolean {
    return this.ports.sessions.get(id) !== undefined;
  }

  private nothing(which: 'saved' | 'open' | 'notOpen'): string {
    const { store, l10n } = this.ports;
    if (store.profiles.length === 0 || which === 'saved')
      return l10n.t('There is no connection yet. Add one first.');
    return which === 'open'
      ? l10n.t('No connection is open.')
      : l10n.t('Every connection is open already.');
  }
}

function isTarget(argument: unknown): argument is ConnectionTarget {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    typeof (argument as Partial<ConnectionTarget>).connectionId === 'string'
  );
}
