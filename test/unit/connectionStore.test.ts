import { beforeEach, describe, expect, it } from 'vitest';
import { Emitter } from '../../src/base/event';
import { silentLogger } from '../../src/base/logger';
import { ConnectionStore, type ConnectionSettings } from '../../src/ui/connections/connectionStore';

class FakeSettings implements ConnectionSettings {
  readonly changes = new Emitter<void>();
  readonly onDidChange = this.changes.event;
  user: unknown = [{ id: 'local', connectString: 'localhost', name: 'Local' }];
  presets: unknown = [{ id: 'team', connectString: 'zk1' }];
  isTrusted = true;

  readUser(): unknown {
    return this.user;
  }
  readWorkspace(): unknown {
    return this.isTrusted ? this.presets : undefined;
  }
  writeUser(value: readonly unknown[]): Promise<void> {
    this.user = value;
    return Promise.resolve();
  }
}

const ids = (store: ConnectionStore): string[] => store.profiles.map(({ id }) => id);
let settings: FakeSettings;
let warnings: string[];
const open = (): ConnectionStore =>
  new ConnectionStore(settings, { ...silentLogger, warn: (text) => warnings.push(text) });

beforeEach(() => {
  settings = new FakeSettings();
  warnings = [];
});

describe('ConnectionStore', () => {
  it('shows the user’s connections and the presets', () => {
    expect(ids(open())).toEqual(['local', 'team']);
  });

  it('sees presets only once the workspace is trusted', () => {
    settings.isTrusted = false;
    const store = open();
    expect(ids(store)).toEqual(['local']);
    settings.isTrusted = true;
    settings.changes.fire();
    expect(ids(store)).toEqual(['local', 'team']);
  });

  it('saves into the user’s settings and tells its listeners', async () => {
    const store = open();
    let heard = 0;
    store.onDidChange(() => heard++);
    const local = store.find('local');
    if (!local) throw new Error('local is missing');
    await store.save({ ...local, name: 'Renamed' });
    expect(store.find('local')?.name).toBe('Renamed');
    expect(heard).toBe(1);
    expect(settings.user).toHaveLength(1);
  });

  it('removes the user’s connection', async () => {
    const store = open();
    await store.remove('local');
    expect(ids(store)).toEqual(['team']);
  });

  it('shows a connection that is saved nowhere, in place of a saved one with its id', async () => {
    const store = open();
    const local = store.find('local');
    if (!local) throw new Error('local is missing');
    store.show({ ...local, name: 'Sandbox', origin: 'sandbox' });
    settings.changes.fire();
    expect(store.profiles.map(({ name }) => name)).toEqual(['Sandbox', 'team']);
    await store.remove('team');
    expect(settings.user).toEqual([{ id: 'local', connectString: 'localhost', name: 'Local' }]);
    store.show(undefined);
    expect(store.find('local')).toEqual(local);
  });

  it('logs each problem once', () => {
    settings.user = [{ id: 'NO' }, 7];
    open();
    expect(warnings).toHaveLength(2);
    warnings.length = 0;
    const store = open();
    settings.changes.fire();
    settings.changes.fire();
    expect(warnings).toHaveLength(2);
    expect(ids(store)).toEqual(['team']);
  });

  it('hears nothing any more after disposal', () => {
    const store = open();
    store.dispose();
    settings.user = [];
    settings.changes.fire();
    expect(ids(store)).toEqual(['local', 'team']);
  });
});
