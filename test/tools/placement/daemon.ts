import { readFile } from 'node:fs/promises';
import { connect, type NetConnectOpts } from 'node:net';
import { join } from 'node:path';
import { messageOf } from '../../../src/base/assert';
import { startGuarded } from '../zookeeper/guardedProcess.mjs';

const START_MS = 15_000;
const STOP_MS = 5_000;

/**
 * Runs a server while `use` does, and rejects with the end of its log when it doesn't start.
 * @param directory for its log; gone with this process
 * @param address answers once the server is up
 */
export async function withDaemon<T>(
  command: readonly string[],
  directory: string,
  address: NetConnectOpts,
  use: () => Promise<T>,
): Promise<T> {
  const logFile = join(directory, 'daemon.log');
  const server = await startGuarded({ command, logFile, directory });
  const failure = async (what: string, cause?: unknown): Promise<Error> => {
    const log = await readFile(logFile, 'utf8').catch(() => '');
    const end = `${command[0]} ${what}; exit code ${server.exitCode() ?? 'none'}`;
    return new Error(`${end}. Its log: ${log.slice(-2000)}`, { cause });
  };
  try {
    const deadline = Date.now() + START_MS;
    while (!(await accepts(address))) {
      if (server.exitCode() !== undefined || Date.now() > deadline) {
        throw await failure('did not start');
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return await use().catch(async (error: unknown) => {
      throw await failure(`failed: ${messageOf(error)}`, error);
    });
  } finally {
    server.signal('SIGTERM');
    const lastResort = setTimeout(() => server.signal('SIGKILL'), STOP_MS);
    await server.exited;
    clearTimeout(lastResort);
  }
}

function accepts(address: NetConnectOpts): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
