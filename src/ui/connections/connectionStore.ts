import type { Disposable } from '../../base/disposable';
import { Emitter, type Event } from '../../base/event';
import type { Logger } from '../../base/logger';
import {
  mergeProfiles,
  parseProfiles,
  withoutProfile,
  withProfile,
  type ConnectionProfile,
} from '../../domain/connection';

/** The setting as it is stored, by where it is stored. */
export interface ConnectionSettings {
  readUser(): unknown;
  /** The workspace's presets; undefined as long as the workspace isn't trusted. */
  readWorkspace(): unknown;
  writeUser(value: readonly unknown[]): Promise<void>;
  /** Fires when one of the values may have changed, and when the workspace gets trusted. */
  readonly onDidChange: Event<void>;
}

/**
 * The connections of this window: the user's own, the presets of a trusted workspace, and one that
 * lasts only as long as its owner wants.
 */
export class ConnectionStore implements Disposable {
  private readonly changes = new Emitter<void>();
  private readonly subscription: Disposable;
  private readonly reported = new Set<string>();
  private current: readonly ConnectionProfile[];
  private passing: ConnectionProfile | undefined;

  readonly onDidChange = this.changes.event;

  constructor(
    private readonly settings: ConnectionSettings,
    private readonly log: Logger,
  ) {
    this.current = this.read();
    this.subscription = settings.onDidChange(() => this.refresh());
  }

  get profiles(): readonly ConnectionProfile[] {
    return this.current;
  }

  find(id: string): ConnectionProfile | undefined {
    return this.current.find((profile) => profile.id === id);
  }

  /** Shows a connection that is saved nowhere, before all others; undefined takes it away. */
  show(profile: ConnectionProfile | undefined): void {
    this.passing = profile;
    this.refresh();
  }

  /** Saves a connection of the user, in place of the one with the same id. */
  async save(profile: ConnectionProfile): Promise<void> {
    await this.settings.writeUser(withProfile(this.settings.readUser(), profile));
    this.refresh();
  }

  /** Removes a connection of the user. Presets stay: they belong to the workspace's settings. */
  async remove(id: string): Promise<void> {
    await this.settings.writeUser(withoutProfile(this.settings.readUser(), id));
    this.refresh();
  }

  dispose(): void {
    this.subscription.dispose();
    this.changes.dispose();
  }

  private refresh(): void {
    this.current = this.read();
    this.changes.fire();
  }

  private read(): readonly ConnectionProfile[] {
    const user = parseProfiles(this.settings.readUser(), 'user');
    const workspace = parseProfiles(this.settings.readWorkspace(), 'workspace');
    for (const problem of [...user.problems, ...workspace.problems]) {
      if (this.reported.has(problem)) continue;
      this.reported.add(problem);
      this.log.warn(problem);
    }
    const saved = mergeProfiles(user.profiles, workspace.profiles);
    const { passing } = this;
    return passing ? [passing, ...saved.filter(({ id }) => id !== passing.id)] : saved;
  }
}
