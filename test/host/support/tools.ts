import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';

export const EXTENSION_ID = 'zookeeper-workbench.zookeeper-workbench';

type KazooTools = typeof import('../../tools/kazoo.mjs');
type ServerTools = typeof import('../../tools/zookeeper/server.mjs');
export type Kazoo = Awaited<ReturnType<KazooTools['startKazoo']>>;
export type ZkServer = Awaited<ReturnType<ServerTools['startStandalone']>>;

export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(EXTENSION_ID);
  if (!found) throw new Error(`${EXTENSION_ID} is not there.`);
  return found;
}

/** The tools are modules that find files beside them, so they are not bundled but loaded. */
async function load<T>(path: string): Promise<T> {
  const url = pathToFileURL(join(extension().extensionPath, 'test/tools', path));
  return (await import(url.href)) as T;
}

export interface ZooKeeper {
  readonly server: ZkServer;
  readonly kazoo: Kazoo;
  stop(): Promise<void>;
}

/** A server of the suite's own and an independent client of it. */
export async function startZooKeeper(): Promise<ZooKeeper> {
  const { startStandalone } = await load<ServerTools>('zookeeper/server.mjs');
  const { startKazoo } = await load<KazooTools>('kazoo.mjs');
  const server = await startStandalone();
  try {
    const kazoo = await startKazoo(server.connectString);
    const stop = async (): Promise<void> => {
      await kazoo.close();
      await server.stop();
    };
    return { server, kazoo, stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
