import { idFromName, type ConnectionProfile } from '../../domain/connection';
import { Commands } from '../contributions';
import type { ConnectionStore } from './connectionStore';
import type { Connector } from './connector';
import { located } from './certificateFiles';
import type { SecretPorts } from './askForSecret';
import { askForConnection, type WizardResult } from './wizard';
import type { WizardPorts, WizardStart } from './wizardDraft';

export interface EditorPorts extends SecretPorts, WizardPorts {
  readonly store: Pick<ConnectionStore, 'profiles' | 'save' | 'remove'>;
  readonly connector: Pick<Connector, 'connect' | 'disconnect'>;
}

/** Adds, edits, duplicates and removes the user's connections. */
export class ConnectionEditor {
  constructor(private readonly ports: EditorPorts) {}

  async add(): Promise<void> {
    const title = this.ports.l10n.t('Add Connection');
    await this.addFrom({ title, takenNames: this.namesExcept() });
  }

  /** Offers a copy for editing. Its id is new, so the credentials are entered anew. */
  async duplicate(profile: ConnectionProfile): Promise<void> {
    const { l10n, files } = this.ports;
    // Only a preset may name files by its workspace.
    const source = profile.origin === 'workspace' ? located(profile, files) : profile;
    await this.addFrom({
      title: l10n.t('Duplicate Connection'),
      answers: { ...source, name: l10n.t('{0} copy', profile.name) },
      takenNames: this.namesExcept(),
    });
  }

  /** The id stays, whatever the new name is: `zk:` documents and secrets hang on it. */
  async edit(profile: ConnectionProfile): Promise<void> {
    const { l10n, secrets, connector, files } = this.ports;
    if (profile.origin === 'workspace') return this.pointToWorkspace(profile);
    const result = await this.ask({
      title: l10n.t('Edit Connection'),
      answers: profile,
      secret: await secrets.load(located(profile, files)),
      takenNames: this.namesExcept(profile.id),
    });
    await connector.disconnect(profile.id);
    await this.finish(profile.id, result);
  }

  async remove(profile: ConnectionProfile): Promise<void> {
    const { l10n, ui, store, secrets, connector } = this.ports;
    if (profile.origin === 'workspace') return this.pointToWorkspace(profile);
    const agreed = await ui.confirm({
      message: l10n.t('Remove the connection {0}?', profile.name),
      detail: l10n.t('Its saved credentials are deleted too. Nothing changes on the servers.'),
      action: l10n.t('Remove'),
    });
    if (!agreed) return;
    await connector.disconnect(profile.id);
    await store.remove(profile.id);
    await secrets.remove(profile.id);
  }

  private async addFrom(start: WizardStart): Promise<void> {
    const result = await this.ask(start);
    const taken = this.ports.store.profiles.map(({ id }) => id);
    await this.finish(idFromName(result.answers.name, taken), result);
  }

  private ask(start: WizardStart): Promise<WizardResult> {
    return askForConnection(start, this.ports);
  }

  private async finish(id: string, { answers, secret, works }: WizardResult): Promise<void> {
    const { store, secrets, connector, files } = this.ports;
    const profile = { id, ...answers, origin: 'user' } as const;
    await store.save(profile);
    if (secret) await secrets.save(located(profile, files), secret);
    else await secrets.remove(id);
    if (works) await connector.connect(profile);
  }

  private pointToWorkspace({ id, name }: ConnectionProfile): void {
    const { l10n, ui } = this.ports;
    ui.notify({
      severity: 'info',
      message: l10n.t('{0} is defined in the settings of this workspace. Change it there.', name),
      actions: [
        {
          label: l10n.t('Open Workspace Settings'),
          command: 'workbench.action.openWorkspaceSettingsFile',
        },
        {
          label: l10n.t('Duplicate…'),
          command: Commands.connectionDuplicate,
          argument: { connectionId: id },
        },
      ],
    });
  }

  private namesExcept(id?: string): string[] {
    return this.ports.store.profiles.filter((profile) => profile.id !== id).map(({ name }) => name);
  }
}
