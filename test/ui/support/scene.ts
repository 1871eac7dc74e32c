import { startKazoo, type Kazoo } from '../../tools/kazoo.mjs';
import { startStandalone } from '../../tools/zookeeper/server.mjs';
import type { ZkServer } from '../../tools/zookeeper/zkServer.mjs';
import { openWorkbench, type OpenOptions } from './openWorkbench';
import type { Workbench } from './workbench';

/** A connection as it stands in the settings. */
export interface SavedConnection {
  readonly id: string;
  readonly name?: string;
  readonly connectString: string;
  readonly readOnly?: boolean;
  readonly production?: boolean;
  readonly auth?: 'none' | 'digest';
}

/** A window, a ZooKeeper that only this test writes to, and the other client that does so. */
export interface Scene {
  readonly server: ZkServer;
  readonly kazoo: Kazoo;
  readonly workbench: Workbench;
  close(): Promise<void>;
}

export interface SceneOptions extends Omit<OpenOptions, 'settings'> {
  /** Creates the znodes to begin with. */
  readonly data?: (kazoo: Kazoo) => Promise<unknown>;
  /** The saved connections; *Local* alone unless said. */
  readonly connections?: (server: ZkServer) => readonly SavedConnection[];
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** The saved connection that tests use unless they say otherwise. */
export function local({ connectString }: { readonly connectString: string }): SavedConnection {
  return { id: 'local', name: 'Local', connectString, readOnly: false };
}

const localAlone = (server: { readonly connectString: string }): SavedConnection[] => [
  local(server),
];

/** Starts all of it; the extension's view is open and nothing is connected. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const { data, connections = localAlone, settings, ...open } = options;
  const endings: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    const server = await startStandalone();
    endings.push(() => server.stop());
    // Tests that take the server away for a time don't mean this session.
    const kazoo = await startKazoo(server.connectString, { timeoutSeconds: 40 });
    endings.push(() => kazoo.close());
    const loaded = data?.(kazoo);
    const saved = { 'zookeeperWorkbench.connections': connections(server) };
    const workbench = await openWorkbench({ ...open, settings: { ...saved, ...settings } });
    endings.push(() => workbench.close());
    await loaded;
    await workbench.openContainer();
    return { server, kazoo, workbench, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Clicks the row of a connection and waits until its znodes are there. */
export async function connect(workbench: Workbench, name = 'Local'): Promise<void> {
  await workbench.row(name).click();
  await workbench.sideBar.rowByPath(name, 'zookeeper');
}
